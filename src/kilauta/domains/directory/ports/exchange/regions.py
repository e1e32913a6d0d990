"""Which network looks after a row: the one it names, or the one that looks after what it belongs to."""

from collections.abc import Mapping

from django.db import models

from kilauta.kit.exchange.columns import Known
from kilauta.kit.exchange.tables import RegionOf

Cells = Mapping[str, str]

# From a thing to what it belongs to.
ABOVE = {"place": "host", "service": "organisation", "channel": "service", "eservice": "owner"}


def own(row: Cells, _known: Known) -> str:
    return row["steward"]


def own_or(column: str, table: str) -> RegionOf:
    """Return the network that a row names, or else that of the row of another table in this column."""
    above = through(column, table)
    return lambda row, known: row["steward"] or above(row, known)


def through(column: str, table: str) -> RegionOf:
    """Return the network of the row of another table in this column."""
    return lambda row, known: keeper(known.thing(table, row[column])) if row[column] else ""


def through_one_of(kind: str, column: str, tables: Cells) -> RegionOf:
    """Return the network of the row in this column; in another stands of which table it is."""
    return lambda row, known: through(column, tables[row[kind]])(row, known)


def keeper(thing: models.Model) -> str:
    """Return the network that looks after a thing that stands here."""
    kind = type(thing).__name__.lower()
    if kind == "network":
        return str(thing.pk)
    steward: str | None = getattr(thing, "steward_id", None)
    above = getattr(thing, ABOVE[kind]) if not steward and kind in ABOVE else None
    return steward or (keeper(above) if above else "")
