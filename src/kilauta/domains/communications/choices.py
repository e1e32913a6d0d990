from django.utils.translation import gettext_lazy as _

# What feedback is about.
ABOUT = {
    "accessibility": _("I could not use a page, or something on it"),
    "hard": _("Something was hard to understand"),
    "fault": _("Something is wrong, or does not work"),
    "wish": _("I have a wish or an idea"),
    "thanks": _("I want to say thank you"),
    "other": _("Something else"),
}
