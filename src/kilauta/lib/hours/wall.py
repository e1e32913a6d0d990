"""The Helsinki wall clock and instants, in whole seconds: arithmetic on them is cheap."""

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from kilauta.lib.hours.rules import DAY
from kilauta.lib.zone import HELSINKI

_EPOCH: Final = date(1970, 1, 1).toordinal()


def seconds(instant: datetime) -> int:
    """Seconds since 1970; fractions are dropped, because boundaries are whole seconds."""
    if instant.tzinfo is None:
        raise ValueError("instant-without-zone")
    return int(instant.timestamp() // 1)


def utc(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)


def day_at(moment: int) -> int:
    """Ordinal of the local day: ahead of Greenwich, so the day there or the next."""
    day = moment // DAY + _EPOCH
    return day + 1 if moment >= midnight(day + 1) else day


@lru_cache(maxsize=4096)
def midnight(day: int) -> int:
    """When the local day begins."""
    return int(datetime.combine(date.fromordinal(day), time(), HELSINKI).timestamp())


def has_changing_clock(day: int) -> bool:
    return midnight(day + 1) - midnight(day) != DAY


def moment_at(day: int, second: int) -> int:
    """When this day's wall clock comes to so many seconds past midnight; slow, for the two odd days."""
    wall = datetime.combine(date.fromordinal(day), time()) + timedelta(seconds=second)
    first = int(wall.replace(tzinfo=HELSINKI).timestamp())
    second_coming = int(wall.replace(tzinfo=HELSINKI, fold=1).timestamp())
    if first <= second_coming:
        return first
    # The reading is skipped. The two were reckoned with the offsets before and after the jump, and it lies
    # between them.
    before = _offset(second_coming)
    return second_coming + bisect_right(range(second_coming, first), before, key=_offset)


def _offset(moment: int) -> timedelta:
    return datetime.fromtimestamp(moment, HELSINKI).utcoffset() or timedelta()
