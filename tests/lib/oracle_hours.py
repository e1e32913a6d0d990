"""The same promise as `kilauta.lib.hours`, told the slow way: ask every rule about every quarter of an hour.

Nothing is shared with the library but the rows themselves. No sorting, no merging, no seconds since 1970,
no calendar package: naive wall times are compared, and holidays are reckoned from the moon. Two short ways to
write rows and instants for tests by hand stand here too.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from kilauta.lib.hours import Rule, State

HELSINKI = ZoneInfo("Europe/Helsinki")
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
LOUDEST_FIRST = (State.OPEN, State.BY_APPOINTMENT, State.SELF_SERVICE, State.UNKNOWN, State.CLOSED)
HOURS = LOUDEST_FIRST[:3]
EVES = {
    "maundy-thursday",
    "easter-saturday",
    "may-day-eve",
    "midsummer-eve",
    "christmas-eve",
    "new-years-eve",
}


def hours(days, span, state=State.OPEN, **conditions):
    """Rule written short: hours("1-5", "9-16:30")."""
    first, _, last = days.partition("-")
    weekdays = frozenset(range(int(first), int(last or first) + 1)) if days else frozenset()
    opens, closes = (clock(part) for part in span.split("-")) if span else (None, None)
    return Rule(weekdays, opens, closes, state, **conditions)


def clock(text):
    hour, _, minute = text.partition(":")
    return time(int(hour) % 24, int(minute or 0))


def local(text, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI, fold=fold)


def easter(year: int) -> date:
    """Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    return date(year, month, (h + weekday - 7 * m + 33 * month + 19) % 32)


def saturday_from(day: date) -> date:
    while day.weekday() != 5:
        day += DAY
    return day


@lru_cache
def calendar(year: int) -> dict[str, date]:
    sunday = easter(year)
    return {
        "new-years-day": date(year, 1, 1),
        "epiphany": date(year, 1, 6),
        "maundy-thursday": sunday - 3 * DAY,
        "good-friday": sunday - 2 * DAY,
        "easter-saturday": sunday - DAY,
        "easter-sunday": sunday,
        "easter-monday": sunday + DAY,
        "may-day-eve": date(year, 4, 30),
        "may-day": date(year, 5, 1),
        "ascension": sunday + 39 * DAY,
        "whit-sunday": sunday + 49 * DAY,
        "midsummer-eve": saturday_from(date(year, 6, 20)) - DAY,
        "midsummer-day": saturday_from(date(year, 6, 20)),
        "all-saints": saturday_from(date(year, 10, 31)),
        "independence-day": date(year, 12, 6),
        "christmas-eve": date(year, 12, 24),
        "christmas-day": date(year, 12, 25),
        "boxing-day": date(year, 12, 26),
        "new-years-eve": date(year, 12, 31),
    }


def holidays(day: date) -> set[str]:
    return {name for name, when in calendar(day.year).items() if when == day}


def picked(rule: Rule, day: date) -> bool:
    if rule.weekdays and day.weekday() + 1 not in rule.weekdays:
        return False
    if rule.weeks != "all" and int(day.strftime("%V")) % 2 != {"odd": 1, "even": 0}[rule.weeks]:
        return False
    if rule.nth is not None:
        same = [other for n in range(1, 32) if (other := on(day, n)) and other.weekday() == day.weekday()]
        if same[rule.nth if rule.nth < 0 else rule.nth - 1 :][:1] != [day]:
            return False
    return valid(rule, day) and rule.holiday in (None, *holidays(day), *(["any"] if public(day) else []))


def on(day: date, number: int) -> date | None:
    try:
        return day.replace(day=number)
    except ValueError:
        return None


def valid(rule: Rule, day: date) -> bool:
    return (rule.valid_from or date.min) <= day <= (rule.valid_to or date.max)


def public(day: date) -> bool:
    return bool(holidays(day) - EVES)


@cache
def speaking(rules: tuple[Rule, ...], day: date) -> tuple[list[Rule], State, bool]:
    """Rules that speak for the day, the state of its gaps, and whether all they say is in doubt."""
    picks = [rule for rule in rules if picked(rule, day)]
    exceptions = [rule for rule in picks if rule.holiday is None and rule.exception]
    named = [rule for rule in picks if rule.holiday not in (None, "any")]
    any_holiday = [rule for rule in picks if rule.holiday == "any"]
    ordinary = [rule for rule in picks if rule.holiday is None and not rule.exception]
    special = exceptions or named or any_holiday
    if not special and public(day) and any(rule.state in HOURS for rule in ordinary):
        return ordinary, State.UNKNOWN, True
    everyday = [rule for rule in rules if rule.holiday is None and not rule.exception and valid(rule, day)]
    told = any(rule.state in HOURS for rule in (special or everyday))
    return special or ordinary, State.CLOSED if told else State.UNKNOWN, False


def state_at(rules: Sequence[Rule], instant: datetime) -> State:
    local = instant.astimezone(HELSINKI)
    reading = local.replace(tzinfo=None, fold=0)
    if local.fold:
        # The hour's second coming: all its boundaries have been passed, none is passed again.
        reading = reading.replace(minute=59, second=59, microsecond=999_999)
    found = []
    for day in (local.date(), local.date() - DAY):
        speakers, _, doubtful = speaking(tuple(rules), day)
        found += [
            State.UNKNOWN if doubtful else rule.state for rule in speakers if covers(rule, day, reading)
        ]
    gaps = speaking(tuple(rules), local.date())[1]
    return next((state for state in LOUDEST_FIRST if state in found), gaps)


def covers(rule: Rule, day: date, reading: datetime) -> bool:
    start = datetime.combine(day, rule.opens or time())
    end = datetime.combine(day, rule.closes or time())
    return start <= reading < (end if end > start else end + DAY)


def quarters(rules: Sequence[Rule], start: datetime, end: datetime) -> Iterator[tuple[datetime, State]]:
    """State of every quarter of an hour: exact, when rules keep to quarters."""
    at = start.astimezone(UTC)
    while at < end:
        yield at, state_at(rules, at)
        at += QUARTER
