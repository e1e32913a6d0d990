from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Kinds whose values a set brings along, kinds whose values a domain gives, and kinds that are filled in.
OWN_CHOICES = ("single", "multiple", "scale")
SOURCED = ("municipality", "age", "audience", "topic", "how-found")
FILLED = ("number", "short", "long", "day")
KINDS = (*OWN_CHOICES, *SOURCED, *FILLED)
CHOSEN = (*OWN_CHOICES, *SOURCED)

GIVEN = "given"
DONT_KNOW, WONT_SAY = "dont-know", "wont-say"
UNANSWERED, ILLEGIBLE, TWO_BOXES, NOT_ASKED = "unanswered", "illegible", "two-boxes", "not-asked"
# What somebody may say instead of an answer.
SAID = (DONT_KNOW, WONT_SAY)
MISSING: dict[str, Promise] = {
    DONT_KNOW: _("I do not know"),
    WONT_SAY: _("I would rather not say"),
    UNANSWERED: _("No answer"),
    ILLEGIBLE: _("Could not be read"),
    TWO_BOXES: _("Several boxes ticked"),
    NOT_ASKED: _("Not asked"),
}
STATES = (GIVEN, *MISSING)

WAYS: dict[str, Promise] = {
    "link": pgettext_lazy("way of an answer", "By a link"),
    "qr": pgettext_lazy("way of an answer", "By a QR code"),
    "tablet": pgettext_lazy("way of an answer", "On a tablet at the place"),
    "paper": pgettext_lazy("way of an answer", "On paper"),
    "aloud": pgettext_lazy("way of an answer", "Asked aloud"),
    "file": pgettext_lazy("way of an answer", "From another system"),
}
# How a question compares with the same one of the version before.
SAME, TRANSLATED, WORDING, SCALE, NEW = "same", "translated", "wording", "scale", "new"
VERDICTS = (SAME, TRANSLATED, WORDING, SCALE, NEW)
COMPARABLE = (SAME, TRANSLATED)
