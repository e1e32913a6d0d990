"""Booking a time without an account: three screens of questions, one form, and nothing of it in an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.forms import Field
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.kit.forms import (
    ChoiceField,
    MailField,
    OnceForm,
    PhoneField,
    SelectField,
    TextField,
    TickField,
)

STEP, BACK, SLOT = "kohta", "takaisin", "aika"
# The questions of each screen, in their order; the last one only reads back.
ASKED: Final = {
    "aihe": ("topic", "for_other"),
    "yhteys": ("name", "phone", "email", "address", "municipality"),
    "tarkistus": (),
}
STEPS: Final = tuple(ASKED)
FEW = 10


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked for one way to get help: topics and municipalities as (code, name), and whether we come home."""

    topics: Sequence[tuple[str, str]]
    towns: Sequence[tuple[str, str]]
    at_home: bool
    by_phone: bool


class BookingForm(OnceForm):
    """The three screens as one form. What the others asked travels along unseen; going back loses nothing."""

    for_other = TickField(label=_("I book this for somebody else"), required=False)
    name = TextField(
        label=_("What may we call you?"),
        help_text=_("A first name will do."),
        max_length=60,
        required=False,
        autocomplete="given-name",
    )
    phone = PhoneField(label=_("Phone number"), required=False)
    email = MailField(
        label=_("E-mail address"),
        help_text=_("We send you the time and a link by which you can move or cancel it."),
        required=False,
    )

    def __init__(self, request: HttpRequest, questions: Questions, *, slot: int) -> None:
        super().__init__(request)
        self.slot = slot
        self._ask(questions)
        given: Mapping[str, str] = self.sent or {}
        step = given.get(STEP, STEPS[0])
        self.at = step if step in STEPS else STEPS[0]
        self.typed = {name: given.get(name, "") for name in self.fields}
        # what is asked later is not looked at yet
        seen = STEPS[: STEPS.index(self.at) + 1]
        later = [each for each in self.fields if not any(each in ASKED[step] for step in seen)]
        self._later = {name: self.fields.pop(name) for name in later}

    def _ask(self, questions: Questions) -> None:
        kind = ChoiceField if len(questions.topics) <= FEW else SelectField
        self.fields["topic"] = kind(
            label=_("What would you like help with?"),
            help_text=_("You can leave this open and tell when we meet."),
            choices=questions.topics,
            required=False,
        )
        if questions.at_home:
            self.fields["address"] = TextField(
                label=_("Where shall we come?"),
                help_text=_("Street address, and the name on the door if it is another one."),
                max_length=160,
                autocomplete="street-address",
            )
            self.fields["municipality"] = SelectField(label=_("Municipality"), choices=questions.towns)
        if questions.at_home or questions.by_phone:
            self.fields["phone"].required = True

    @property
    def asked(self) -> list[BoundField]:
        """The fields of the screen that is shown."""
        return [self[name] for name in ASKED[self.at] if name in self.fields]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the other screens asked, and which screen this is."""
        shown = {bound.name for bound in self.asked}
        kept = [(name, text) for name, text in self.typed.items() if text and name not in shown]
        return [(STEP, self.at), (SLOT, str(self.slot)), *kept]

    @property
    def told(self) -> list[tuple[str, str]]:
        """What was answered, in words, to be read back."""
        named = [(name, self.fields[name]) for step in STEPS for name in ASKED[step] if name in self.fields]
        return [
            (str(each.label), _in_words(each, self.typed[name])) for name, each in named if self.typed[name]
        ]

    def is_done(self) -> bool:
        """Look at what was sent, and stand at the screen to be shown; True when all of it is right and read back."""
        if self.sent is None:
            self._show(STEPS[0])
            return False
        back = self.sent.get(BACK, "")
        if back in STEPS and self.refusal is None:
            self._show(back)
            return False
        if not self.is_valid():
            self.stand_where_wrong()
            return False
        if self.at == STEPS[-1]:
            return True
        self._show(STEPS[STEPS.index(self.at) + 1])
        return False

    def stand_where_wrong(self) -> None:
        """Show the first screen on which something is wrong."""
        self.at = next((s for s in STEPS for name in ASKED[s] if name in self.errors), self.at)

    def contact(self, lang: str) -> BookingContact:
        given = self.cleaned_data
        return BookingContact(
            name=given["name"], phone=given["phone"], email=given["email"], lang=lang,
            for_other=given["for_other"], topic=given["topic"], municipality=given.get("municipality", ""),
            address=given.get("address", ""),
        )  # fmt: skip

    def _show(self, step: str) -> None:
        """Stand at a screen with what was typed there before, and nothing wrong said yet."""
        self.fields |= self._later
        self.at, self.is_bound, self._errors = step, False, None
        self.initial = dict(self.typed)


def _in_words(field: Field, text: str) -> str:
    if isinstance(field, TickField):
        return gettext("Yes")
    choices = getattr(field, "choices", ())
    return next((str(name) for code, name in choices if code == text), text)


class CodeForm(OnceForm):
    """Opens a booking for who has its number and code on paper."""

    number = TextField(label=_("Number of the booking"), max_length=12, autocomplete="off")
    code = TextField(
        label=_("Code"), help_text=_("The six digits on your slip."), max_length=12, autocomplete="off"
    )
    phone = PhoneField(
        label=_("Phone number"), help_text=_("Only if you gave it when you booked."), required=False
    )
