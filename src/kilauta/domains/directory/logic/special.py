"""Days unlike the others as a person fills them in: named holidays, each once, and days or times off by their dates."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from .week import EMPTY, Row


def holidays_of(rows: Iterable[Row]) -> tuple[dict[str, Row], frozenset[str]]:
    """Return the row of each holiday that is told simply, and the holidays told by more exact rows."""
    named = [row for row in rows if row["holiday"]]
    times = Counter(row["holiday"] for row in named)
    simple = {row["holiday"]: row for row in named if times[row["holiday"]] == 1 and _only(row, "holiday")}
    return simple, frozenset(times) - simple.keys()


def without_holidays(rows: Iterable[Row], codes: Iterable[str]) -> list[Row]:
    """Return the rows but those of these holidays."""
    gone = frozenset(codes)
    return [row for row in rows if row["holiday"] not in gone or not row["holiday"]]


def exceptions_of(rows: Iterable[Row], today: str) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the exceptions told by their dates that are not over (the soonest first), and all other rows."""
    ahead: list[Row] = []
    others: list[Row] = []
    for row in rows:
        dated = row["valid_from"] and _only(row, "valid_from", "valid_to")
        (ahead if dated and (row["valid_to"] or "9999") >= today else others).append(row)
    return tuple(sorted(ahead, key=lambda row: (row["valid_from"], row["opens"] or ""))), tuple(others)


def _only(row: Row, *names: str) -> bool:
    """Tell whether the days of a row are picked by nothing but these columns."""
    picks = ("weekdays", "weeks", "nth", "valid_from", "valid_to", "holiday")
    return all(row[name] == EMPTY[name] for name in picks if name not in names)


def day_row(values: Mapping[str, Any]) -> Row:
    """Return a row of days unlike the others, that says no more than this."""
    return {**EMPTY, **values}
