"""Signing up for an event without an account: one page, and nothing of it in an address."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kilauta.domains.events.models.signups import GROUP_MOST
from kilauta.kit.forms import MailField, NumberField, OnceForm, PhoneField, SelectField, TextField, TickField
from kilauta.kit.refusals import Refused

# The two answers to "not all of you fit": so many come, or all wait together.
FEWER, WAIT = "vain", "odotamme"


class SignupForm(OnceForm):
    """Who comes, and how they are reached: all but the number may be left empty."""

    persons = NumberField(
        label=_("How many of you come?"),
        help_text=_("You yourself are one of them."),
        min_value=1,
        max_value=GROUP_MOST,
        initial=1,
    )
    name = TextField(
        label=_("What may we call you?"),
        help_text=_("A first name will do."),
        max_length=60,
        required=False,
        autocomplete="given-name",
    )
    phone = PhoneField(
        label=_("Phone number"), help_text=_("We ring or text if something changes."), required=False
    )
    email = MailField(
        label=_("E-mail address"),
        help_text=_("We send you the time and a link by which you can cancel."),
        required=False,
    )
    for_other = TickField(label=_("I sign up somebody else"), required=False)

    def __init__(self, request: HttpRequest, *, ways: Sequence[tuple[str, str]]) -> None:
        super().__init__(request)
        self.is_partly = False
        self.fields["how_found"] = SelectField(
            label=_("How did you hear of this?"), choices=ways, required=False
        )
        fewer = self.sent.get(FEWER, "") if self.sent else ""
        if self.sent and fewer.isdecimal():
            # the answer says how many come; what was typed before is no longer meant
            self.data = self.sent.copy()
            self.data["persons"] = fewer

    @property
    def number(self) -> int:
        """How many want to come, as far as it can be read."""
        given = getattr(self, "cleaned_data", {}).get("persons") or str(self["persons"].value() or "")
        return int(given) if str(given).isdecimal() else 1

    @property
    def waits(self) -> bool:
        """All of them wait for seats together."""
        return bool(self.sent and self.sent.get(WAIT))

    def refuse(self, refused: Refused) -> None:
        """Say what was refused; where only some of them fit, the page offers both ways out."""
        self.is_partly = refused.code == "partly"
        super().refuse(refused)


class SignupCodeForm(OnceForm):
    """Opens a sign-up for who has its number and code on paper."""

    number = TextField(label=_("Number of the sign-up"), max_length=12, autocomplete="off")
    code = TextField(
        label=_("Code"), help_text=_("The six digits on your slip."), max_length=12, autocomplete="off"
    )
