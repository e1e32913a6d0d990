"""Hours as one prints them: a week's days, and lines such as Mon-Fri 9-16."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from operator import itemgetter

from kilauta.lib.hours.days import Days
from kilauta.lib.hours.holidays_fi import holidays_on
from kilauta.lib.hours.rules import (
    BY_RANK,
    CLOSED,
    DAY,
    LAST,
    SELF_SERVICE,
    UNKNOWN,
    WEEKDAYS,
    WEEKS,
    Rule,
    State,
)


@dataclass(frozen=True, slots=True)
class WallSpan:
    """Closing at or before the opening hour means the next day; 00:00 is the midnight that ends the day."""

    opens: time
    closes: time
    state: State


@dataclass(frozen=True, slots=True)
class DayHours:
    """A day of the table. No spans and not unknown: closed."""

    date: date
    spans: tuple[WallSpan, ...]  # all but closed; a span past midnight stands on the day whose rule it is
    holiday: str | None
    unknown: bool  # nothing is known of the day; it has no spans then
    exceptional: (
        bool  # an exception, a holiday with its own rule, or a holiday that puts the ordinary hours in doubt
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One span of a run of weekdays that have all their spans in common; times None mean the whole day."""

    weekdays: tuple[int, ...]  # ISO, consecutive
    opens: time | None
    closes: time | None
    state: State
    weeks: str
    nth: int | None
    valid_from: date | None
    valid_to: date | None


def day_hours(days: Days, day: int) -> DayHours:
    pieces = _pieces(days, day)
    if _runs_over(days, day - 1) is not None:
        pieces = pieces[1:]
    ends = [end for _, end, _ in pieces]
    ends[-1] = _runs_over(days, day) or DAY
    unknown = all(rank == UNKNOWN for _, _, rank in pieces)
    spans = tuple(
        WallSpan(_time(start), _time(end), BY_RANK[rank])
        for (start, _, rank), end in zip(pieces, ends, strict=True)
        if rank != CLOSED
    )
    names = holidays_on(date.fromordinal(day))
    return DayHours(
        date=date.fromordinal(day),
        spans=() if unknown else spans,
        holiday=names[0] if names else None,
        unknown=unknown,
        exceptional=days.plan(day).exceptional,
    )


def _pieces(days: Days, day: int) -> list[tuple[int, int, int]]:
    shape = days.shape(day)
    ends = [*(start for start, _ in shape[1:]), DAY]
    return [(start, end, rank) for (start, rank), end in zip(shape, ends, strict=True)]


def _runs_over(days: Days, day: int) -> int | None:
    """When on the next day the last piece of this one ends, if this day's own rule carries it there.

    Hours that meet at midnight because both days have them stay two; so does what would be longer than a day,
    and what is not hours at all.
    """
    start, _, rank = _pieces(days, day)[-1]
    _, end, next_rank = _pieces(days, day + 1)[0]
    if rank == next_rank and rank >= SELF_SERVICE and end <= start and (0, end, rank) in days.plan(day).tails:
        return end
    return None


def lines(rules: Iterable[Rule]) -> list[Line]:
    """Lines of ordinary rules; those under the same conditions stand together."""
    return [
        line
        for _, group in groupby(sorted(rules, key=_conditions), key=_conditions)
        for line in _lines_of(list(group))
    ]


def _conditions(rule: Rule) -> tuple[date, date, int, int]:
    turn = {None: 0, LAST: 6}.get(rule.nth, rule.nth)
    return (rule.valid_from or date.min, rule.valid_to or date.max, WEEKS.index(rule.weeks), turn or 0)


def _lines_of(rules: Sequence[Rule]) -> Iterator[Line]:
    """Cut the week into runs of days with equal spans, and give a line to each span of a run."""
    spans = [
        (day, sorted({_span(rule) for rule in rules if day in (rule.weekdays or WEEKDAYS)}, key=_hour))
        for day in sorted(WEEKDAYS)
    ]
    conditions = rules[0]
    for common, run in groupby(spans, key=itemgetter(1)):
        weekdays = tuple(day for day, _ in run)
        for opens, closes, state in common:
            yield Line(
                weekdays=weekdays,
                opens=opens,
                closes=closes,
                state=state,
                weeks=conditions.weeks,
                nth=conditions.nth,
                valid_from=conditions.valid_from,
                valid_to=conditions.valid_to,
            )


def _span(rule: Rule) -> tuple[time | None, time | None, State]:
    return (rule.opens, rule.closes, rule.state)


def _hour(span: tuple[time | None, time | None, State]) -> tuple[time, time, State]:
    opens, closes, state = span
    return (opens or time.min, closes or time.min, state)


def _time(second: int) -> time:
    minutes, left = divmod(second % DAY, 60)
    return time(*divmod(minutes, 60), left)
