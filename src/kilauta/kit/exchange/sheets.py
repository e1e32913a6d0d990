"""What a person hands in: a workbook or one CSV file, as sheets of headings and cells, whatever they are called."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from django.utils.translation import gettext as _

from .cells import one_line, tidy
from .problems import Problem, Report
from .reading import MOST_ROWS, RawRow, decoded, guarded, lines_of, objection
from .workbooks import Refusal, is_workbook, open_workbook

MOST_SHEETS = 30
MOST_COLUMNS = 120
LONGEST_HEADING = 80
# A title or two may stand above the row of headings.
HEADINGS_WITHIN = 10

Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its headings (each another), and its rows by them. `whole`: nothing was cut off."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[RawRow, ...]
    whole: bool = True


@dataclass(slots=True)
class Book:
    """All that could be read of a file, and what is wrong with it as a whole."""

    name: str
    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def open_book(name: str, content: bytes) -> Book:
    """Read a file that somebody handed in: XLSX of at most 5 MB, or CSV of at most 2 MB.

    At most 10,000 rows of a sheet are read. Nothing is calculated: a formula stays a text that begins with
    "=". What would burst when unpacked is refused before it is.
    """
    report = Report()
    book = Book(_shown(PurePath(name).name))
    if is_workbook(content):
        try:
            for title, lines in open_workbook(
                content,
                most_sheets=MOST_SHEETS,
                most_rows=MOST_ROWS + HEADINGS_WITHIN,
                most_columns=MOST_COLUMNS,
            ):
                _add(book, title, lines, report)
        except Refusal as refusal:
            report.about_file(book.name, refusal.code, refusal.message)
    else:
        text = decoded(content, book.name, report)
        if text is not None:
            _add(book, PurePath(book.name).stem, lines_of(text, book.name, report), report)
    if not book.sheets and not report.problems:
        report.about_file(book.name, "empty-file", _("The file has no row of column names."))
    book.problems = report.problems
    return book


def _add(book: Book, title: str, lines: Iterable[Line], report: Report) -> None:
    title, before = _shown(title) or str(len(book.sheets) + 1), len(report.problems)
    rest = iter(lines)
    headings = _headings(rest)
    if not headings:
        return
    rows, whole = _rows(rest, headings, title, report)
    book.sheets.append(
        Sheet(
            title,
            tuple(heading for heading in headings if heading),
            tuple(rows),
            whole=whole and len(report.problems) == before,
        )
    )


def _headings(lines: Iterator[Line]) -> list[str]:
    """Return the first row with two words in it as headings, each made another; "" where there is none."""
    for number, line in lines:
        cells = [_shown(cell) for cell in line[:MOST_COLUMNS]]
        if sum(map(bool, cells)) > 1:
            seen: dict[str, int] = {}
            headings = []
            for cell in cells:
                seen[cell] = seen.get(cell, 0) + 1
                headings.append(f"{cell} ({seen[cell]})" if cell and seen[cell] > 1 else cell)
            return headings
        if number >= HEADINGS_WITHIN:
            break
    return []


def _shown(name: str) -> str:
    """Return a name as one line without what would steer the reader's terminal or page.

    A name that holds an identity number is none: "".
    """
    whole = one_line(tidy(name))
    line = "" if objection(whole) else whole[:LONGEST_HEADING]
    return "".join(letter if letter.isprintable() else " " for letter in line).strip()


def _rows(
    lines: Iterator[Line], headings: list[str], title: str, report: Report
) -> tuple[list[RawRow], bool]:
    rows: list[RawRow] = []
    for number, line in lines:
        if not any(cell.strip() for cell in line):
            continue
        if len(rows) == MOST_ROWS:
            message = _("The file has more than %(most)s rows; the rest was not read.") % {"most": MOST_ROWS}
            report.about_file(title, "too-large", message, row=number)
            return rows, False
        cells = dict.fromkeys(headings, "") | dict(zip(headings, line, strict=False))
        cells.pop("", None)
        rows.append(guarded(number, cells))
    return rows, True
