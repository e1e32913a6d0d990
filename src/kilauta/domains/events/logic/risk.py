"""Whether somebody will come: what can be seen before the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

# Early enough to add channels, move or cancel.
SOON = timedelta(days=10)
# So many people one supporter has time for in one event, with a little waiting.
EACH = 5


@dataclass(frozen=True, slots=True)
class Before:
    """What is known before the day: seats (None: no sign-up), people signed up, tellings late and in all."""

    on: date
    capacity: int | None
    signed_up: int
    late: int
    told: int


def signs(before: Before, today: date) -> list[str]:
    """Return why an event might stay empty: "untold" (nobody has been told), "late", "nobody", "few"."""
    if not today <= before.on <= today + SOON:
        return []
    found = []
    if not before.told:
        found.append("untold")
    elif before.late:
        found.append("late")
    if before.capacity is not None and not before.signed_up:
        found.append("nobody")
    elif before.capacity is not None and before.signed_up * 4 < before.capacity:
        found.append("few")
    return found


def mean(numbers: Sequence[int]) -> float | None:
    """Return the mean, or None of nothing."""
    return sum(numbers) / len(numbers) if numbers else None


def guides(residents: Sequence[int]) -> int | None:
    """Return how many supporters are enough for as many residents as came to similar events; None of nothing."""
    came = mean(residents)
    return None if came is None else max(1, ceil(came / EACH))
