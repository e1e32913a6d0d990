"""From the bytes of a CSV file to rows of text, or to what is wrong with the file as a whole."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from kilauta.kit.privacy.guard import advice
from kilauta.lib.identity import FEWEST_DIGITS

from .cells import tidy
from .problems import HEADER, Report
from .tables import Table

LARGEST = 2_000_000  # bytes
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class RawRow:
    number: int  # as a spreadsheet counts, the row of column names being 1
    cells: dict[str, str]
    # cells in which an identity number stood: why they are empty here
    barred: Mapping[str, str] = field(default_factory=dict)


def guarded(number: int, cells: dict[str, str]) -> RawRow:
    """Return the row without cells that hold an identity number: nothing after this has ever seen one."""
    barred = {name: said for name, text in cells.items() if (said := objection(text))}
    return RawRow(number, {**cells, **dict.fromkeys(barred, "")}, barred)


def objection(text: str) -> str:
    """Return why a text is not taken in; "" for nearly all of them, at the cost of counting their digits."""
    return advice(text) if sum(map(str.isdigit, text)) >= FEWEST_DIGITS else ""


def read(path: Path, table: Table, report: Report) -> list[RawRow]:
    """Return the rows of the file that have a cell for every column; report what is wrong with the others.

    Files that a Finnish spreadsheet saved, with semicolons for commas, are read as well.
    """
    try:
        with path.open("rb") as file:
            text = decoded(file.read(LARGEST + 1), table.file, report)
    except OSError:
        report.about_file(table.file, "unreadable", _("The file cannot be opened."))
        return []
    if text is None:
        return []
    lines = lines_of(text, table.file, report)
    header = [tidy(name) for name in next(lines, (HEADER, []))[1]]
    if not _header_is_good(header, table, report):
        return []
    found = []
    for number, line in lines:
        if number > MOST_ROWS + HEADER:
            message = _("The file has more than %(most)s rows; the rest was not read.") % {"most": MOST_ROWS}
            report.about_file(table.file, "too-large", message, row=number)
            break
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(header):
            message = _("The row has %(count)s cells; there are %(wanted)s columns.")
            numbers = {"count": len(line), "wanted": len(header)}
            report.about_file(table.file, "broken-row", message % numbers, row=number)
            continue
        found.append(guarded(number, dict(zip(header, line, strict=True))))
    return found


def decoded(content: bytes, file: str, report: Report) -> str | None:
    """Return the text of a CSV file, or report why it has none."""
    if len(content) > LARGEST:
        report.about_file(file, "too-large", _("The file is larger than 2 MB."))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        report.about_file(
            file, "not-utf8", _("The file is not UTF-8 text. In a spreadsheet, save it as “CSV UTF-8”.")
        )
        return None


def lines_of(text: str, file: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file with their numbers, up to one that cannot be read."""
    head = text.split("\n", 1)[0]
    comma = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error:
            message = _("The row cannot be read, see its quotation marks; the rest of the file was not read.")
            report.about_file(file, "broken-row", message, row=number)
            return


def _header_is_good(header: list[str], table: Table, report: Report) -> bool:
    """Report columns that are missing, unknown or there twice. Unknown ones alone do no harm."""
    if not any(header):
        report.about_file(table.file, "empty-file", _("The file has no row of column names."))
        return False
    missing = [name for name in table.names if name not in header]
    double = sorted({name for name in header if name in table.names and header.count(name) > 1})
    for name in missing:
        report.about_file(
            table.file, "missing-column", _("The column is missing; nothing was read from the file."), name
        )
    for name in double:
        report.about_file(
            table.file, "double-column", _("The column is there twice; nothing was read from the file."), name
        )
    for name in dict.fromkeys(header):
        if name not in table.names:
            report.about_file(
                table.file, "unknown-column", _("There is no such column; it was left out."), name
            )
    return not missing and not double
