"""The closed value lists of the committed table, with their labels in three languages."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kilauta.lib.words import Words

VALUES = Path(__file__).parent / "data" / "values.csv"

# Kept in the database because coordinators edit them; every other list is fixed in the table.
EDITABLE_LISTS = ("theme", "topic", "audience", "limit", "device", "group")

STATES = ("draft", "published", "withdrawn")
HOUR_STATES = ("open", "self-service", "by-appointment", "closed", "unknown")
WEEKS = ("all", "odd", "even")
ROUTES = ("bank", "eservice-owner", "digital-support", "authority", "health")
PLACE_MODES = ("walk-in", "booked-visit", "group", "self-service")
LINK_KINDS = ("website", "social", "ptv", "map", "other")


@dataclass(frozen=True, slots=True)
class Value:
    """One row of the table."""

    list: str
    code: str
    group: str
    name: Words
    description: Words
    examples: Words
    mapping: dict[str, str]


def read_values() -> Iterator[Value]:
    """Read the committed table, in its own order."""
    with VALUES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Value(
                row["list"],
                row["code"],
                row["group"],
                Words(row["fi"], row["sv"], row["en"]),
                Words(row["description_fi"], row["description_sv"], row["description_en"]),
                Words(row["examples_fi"], row["examples_sv"], row["examples_en"]),
                dict(part.split("=", 1) for part in row["mapping"].split()),
            )


@cache
def value_list(name: str) -> dict[str, Value]:
    """Return the values of one list by code, in the order of the table."""
    return {value.code: value for value in read_values() if value.list == name}


def label(name: str, code: str) -> Words:
    """Return the words for a code; the code itself if the list does not know it."""
    value = value_list(name).get(code)
    return value.name if value else Words(code)


def codes(name: str) -> tuple[str, ...]:
    return tuple(value_list(name))
