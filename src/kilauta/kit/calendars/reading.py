"""From somebody else's calendar to the times at which they are busy."""

from datetime import UTC, date, datetime, time

import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar
from icalendar import Event as Entry

from kilauta.lib.zone import HELSINKI

Times = list[tuple[datetime, datetime]]

# A calendar of a person has some thousands of events; a rule that comes more often than once a day is no appointment.
MOST_EVENTS = 5000
MOST_BUSY = 3000
SELDOM = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
# Microsoft's own word for what others call transparent.
FREE = "FREE"


class Unreadable(ValueError):  # noqa: N818 -- what it says of the calendar
    """What came is no calendar, or more of one than we read."""


def busy_times(text: bytes, *, since: datetime, until: datetime) -> Times:
    """Return when the calendar says that its owner is busy within `[since, until)`, in order and without overlaps.

    Times without a zone are of Finland, and so are whole days. What is cancelled, or does not take up time, is left
    out. Nothing but the instants leaves this function. Refuses (Unreadable) what is no calendar.
    """
    try:
        calendar = Calendar.from_ical(text)
        entries = [each for each in calendar.walk("VEVENT") if isinstance(each, Entry)]
        _refuse_endless(entries)
        found = recurring_ical_events.of(calendar, skip_bad_series=True).between(since, until)
        times = [_times(each) for each in found if isinstance(each, Entry) and _takes_time(each)]
    except Unreadable:
        raise
    # whatever the libraries stumble over in a stranger's text, it is the text that is wrong
    except Exception as wrong:  # noqa: BLE001
        raise Unreadable(type(wrong).__name__) from None
    return _joined([(max(a, since), min(b, until)) for a, b in times if a < until and b > since and a < b])


def _refuse_endless(entries: list[Entry]) -> None:
    """Refuse what would keep us reckoning for hours."""
    if len(entries) > MOST_EVENTS:
        raise Unreadable("too-many")
    for entry in entries:
        rules = entry.get("rrule", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            often = {str(each).upper() for each in rule.get("FREQ", ())} - SELDOM
            if often or any(len(rule.get(part, ())) > 1 for part in ("BYHOUR", "BYMINUTE", "BYSECOND")):
                raise Unreadable("too-often")


def _takes_time(entry: Entry) -> bool:
    said = {
        name: str(entry.get(name, "")).upper() for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
    }
    return said["STATUS"] != "CANCELLED" and said["TRANSP"] != "TRANSPARENT" and FREE not in said.values()


def _times(entry: Entry) -> tuple[datetime, datetime]:
    return _instant(entry.start), _instant(entry.end)


def _instant(at: date) -> datetime:
    if not isinstance(at, datetime):
        at = datetime.combine(at, time())
    return (at if at.tzinfo else at.replace(tzinfo=HELSINKI)).astimezone(UTC)


def _joined(times: Times) -> Times:
    """Return the same time as the fewest stretches."""
    joined: Times = []
    for start, end in sorted(times):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    if len(joined) > MOST_BUSY:
        raise Unreadable("too-many")
    return joined
