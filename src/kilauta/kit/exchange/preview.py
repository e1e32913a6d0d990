"""What an import would do or has done: row by row and field by field, in the words of the file it came from."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .problems import Problem


@dataclass(frozen=True, slots=True)
class Change:
    """A field that becomes another. `column` is ours, `heading` is the file's (ours where it has none)."""

    column: str
    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell that was not written as the tables write it, and what it was read as."""

    column: str
    heading: str
    given: str
    read: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that has changed here and in the source since last time; what stands here stays."""

    column: str
    heading: str
    before: str
    here: str
    theirs: str


@dataclass(slots=True)
class RowOutcome:
    """One row. `outcome`: created, changed, unchanged, problem; `removed`: it was taken away here, and stays so."""

    sheet: str
    number: int
    key: str
    title: str
    outcome: str = "unchanged"
    changes: list[Change] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # columns changed here that the source left as they were
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that the source had last time and has no longer; it stays as it is, for a person to look at."""

    key: str
    title: str


@dataclass(slots=True)
class TableOutcome:
    """The rows of one table, in the order of the file; `left_out` are headings that no column was chosen for."""

    table: str
    called: str
    rows: list[RowOutcome] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)  # (sheet, heading)

    def count(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def created(self) -> int:
        return self.count("created")

    @property
    def changed(self) -> int:
        return self.count("changed")

    @property
    def unchanged(self) -> int:
        return self.count("unchanged")

    @property
    def failed(self) -> int:
        return self.count("problem")


@dataclass(slots=True)
class Outcome:
    """All tables, in the order in which they were brought in."""

    tables: list[TableOutcome] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[RowOutcome]:
        return (row for table in self.tables for row in table.rows)

    @property
    def problems(self) -> list[Problem]:
        return [problem for row in self.rows for problem in row.problems]

    @property
    def conflicts(self) -> list[tuple[RowOutcome, Conflict]]:
        return [(row, conflict) for row in self.rows for conflict in row.conflicts]

    @property
    def created(self) -> int:
        return sum(table.created for table in self.tables)

    @property
    def changed(self) -> int:
        return sum(table.changed for table in self.tables)

    @property
    def unchanged(self) -> int:
        return sum(table.unchanged for table in self.tables)

    @property
    def wrote(self) -> bool:
        """Return whether entries became others; the memory of what the source said is not counted."""
        return bool(self.created or self.changed)
