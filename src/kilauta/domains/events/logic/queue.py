"""Who is called next at an event.

The rule, as it hangs on the wall: whoever has a booked time is called from that time on as if they had come at it;
everybody else in the order of coming. Nobody who came later is called before, unless the one before is skipped with a
reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_NUMBERS = 999
# Whoever waited longer than this waited in a queue.
LONG = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class InLine:
    """A number that waits: since when it counts, and what stands on the paper."""

    number: int
    due_at: datetime


def order(line: Iterable[InLine], *, now: datetime) -> list[InLine]:
    """Return the line as it is called now: those whose turn has begun first, then booked times to come."""
    return sorted(line, key=lambda each: (each.due_at > now, each.due_at, each.number))


def next_of(line: Iterable[InLine], *, now: datetime) -> InLine | None:
    """Return who is called next; with nobody else there, also whoever came before their booked time."""
    return next(iter(order(line, now=now)), None)


def waited(came_at: datetime, called_at: datetime) -> timedelta:
    """Return how long somebody waited, never less than nothing: clocks of two devices differ."""
    return max(called_at - came_at, timedelta())


def was_queue(waits: Iterable[timedelta]) -> bool:
    return any(each > LONG for each in waits)
