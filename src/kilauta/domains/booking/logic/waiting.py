"""Who in a line is offered a time that has come free, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from kilauta.lib.zone import local

# An answer is waited for so long.
LIVES: Final = timedelta(hours=24)
# Who has let so many times go by is in nobody's way any longer.
MOST: Final = 3


@dataclass(frozen=True, slots=True)
class InLine:
    """One who waits: which days would do, where they live ("" is not told), and what they have been offered."""

    key: UUID
    from_on: date
    until_on: date
    municipality: str = ""
    # beginnings of the times offered so far
    offered: frozenset[datetime] = frozenset()
    # an answer of theirs is waited for
    is_asked: bool = False


def lapses_at(starts_at: datetime, now: datetime, *, limit: timedelta) -> datetime | None:
    """Return until when an answer is waited for, `limit` before the time at the latest; None: the time is too near."""
    last = min(now + LIVES, starts_at - limit)
    return last if last > now else None


def first_who_fits(
    line: Iterable[InLine], starts_at: datetime, *, area: frozenset[str] = frozenset()
) -> InLine | None:
    """Return the first in line whom this time suits: one of their days, not asked about another or this one before.

    `area`: the municipalities the supporter comes to; none named is all of them.
    """
    on = local(starts_at).date()
    for each in line:
        fits = each.from_on <= on <= each.until_on and not each.is_asked
        is_near = not area or not each.municipality or each.municipality in area
        if fits and is_near and len(each.offered) < MOST and starts_at not in each.offered:
            return each
    return None


def has_had_all(times: int) -> bool:
    """Return whether so many times have been offered that no more are."""
    return times >= MOST
