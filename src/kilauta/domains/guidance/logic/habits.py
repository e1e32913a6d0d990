"""What somebody is likely to say next, from what they said before: the log begins with it."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

MINUTES = (15, 30, 45, 60, 90, 120)
# A length of one's own joins the list when it has come so often.
OFTEN = 3
# So many of the latest entries say where one usually is, and so many topics stand first.
LATEST = 20
TOPICS = 6

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Past:
    """What an earlier entry tells of habits."""

    organisation: UUID
    place: UUID | None
    mode: str
    minutes: int | None
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """Where, how and how long somebody usually helps, and with what; the most usual first."""

    organisations: tuple[UUID, ...] = ()
    place: UUID | None = None
    mode: str = ""
    minutes: tuple[int, ...] = MINUTES
    topics: tuple[str, ...] = ()


def habits(past: Sequence[Past]) -> Habits:
    """Return the habits that earlier entries show, given the newest first."""
    lengths = Counter(each.minutes for each in past if each.minutes)
    own = {minutes for minutes, times in lengths.items() if times >= OFTEN}
    topics = Counter(topic for each in past for topic in each.topics)
    return Habits(
        organisations=tuple(dict.fromkeys(each.organisation for each in past)),
        place=next(iter(_most(each.place for each in past[:LATEST] if each.place)), None),
        mode=past[0].mode if past else "",
        minutes=tuple(sorted({*MINUTES, *own})),
        topics=tuple(topic for topic, _times in topics.most_common()),
    )


def _most(values: Iterable[K]) -> list[K]:
    """Return the values by how often they come; of equals the newest first."""
    return [value for value, _times in Counter(values).most_common()]
