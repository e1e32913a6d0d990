"""When an event is: one time, some of them, whole days; always by the clock on the wall in Finland.

In spring the hour from three to four does not come on one night: a time in it is refused. In autumn it comes twice:
the first is meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from kilauta.lib.zone import HELSINKI

Again = Literal["once", "days", "weeks", "fortnights", "months"]
MOST_TIMES = 60
STEPS = {"days": timedelta(days=1), "weeks": timedelta(weeks=1), "fortnights": timedelta(weeks=2)}
MIDNIGHT = time()
ONE_DAY = timedelta(days=1)


class NoSuchTimeError(ValueError):
    """The clock on the wall never shows this."""


@dataclass(frozen=True, slots=True)
class Span:
    """`[starts_at, ends_at)` in UTC."""

    starts_at: datetime
    ends_at: datetime
    all_day: bool = False


def at(day: date, clock: time) -> datetime:
    """Return the instant when the wall clock shows this; raise NoSuchTimeError where it never does."""
    wall = datetime.combine(day, clock, HELSINKI)
    instant = wall.astimezone(UTC)
    if instant.astimezone(HELSINKI).replace(fold=0) != wall.replace(fold=0):
        raise NoSuchTimeError
    return instant


def span(day: date, begins: time, ends: time) -> Span:
    """Return the time of one day; what ends before it begins ends on the next day."""
    last = day if ends > begins else day + ONE_DAY
    return Span(at(day, begins), at(last, ends))


def whole_days(first: date, last: date) -> Span:
    """Return days from midnight to midnight, the last one included."""
    return Span(at(first, MIDNIGHT), at(last + ONE_DAY, MIDNIGHT), all_day=True)


def days_of(first: date, again: Again, number: int) -> Iterator[date]:
    """Yield the days of a series. Each month: the same weekday of the month, as the second Tuesday."""
    if again == "once":
        yield first
    elif again == "months":
        yield from _monthly(first, number)
    else:
        yield from (first + count * STEPS[again] for count in range(number))


def _monthly(first: date, number: int) -> Iterator[date]:
    week = (first.day - 1) // 7
    for count in range(number):
        year, month = divmod(first.month - 1 + count, 12)
        begins = date(first.year + year, month + 1, 1)
        day = begins + timedelta(days=(first.weekday() - begins.weekday()) % 7 + 7 * week)
        # no fifth one in this month: its last
        yield day if day.month == begins.month else day - timedelta(weeks=1)


def spans(first: date, begins: time, ends: time, *, again: Again = "once", number: int = 1) -> list[Span]:
    """Return the times of a series, each at the same time on the wall."""
    return [span(day, begins, ends) for day in days_of(first, again, number)]
