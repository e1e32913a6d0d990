"""The figures as tables with words: what the page shows is what the file holds, cell by cell.

A cell is a number; None is "not known", never nought. Each table of shares says of how many they are.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kilauta.domains.directory import choices as directory
from kilauta.domains.directory.models import Device, Organisation, Place, Topic
from kilauta.domains.guidance.choices import AGES, BEFORE, GIVERS
from kilauta.domains.guidance.logic import periods
from kilauta.domains.guidance.logic.figures import Breakdown, Change, Counted, per_cent
from kilauta.domains.guidance.logic.periods import Period
from kilauta.domains.territory.models import Municipality
from kilauta.kit.translations import reader_language
from kilauta.lib.text import sort_key
from kilauta.lib.words import Words

from .figures import Compared, Figures
from .figures_more import more
from .figures_shape import CHANGE, GROWTH, SHARE, Column, Row, Table

OUTCOMES = tuple(code for code in directory.codes("outcome") if code not in {"no-show", "not-recorded"})


def tables(figures: Figures, by: str) -> tuple[Table, ...]:
    """Return the tables of these figures, in the order of the page. Empty ones of others' subjects are left out."""
    names = _Names(figures)
    return (
        _compared_table(figures),
        trend(figures, by),
        _sessions(
            "topics", _("What was helped with"), figures.topics, names.of(Topic, figures.topics.cells),
            _("Of %(told)d sessions that told a topic; %(untold)d did not. One session may have several topics: "
              "the shares need not add up to 100 %%."),
        ),
        _persons("outcomes", _("How it went"), figures.outcomes, _listed("outcome", OUTCOMES), _("Not recorded")),
        _sessions(
            "modes", _("How the help was given"), figures.modes, _listed("mode", directory.codes("mode")),
            _("Of %(told)d sessions."), untold=False,
        ),
        _sessions(
            "devices", _("Devices"), figures.devices, names.of(Device, figures.devices.cells),
            _("Of %(told)d sessions that told a device; %(untold)d did not. One session may have several devices: "
              "the shares need not add up to 100 %%."),
        ),
        _persons("ages", _("Age"), figures.ages, _plain(AGES), _("Not told")),
        _persons("languages", _("Language"), figures.languages, _used("language", figures.languages), _("Not told")),
        _persons("earlier", _("Was here before"), figures.earlier, _plain(BEFORE), _("Not told")),
        _counts("municipalities", _("In which municipality"), figures.municipalities,
                names.of(Municipality, figures.municipalities)),
        *_homes(figures, names),
        _counts("givers", _("Who helped"), figures.givers, _plain(GIVERS)),
        *_places(figures, names),
        _minutes(figures),
        *_providers(figures, names),
        *_coverage(figures),
        *more(figures),
    )  # fmt: skip


# ── Names ───────────────────────────────────────────────────────────────────────────────────────────────


class _Names:
    """Names of things by their keys, in the reader's language."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.lang = reader_language()

    def of(
        self, kind: type[Topic | Device | Municipality | Organisation | Place], keys: Iterable[str]
    ) -> dict[str, str]:
        """Return the names of these things, by the alphabet."""
        rows: QuerySet[Any] = QuerySet(kind).filter(pk__in=[key for key in keys if key])
        named = {str(row.pk): str(row.name.pick(self.lang)) for row in rows}
        return dict(sorted(named.items(), key=lambda pair: (sort_key(pair[1], self.lang), pair[0])))


def _listed(name: str, codes: Iterable[str]) -> dict[str, str]:
    return {code: _word(directory.label(name, code)) for code in codes}


def _used(name: str, breakdown: Breakdown) -> dict[str, str]:
    return _listed(name, (code for code in directory.codes(name) if code in breakdown.cells))


def _word(words: Words) -> str:
    return capfirst(str(words.pick(reader_language())))


def _plain(words: Mapping[str, object]) -> dict[str, str]:
    return {code: str(name) for code, name in words.items()}


BUCKET_NAMES: dict[str, Callable[[Period], str]] = {
    periods.DAY: lambda part: date_format(part.from_on, "D j.n.Y"),
    periods.WEEK: lambda part: (
        _("Week %(number)d/%(year)d")
        % {"number": part.from_on.isocalendar()[1], "year": part.from_on.isocalendar()[0]}
    ),
    periods.MONTH: lambda part: capfirst(date_format(part.from_on, "YEAR_MONTH_FORMAT")),
    periods.YEAR: lambda part: str(part.from_on.year),
}
BUCKET_WORDS: dict[str, Callable[[], str]] = {
    periods.DAY: lambda: _("Day"),
    periods.WEEK: lambda: _("Week"),
    periods.MONTH: lambda: _("Month"),
    periods.YEAR: lambda: _("Year"),
}


def days(period: Period) -> str:
    """Return the first and the last day of a time: 1.11.–24.11.2026 is told in full, for it may cross a year."""
    first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in (period.from_on, period.last_on))
    return first if first == last else f"{first}–{last}"


# ── Tables ──────────────────────────────────────────────────────────────────────────────────────────────


def _compared_table(figures: Figures) -> Table:
    was, ago = figures.before, figures.year_before
    columns = [Column(days(figures.period))]
    if was:
        columns += [Column(days(was)), *_change()]
    if ago and ago != was:
        columns += [Column(days(ago)), *_change()]
    measures: list[tuple[str, Callable[[Counted], int]]] = [
        (_("Sessions in all"), lambda each: each.sessions),
        (_("Visits"), lambda each: each.visits),
        *((str(name), _of_kind(code)) for code, name in _kinds().items()),
        (_("Remote: by phone, on a screen or in a chat"), lambda each: each.remote),
        (_("Near home: sessions"), lambda each: each.near),
        (_("Near home: visits"), lambda each: each.near_visits),
    ]
    rows = [Row(name, _beside(figures, figures.all, measure)) for name, measure in measures]
    share = [per_cent(each.remote, each.sessions) if each else None for each in _each(figures.all)]
    note = ""
    if figures.all.now.sessions:
        note = _("Remote help is %(share)d %% of the sessions.") % {"share": share[0]}
    return Table("all", _("In all"), tuple(columns), tuple(rows), note, _("What"))


def _kinds() -> dict[str, str]:
    return {"session": _("Guidance sessions"), "meeting": _("Get-togethers"), "course": _("Courses")}


def _change() -> tuple[Column, Column]:
    return Column(pgettext("figures", "Change"), CHANGE), Column(_("Change, %"), GROWTH)


def _of_kind(code: str) -> Callable[[Counted], int]:
    return lambda each: each.kinds.get(code, 0)


def _each(compared: Compared) -> tuple[Counted | None, ...]:
    return compared.now, compared.before, compared.year_before


def _beside(
    figures: Figures, compared: Compared, measure: Callable[[Counted], int]
) -> tuple[int | None, ...]:
    """Return a number, and beside it the earlier ones with the change since."""
    now = measure(compared.now)
    found: list[int | None] = [now]
    earlier = [compared.before] if figures.before else []
    if figures.year_before and figures.year_before != figures.before:
        earlier.append(compared.year_before)
    for each in earlier:
        change = Change(now, measure(each) if each else None)
        found += [change.before, change.difference, change.per_cent]
    return tuple(found)


def trend(figures: Figures, by: str) -> Table:
    """Return the time in days, weeks, months or years, none left out."""
    kinds = _kinds()
    columns = (Column(_("Sessions in all")), Column(_("Visits")), *(Column(name) for name in kinds.values()))
    rows = [
        Row(
            BUCKET_NAMES[by](part), (each.sessions, each.visits, *(each.kinds.get(code, 0) for code in kinds))
        )
        for part, each in figures.trend(by)
    ]
    return Table("trend", _("How it has gone"), columns, tuple(rows), head=BUCKET_WORDS[by]())


def _sessions(
    code: str, title: str, breakdown: Breakdown, names: Mapping[str, str], note: str, *, untold: bool = True
) -> Table:
    """Return how many sessions had each, with their share of the sessions that told any."""
    rows = [
        Row(names.get(key, key), (breakdown.cells.get(key, 0), breakdown.share(key)), key) for key in names
    ]
    if untold:
        rows = sorted(rows, key=lambda row: -row.first)
        rows.append(Row(_("Not told"), (breakdown.untold, None)))
    words = note % {"told": breakdown.base, "untold": breakdown.untold}
    columns = (Column(pgettext("figures", "Sessions")), Column(_("Share, %"), SHARE))
    return Table(code, title, columns, _with_bars(rows, breakdown.base), words, _("What"), has_bars=True)


def _persons(code: str, title: str, breakdown: Breakdown, names: Mapping[str, str], untold: str) -> Table:
    rows = [Row(name, (breakdown.cells.get(key, 0), breakdown.share(key))) for key, name in names.items()]
    rows.append(Row(untold, (breakdown.untold, None)))
    note = _("Of %(told)d visits of which it was told, out of %(all)d.") % {
        "told": breakdown.base,
        "all": breakdown.whole,
    }
    columns = (Column(_("Visits")), Column(_("Share, %"), SHARE))
    return Table(code, title, columns, _with_bars(rows, breakdown.base), note, _("What"), has_bars=True)


def _counts(code: str, title: str, counts: Mapping[str, Counted], names: Mapping[str, str]) -> Table:
    """Return sessions and visits of each; what is not told has a row of its own, also where there is none."""
    rows = [Row(name, _both(counts.get(key, Counted())), key) for key, name in names.items()]
    if code != "givers":
        rows.append(Row(_("Not told"), _both(counts.get("", Counted()))))
    columns = (Column(pgettext("figures", "Sessions")), Column(_("Visits")))
    whole = sum(each.sessions for each in counts.values())
    return Table(code, title, columns, _with_bars(rows, whole), "", _("What"), has_bars=True)


def _both(counted: Counted) -> tuple[int, int]:
    return counted.sessions, counted.visits


def _homes(figures: Figures, names: _Names) -> tuple[Table, ...]:
    """Return where those in groups live, where anybody has told."""
    if not figures.homes.base:
        return ()
    known = names.of(Municipality, figures.homes.cells)
    return (
        _persons("homes", _("Home municipality of those in groups"), figures.homes, known, _("Not told")),
    )


def _places(figures: Figures, names: _Names) -> tuple[Table, ...]:
    if not figures.of.supporter and not figures.of.organisation:
        return ()
    return (_counts("places", _("In which place"), figures.places, names.of(Place, figures.places)),)


def _minutes(figures: Figures) -> Table:
    minutes = figures.minutes
    rows = (
        Row(_("Sessions that told how long they took"), (minutes.told,)),
        Row(_("Sessions that did not"), (minutes.untold,)),
        Row(_("Minutes in all"), (minutes.total,)),
        Row(_("Median: half of the sessions took at most so many minutes"), (minutes.median,)),
    )
    return Table("minutes", _("How long it took"), (Column(_("How many")),), rows, head=_("What"))


def _providers(figures: Figures, names: _Names) -> tuple[Table, ...]:
    """Return what each organisation has given, with its changes; the page of one organisation has no such table."""
    if figures.of.supporter or figures.of.organisation:
        return ()
    kinds = _kinds()
    columns = [*(Column(name) for name in kinds.values()), Column(_("Visits")), Column(_("Sessions in all"))]
    if figures.before:
        columns += [Column(days(figures.before)), *_change()]
    if figures.year_before and figures.year_before != figures.before:
        columns += [Column(days(figures.year_before)), *_change()]
    rows = []
    for key, name in names.of(Organisation, figures.organisations).items():
        each = figures.organisations[key]
        numbers = [*(each.now.kinds.get(code, 0) for code in kinds), each.now.visits]
        rows.append(Row(name, (*numbers, *_beside(figures, each, lambda counted: counted.sessions)), key))
    return (Table("providers", _("Who gave the help"), tuple(columns), tuple(rows), head=_("Organisation")),)


def _coverage(figures: Figures) -> tuple[Table, ...]:
    coverage = figures.coverage
    if coverage is None:
        return ()
    note = _("%(logged)d of %(all)d supporters have logged help in this period.") % {
        "logged": coverage.logged,
        "all": coverage.supporters,
    }
    rows = (
        Row(_("Supporters"), (coverage.supporters,)),
        Row(_("Supporters who have logged help"), (coverage.logged,)),
    )
    return (Table("coverage", _("Who has logged"), (Column(_("How many")),), rows, note, _("What")),)


def _with_bars(rows: Iterable[Row], whole: int) -> tuple[Row, ...]:
    return tuple(
        Row(row.name, row.numbers, row.key, min(100, per_cent(row.first, whole or 1) or 0)) for row in rows
    )
