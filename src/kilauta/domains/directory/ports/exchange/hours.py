from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory import operations
from kilauta.domains.directory.choices import HOUR_STATES
from kilauta.domains.directory.models import OpeningRule
from kilauta.kit.exchange.columns import Code, Column, ReferenceBy, in_three_languages
from kilauta.kit.exchange.kinds import Day, Id, Integer, Text, Time, YesNo
from kilauta.kit.exchange.problems import Finding
from kilauta.kit.exchange.saving import Saved
from kilauta.kit.exchange.tables import Check, Origin, Row, Table, fields, in_order
from kilauta.kit.translations import reader_language
from kilauta.lib.hours import HOLIDAYS

from . import names, regions
from .kinds import Weekdays
from .lists import exactly

OWNERS = {"place": "places", "channel": "channels", "network": "networks"}
EVERY_WEEK = "all"


def _holidays() -> dict[str, object]:
    return {code: names[reader_language()] for code, names in HOLIDAYS.items()}


def _save(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row, "weeks": row["weeks"] or EVERY_WEEK}
    del details["owner_kind"]
    return operations.save_opening_rule(
        origin.source, details.pop("id"), actor=origin.actor, now=origin.now, **details
    )


def _rows(source: str) -> Iterator[Row]:
    for row in OpeningRule.objects.filter(source=source).select_related("place", "channel"):
        kind = next(kind for kind in OWNERS if getattr(row, f"{kind}_id"))
        owner = row.network_id if kind == "network" else getattr(row, kind).external_id
        weeks = "" if row.weeks == EVERY_WEEK else row.weeks
        yield fields(row, HOURS, id=row.external_id, owner_kind=kind, owner=owner, weeks=weeks)


def _fault(*columns: str) -> Check:
    def find(row: Row) -> Iterable[Finding]:
        given: Any = {
            name: row[name] for name in columns
        }  # a row has no fixed fields, what is asked about has
        for column, sentence in operations.faults(given):
            yield Finding(column, "missing", sentence)

    return Check(columns, find)


HOURS = Table(
    name="hours",
    about=_("Opening hours, one row for each stretch of time. A channel without rows has no known hours."),
    key=("id",),
    columns=(
        Column("id", Id(80), _("The row's own id."), required=True),
        Column("owner_kind", exactly(*OWNERS), _("Whose hours these are."), required=True),
        Column("owner", ReferenceBy("owner_kind", OWNERS), _("Whose exactly."), required=True),
        Column("weekdays", Weekdays(), _("On which weekdays; empty for dated rows and holidays.")),
        Column("opens", Time(), _("From when; empty together with closes means the whole day.")),
        Column("closes", Time(ends=True), _("Until when; at or before the opening time means the next day.")),
        Column("state", exactly(*HOUR_STATES), _("What one finds then."), required=True),
        Column("weeks", exactly("odd", "even"), _("In which weeks of the calendar; empty means every week.")),
        Column("nth", Integer(-1, 5), _("Only the n-th such weekday of a month; -1 is the last one.")),
        Column("valid_from", Day(), _("The first day on which the row holds.")),
        Column("valid_to", Day(), _("The last day on which it holds.")),
        Column("holiday", Code(_holidays), _("The holiday it is for.")),
        Column("exception", YesNo(), _("Whether it replaces the ordinary rows of those days.")),
        *in_three_languages("note", Text(120), _("A word on it.")),
    ),
    save=_save,
    rows=_rows,
    checks=(
        _fault("opens", "closes", "state"),
        _fault("nth", "weekdays"),
        _fault("exception", "weekdays", "weeks", "valid_from", "valid_to", "holiday"),
        in_order("valid_from", "valid_to"),
    ),
    region=regions.through_one_of("owner_kind", "owner", OWNERS),
    title=names.HOURS,
    headings={**names.HEADINGS, **names.OF_HOURS},
)
