"""What is said when somebody is led on to another provider."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kilauta.domains.guidance.choices import DECLINES
from kilauta.kit.forms import ChoiceField, OnceForm, SelectField, TickField

from .requests import AskForm, Choosable

# What is read aloud to the person before the tick; it is kept with the referral, as it was said.
CONSENT = _(
    "May we tell %(receiver)s what you need help with and how to reach you? "
    "It is erased at the latest 30 days after the matter has ended."
)
CONSENT_SLIP = _("May we tell %(receiver)s what you need help with? You take this paper with you.")
BY_MAIL, BY_SLIP = "mail", "slip"


class ReferralForm(AskForm):
    """A request and whom it goes to. A slip needs no contact."""

    receiver = SelectField(label=_("To whom?"), choices=[])
    how = ChoiceField(
        label=_("How does it go there?"),
        choices=[
            (BY_MAIL, _("By e-mail: they answer by a link")),
            (BY_SLIP, _("On paper: the customer takes a slip along")),
        ],
    )
    consent = TickField(
        label=_("The customer has heard this and agrees"),
        help_text=_("Say aloud: may we tell them what you need help with and how to reach you?"),
    )
    field_order = (
        "receiver",
        "how",
        "about",
        "town",
        "village",
        "whose",
        "way",
        "when",
        "contact",
        "only_by",
        "consent",
    )

    def __init__(
        self,
        request: HttpRequest,
        *,
        choosable: Choosable,
        receivers: Sequence[tuple[str, str]],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(request, choosable=choosable, initial=initial)
        self.fields["receiver"].choices = [("", _("Choose")), *receivers]  # type: ignore[attr-defined]
        self.fields["contact"].label = _("The customer's phone number or e-mail address")
        self.fields["contact"].help_text = _("The receiver sees it once they have accepted.")
        self.fields["contact"].required = False
        self.fields["village"].help_text = ""
        for name, words in (
            ("town", _("Where is the customer?")),
            ("only_by", _("How may the customer be reached?")),
        ):
            self.fields[name].label = words

    def clean(self) -> None:
        super().clean()
        by_mail = self.cleaned_data.get("how") == BY_MAIL
        if by_mail and "contact" not in self.errors and not self.cleaned_data.get("contact"):
            self.add_error("contact", gettext("Write how the person can be reached, or print a slip."))

    def consented(self, receiver: str) -> str:
        """Return the words that the person agreed to."""
        words = CONSENT_SLIP if self.cleaned_data["how"] == BY_SLIP else CONSENT
        return str(words) % {"receiver": receiver}


class AnswerForm(OnceForm):
    """What the receiver answers: the button says it, a no wants a reason."""

    reason = ChoiceField(label=_("If not: why?"), choices=list(DECLINES.items()), required=False)
