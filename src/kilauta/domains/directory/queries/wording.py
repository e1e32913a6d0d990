"""States, hours and trust in words a neighbour would use."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, gettext_lazy, pgettext, pgettext_lazy

from kilauta.domains.directory.logic.facts import ChannelFacts, NetworkFacts, NoticeFacts
from kilauta.domains.directory.logic.status import Standing, Status
from kilauta.kit.translations import reader_language
from kilauta.lib.hours import HOLIDAYS, Line, Schedule, State
from kilauta.lib.words import Words
from kilauta.lib.zone import local

from .catalogue import Catalogue

DAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)
DAYS_IN_WEEK = 7
NTH = {
    1: gettext_lazy("first %(day)s of the month"),
    2: gettext_lazy("second %(day)s of the month"),
    3: gettext_lazy("third %(day)s of the month"),
    4: gettext_lazy("fourth %(day)s of the month"),
    5: gettext_lazy("fifth %(day)s of the month"),
    -1: gettext_lazy("last %(day)s of the month"),
}
# So many days of exceptions are told beforehand.
DAYS_AHEAD = 21


def clock(moment: time) -> str:
    """Return "9" or "9.30" as hours are told in the reader's language."""
    if pgettext("clock", "9:00") == "9" and moment.minute == 0:
        return str(moment.hour)
    return time_format(moment, "TIME_FORMAT")


def when(instant: datetime, now: datetime) -> str:
    """Return when something happens, as told today: "at 18", "tomorrow at 9", "Tue at 9", "24 Nov at 9"."""
    then, today = local(instant), local(now).date()
    days = (then.date() - today).days
    hour = clock(then.time())
    if days == 0:
        return gettext("at %(time)s") % {"time": hour}
    if days == 1:
        return gettext("tomorrow at %(time)s") % {"time": hour}
    if days < DAYS_IN_WEEK:
        return gettext("%(day)s at %(time)s") % {"day": DAYS[then.weekday()], "time": hour}
    return gettext("%(day)s at %(time)s") % {"day": day_words(then.date()), "time": hour}


def day_words(day: date) -> str:
    day_and_month = pgettext("day and month as a Django date format", "j M")
    return f"{DAYS[day.weekday()]} {date_format(day, day_and_month)}"


def status_words(status: Status, now: datetime) -> str:
    """Return the state in one short line, said only as far as it is known."""
    if status.standing is Standing.PAUSED:
        if status.paused_until is None:
            return gettext("On a break for now")
        return gettext("On a break until %(day)s") % {
            "day": date_format(status.paused_until, "SHORT_DATE_FORMAT")
        }
    if status.standing is Standing.OPEN:
        return _until(status, now)
    if status.standing is Standing.SELF_SERVICE:
        words = gettext("Self-service now, no helper there")
        if status.opens is None:
            return words
        helped = gettext("help from %(when)s") % {"when": when(status.opens, now)}
        return f"{words}, {helped}"
    if status.standing is Standing.BY_APPOINTMENT:
        return gettext("By appointment")
    if status.standing is Standing.UNKNOWN:
        return gettext("Opening hours not known")
    closed = gettext("Closed")
    return f"{closed}, {_opens(status, now)}" if status.opens else closed


def notice_days(notice: NoticeFacts) -> str:
    """Return the days on which a notice holds: "24.11.2026", "24.11.2026–29.11.2026"."""
    days = dict.fromkeys((notice.from_on, notice.until_on))
    return "–".join(date_format(day, "SHORT_DATE_FORMAT") for day in days)


def full_words(status: Status) -> str:
    """Return until when no new people are taken."""
    if status.full_until is None:
        return gettext("Full at the moment")
    return gettext("Full until %(day)s") % {"day": date_format(status.full_until, "SHORT_DATE_FORMAT")}


def _until(status: Status, now: datetime) -> str:
    if status.until is None:
        return gettext("Open now")
    then = local(status.until)
    midnight = then.time() == time(0)
    if then.date() == local(now).date() or (midnight and then - local(now) < timedelta(days=1)):
        return gettext("Open now, until %(time)s") % {"time": "24" if midnight else clock(then.time())}
    return gettext("Open now, until %(when)s") % {"when": when(status.until, now)}


def _opens(status: Status, now: datetime) -> str:
    assert status.opens is not None  # noqa: S101 -- asked by both callers
    return gettext("opens %(when)s") % {"when": when(status.opens, now)}


def day_range(days: tuple[int, ...]) -> str:
    first, last = DAYS[days[0] - 1], DAYS[days[-1] - 1]
    if len(days) == 1:
        return str(first)
    return (
        f"{first}–{last}"
        if len(days) == days[-1] - days[0] + 1
        else ", ".join(str(DAYS[d - 1]) for d in days)
    )


def line_days(line: Line) -> str:
    """Return the days of a line of hours: "Mon–Fri", "1st Tue of the month", "Wed in odd weeks"."""
    days = day_range(line.weekdays)
    if line.nth is not None:
        days = NTH[line.nth] % {"day": days}
    if line.weeks == "odd":
        days = gettext("%(days)s in odd weeks") % {"days": days}
    elif line.weeks == "even":
        days = gettext("%(days)s in even weeks") % {"days": days}
    return days


def line_times(line: Line) -> str:
    """Return the times of a line and what they are: "9–16", "16–22 self-service", "closed"."""
    if line.opens is None or line.closes is None:
        return state_words(line.state)
    closes = "24" if line.closes == time(0) else clock(line.closes)
    times = f"{clock(line.opens)}–{closes}"
    return times if line.state is State.OPEN else f"{times} {state_words(line.state)}"


def state_words(state: State) -> str:
    return {
        State.OPEN: gettext("open"),
        State.SELF_SERVICE: gettext("self-service, no helper there"),
        State.BY_APPOINTMENT: gettext("by appointment"),
        State.CLOSED: gettext("closed"),
        State.UNKNOWN: gettext("hours not known"),
    }[state]


def line_season(line: Line) -> str:
    """Return when the line holds, if not always."""
    if line.valid_from and line.valid_to:
        return f"{date_format(line.valid_from, 'SHORT_DATE_FORMAT')}–{date_format(line.valid_to, 'SHORT_DATE_FORMAT')}"
    if line.valid_from:
        return gettext("from %(day)s") % {"day": date_format(line.valid_from, "SHORT_DATE_FORMAT")}
    if line.valid_to:
        return gettext("until %(day)s") % {"day": date_format(line.valid_to, "SHORT_DATE_FORMAT")}
    return ""


Lines = tuple[tuple[str, str, str], ...]


def regular_lines(schedule: Schedule, today: date) -> Lines:
    """Return days, times and season of the ordinary hours, leaving out what is already over."""
    return _regular(schedule, today, reader_language())


def exception_lines(schedule: Schedule, today: date) -> Lines:
    """Return day, times and the holiday's name for the exceptional days of the coming weeks."""
    return _exceptions(schedule, today, reader_language())


# The words of a schedule stay the same all day, and many channels share one: they are made once a day and language.
@lru_cache(maxsize=4096)
def _regular(schedule: Schedule, today: date, _lang: str) -> Lines:
    return tuple(
        (line_days(line), line_times(line), line_season(line))
        for line in schedule.regular()
        if line.valid_to is None or line.valid_to >= today
    )


@lru_cache(maxsize=4096)
def _exceptions(schedule: Schedule, today: date, lang: str) -> Lines:
    lines = []
    for day in schedule.exceptions(today, DAYS_AHEAD):
        times = [
            line_times(Line((1,), span.opens, span.closes, span.state, "all", None, None, None))
            for span in day.spans
        ]
        known = gettext("hours not known") if day.unknown else gettext("closed")
        name = str(Words(**HOLIDAYS[day.holiday]).pick(lang)) if day.holiday else ""
        lines.append((day_words(day.date), ", ".join(times) or known, name))
    return tuple(lines)


def hours_line(schedule: Schedule, today: date) -> str:
    """Return the ordinary hours as one line of text."""
    lines = regular_lines(schedule, today)
    return ", ".join(f"{days} {times}" + (f" ({season})" if season else "") for days, times, season in lines)


def area(channel: ChannelFacts, catalogue: Catalogue, network: NetworkFacts) -> str:
    """Return where a channel reaches: everywhere, the whole network, or its municipalities by name."""
    if channel.everywhere:
        return gettext("Everywhere in Finland")
    held, lang = catalogue.municipalities, reader_language()
    names = sorted(str(held[code].name.pick(lang)) for code in channel.area)
    if len(names) > 1 and channel.area >= network.municipalities:
        return str(network.region.pick(lang))
    return ", ".join(names)
