"""Which times an offer has, and which of them are free.

Weekly times stand on the wall clock of Finland. In spring a time within the hour that is skipped does not come; in
autumn a time within the hour that comes twice comes twice, as two slots. A slot lasts its minutes as a clock that runs
on would count them. Periods are half-open: what ends at ten does not touch what begins at ten.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from kilauta.lib.hours import PUBLIC, holidays_on
from kilauta.lib.zone import HELSINKI, local

DAY = 1440
# On the two eves nobody is there either, though the law does not call them holidays.
_SHUT = PUBLIC | {"christmas-eve", "midsummer-eve"}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Times of a week: `[opens, closes)` in minutes from midnight, on the days `[starts_on, ends_on)`."""

    weekday: int
    opens: int
    closes: int
    weeks: str = "all"
    starts_on: date | None = None
    ends_on: date | None = None

    def picks(self, day: date) -> bool:
        return (
            day.weekday() == self.weekday
            and (self.weeks == "all" or (day.isocalendar().week % 2 == 1) == (self.weeks == "odd"))
            and (self.starts_on is None or self.starts_on <= day)
            and (self.ends_on is None or day < self.ends_on)
        )


@dataclass(frozen=True, slots=True)
class OneDay:
    """A day that is not as the week says: open at these times only, or (None) closed."""

    on: date
    opens: int | None = None
    closes: int | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """Days without help, both included; without an end until somebody says otherwise."""

    starts_on: date
    last_on: date | None = None

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.last_on is None or day <= self.last_on)


@dataclass(frozen=True, slots=True)
class Times:
    """When something is offered, in slots of so many minutes. `ends_on` is the first day without it."""

    minutes: int
    weekly: Sequence[Weekly] = ()
    days: Sequence[OneDay] = ()
    closures: Sequence[Closure] = ()
    closed_on_holidays: bool = True
    ends_on: date | None = None

    def windows(self, day: date) -> list[tuple[int, int]]:
        """Return when this day is open, in minutes of its wall clock."""
        if (self.ends_on is not None and day >= self.ends_on) or any(c.holds(day) for c in self.closures):
            return []
        own = [each for each in self.days if each.on == day]
        if own:
            whole = [(each.opens, each.closes) for each in own]
            if (None, None) in whole:
                return []
            return sorted((o, c) for o, c in whole if o is not None and c is not None)
        if self.closed_on_holidays and not _SHUT.isdisjoint(holidays_on(day)):
            return []
        return sorted((each.opens, each.closes) for each in self.weekly if each.picks(day))


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Way:
    """Where somebody must be, and how long they need to get there and away. No place: with whoever books."""

    place: str = ""
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """A time at which the supporter is elsewhere; `of` is the offer it was booked of."""

    starts_at: datetime
    ends_at: datetime
    way: Way = Way()
    of: UUID | None = None


def slots(times: Times, *, since: datetime, until: datetime) -> Iterator[Slot]:
    """Yield the slots that begin in `[since, until)`, in order."""
    day = local(since).date()
    last = local(until).date()
    while day <= last:
        found = {
            slot for opens, closes in times.windows(day) for slot in _cut(day, opens, closes, times.minutes)
        }
        yield from (slot for slot in sorted(found) if since <= slot.starts_at < until)
        day += _ONE_DAY


def bookable(
    times: Times, *, notice: int, horizon: int, since: datetime, until: datetime, now: datetime
) -> Iterator[Slot]:
    """Yield those that may be booked now: from `notice` minutes ahead to the end of the day `horizon` days ahead."""
    earliest = now + timedelta(minutes=notice)
    end = instants(local(now).date() + timedelta(days=horizon + 1), 0)[0]
    for slot in slots(times, since=max(since, earliest), until=min(until, end)):
        if slot.starts_at > now:
            yield slot


def clashes(slot: Slot, way: Way, taken: Taken) -> bool:
    """Return whether whoever is taken then cannot hold the slot: at another place there is the way between."""
    is_there = bool(way.place) and way.place == taken.way.place
    lead = 0 if is_there else max(way.before, taken.way.after)
    tail = 0 if is_there else max(way.after, taken.way.before)
    return slot.starts_at - timedelta(
        minutes=lead
    ) < taken.ends_at and taken.starts_at < slot.ends_at + timedelta(minutes=tail)


def left(slot: Slot, way: Way, *, capacity: int, mates: int, taken: Iterable[Taken]) -> int:
    """Return how many more may book the slot: `mates` have, and `taken` is what else the supporter does."""
    if any(clashes(slot, way, each) for each in taken):
        return 0
    return max(0, capacity - mates)


def instants(day: date, minute: int) -> list[datetime]:
    """Return when the day's wall clock shows so many minutes past midnight: once, twice, or never."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    comings = {wall.replace(tzinfo=HELSINKI, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(at for at in comings if local(at).replace(tzinfo=None) == wall)


def _cut(day: date, opens: int, closes: int, minutes: int) -> Iterator[Slot]:
    """Cut a window into slots that lie within it, on the wall clock and in time that runs on."""
    end = _last(day, closes)
    lasting = timedelta(minutes=minutes)
    for minute in range(opens, closes - minutes + 1, minutes):
        for at in instants(day, minute):
            if at + lasting <= end:
                yield Slot(at, at + lasting)


def _last(day: date, minute: int) -> datetime:
    """Return when the wall clock shows this for the last time; a time that is skipped is the moment of the jump."""
    found = instants(day, minute)
    while not found:
        minute += 5 - minute % 5
        found = instants(day, minute)
    return found[-1]
