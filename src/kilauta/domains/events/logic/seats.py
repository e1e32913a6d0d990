"""Who gets a seat, who waits, and who is told that nothing is left."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Room:
    """The seats of one time, and how many people may wait besides. No capacity: as many as come."""

    capacity: int
    waiting_places: int = 0


@dataclass(frozen=True, slots=True)
class Waits:
    """A place in the waiting line, for so many people together."""

    key: object
    persons: int


Verdict = Literal["in", "waiting", "partly", "full"]


def verdict(room: Room, *, taken: int, waiting: int, persons: int, waits: bool = False) -> Verdict:
    """Return what becomes of so many people who come now.

    Nobody passes those who wait: with a line, all join it. A group is never split unasked: where only some fit it is
    "partly", and they may come fewer, wait together (`waits`), or leave it.
    """
    free = room.capacity - taken
    fits_line = waiting + persons <= room.waiting_places
    if waits or waiting:
        return "waiting" if fits_line else "full"
    if persons <= free:
        return "in"
    if free > 0 and persons > 1:
        return "partly"
    return "waiting" if fits_line else "full"


def promoted(room: Room, *, taken: int, line: Iterable[Waits]) -> Iterator[Waits]:
    """Yield who of the line gets seats now, in order of coming.

    A group that does not fit yet keeps its place, and who comes after it and fits is not held up by it.
    """
    free = room.capacity - taken
    for each in line:
        if each.persons <= free:
            free -= each.persons
            yield each


def free_numbers(capacity: int, taken: Collection[int], persons: int) -> list[int]:
    """Return the lowest seats that are nobody's; fewer than asked where there are not enough."""
    free = (number for number in range(1, capacity + 1) if number not in taken)
    return [number for number, _person in zip(free, range(persons), strict=False)]
