"""What was searched and found, as the office sees and saves it. One page of tables; a number that is hidden is None."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder.choices import MISSED
from kilauta.domains.finder.logic import periods
from kilauta.domains.finder.logic.periods import Month, Period
from kilauta.lib.words import Words
from kilauta.lib.zone import local

from . import figures
from .figures import MEASURES, PLACED, Told

MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A name, its numbers, and how long its bar is (0-100) where there is one number."""

    name: str
    numbers: tuple[int | None, ...]
    share: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    code: str
    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def has_bars(self) -> bool:
        return len(self.head) == 2  # noqa: PLR2004 -- a name and one number


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    code: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class SearchedPage:
    """The tables of one period, and the ways to the others. `municipality`: its code, "" for the whole network."""

    period: str
    code: str
    unfinished: bool
    kinds: tuple[Choice, ...]
    earlier: Choice | None
    later: Choice | None
    municipality: str
    municipalities: tuple[Choice, ...]
    tables: tuple[Table, ...]

    @property
    def place(self) -> str:
        return next((each.name for each in self.municipalities if each.current), "")


def searched_page(reading: Reading, *, period: str, municipality: str) -> SearchedPage | None:
    """Return the figures of the reader's network; None where there is no such period or municipality."""
    today = local(reading.now).date()
    newest = periods.last_over(today)
    chosen = periods.period_of(period, today) if period else periods.around(newest, periods.MONTH, today)
    places = _municipalities(reading, municipality)
    if chosen is None or (municipality and not any(each.current for each in places)):
        return None
    earlier, later = periods.beside(chosen, -1, today), periods.beside(chosen, 1, today)
    kinds = [(kind, periods.around(chosen.months[-1], kind, today)) for kind in periods.KINDS]
    return SearchedPage(
        period=name_of(chosen),
        code=chosen.code,
        unfinished=chosen.kind != periods.MONTH and chosen.months[-1].later(1) <= _last_of(chosen),
        kinds=tuple(Choice(KIND_NAMES[kind](), each.code, kind == chosen.kind) for kind, each in kinds),
        earlier=Choice(name_of(earlier), earlier.code) if earlier else None,
        later=Choice(name_of(later), later.code) if later else None,
        municipality=municipality,
        municipalities=places,
        tables=_tables(reading, chosen, municipality),
    )


KIND_NAMES: dict[str, Callable[[], str]] = {
    periods.MONTH: lambda: _("Month"),
    periods.QUARTER: lambda: _("Quarter"),
    periods.YEAR: lambda: _("Year"),
}
MEASURE_NAMES: dict[str, Callable[[], str]] = {
    figures.FOUND: lambda: _("Searches that found something"),
    figures.NOTHING: lambda: _("Searches that found nothing"),
    figures.ANSWERS: lambda: _("Answers shown"),
    figures.PAGES: lambda: _("Pages opened"),
    figures.CALLS: lambda: _("Calls tapped"),
    figures.YES: lambda: _("“I found what I need”"),
    figures.NO: lambda: _("“I did not find it”"),
}
PAGE_KINDS: dict[str, tuple[str, Callable[[], str]]] = {
    "service": ("service", lambda: _("Services")),
    "provider": ("organisation", lambda: _("Who gives support")),
    "place": ("place", lambda: _("Places")),
}


def name_of(period: Period) -> str:
    if period.kind == periods.YEAR:
        return str(period.first.year)
    if period.kind == periods.QUARTER:
        return _("Quarter %(number)s/%(year)s") % {"number": period.quarter, "year": period.first.year}
    return month_name(period.first)


def month_name(month: Month) -> str:
    return date_format(month.first_on, "YEAR_MONTH_FORMAT")


def _last_of(period: Period) -> Month:
    return period.first.later(2 if period.kind == periods.QUARTER else 11)


def _municipalities(reading: Reading, current: str) -> tuple[Choice, ...]:
    held = reading.catalogue.municipalities
    named = sorted((_name(held[code].name, reading), code) for code in reading.network.municipalities)
    return tuple(Choice(name, code, code == current) for name, code in named)


def _name(words: Words, reading: Reading) -> str:
    return str(words.pick(reading.lang))


def _tables(reading: Reading, period: Period, municipality: str) -> tuple[Table, ...]:
    network, months = reading.network.id, period.months
    measured = figures.measures(network, months, lambda place: _municipality_of(reading, place))
    if municipality:
        return _overview(measured, months, PLACED, municipality)
    kinds, pages = figures.pages(network, months)
    return (
        *_overview(measured, months, MEASURES, ""),
        _by_municipality(reading, measured),
        _table("needs", _("What people needed help with"), figures.needs(network, months),
               lambda code: _need(reading, code)),
        _table("nothing", _("Words that found nothing"), figures.words(network, months, found=False), _asked),
        _table("words", _("Words that found something"), figures.words(network, months, found=True), _asked),
        _table("parts", _("Pages opened, by part of the directory"), kinds, _part),
        _table("pages", _("Pages opened most"), pages, lambda key: _page(reading, key)),
        _table("reasons", _("Why help was not found"), figures.reasons(network, months),
               lambda code: str(MISSED[code])),
    )  # fmt: skip


def _overview(
    measured: dict[str, Told], months: Iterable[Month], names: Iterable[str], key: str
) -> tuple[Table, ...]:
    """Return the measures of the whole period, and month by month where there are several."""
    names, months = tuple(names), tuple(months)
    title = _("In all")
    rows = [Row(MEASURE_NAMES[name](), (measured[name].total(key),)) for name in names]
    found = [Table("all", title, (_("What"), _("Times")), _with_shares(rows))]
    if len(months) > 1:
        by_month = [
            Row(month_name(month), tuple(measured[n].months.get(month, {}).get(key) for n in names))
            for month in months
        ]
        head = (_("Month"), *(MEASURE_NAMES[name]() for name in names))
        found.append(Table("months", _("By month"), head, tuple(by_month)))
    return tuple(found)


def _by_municipality(reading: Reading, measured: dict[str, Told]) -> Table:
    rows = tuple(
        Row(each.name, tuple(measured[name].total(each.code) for name in PLACED))
        for each in _municipalities(reading, "")
    )
    head = (_("Municipality"), *(MEASURE_NAMES[name]() for name in PLACED))
    return Table("municipalities", _("By municipality"), head, rows)


def _table(code: str, title: str, told: Told, name: Callable[[str], str]) -> Table:
    rows = [Row(name(key), (number,)) for key, number in told.all()[:MOST_ROWS]]
    return Table(code, title, (_("What"), _("Times")), _with_shares(rows))


def _with_shares(rows: Iterable[Row]) -> tuple[Row, ...]:
    rows = tuple(rows)
    most = max((row.numbers[0] or 0 for row in rows), default=0) or 1
    return tuple(Row(row.name, row.numbers, round(100 * (row.numbers[0] or 0) / most)) for row in rows)


def _municipality_of(reading: Reading, place: str) -> str:
    """Return the network's municipality that a place of an address is in, if it is in one."""
    locality = reading.catalogue.localities.get(place)
    code = locality.municipality if locality else place
    return code if code in reading.network.municipalities else ""


def _asked(words: str) -> str:
    return words or _("Words that are none of ours (not kept)")


def _need(reading: Reading, code: str) -> str:
    held = reading.catalogue
    named = held.groups.get(code) or held.topics.get(code)
    eservice = held.eservices.get(held.by_short_id["eservice"].get(code.split("-", 1)[0], ""))
    thing = named or eservice
    return _name(thing.name, reading) if thing else _gone()


def _part(kind: str) -> str:
    return PAGE_KINDS[kind][1]() if kind in PAGE_KINDS else _gone()


def _page(reading: Reading, key: str) -> str:
    """Return the name of the entry behind a kind of page and a short id."""
    held = reading.catalogue
    kind, _space, short = key.partition(" ")
    known = held.by_short_id[PAGE_KINDS[kind][0]].get(short, "") if kind in PAGE_KINDS else ""
    thing = held.services.get(known) or held.organisations.get(known) or held.places.get(known)
    return _name(thing.name, reading) if thing else _gone()


def _gone() -> str:
    return _("No longer public")
