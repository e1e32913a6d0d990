"""Stretches of days for which sessions are counted, what they are compared with, and the bars they fall into.

Every stretch is half-open, `[from_on, until_on)`, of days in Finland; weeks are ISO weeks, from Monday.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY, WEEK, MONTH, YEAR, ALL, DAYS = "day", "week", "month", "year", "all", "days"
# What one chooses by a tap; `DAYS` are any two days.
KINDS = (WEEK, MONTH, YEAR, ALL)
BUCKETS = (DAY, WEEK, MONTH, YEAR)
# So many days fit a chart of this kind.
_MOST: dict[str, int] = {DAY: 62, WEEK: 732, MONTH: 3653, YEAR: 36525}
# The finest kind by which so many days are shown unless somebody chooses.
_USUAL = ((14, DAY), (92, WEEK), (1100, MONTH))
OLDEST, NEWEST = 2000, 2100
_CODE = re.compile(r"(\d{4})(?:-(\d{2})|-w(\d{2}))?", re.ASCII)
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    kind: str
    from_on: date
    until_on: date

    @property
    def last_on(self) -> date:
        return self.until_on - _ONE

    @property
    def length(self) -> int:
        return (self.until_on - self.from_on).days

    @property
    def code(self) -> str:
        """Return how an address names it; two free days have no code."""
        if self.kind == WEEK:
            year, week, _day = self.from_on.isocalendar()
            return f"{year}-w{week:02}"
        return {MONTH: f"{self.from_on:%Y-%m}", YEAR: f"{self.from_on:%Y}", ALL: ALL}.get(self.kind, "")

    def until(self, day: date) -> "Period":
        """Return it as far as it has come on this day."""
        return replace(self, until_on=max(self.from_on, min(self.until_on, day + _ONE)))


def this(kind: str, day: date) -> Period:
    """Return the week, month or year that a day lies in."""
    if kind == WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(WEEK, monday, monday + timedelta(days=7))
    first = day.replace(day=1) if kind == MONTH else day.replace(month=1, day=1)
    return Period(kind, first, _later(first, 1 if kind == MONTH else 12))


def everything(first: date | None, today: date) -> Period:
    """Return the time from the first session, whenever that was, until today."""
    return Period(ALL, min(first or today, today), today + _ONE)


def between(first: date, last: date) -> Period | None:
    """Return the days from the first to the last, both of them counted; None where they stand the wrong way round."""
    return (
        Period(DAYS, first, last + _ONE)
        if OLDEST <= first.year <= last.year < NEWEST and first <= last
        else None
    )


def named(code: str) -> Period | None:
    """Return the week, month or year of a code: 2026-w47, 2026-11, 2026."""
    found = _CODE.fullmatch(code)
    if found is None or not OLDEST <= int(found[1]) < NEWEST:
        return None
    year, month, week = int(found[1]), found[2], found[3]
    try:
        if week:
            return this(WEEK, date.fromisocalendar(year, int(week), 1))
        return this(MONTH, date(year, int(month), 1)) if month else this(YEAR, date(year, 1, 1))
    except ValueError:
        return None


def before(period: Period) -> Period | None:
    """Return the time of the same kind and length that ends where this one begins; before everything is nothing."""
    if period.kind == ALL:
        return None
    if period.kind in {MONTH, YEAR}:
        return Period(period.kind, _later(period.from_on, -_months(period)), period.from_on)
    return Period(period.kind, period.from_on - timedelta(days=period.length), period.from_on)


def after(period: Period) -> Period | None:
    """Return the time of the same kind and length that begins where this one ends."""
    if period.kind == ALL:
        return None
    if period.kind in {MONTH, YEAR}:
        return Period(period.kind, period.until_on, _later(period.until_on, _months(period)))
    return Period(period.kind, period.until_on, period.until_on + timedelta(days=period.length))


def year_before(period: Period) -> Period | None:
    """Return the same time a year ago: the week of the same number, else the same days. Not every year has 53 weeks."""
    if period.kind == ALL:
        return None
    if period.kind == WEEK:
        year, week, _day = period.from_on.isocalendar()
        return named(f"{year - 1}-w{week:02}")
    return Period(period.kind, _year_ago(period.from_on), _year_ago(period.until_on))


def compared(period: Period, earlier: Period | None, today: date) -> Period | None:
    """Return what an unfinished time is fairly compared with: as many days of the earlier one as have passed."""
    passed = period.until(today)
    if earlier is None or not passed.length:
        return None
    if passed == period:
        return earlier
    if period.kind == YEAR:
        return replace(earlier, until_on=_year_ago(passed.until_on))
    until = min(earlier.until_on, earlier.from_on + timedelta(days=passed.length))
    return replace(earlier, until_on=until)


def fitting(period: Period) -> tuple[str, ...]:
    """Return the kinds of bars by which so many days can be shown."""
    return tuple(kind for kind in BUCKETS if period.length <= _MOST[kind])


def usual(period: Period) -> str:
    return next((kind for most, kind in _USUAL if period.length <= most), YEAR)


def buckets(period: Period, by: str) -> Iterator[Period]:
    """Yield the days, weeks, months or years of the time, without a gap; the first and the last are cut to fit it."""
    day = period.from_on
    while day < period.until_on:
        whole = Period(DAY, day, day + _ONE) if by == DAY else this(by, day)
        yield Period(by, day, min(whole.until_on, period.until_on))
        day = whole.until_on


def _months(period: Period) -> int:
    return 1 if period.kind == MONTH else 12


def _later(first: date, months: int) -> date:
    """Return the first day of the month so many months on."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _year_ago(day: date) -> date:
    """Return the same day a year ago; for the 29th of February the next one, 1 March."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 3, 1)
