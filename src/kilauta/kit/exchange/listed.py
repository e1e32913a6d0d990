"""A list that somebody takes along: CSV or XLSX, with its licence, and nothing that a spreadsheet would calculate."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .cells import quoted
from .workbooks import write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A telephone number is no formula, and neither is a number below nought: +358 50 555 0132 stays as it is dialled.
_NO_FORMULA = re.compile(r"\+\d[\d ]*|-\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Listed:
    """A named table; `licence` says whose it is and what one may do with it, on a line of its own after the rows."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    licence: str = ""


def csv_file(table: Listed) -> bytes:
    """Return UTF-8 with its mark and semicolons, as spreadsheets in Finnish and Swedish read it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(table.headings)
    for row in table.rows:
        writer.writerow([cell if _NO_FORMULA.fullmatch(cell) else quoted(cell, None) for cell in row])
    if table.licence:
        writer.writerow([table.licence, *[""] * (len(table.headings) - 1)])  # every row has as many cells
    return out.getvalue().encode("utf-8-sig")


def workbook(table: Listed) -> bytes:
    """Return an XLSX in which every cell is text for good."""
    notes: list[list[str]] = [[], [table.licence]] if table.licence else []
    return write_workbook([(table.name, table.headings, [*table.rows, *notes])])
