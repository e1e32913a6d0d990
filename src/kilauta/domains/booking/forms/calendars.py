from django.utils.translation import gettext_lazy as _

from kilauta.kit.forms import Form, OnceForm, TextField


class OutsideCalendarForm(Form):
    address = TextField(
        label=_("Address of the calendar"),
        help_text=_("Your calendar gives it under a name such as “secret address” or “share as iCal”."),
        max_length=500,
    )


class DigitsField(TextField):
    inputmode = "numeric"


class RoomCodeForm(OnceForm):
    code = DigitsField(label=_("The six digits of the code"), max_length=20, autocomplete="off")

    def clean_code(self) -> str:
        """Return the digits, in whatever groups they were typed."""
        return "".join(sign for sign in str(self.cleaned_data["code"]) if sign.isdecimal())
