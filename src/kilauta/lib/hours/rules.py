"""One row of hours as it is stored, and what it alone says about a day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from kilauta.lib.hours.holidays_fi import ANY, HOLIDAYS, PUBLIC, holidays_on

DAY: Final = 86_400
LAST: Final = -1

_WEEK: Final = timedelta(days=7)
WEEKDAYS: Final = frozenset(range(1, 8))
WEEKS: Final = ("all", "odd", "even")
_NTH: Final = frozenset({1, 2, 3, 4, 5, LAST})

# Start and end in seconds of wall time from the midnight that begins the rule's day, and a rank (below). The
# end may lie beyond DAY: then the stretch runs past the next midnight.
Stretch: TypeAlias = tuple[int, int, int]


class State(StrEnum):
    OPEN = "open"
    SELF_SERVICE = "self-service"
    BY_APPOINTMENT = "by-appointment"
    CLOSED = "closed"
    UNKNOWN = "unknown"


# A state's place here is its rank: of two spans that overlap, the higher is told. The library reckons in
# ranks, because hashing a member of an enum costs more than the rest of the work together.
BY_RANK: Final = (State.CLOSED, State.UNKNOWN, State.SELF_SERVICE, State.BY_APPOINTMENT, State.OPEN)
CLOSED, UNKNOWN, SELF_SERVICE, BY_APPOINTMENT, OPEN = range(5)
_RANK: Final = {state: rank for rank, state in enumerate(BY_RANK)}


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of hours. Nonsense is refused with a `ValueError` whose message is a code (see `_nonsense`)."""

    weekdays: frozenset[int]  # ISO 1..7; empty: every day the other conditions pick
    opens: time | None  # both times None: the whole day, for states that need no hours
    closes: time | None  # at or before `opens`: the next day; 00:00 is the midnight that ends the day
    state: State
    weeks: str = (
        "all"  # "all", "odd" or "even" ISO week of the start day; week 53 is odd and so is week 1 after it
    )
    nth: int | None = None  # n-th such weekday of the month, 1..5, or LAST
    valid_from: date | None = None
    valid_to: date | None = None  # inclusive, like valid_from
    holiday: str | None = None  # a code of HOLIDAYS: every year on that day
    exception: bool = False  # replaces everything else said about the days it picks
    rank: int = field(init=False, repr=False, compare=False)
    stretch: Stretch = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for code in _nonsense(self):
            raise ValueError(code)
        object.__setattr__(self, "rank", _RANK[self.state])
        object.__setattr__(self, "stretch", _stretch(self))

    def valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def picks(self, day: date) -> bool:
        """Every condition holds on this day."""
        return (
            (not self.weekdays or day.isoweekday() in self.weekdays)
            and self.valid_on(day)
            and (self.weeks == "all" or (day.isocalendar().week % 2 == 1) == (self.weeks == "odd"))
            and (self.nth is None or _is_nth(day, self.nth))
            and (self.holiday is None or _is_holiday(day, self.holiday))
        )

    @property
    def gives_hours(self) -> bool:
        """Say when something is to be had, so that the rest of the time it is not."""
        return self.rank >= SELF_SERVICE


def _nonsense(rule: Rule) -> Iterator[str]:
    """Codes of what is wrong with the rule."""
    times = [at for at in (rule.opens, rule.closes) if at is not None]
    if rule.state not in _RANK:
        yield "state-unknown"
    if not rule.weekdays <= WEEKDAYS:
        yield "weekday-outside-1-7"
    if rule.weeks not in WEEKS:
        yield "weeks-unknown"
    # Staff and rooms keep hours; an appointment may be agreed for any time, so it alone may leave them out.
    if len(times) == 1 or (not times and rule.state in (State.OPEN, State.SELF_SERVICE)):
        yield "time-missing"
    if any(at.tzinfo is not None or at.microsecond for at in times):
        yield "time-not-whole-seconds-of-wall-time"
    yield from _nonsense_about_days(rule)


def _nonsense_about_days(rule: Rule) -> Iterator[str]:
    if rule.nth is not None and rule.nth not in _NTH:
        yield "nth-outside-1-5"
    if rule.nth is not None and not rule.weekdays:
        yield "nth-without-weekday"
    if rule.valid_from is not None and rule.valid_to is not None and rule.valid_to < rule.valid_from:
        yield "ends-before-it-starts"
    if rule.holiday is not None and rule.holiday not in HOLIDAYS:
        yield "holiday-unknown"
    conditions = (rule.weekdays, rule.valid_from, rule.valid_to, rule.holiday)
    if rule.exception and rule.weeks == "all" and not any(conditions):
        yield "exception-without-days"


def _is_nth(day: date, nth: int) -> bool:
    if nth == LAST:
        return (day + _WEEK).month != day.month
    return (day.day + 6) // 7 == nth


def _is_holiday(day: date, code: str) -> bool:
    names = holidays_on(day)
    return code in names or (code == ANY and not PUBLIC.isdisjoint(names))


def _stretch(rule: Rule) -> Stretch:
    if rule.opens is None or rule.closes is None:
        return (0, DAY, rule.rank)
    start, end = _seconds(rule.opens), _seconds(rule.closes)
    return (start, end if end > start else end + DAY, rule.rank)


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
