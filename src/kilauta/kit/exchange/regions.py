"""Whose rows these are: whoever brings rows in for a region changes what it looks after, and nothing else."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from .arriving import Arriving
from .columns import Known
from .known import KnownThings
from .preview import Change
from .problems import Bad
from .tables import Row, Table

CODE = "other-region"


def region_of(table: Table, row: Mapping[str, str], known: Known) -> str:
    """Return the region that looks after a row as it stands here; "" if none does."""
    try:
        if table.keeper:
            return table.keeper(known.thing(table.name, row[table.key[0]]))
        return table.region(row, known)
    except Bad:
        return ""


def plain(table: Table, row: Row) -> dict[str, str]:
    """Return a row of the database in the words of the tables."""
    return {column.name: column.plain(row[column.name]) for column in table.columns}


def stop_foreign(arriving: Arriving, known: KnownThings, region: str) -> None:
    """Refuse a row that stands here and that another region looks after, or none; it is not touched at all."""
    table = arriving.incoming.table
    if not region or arriving.here is None:
        return
    owner = region_of(table, arriving.here, known)
    if owner == region:
        return
    arriving.foreign = True
    if owner:
        message = _(
            "Another network looks after this, so it was left as it is. Take the row away. If it is something "
            "else under the same id, give the source a name of its own."
        )
    else:
        message = _(
            "No network looks after this, so it was left as it is. The administrator can say which one does."
        )
    arriving.row.wrong(table.key[0], CODE, message)


def stop_giving(arriving: Arriving, known: KnownThings, region: str) -> None:
    """Refuse a row that would belong to another region; claim for this one what is new and would be nobody's."""
    table, row = arriving.incoming.table, arriving.row
    if not region or row.problems:
        return
    if arriving.here is None:
        _claim(arriving, known, region)
    own, above = _meant(table, row.text, known)
    before = _meant(table, arriving.here, known) if arriving.here else (region, region)
    if own not in {region, before[0]} or above not in {"", region, before[1]}:
        message = _(
            "This would belong to another network, so it was not brought in. "
            "Ask the coordinator of that network."
        )
        row.wrong(table.key[0], CODE, message)


def _meant(table: Table, row: Mapping[str, str], known: Known) -> tuple[str | None, str | None]:
    """Return the region that a row says, and that of what it belongs to, whatever it says; None: not known."""
    found: list[str | None] = []
    for cells in (row, {**row, table.claim: ""}):
        try:
            found.append(table.region(cells, known))
        except Bad:
            found.append(None)
    return found[0], found[1]


def _claim(arriving: Arriving, known: KnownThings, region: str) -> None:
    """Put the region into the row that is nobody's. The source has not said so, and it is not remembered as if."""
    table, row = arriving.incoming.table, arriving.row
    if not table.claim or _meant(table, row.text, known)[0] != "":
        return
    row.text[table.claim] = region
    row.values[table.claim] = table.by_name[table.claim].kind.parse(region, known)
    arriving.outcome.changes.append(Change(table.claim, arriving.heading(table.claim), "", region))
