"""Which of our tables a sheet is, and which of our columns each of its headings is: guessed, corrected, kept."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from kilauta.kit.refusals import Refused
from kilauta.lib.text import fold_bare
from kilauta.lib.words import LANGUAGES, Words

from . import models
from .folder import tables
from .reading import RawRow
from .sheets import Book, Sheet
from .tables import UNNAMED, Table

# How like a name of ours a heading must be, of 100.
ALIKE = 84
# "nimi" stands in "toimipaikan nimi": a name within a heading says less than the whole heading would.
WITHIN = 76
SHORTEST_WITHIN = 4
BARE_IS_LESS = 10
FEWEST = 2  # columns, before a table is guessed

_IN_LANGUAGE = {
    "fi": ("fi", "suomi", "suomeksi", "suomenkielinen", "på finska", "finska", "in finnish", "finnish"),
    "sv": ("sv", "ruotsi", "ruotsiksi", "ruotsinkielinen", "på svenska", "svenska", "in swedish", "swedish"),
    "en": ("en", "englanti", "englanniksi", "englanninkielinen", "på engelska", "engelska", "in english"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a sheet is taken for: a table ("": none), and a column for each heading ("": left out)."""

    sheet: str
    table: str
    columns: Mapping[str, str]
    remembered: bool = False

    @property
    def left_out(self) -> list[str]:
        return [heading for heading, column in self.columns.items() if not column]


@dataclass(frozen=True, slots=True)
class Incoming:
    """Rows for one of our tables, by our columns. `headings` says what the file calls them.

    `own`: a table as we write it, in which a cell that can be read as it stands is left as it stands.
    """

    table: Table
    sheet: str
    rows: Sequence[RawRow]
    headings: Mapping[str, str]
    left_out: Sequence[str] = ()
    whole: bool = True
    own: bool = False


def guess(book: Book, source: str, region: str = "") -> list[Choice]:
    """Return what each sheet seems to be: as it was last time for this source in the region, and else by its names."""
    kept = list(models.Mapping.objects.filter(region=region, source=source).order_by("sheet"))
    return [_remembered(sheet, kept) or _guessed(sheet) for sheet in book.sheets]


def columns_for(sheet: Sheet, table: Table) -> dict[str, str]:
    """Return the column that each heading of the sheet seems to be, if it is this table."""
    return _match(sheet.headings, table)[0]


def lacking(choice: Choice) -> list[str]:
    """Return the columns that new rows must have and no heading is taken for."""
    table = _by_name().get(choice.table)
    given = _with_id(table, choice.columns.values()) if table else ()
    return [c.name for c in table.columns if c.required and c.name not in given] if table else []


def apply(book: Book, choices: Iterable[Choice]) -> list[Incoming]:
    """Return the rows of the sheets by our columns, in the order in which tables are brought in.

    Refuses a choice that names no table or column of ours, or one column twice.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    order = {table.name: number for number, table in enumerate(tables())}
    found = [
        _incoming(sheets[choice.sheet], choice)
        for choice in choices
        if choice.table and choice.sheet in sheets
    ]
    return sorted(found, key=lambda incoming: order[incoming.table.name])


@transaction.atomic
def remember(source: str, choices: Iterable[Choice], region: str = "") -> None:
    """Keep the choices for the next file of this source in the region."""
    for choice in choices:
        models.Mapping.objects.update_or_create(
            region=region,
            source=source,
            sheet=choice.sheet[:100],
            defaults={"table": choice.table, "columns": dict(choice.columns)},
        )


def _by_name() -> dict[str, Table]:
    return {table.name: table for table in tables()}


def _with_id(table: Table, given: Iterable[str]) -> set[str]:
    """A thing without an id of its own is known by its name."""
    columns = set(given)
    return columns | ({"id"} if table.key == ("id",) and "name_fi" in columns else set())


def _incoming(sheet: Sheet, choice: Choice) -> Incoming:
    table = _by_name().get(choice.table)
    if table is None:
        raise Refused("unknown-table", _("There is no such table."), choice.sheet)
    chosen = {heading: ours for heading, ours in choice.columns.items() if ours and heading in sheet.headings}
    for heading, ours in chosen.items():
        if ours not in table.by_name:
            raise Refused("unknown-column", _("There is no such column."), heading)
        if list(chosen.values()).count(ours) > 1:
            message = _("Two headings cannot be the same column: %(column)s.")
            raise Refused("double-column", message % {"column": table.heading(ours)}, heading)
    headings = {ours: heading for heading, ours in chosen.items()}
    rows = [_renamed(row, headings) for row in sheet.rows]
    if "id" in _with_id(table, headings) and "id" not in headings:
        headings["id"] = headings["name_fi"]
        rows = [_named(row) for row in rows]
    left_out = [heading for heading in sheet.headings if heading not in chosen]
    own = all(headings.get(name) == name for name in table.names)
    return Incoming(table, sheet.name, rows, headings, left_out, sheet.whole, own)


def _renamed(row: RawRow, headings: Mapping[str, str]) -> RawRow:
    """Return the row by our columns, `headings` being those of the file."""
    barred = {ours: row.barred[heading] for ours, heading in headings.items() if heading in row.barred}
    return RawRow(row.number, {ours: row.cells[heading] for ours, heading in headings.items()}, barred)


def _named(row: RawRow) -> RawRow:
    """Return the row with its name for its id."""
    why = {"id": row.barred["name_fi"]} if "name_fi" in row.barred else {}
    return RawRow(row.number, {**row.cells, "id": row.cells["name_fi"]}, {**row.barred, **why})


def _remembered(sheet: Sheet, kept: Sequence[models.Mapping]) -> Choice | None:
    """Return last time's choice for the sheet of this name, or for one with the same headings."""
    names = _by_name()
    there = [each for each in kept if not each.table or each.table in names]
    same = [each for each in there if each.sheet == sheet.name[:100]]
    alike = [each for each in there if set(sheet.headings) == set(each.columns)]
    for each in (*same, *alike):
        if not each.table:
            return Choice(sheet.name, "", dict.fromkeys(sheet.headings, ""), remembered=True)
        new = [heading for heading in sheet.headings if heading not in each.columns]
        used = {each.columns[heading] for heading in sheet.headings if heading not in new}
        guessed = _match(new, names[each.table], but=used)[0]
        columns = {h: guessed[h] if h in new else each.columns[h] for h in sheet.headings}
        return Choice(sheet.name, each.table, columns, remembered=True)
    return None


def _guessed(sheet: Sheet) -> Choice:
    best, columns, most = "", dict.fromkeys(sheet.headings, ""), 0.0
    for table in tables():
        found, score = _match(sheet.headings, table)
        if sum(map(bool, found.values())) < FEWEST:
            continue
        given = _with_id(table, found.values())
        required = [column.name for column in table.columns if column.required]
        score += 300 * sum(name in given for name in required) / max(len(required), 1)
        score += 3 * _like_title(sheet.name, table)
        if score > most:
            best, columns, most = table.name, found, score
    return Choice(sheet.name, best, columns)


def _like_title(sheet: str, table: Table) -> float:
    names = [table.name, *_split(table.title)]
    return max(fuzz.token_set_ratio(_key(sheet), _key(name)) for name in names)


def _match(headings: Sequence[str], table: Table, but: Collection[str] = ()) -> tuple[dict[str, str], float]:
    """Return the column for each heading, no column twice, and how well they go together."""
    names = _names(table)
    pairs: list[tuple[float, str, str]] = []
    for heading in headings:
        for name, score in _scored(_key(heading), names):
            pairs += [(score - less, heading, column) for column, less in names[name] if column not in but]
    found: dict[str, str] = {}
    total = 0.0
    place = {name: number for number, name in enumerate(table.names)}
    # of equals the one that says more goes first: "Namn på finska" before "Namn"
    for score, heading, column in sorted(pairs, key=lambda pair: (-pair[0], -len(pair[1]), place[pair[2]])):
        if heading not in found and column not in found.values():
            found[heading] = column
            total += score
    return {heading: found.get(heading, "") for heading in headings}, total


def _scored(heading: str, names: Iterable[str]) -> list[tuple[str, float]]:
    if not heading:
        return []
    like = process.extract(heading, [*names], scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=None)
    found = {name: score for name, score, _place in like}
    words = set(heading.split())
    for name in names:
        if len(name) >= SHORTEST_WITHIN and set(name.split()) < words:
            found.setdefault(name, WITHIN * len(name.split()) / len(words) + min(len(name), 20))
    return list(found.items())


def _names(table: Table) -> dict[str, list[tuple[str, float]]]:
    """Return the columns by everything that people call them, as `_key` writes it, and how much less that says."""
    found: dict[str, list[tuple[str, float]]] = {}
    for column in table.names:
        stem, mark, language = column.rpartition("_")
        called = {column, *_split(table.headings.get(column))}
        if mark and language in _IN_LANGUAGE:
            own = table.headings.get(stem, UNNAMED)
            called |= {f"{name} {word}" for name in _split(own) for word in _IN_LANGUAGE[language]}
            # a word of one language alone may mean that language, when the Finnish column is taken
            bare = _split(own) if language == "fi" else _split(Words(own[LANGUAGES.index(language)]))
            for name in sorted({_key(each) for each in bare}):
                found.setdefault(name, []).append((column, 0 if language == "fi" else BARE_IS_LESS))
        for name in sorted({_key(each) for each in called}):
            found.setdefault(name, []).append((column, 0))
    return found


def _split(words: Words | None) -> list[str]:
    return [name for part in words or () for each in part.split(";") if (name := each.strip())]


def _key(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold_bare(text)))[:60]
