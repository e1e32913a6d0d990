"""A set of rules that can be asked what it is now, until when, and when somebody is there next."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final, TypeAlias

from kilauta.lib.hours import printed, wall
from kilauta.lib.hours.days import Days, Shape
from kilauta.lib.hours.holidays_fi import holidays_on
from kilauta.lib.hours.rules import BY_APPOINTMENT, BY_RANK, OPEN, Rule, State

HORIZON_DAYS: Final = 60

_ROOM_FOR: Final = 1500  # days remembered; then the memory is emptied
_WEEKEND: Final = frozenset({6, 7})

# Moments at which a state begins, and its rank.
Changes: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Now:
    """What the rules say at an instant. Other instants are UTC and later; None: not before the horizon."""

    state: State
    until: datetime | None  # when the state ends
    then: State | None  # and what it becomes
    opens: datetime | None  # when staff next arrive; while open, the opening after this one
    opens_by_appointment: datetime | None
    holiday: str | None  # of the local day; a code of HOLIDAYS, not always a public one

    @property
    def staffed(self) -> bool:
        """Help is there without asking first. Self-service is never help."""
        return self.state is State.OPEN


@dataclass(frozen=True, slots=True)
class Span:
    start_utc: datetime
    end_utc: datetime
    state: State


class Schedule:
    """Built once from its rules; remembers the days it has worked out. Safe to share between threads."""

    __slots__ = ("_answers", "_awaited", "_changes", "_days", "rules")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._days = Days(self.rules)
        self._changes: dict[int, Changes] = {}
        self._answers: dict[int, Now] = {}
        ranks = {rule.rank for rule in self.rules}
        # What no rule ever gives need not be looked for sixty days ahead.
        self._awaited = ranks & {OPEN, BY_APPOINTMENT}

    def state_at(self, instant: datetime) -> State:
        """Only the state: cheaper, and enough to filter by."""
        moment = wall.seconds(instant)
        changes = self._changes_on(wall.day_at(moment))
        return BY_RANK[changes[_index(changes, moment)][1]]

    def at(self, instant: datetime) -> Now:
        moment = wall.seconds(instant)
        today = wall.day_at(moment)
        changes = self._changes_on(today)
        start = changes[_index(changes, moment)][0]
        # The answer is the same until the next change or midnight, so it is remembered by the last one.
        now = self._answers.get(start)
        if now is None:
            if len(self._answers) > _ROOM_FOR:
                self._answers.clear()
            now = self._answers[start] = self._answer(today, start)
        return now

    def _answer(self, today: int, start: int) -> Now:
        # Without rules nothing changes, and asking sixty days for it would be the dearest answer of all.
        horizon = today + HORIZON_DAYS if self.rules else today
        ahead = self._between(today, horizon)
        rank = next(rank for at, rank in ahead if at == start)
        until = then = None
        first_of: dict[int, int] = {}
        for moment, following in ahead:
            if until is None:
                until, then = moment, following
            first_of.setdefault(following, moment)
            if self._awaited <= first_of.keys():
                break
        names = holidays_on(date.fromordinal(today))
        return Now(
            state=BY_RANK[rank],
            until=_utc(until),
            then=None if then is None else BY_RANK[then],
            opens=_utc(first_of.get(OPEN)),
            opens_by_appointment=_utc(first_of.get(BY_APPOINTMENT)),
            holiday=names[0] if names else None,
        )

    def spans(self, day_from: date, day_to: date) -> list[Span]:
        """Every moment of these days, both included, once; neighbours differ in state."""
        first, last = day_from.toordinal(), day_to.toordinal()
        if last < first:
            return []
        changes = [*self._between(first, last), (wall.midnight(last + 1), OPEN)]
        return [
            Span(wall.utc(start), wall.utc(end), BY_RANK[rank])
            for (start, rank), (end, _) in pairwise(changes)
        ]

    def week(self, day: date) -> list[printed.DayHours]:
        """Monday to Sunday of the week this day is in, as one prints them."""
        monday = day.toordinal() - day.weekday()
        return [printed.day_hours(self._days, ordinal) for ordinal in range(monday, monday + 7)]

    def days(self, day_from: date, count: int = 7) -> list[printed.DayHours]:
        """So many days from this one on."""
        first = day_from.toordinal()
        return [printed.day_hours(self._days, ordinal) for ordinal in range(first, first + count)]

    def exceptions(self, day_from: date, count: int = HORIZON_DAYS) -> list[printed.DayHours]:
        """Those of so many days from this one on that the ordinary rules do not tell."""
        return [day for day in self.days(day_from, count) if day.exceptional]

    def regular(self) -> list[printed.Line]:
        """Ordinary rules as lines of a table: Mon-Fri 9-16."""
        return printed.lines(self._days.ordinary)

    def open_at_weekend(self, day: date) -> bool:
        """Staff are there on Saturdays or Sundays, weekly or fortnightly, by this day's ordinary rules."""
        return any(
            rule.state is State.OPEN
            and rule.nth is None
            and rule.valid_on(day)
            and not _WEEKEND.isdisjoint(rule.weekdays or _WEEKEND)
            for rule in self._days.ordinary
        )

    def _between(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        previous = -1
        for day in range(first, last + 1):
            for change in self._changes_on(day):
                if change[1] != previous:
                    previous = change[1]
                    yield change

    def _changes_on(self, day: int) -> Changes:
        changes = self._changes.get(day)
        if changes is None:
            if len(self._changes) > _ROOM_FOR:
                self._changes.clear()
            changes = self._changes[day] = _moved(day, self._days.shape(day))
        return changes


def _index(changes: Changes, moment: int) -> int:
    return bisect_right(changes, (moment, OPEN)) - 1


def _moved(day: int, shape: Shape) -> Changes:
    """Put a day's wall clock among the instants."""
    start = wall.midnight(day)
    if not wall.has_changing_clock(day):
        return tuple((start + second, rank) for second, rank in shape)
    changes: list[tuple[int, int]] = []
    for second, rank in shape:
        moment = wall.moment_at(day, second)
        # What would begin and end within the missing hour never comes, nor parts what it stood between.
        if changes and changes[-1][0] == moment:
            changes.pop()
        if not changes or changes[-1][1] != rank:
            changes.append((moment, rank))
    return tuple(changes)


def _utc(moment: int | None) -> datetime | None:
    return None if moment is None else wall.utc(moment)
