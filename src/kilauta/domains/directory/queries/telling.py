"""Plain values as people read them: the names of codes, of places and of municipalities, hours as lines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext

from kilauta.domains.directory import choices
from kilauta.domains.directory.models.entries import Entry
from kilauta.domains.directory.models.vocabulary import Term
from kilauta.domains.directory.queries.wording import line_days, line_season, line_times
from kilauta.domains.territory.models import Network
from kilauta.kit.translations import reader_language
from kilauta.lib.hours import HOLIDAYS, Line, State
from kilauta.lib.words import Words

from .snapshots import KINDS

# Fields whose value is a code of a fixed list: the name of the list.
LISTS = {
    ("organisation", "kind"): "organisation_kind",
    ("place", "kind"): "place_kind",
    "access_yes": "access",
    "access_no": "access",
    "connection": "connection",
    "depth": "depth",
    "fee": "fee",
    "language": "language",
    "role": "service_role",
    "mode": "mode",
    "phone_charge": "phone_charge",
    "given_by": "given_by",
    "intake": "intake",
}


class Names:
    """The names of the things that values of one kind of entry point at, read once for all of them."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._names: dict[tuple[type[models.Model], str], str] = {}

    def find(self, values: Iterable[tuple[str, object]]) -> None:
        """Read the names of everything that these fields, each with its values before and after, point at."""
        keys: dict[type[models.Model], set[str]] = defaultdict(set)
        for field, pair in values:
            related = self.related(field)
            if related and isinstance(pair, list):
                keys[related] |= {str(key) for value in pair for key in _several(value) if key}
        for model, wanted in keys.items():
            try:
                rows: models.QuerySet[models.Model] = models.QuerySet(model)
                for row in rows.filter(pk__in=wanted):
                    self._names[model, str(row.pk)] = _name(row)
            except (ValidationError, ValueError):
                continue

    def related(self, field: str) -> type[models.Model] | None:
        """Return the model that a field of the kind points at, if it does."""
        try:
            column: Any = KINDS[self.kind].model._meta.get_field(field)  # noqa: SLF001 -- Django's documented API
        except FieldDoesNotExist:
            return None
        return column.related_model if field not in KINDS[self.kind].parts and column.is_relation else None

    def name(self, model: type[models.Model], key: object) -> str:
        return self._names.get((model, str(key)), str(key))

    def label(self, field: str, code: object) -> str:
        """Return the word for a code of a fixed list, or the code."""
        listed = LISTS.get((self.kind, field)) or LISTS.get(field)
        return str(choices.label(listed, str(code)).pick(reader_language())) if listed else str(code)


def told(names: Names, field: str, value: object) -> str:
    """Return a value in words; empty for nothing."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    related = names.related(field)
    if related:
        return ", ".join(sorted(names.name(related, key) for key in _several(value)))
    if field in ("hours", "exceptions") and isinstance(value, list):
        return "; ".join(filter(None, (hours_row(row) for row in value)))
    if field == "state" and value in choices.STATE_NAMES:
        return str(choices.STATE_NAMES[str(value)])
    if isinstance(value, list):
        return ", ".join(_row(names, field, each) for each in value)
    if field.endswith(("_on", "_from", "_until", "_to")) and isinstance(value, str):
        return day_words(value)
    return names.label(field, value)


def hours_row(row: Mapping[str, Any]) -> str:
    """Return a row of hours on one line: "Mon–Fri 9–16", "24 Dec closed"."""
    opens, closes = (time.fromisoformat(row[name]) if row.get(name) else None for name in ("opens", "closes"))
    first, last = (
        date.fromisoformat(row[name]) if row.get(name) else None for name in ("valid_from", "valid_to")
    )
    days = tuple(int(day) for day in row.get("weekdays") or "")
    line = Line(
        days, opens, closes, State(row["state"]), row.get("weeks") or "all", row.get("nth"), first, last
    )
    holiday = HOLIDAYS.get(row.get("holiday") or "")
    named = str(Words(**holiday).pick(reader_language())) if holiday else ""
    return " ".join(
        filter(None, (named, line_days(line) if days else "", line_season(line), line_times(line)))
    )


def day_words(value: str) -> str:
    try:
        return str(date_format(date.fromisoformat(value[:10]), "SHORT_DATE_FORMAT"))
    except ValueError:
        return value


def _row(names: Names, field: str, row: object) -> str:
    if not isinstance(row, Mapping):
        return names.label(field, row)
    return " ".join(
        names.label(column, value) for column, value in row.items() if value not in (None, "", False)
    )


def _several(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else (value,)


def _name(row: models.Model) -> str:
    if isinstance(row, Entry | Term | Network) or hasattr(row, "name"):
        return str(row.name.pick(reader_language()))
    return str(row)
