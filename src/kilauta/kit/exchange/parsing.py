"""From rows of text to rows of values; every bad cell is told, not only the first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kilauta.kit.privacy.guard import CODE

from .cells import unquoted
from .columns import Column, Value
from .known import KnownThings
from .problems import LONGEST_VALUE, Bad, Problem
from .reading import RawRow
from .tables import Table


@dataclass(slots=True)
class ParsedRow:
    """A row on its way in: clean text, values so far, and what is wrong with it."""

    table: Table
    number: int
    text: dict[str, str]
    values: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    repeats: bool = False  # an earlier row has its key

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(self.text.get(name, "") for name in self.table.key)

    @property
    def parent_key(self) -> str:
        return self.text.get(self.table.parent or "", "")

    def sorted_problems(self) -> list[Problem]:
        return sorted(self.problems, key=lambda problem: self.table.names.index(problem.column))

    def wrong(self, column: str, code: str, message: str, value: str | None = None) -> None:
        shown = self.text.get(column, "") if value is None else value
        self.problems.append(
            Problem(self.table.file, self.number, column, shown[:LONGEST_VALUE], code, message)
        )


def parse(raw: RawRow, table: Table, known: KnownThings) -> ParsedRow:
    """Read every cell of a row but the one that refers to another row of the same table."""
    row = ParsedRow(table, raw.number, dict(raw.cells))
    formulas = set()
    for name, said in raw.barred.items():
        if name in table.by_name:
            formulas.add(name)
            row.wrong(name, CODE, said)
    for column in table.columns:
        try:
            row.text[column.name] = unquoted(
                raw.cells[column.name], column.kind.harmless, column.kind.accepted
            )
        except Bad as bad:
            formulas.add(column.name)
            row.wrong(column.name, bad.code, bad.message)
    for column in table.columns:
        if column.name not in formulas and column.name != table.parent:
            parse_cell(row, column, known)
    return row


def parse_cell(row: ParsedRow, column: Column, known: KnownThings) -> None:
    text = row.text[column.name]
    if not text:
        if column.required:
            row.wrong(column.name, "missing", _("This must be given."))
        else:
            row.values[column.name] = column.blank
        return
    kind = column.kind.within(row.text)
    if kind is None:
        return  # the cell that would say so is reported itself
    try:
        row.values[column.name] = kind.parse(text, known)
    except Bad as bad:
        row.wrong(column.name, bad.code, bad.message, bad.value)


def same(row: ParsedRow, column: Column) -> str:
    """Return a cell in the one way in which a stored row is written, so that both can be compared."""
    text, kind = row.text.get(column.name, ""), column.kind.within(row.text)
    if column.name not in row.values:
        return text
    value = row.values[column.name]
    return "" if value is None else (kind or column.kind).same(text, value)


def resolve_parent(row: ParsedRow, known: KnownThings) -> None:
    """Read the cell that refers to a row of the same table; by now that row has been saved, or has failed."""
    name = row.table.parent
    if name and name not in row.values and not any(problem.column == name for problem in row.problems):
        parse_cell(row, next(column for column in row.table.columns if column.name == name), known)


def check(row: ParsedRow) -> None:
    """Look at the cells that must go together, as far as they could be read."""
    for each in row.table.checks:
        if row.values.keys() >= set(each.columns):
            for finding in each.find(row.values):
                row.wrong(finding.column, finding.code, finding.message)


def report_duplicates(rows: Iterable[ParsedRow]) -> None:
    """Report every row whose key stood in an earlier row; the earlier one counts."""
    first: dict[tuple[str, ...], ParsedRow] = {}
    for row in rows:
        earlier = first.setdefault(row.key, row)
        if earlier is not row and all(row.key):
            row.repeats = True
            message = _("Row %(row)s has the same id already.") % {"row": earlier.number}
            row.wrong(row.table.key[-1], "duplicate", message)


def parents_first(rows: Sequence[ParsedRow]) -> list[ParsedRow]:
    """Return each row after the one it refers to; report those that refer to each other in a ring."""
    by_key = {row.key: row for row in reversed(rows)}
    done: dict[int, ParsedRow] = {}
    for row in rows:
        line: dict[int, ParsedRow] = {}
        step: ParsedRow | None = row
        while step is not None and id(step) not in done and id(step) not in line:
            line[id(step)] = step
            step = by_key.get((step.parent_key,)) if step.parent_key else None
        if step is not None and id(step) in line:
            ids = list(line)
            _report_ring(line[each] for each in ids[ids.index(id(step)) :])
        done.update(reversed(line.items()))
    return list(done.values())


def _report_ring(ring: Iterable[ParsedRow]) -> None:
    for row in ring:
        row.wrong(
            row.table.parent or "",
            "parent-cycle",
            _("The row is its own parent, directly or through others."),
        )
