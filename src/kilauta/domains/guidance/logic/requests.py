"""The time within which somebody is promised an answer, and how long things are kept waiting."""

from datetime import date, datetime, time, timedelta

from kilauta.lib.hours.holidays_fi import PUBLIC, holidays_on
from kilauta.lib.zone import HELSINKI, local

# The law does not count them, but nobody is at work.
EVES = frozenset({"midsummer-eve", "christmas-eve"})
# A receiver may act by its link so long; once it has accepted, until the work is done or forgotten.
LINK_LIVES = timedelta(days=8)
WORK_LIVES = timedelta(days=30)
REMINDED_AFTER = timedelta(days=4)
# A request that nobody has closed by then is closed: its contact is not kept for ever.
FORGOTTEN_AFTER = timedelta(days=60)
# From one telephone number or address so many a day.
MOST_A_DAY = 5
# Contact details are kept so long after the end.
REQUEST_KEPT = timedelta(days=7)
REFERRAL_KEPT = timedelta(days=30)
START_KEPT = timedelta(days=30)

END_OF_DAY = time(16)

_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Return whether people are at work in Finland that day."""
    return day.isoweekday() < 6 and not (PUBLIC | EVES).intersection(holidays_on(day))  # noqa: PLR2004 -- Saturday


def promised_by(now: datetime, working_days: int) -> datetime:
    """Return the instant by which somebody should have taken what was asked now.

    The same time of day, so many working days on. What is asked on a day off counts from the morning after it: it is
    due when the last of those days ends.
    """
    wall = local(now)
    day, at = wall.date(), wall.time()
    if not is_working_day(day):
        at, day, working_days = END_OF_DAY, _next_working_day(day), working_days - 1
    for _number in range(working_days):
        day = _next_working_day(day)
    return datetime.combine(day, at, HELSINKI)


def _next_working_day(day: date) -> date:
    day += _DAY
    while not is_working_day(day):
        day += _DAY
    return day
