"""Months that are over, and the periods made of them: what is counted is told by whole months and never sooner."""

import re
from dataclasses import dataclass
from datetime import date

MONTH, QUARTER, YEAR = "month", "quarter", "year"
KINDS = (MONTH, QUARTER, YEAR)
OLDEST = 2020
_CODE = re.compile(r"(20\d\d)(?:-(?:(0[1-9]|1[0-2])|q([1-4])))?", re.ASCII)
_LENGTH = {MONTH: 1, QUARTER: 3, YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar."""

    year: int
    number: int

    @property
    def first_on(self) -> date:
        return date(self.year, self.number, 1)

    def later(self, months: int) -> "Month":
        """Return the month that comes so many months later, or earlier."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)


@dataclass(frozen=True, slots=True)
class Period:
    """A month, a quarter or a year, with those of its months that are over."""

    kind: str
    first: Month
    months: tuple[Month, ...]

    @property
    def code(self) -> str:
        """Return how an address calls it: 2026-10, 2026-q4, 2026."""
        if self.kind == MONTH:
            return f"{self.first.year}-{self.first.number:02d}"
        return f"{self.first.year}-q{self.quarter}" if self.kind == QUARTER else f"{self.first.year}"

    @property
    def quarter(self) -> int:
        return (self.first.number + 2) // 3


def last_over(today: date) -> Month:
    """Return the newest month that is over."""
    return Month(today.year, today.month).later(-1)


def period_of(code: str, today: date) -> Period | None:
    """Return the period that an address names, if at least one of its months is over."""
    found = _CODE.fullmatch(code)
    if found is None or int(found[1]) < OLDEST:
        return None
    year, month, quarter = int(found[1]), found[2], found[3]
    if month:
        return _period(MONTH, Month(year, int(month)), today)
    if quarter:
        return _period(QUARTER, Month(year, int(quarter) * 3 - 2), today)
    return _period(YEAR, Month(year, 1), today)


def around(month: Month, kind: str, today: date) -> Period:
    """Return the period of a kind that holds a month which is over."""
    number = month.number - (month.number - 1) % _LENGTH[kind]
    found = _period(kind, Month(month.year, number), today)
    assert found is not None  # noqa: S101 -- it holds a month that is over
    return found


def beside(period: Period, step: int, today: date) -> Period | None:
    """Return the period of the same kind before (-1) or after (1) this one, if it can be told about."""
    first = period.first.later(step * _LENGTH[period.kind])
    return _period(period.kind, first, today) if first.year >= OLDEST else None


def _period(kind: str, first: Month, today: date) -> Period | None:
    newest = last_over(today)
    months = (first.later(number) for number in range(_LENGTH[kind]))
    over = tuple(month for month in months if month <= newest)
    return Period(kind, first, over) if over else None
