"""What an adviser says on the telephone: states, hours and numbers in whole words, as one reads them aloud."""

import re
from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext, pgettext_lazy

from kilauta.domains.directory.logic.status import Standing, Status
from kilauta.domains.directory.queries.wording import (
    DAYS_IN_WEEK,
    Lines,
    clock,
    full_words,
    line_days,
    line_season,
    line_times,
    regular_lines,
)
from kilauta.lib.hours import Line, Schedule, State
from kilauta.lib.zone import local

ON = (
    pgettext_lazy("when", "on Monday"),
    pgettext_lazy("when", "on Tuesday"),
    pgettext_lazy("when", "on Wednesday"),
    pgettext_lazy("when", "on Thursday"),
    pgettext_lazy("when", "on Friday"),
    pgettext_lazy("when", "on Saturday"),
    pgettext_lazy("when", "on Sunday"),
)
EACH = (
    pgettext_lazy("every week", "on Mondays"),
    pgettext_lazy("every week", "on Tuesdays"),
    pgettext_lazy("every week", "on Wednesdays"),
    pgettext_lazy("every week", "on Thursdays"),
    pgettext_lazy("every week", "on Fridays"),
    pgettext_lazy("every week", "on Saturdays"),
    pgettext_lazy("every week", "on Sundays"),
)
FROM = (
    pgettext_lazy("first day of several", "from Monday"),
    pgettext_lazy("first day of several", "from Tuesday"),
    pgettext_lazy("first day of several", "from Wednesday"),
    pgettext_lazy("first day of several", "from Thursday"),
    pgettext_lazy("first day of several", "from Friday"),
    pgettext_lazy("first day of several", "from Saturday"),
    pgettext_lazy("first day of several", "from Sunday"),
)
TO = (
    pgettext_lazy("last day of several", "to Monday"),
    pgettext_lazy("last day of several", "to Tuesday"),
    pgettext_lazy("last day of several", "to Wednesday"),
    pgettext_lazy("last day of several", "to Thursday"),
    pgettext_lazy("last day of several", "to Friday"),
    pgettext_lazy("last day of several", "to Saturday"),
    pgettext_lazy("last day of several", "to Sunday"),
)
# Nobody remembers more lines of a week than this from the telephone; the rest is on paper.
MOST_LINES = 4
PAIR = 2


def number_words(number: str) -> str:
    """Return a number in the pieces one says it in, a pause after each, on one line: "050, 555, 01, 32"."""
    first, *groups = re.findall(r"\+?\d+", number) or [number]
    pieces = [first]
    for group in groups:
        in_pairs = len(group) > PAIR and len(group) % PAIR == 0
        pieces += re.findall(r"\d\d", group) if in_pairs else [group]
    return ",\u00a0".join(pieces)


def status_sentence(status: Status, now: datetime) -> str:
    """Return the state in one or two short sentences."""
    said = _standing(status, now)
    return f"{said} {full_words(status)}." if status.full else said


def _standing(status: Status, now: datetime) -> str:
    if status.standing is Standing.PAUSED:
        return _paused(status)
    if status.standing is Standing.OPEN:
        if status.until is None or local(status.until).date() != local(now).date():
            return gettext("They are open now.")
        return gettext("They are open now, until %(time)s.") % {"time": clock(local(status.until).time())}
    if status.standing is Standing.BY_APPOINTMENT:
        return gettext("Book a time first.")
    if status.standing is Standing.UNKNOWN:
        return gettext("We do not know the opening hours. Call before you go.")
    opens = _when(status.opens, now) if status.opens else ""
    if status.standing is Standing.SELF_SERVICE:
        alone = gettext("You may use the place now, but no helper is there.")
        helped = gettext("A helper is there %(when)s.") % {"when": opens}
        return f"{alone} {helped}" if opens else alone
    closed = gettext("They are closed now. They open %(when)s.") % {"when": opens}
    return closed if opens else gettext("They are closed now.")


def _paused(status: Status) -> str:
    if status.paused_until is None:
        return gettext("They are on a break for now.")
    return gettext("They are on a break until %(day)s.") % {"day": _date(status.paused_until)}


def _when(instant: datetime, now: datetime) -> str:
    then, today = local(instant), local(now).date()
    days, hour = (then.date() - today).days, clock(then.time())
    if days == 0:
        return gettext("today at %(time)s") % {"time": hour}
    if days == 1:
        return pgettext("spoken", "tomorrow at %(time)s") % {"time": hour}
    day = str(ON[then.weekday()])
    if days >= DAYS_IN_WEEK:
        day = f"{day} {_date(then.date())}"
    return pgettext("spoken", "%(day)s at %(time)s") % {"day": day, "time": hour}


def _date(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def hours_sentences(schedule: Schedule, today: date) -> tuple[str, ...]:
    """Return the ordinary week, a sentence for each line of it; none when the hours are not known."""
    return tuple(_line(line) for line in _helping(schedule, today)[:MOST_LINES])


def printed_lines(schedule: Schedule, today: date) -> Lines:
    """Return days, times and season of the hours with a helper that hold today; all hours when there are none."""
    helping = tuple(
        (line_days(line), line_times(line), line_season(line)) for line in _helping(schedule, today)
    )
    return helping or regular_lines(schedule, today)


def _helping(schedule: Schedule, today: date) -> list[Line]:
    return [
        line
        for line in schedule.regular()
        if line.state in {State.OPEN, State.BY_APPOINTMENT}
        and line.opens is not None
        and (line.valid_from is None or line.valid_from <= today)
        and (line.valid_to is None or line.valid_to >= today)
    ]


def _line(line: Line) -> str:
    assert line.opens is not None and line.closes is not None  # noqa: S101, PT018 -- asked by the caller
    if line.opens == line.closes == time(0) and len(line.weekdays) == DAYS_IN_WEEK and line.weeks == "all":
        return gettext("Open day and night.")
    closes = "24" if line.closes == time(0) else clock(line.closes)
    said = {"days": _days(line), "opens": clock(line.opens), "closes": closes}
    if line.state is State.BY_APPOINTMENT:
        return gettext("By appointment %(days)s from %(opens)s to %(closes)s.") % said
    return gettext("Open %(days)s from %(opens)s to %(closes)s.") % said


def _days(line: Line) -> str:
    if line.nth is not None or line.weeks != "all":
        return line_days(line)
    first, last = line.weekdays[0], line.weekdays[-1]
    if first == last:
        return str(EACH[first - 1])
    if last - first + 1 == len(line.weekdays) and len(line.weekdays) > PAIR:
        return f"{FROM[first - 1]} {TO[last - 1]}"
    return gettext("%(days)s and %(last)s") % {
        "days": ", ".join(str(EACH[day - 1]) for day in line.weekdays[:-1]),
        "last": EACH[last - 1],
    }
