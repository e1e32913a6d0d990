from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.choices import label, value_list
from kilauta.domains.directory.queries.snapshots import Plain
from kilauta.domains.territory.queries import is_outside
from kilauta.kit.forms import ChoiceField, PointField, SelectField, TextField, WordsField
from kilauta.kit.translations import reader_language
from kilauta.lib.geo import Point

from .entry import EntryForm, Section

YES, NO, UNKNOWN = "yes", "no", "unknown"
_ANSWERS = ((YES, _("Yes")), (NO, _("No")), (UNKNOWN, _("We do not know")))
FACTS = tuple(f"access_{code.replace('-', '_')}" for code in value_list("access"))
_CODES = dict(zip(FACTS, value_list("access"), strict=True))


class PlaceForm(EntryForm):
    """Where people come: the address, the point on the map, and getting in."""

    sections = (
        Section(_("The place"), ("name", "kind")),
        Section(_("Where it is"), ("address", "postal_code", "municipality", "point", "directions")),
        Section(
            _("Getting in and around"),
            FACTS,
            _("“We do not know” is better than a guess. People plan their way by this."),
        ),
        Section(_("Network connection"), ("connection",)),
    )
    name = WordsField(label=_("Name"), max_length=120)
    kind = SelectField(label=_("Kind of place"), choices=())
    address = TextField(label=_("Street address"), max_length=120, required=False, autocomplete="off")
    postal_code = TextField(label=_("Postal code"), max_length=5, required=False, autocomplete="off")
    municipality = SelectField(label=_("Municipality"), choices=())
    point = PointField(
        label=_("Coordinates"),
        help_text=_("As a map shows them: 64.1303, 29.5197. Without them the place is not on the map."),
        required=False,
    )
    directions = WordsField(
        label=_("How to find there"),
        help_text=_("For instance: the door is in the yard, ring the bell."),
        max_length=300,
        required=False,
    )
    connection = ChoiceField(label=_("How good is the connection there?"))

    def __init__(
        self,
        request: HttpRequest,
        *,
        held: Plain,
        changed_at: datetime | None,
        municipalities: Iterable[tuple[str, str]],
    ) -> None:
        self.municipalities = list(municipalities)
        super().__init__(request, held=held, changed_at=changed_at)

    def prepare(self) -> None:
        self.fields["kind"].choices = [("", _("Choose")), *_codes("place_kind")]  # type: ignore[attr-defined]  # choices
        self.fields["connection"].choices = _codes("connection")  # type: ignore[attr-defined]  # the same
        self.fields["municipality"].choices = [("", _("Choose")), *self.municipalities]  # type: ignore[attr-defined]  # the same
        for name, code in _CODES.items():
            words = str(label("access", code).pick(reader_language()))
            self.fields[name] = ChoiceField(label=words, choices=_ANSWERS)

    def opening(self) -> dict[str, Any]:
        lat, lon = self.held.get("lat"), self.held.get("lon")
        known = {
            name: YES
            if code in self._codes("access_yes")
            else NO
            if code in self._codes("access_no")
            else UNKNOWN
            for name, code in _CODES.items()
        }
        shown = {**super().opening(), **known}
        if isinstance(lat, float) and isinstance(lon, float):
            shown["point"] = Point(lat, lon)
        return shown if self.held else {**shown, "connection": UNKNOWN}

    def values(self) -> dict[str, object]:
        found = {name: value for name, value in super().values().items() if name not in {*FACTS, "point"}}
        point = self.cleaned_data["point"]
        found["lat"], found["lon"] = point or (None, None)
        for field, answer in (("access_yes", YES), ("access_no", NO)):
            found[field] = sorted(code for name, code in _CODES.items() if self.cleaned_data[name] == answer)
        if self.held and found["municipality"] != self.held.get("municipality"):
            found["locality"] = None  # the village was in the other municipality
        return found

    def clean(self) -> None:
        super().clean()
        point, code = self.cleaned_data.get("point"), self.cleaned_data.get("municipality")
        if point and code and is_outside(point, code):
            words = gettext("This point is not in %(town)s. Check the coordinates, or the municipality.")
            self.add_error("point", words % {"town": dict(self.municipalities).get(code, code)})

    def _codes(self, field: str) -> list[str]:
        codes = self.held.get(field)
        return [str(code) for code in codes] if isinstance(codes, list) else []


def _codes(name: str) -> list[tuple[str, str]]:
    return [(code, str(label(name, code).pick(reader_language()))) for code in value_list(name)]
