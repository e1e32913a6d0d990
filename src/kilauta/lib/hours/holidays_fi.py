"""Finnish holidays by name: codes, words in three languages, and the days they fall on.

`any` stands for the public holidays by law. The eves and the days around Easter that many places keep are
named too, but are not among them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

# The country by its own module: asking the package for a country by code loads all two hundred of them first.
from holidays.countries.finland import Finland

ANY: Final = "any"

HOLIDAYS: Final = MappingProxyType(
    {
        "new-years-day": {"fi": "uudenvuodenpäivä", "sv": "nyårsdagen", "en": "New Year’s Day"},
        "epiphany": {"fi": "loppiainen", "sv": "trettondagen", "en": "Epiphany"},
        "maundy-thursday": {"fi": "kiirastorstai", "sv": "skärtorsdagen", "en": "Maundy Thursday"},
        "good-friday": {"fi": "pitkäperjantai", "sv": "långfredagen", "en": "Good Friday"},
        "easter-saturday": {"fi": "pääsiäislauantai", "sv": "påsklördagen", "en": "Easter Saturday"},
        "easter-sunday": {"fi": "pääsiäispäivä", "sv": "påskdagen", "en": "Easter Sunday"},
        "easter-monday": {"fi": "toinen pääsiäispäivä", "sv": "annandag påsk", "en": "Easter Monday"},
        "may-day-eve": {"fi": "vapunaatto", "sv": "valborgsmässoafton", "en": "May Day Eve"},
        "may-day": {"fi": "vappu", "sv": "första maj", "en": "May Day"},
        "ascension": {"fi": "helatorstai", "sv": "Kristi himmelsfärdsdag", "en": "Ascension Day"},
        "whit-sunday": {"fi": "helluntaipäivä", "sv": "pingstdagen", "en": "Whit Sunday"},
        "midsummer-eve": {"fi": "juhannusaatto", "sv": "midsommarafton", "en": "Midsummer Eve"},
        "midsummer-day": {"fi": "juhannuspäivä", "sv": "midsommardagen", "en": "Midsummer Day"},
        "all-saints": {"fi": "pyhäinpäivä", "sv": "alla helgons dag", "en": "All Saints’ Day"},
        "independence-day": {
            "fi": "itsenäisyyspäivä",
            "sv": "självständighetsdagen",
            "en": "Independence Day",
        },
        "christmas-eve": {"fi": "jouluaatto", "sv": "julafton", "en": "Christmas Eve"},
        "christmas-day": {"fi": "joulupäivä", "sv": "juldagen", "en": "Christmas Day"},
        "boxing-day": {"fi": "tapaninpäivä", "sv": "annandag jul", "en": "Boxing Day"},
        "new-years-eve": {"fi": "uudenvuodenaatto", "sv": "nyårsafton", "en": "New Year’s Eve"},
        ANY: {"fi": "kaikki pyhäpäivät", "sv": "alla helgdagar", "en": "all public holidays"},
    }
)

# What the calendar package calls them in English. It counts the two eves as holidays; the law does not.
_IN_PACKAGE: Final = {
    "New Year's Day": "new-years-day",
    "Epiphany": "epiphany",
    "Good Friday": "good-friday",
    "Easter Sunday": "easter-sunday",
    "Easter Monday": "easter-monday",
    "May Day": "may-day",
    "Ascension Day": "ascension",
    "Pentecost": "whit-sunday",
    "Midsummer Eve": "midsummer-eve",
    "Midsummer Day": "midsummer-day",
    "All Saints' Day": "all-saints",
    "Independence Day": "independence-day",
    "Christmas Eve": "christmas-eve",
    "Christmas Day": "christmas-day",
    "Second Day of Christmas": "boxing-day",
}

PUBLIC: Final = frozenset(_IN_PACKAGE.values()) - {"midsummer-eve", "christmas-eve"}

_ONE_DAY: Final = timedelta(days=1)


def holidays_on(day: date) -> tuple[str, ...]:
    """Codes of this day's holidays, a public one first. Rarely two: Ascension fell on May Day in 2008."""
    return _year(day.year).get(day, ())


@lru_cache(maxsize=64)
def _year(year: int) -> dict[date, tuple[str, ...]]:
    found: dict[date, tuple[str, ...]] = {}
    for code, day in _dated(year):
        found[day] = (*found.get(day, ()), code)
    return found


def _dated(year: int) -> Iterator[tuple[str, date]]:
    calendar = Finland(years=year, language="en_US")  # type: ignore[no-untyped-call]  # theirs
    for day in calendar:
        for name in calendar.get_list(day):
            code = _IN_PACKAGE[name]
            yield code, day
            if code == "easter-sunday":
                yield "maundy-thursday", day - 3 * _ONE_DAY
                yield "easter-saturday", day - _ONE_DAY
    yield "may-day-eve", date(year, 4, 30)
    yield "new-years-eve", date(year, 12, 31)
