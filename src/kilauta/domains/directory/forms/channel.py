from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.choices import PLACE_MODES, label, value_list
from kilauta.domains.directory.logic.content import Finding, area_findings
from kilauta.domains.directory.queries.snapshots import Plain
from kilauta.kit.forms import (
    ChoiceField,
    DayField,
    MailField,
    NumberField,
    PhoneField,
    SelectField,
    TickField,
    WordsField,
)
from kilauta.kit.forms.fields import ChoicesField
from kilauta.kit.translations import reader_language

from .entry import EntryForm, Section
from .fields import LinkField

MOST_DAYS = 365
_AWAY = ("phone", "phone_charge", "booking_url", "email", "lead_days", "everywhere", "area")
_FAR = ("url", "phone", "phone_charge", "booking_url", "email", "lead_days", "everywhere", "area")
_THERE = ("place", "phone", "phone_charge", "email")

# What each mode needs to be asked; the rest is the same for all.
FIELDS_OF_MODE: Final[Mapping[str, tuple[str, ...]]] = {
    "phone": ("phone", "phone_charge", "email", "everywhere", "area"),
    "walk-in": _THERE,
    "booked-visit": (*_THERE, "booking_url", "lead_days"),
    "group": (*_THERE, "booking_url", "lead_days"),
    "self-service": ("place",),
    "remote": _FAR,
    "chat": _FAR,
    "home-visit": _AWAY,
    "neighbour": _AWAY,
    "mobile": _AWAY,
}
_OF_ALL = frozenset(
    ["given_by", "intake", "full_until", "note", "closed_from", "closed_until", "closed_note", "seen"]
)
# What a way no longer has when it is got in another mode.
_LEFT: Final[Mapping[str, object]] = {
    "place": None, "phone": "", "phone_charge": "", "email": "", "url": "", "booking_url": "", "lead_days": None,
    "everywhere": False, "area": [],
}  # fmt: skip


class ChannelForm(EntryForm):
    """How the help is got: first the mode, then only what that mode needs."""

    sections = (
        Section(
            _("How to get it"),
            ("place", "url", "phone", "phone_charge", "booking_url", "email", "lead_days"),
        ),
        Section(_("Where it reaches"), ("everywhere", "area")),
        Section(_("Who helps, and is there room"), ("given_by", "intake", "full_until", "note")),
        Section(
            _("A break"),
            ("closed_from", "closed_until", "closed_note"),
            _("Fill this in only if no help is given for a while."),
            folded=True,
        ),
    )
    place = SelectField(label=_("Place"), choices=())
    url = LinkField(label=_("Web address"), required=False)
    phone = PhoneField(label=_("Phone number"), required=False, autocomplete="off")
    phone_charge = SelectField(label=_("Price of the call"), choices=(), required=False)
    booking_url = LinkField(label=_("Where to book a time"), required=False)
    email = MailField(label=_("E-mail address"), required=False, autocomplete="off")
    lead_days = NumberField(label=_("Days to book ahead"), min_value=0, max_value=MOST_DAYS, required=False)
    everywhere = TickField(label=_("Everywhere in Finland"), required=False)
    area = ChoicesField(
        label=_("Municipalities served"),
        help_text=_("Tick only where people really get this help."),
        required=False,
    )
    given_by = ChoiceField(label=_("Who helps"))
    intake = ChoiceField(label=_("New people"))
    full_until = DayField(
        label=_("Full until"), help_text=_("Only when it is full and you know until when."), required=False
    )
    note = WordsField(
        label=_("A word for those who come"),
        help_text=_("For instance: come to the desk on the second floor."),
        max_length=200,
        required=False,
    )
    closed_from = DayField(label=_("Closed from"), required=False)
    closed_until = DayField(
        label=_("Closed until"), help_text=_("Leave empty if you do not know yet."), required=False
    )
    closed_note = WordsField(label=_("Why it is closed"), max_length=200, required=False)

    def __init__(
        self,
        request: HttpRequest,
        *,
        held: Plain,
        changed_at: datetime | None,
        mode: str,
        places: Iterable[tuple[str, str]],
        area: Iterable[tuple[str, str]],
    ) -> None:
        self.mode, self.lists = mode, {"place": list(places), "area": list(area)}
        super().__init__(request, held=held, changed_at=changed_at)

    def prepare(self) -> None:
        shown = {*FIELDS_OF_MODE[self.mode], *_OF_ALL}
        for name in [name for name in self.fields if name not in shown]:
            del self.fields[name]
        self._choose("given_by", _codes("given_by"))
        self._choose("intake", _codes("intake"))
        self._choose("phone_charge", [("", _("Not said")), *_codes("phone_charge")])
        self._choose("place", [("", _("Choose")), *self.lists["place"]])
        self._choose("area", self.lists["area"])
        if self.mode == "phone":
            self.fields["phone"].required = True

    def _choose(self, name: str, choices: Iterable[tuple[object, object]]) -> None:
        if name in self.fields:
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a field of choices

    def opening(self) -> dict[str, Any]:
        new = {"given_by": "staff", "intake": "open"} if not self.held else {}
        return {**super().opening(), **new}

    def values(self) -> dict[str, object]:
        found = super().values()
        found["mode"] = self.mode
        if self.held and self.held.get("mode") != self.mode:
            found = {**{name: empty for name, empty in _LEFT.items() if name not in self.fields}, **found}
            found |= {} if self.mode in PLACE_MODES else {"hours_of_place": False}
        if found["intake"] != "full":
            found["full_until"] = None
        return found

    def more_findings(self, values: Mapping[str, object]) -> Iterable[Finding]:
        area = values.get("area")
        codes = [str(code) for code in area] if isinstance(area, list) else []
        return area_findings(self.mode, everywhere=bool(values.get("everywhere")), area=codes)


def _codes(name: str) -> list[tuple[object, object]]:
    return [(code, str(label(name, code).pick(reader_language()))) for code in value_list(name)]
