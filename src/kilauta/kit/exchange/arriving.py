"""One row of somebody's file on its way in: read as people write, merged with what stands here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kilauta.kit.privacy.guard import CODE

from .cells import tidy, unquoted
from .columns import Column
from .known import KnownThings
from .mapping import Incoming
from .memory import written
from .merging import Verdict, verdict
from .parsing import ParsedRow, check, parse_cell, same
from .preview import Change, Conflict, Reading, RowOutcome
from .problems import LONGEST_VALUE, Bad, Problem
from .reading import RawRow

# "There is none", in a table that people keep for themselves.
_NOTHING = re.compile(r"[-\u2010-\u2015]{1,3}")


@dataclass(slots=True)
class Arriving:
    """`given` is what the cells hold, `here` what stands here of the row, by our columns (None: it is new)."""

    incoming: Incoming
    row: ParsedRow
    given: dict[str, str]
    outcome: RowOutcome
    here: Mapping[str, str] | None = None
    bad: set[str] = field(default_factory=set)
    said: dict[str, str] = field(default_factory=dict)
    agreed: list[str] = field(default_factory=list)
    foreign: bool = False  # another network looks after what stands here

    @property
    def key(self) -> str:
        return written(self.row.key)

    def heading(self, column: str) -> str:
        return self.incoming.headings.get(column) or self.incoming.table.heading(column)

    def problems(self) -> list[Problem]:
        """Return what is wrong, in the words of the file: its sheet, its heading, the cell as it stands there."""
        found: dict[tuple[str, str], Problem] = {}  # one cell may be two columns of ours
        for each in self.row.sorted_problems():
            whole = each.value == self.row.text.get(each.column, "")[:LONGEST_VALUE]
            value = self.given.get(each.column, "")[:LONGEST_VALUE] if whole else each.value
            told = replace(each, file=self.incoming.sheet, column=self.heading(each.column), value=value)
            found.setdefault((told.column, told.code), told)
        return list(found.values())


def begin(incoming: Incoming, raw: RawRow, known: KnownThings) -> Arriving:
    """Read the raw cells and the key, by which the rest is found."""
    table = incoming.table
    row = ParsedRow(table, raw.number, {})
    given = {name: tidy(cell) for name, cell in raw.cells.items()}
    arriving = Arriving(incoming, row, given, RowOutcome(incoming.sheet, raw.number, "", ""))
    for name, cell in raw.cells.items():
        kind = table.by_name[name].kind
        row.text[name] = given[name]
        if name in raw.barred:
            arriving.bad.add(name)
            row.wrong(name, CODE, raw.barred[name])
            continue
        if not incoming.own and _NOTHING.fullmatch(given[name]):
            row.text[name] = ""
            continue
        try:
            row.text[name] = unquoted(cell, kind.harmless, kind.accepted)
        except Bad as bad:
            arriving.bad.add(name)
            row.wrong(name, bad.code, bad.message)
    for name in table.key:
        _read(arriving, table.by_name[name], known)
        _in_one_way(row, table.by_name[name], known)
    arriving.outcome.key = arriving.key
    arriving.outcome.title = row.text.get("name_fi", "")
    return arriving


def go_on(arriving: Arriving, here: Mapping[str, str] | None, known: KnownThings) -> None:
    """Read every other cell; what the file has no column for is as it stands here."""
    row, table = arriving.row, arriving.incoming.table
    arriving.here = here
    arriving.outcome.title = arriving.outcome.title or (here or {}).get("name_fi", "")
    for column in table.columns:
        if column.name in table.key:
            continue
        if column.name in arriving.given:
            _read(arriving, column, known)
        else:
            row.text[column.name] = here[column.name] if here else ""
    for column in table.columns:
        if column.name not in arriving.bad and column.name != table.parent:
            if here and column.name not in arriving.given:
                _as_here(row, column, known)
            else:
                parse_cell(row, column, known)


def merge(arriving: Arriving, before: Mapping[str, str] | None, known: KnownThings) -> None:
    """Judge every field; leave in the row what is to be written, and check what must go together."""
    row, table = arriving.row, arriving.incoming.table
    if row.problems:
        return
    arriving.said = {
        column.name: same(row, column) for column in table.columns if column.name in arriving.given
    }
    if arriving.here is None:
        arriving.outcome.changes = [
            Change(column.name, arriving.heading(column.name), "", text)
            for column in table.columns
            if (text := same(row, column))
        ]
    else:
        for name in arriving.said:
            if name not in table.key:
                _judge(arriving, table.by_name[name], before, arriving.here[name], known)
    check(row)


def _judge(
    arriving: Arriving, column: Column, before: Mapping[str, str] | None, here: str, known: KnownThings
) -> None:
    name, outcome = column.name, arriving.outcome
    theirs = arriving.said[name]
    # a column that the source did not have last time said nothing then
    base = None if before is None else before.get(name, column.plain(column.blank))
    found = verdict(base, here, theirs)
    if found is Verdict.SAME:
        arriving.agreed.append(name)
        return
    if found is Verdict.THEIRS:
        outcome.changes.append(Change(name, arriving.heading(name), here, theirs))
        return
    if found is Verdict.CONFLICT:
        outcome.conflicts.append(Conflict(name, arriving.heading(name), base or "", here, theirs))
    else:
        outcome.kept.append(name)
    arriving.row.text[name] = here
    arriving.row.values.pop(name, None)
    _as_here(arriving.row, column, known)


def _read(arriving: Arriving, column: Column, known: KnownThings) -> None:
    """Turn a cell into the words of the tables; note what it was read as."""
    row, name = arriving.row, column.name
    text = row.text.get(name, "")
    if not text or name in arriving.bad or (arriving.here and arriving.here[name] == text):
        return
    kind = column.kind.within(row.text)
    if kind is None:
        return
    if arriving.incoming.own:
        try:
            kind.parse(text, known)
        except Bad:
            pass
        else:
            return
    try:
        row.text[name] = kind.spoken(text, known)
    except Bad as bad:
        arriving.bad.add(name)
        row.wrong(name, bad.code, bad.message, bad.value)
        return
    if row.text[name] != text:
        reading = Reading(name, arriving.heading(name), arriving.given[name], row.text[name])
        arriving.outcome.readings.append(reading)


def _in_one_way(row: ParsedRow, column: Column, known: KnownThings) -> None:
    text, kind = row.text.get(column.name, ""), column.kind.within(row.text)
    if text and kind:
        try:
            row.text[column.name] = kind.same(text, kind.parse(text, known))
        except Bad:
            return  # told when the row is read


def _as_here(row: ParsedRow, column: Column, known: KnownThings) -> None:
    """Hold the value that stands here; if it cannot be told in the words of this source, it is not touched."""
    text, kind = row.text[column.name], column.kind.within(row.text)
    if not text or kind is None:
        row.values[column.name] = column.blank
        return
    try:
        row.values[column.name] = kind.parse(text, known)
    except Bad as bad:
        row.values.pop(column.name, None)
        if column.required:
            row.wrong(column.name, bad.code, bad.message)
