"""What is wrong with a folder of tables, said so that the person who filled it in can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .saving import Outcome

LONGEST_VALUE = 60
HEADER = 1  # the row of the column names, as a spreadsheet counts


class Bad(Exception):  # noqa: N818 -- not an error of ours: a cell that cannot be read
    """A cell cannot be read: a code for programs, a sentence for the person, the part that is wrong."""

    def __init__(self, code: str, message: str, value: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.value = value


@dataclass(frozen=True, slots=True)
class Finding:
    """Cells that can be read, each alone, but do not go together."""

    column: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad cell, or one bad file (column and value empty). Rows are counted as a spreadsheet does."""

    file: str
    row: int
    column: str
    value: str
    code: str
    message: str

    def __str__(self) -> str:
        return _("%(file)s, row %(row)s, column %(column)s: %(message)s [%(value)s]") % {
            "file": self.file,
            "row": self.row,
            "column": self.column or "–",
            "message": self.message,
            # what a stranger typed must not steer the reader's terminal
            "value": "".join(letter if letter.isprintable() else " " for letter in self.value),
        }


@dataclass(slots=True)
class Counts:
    """How the rows of one table ended that could be loaded."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def add(self, outcome: Outcome) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.created + other.created, self.changed + other.changed, self.unchanged + other.unchanged
        )


@dataclass(slots=True)
class Report:
    """What a load did: counts for each table it met, in the order of loading, and all that is wrong."""

    tables: dict[str, Counts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def created(self) -> int:
        return sum(counts.created for counts in self.tables.values())

    @property
    def changed(self) -> int:
        return sum(counts.changed for counts in self.tables.values())

    @property
    def unchanged(self) -> int:
        return sum(counts.unchanged for counts in self.tables.values())

    @property
    def wrote(self) -> bool:
        return bool(self.created or self.changed)

    def about_file(self, file: str, code: str, message: str, column: str = "", row: int = HEADER) -> None:
        self.problems.append(Problem(file, row, column[:LONGEST_VALUE], "", code, message))

    def join(self, others: Iterable["Report"]) -> "Report":
        for other in others:
            for name, counts in other.tables.items():
                self.tables[name] = self.tables.get(name, Counts()) + counts
            self.problems.extend(other.problems)
        return self
