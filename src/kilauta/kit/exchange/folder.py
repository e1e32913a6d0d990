"""The folder of tables as a whole: which there are, empty ones to fill in, full ones to take away."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from kilauta.kit import ports

from .tables import Row, Table
from .workbooks import Cell, write_workbook

README = "README.txt"


def tables() -> tuple[Table, ...]:
    """Return every table of the exchange; one that refers to another comes after it."""
    return tuple(table for _label, module in ports.of("exchange") for table in getattr(module, "TABLES", ()))


def packaged() -> tuple[tuple[Table, Path], ...]:
    """Return the tables that come with the product, and the folders they lie in."""
    return tuple(pair for _label, module in ports.of("exchange") for pair in getattr(module, "PACKAGED", ()))


def dump_folder(path: Path, *, source: str) -> None:
    """Write all that came from this source; loading the folder again brings the same, byte for byte."""
    path.mkdir(parents=True, exist_ok=True)
    for table in tables():
        write(path / table.file, table, table.rows(source))


def everything(_table: Table, _row: Row) -> bool:
    return True


def dump_workbook(*, source: str, keep: Callable[[Table, Row], bool] = everything) -> bytes:
    """Return the same as a workbook: each table a sheet, cell by cell what the folder has of the rows to `keep`."""
    return write_workbook(
        (
            table.name,
            table.names,
            (_typed(table, row) for row in _sorted(table, table.rows(source)) if keep(table, row)),
        )
        for table in tables()
    )


def template_workbook() -> bytes:
    """Return a workbook of empty tables, and before them a sheet that explains every column in words."""
    first, *lines = explanation().splitlines()
    about = (_("How to fill in"), [first], [[line] for line in lines])
    return write_workbook([about, *((table.name, table.names, ()) for table in tables())])


def write_template(path: Path) -> None:
    """Write the tables with their column names only, and a page that explains every column in words."""
    path.mkdir(parents=True, exist_ok=True)
    for table in tables():
        write(path / table.file, table, ())
    (path / README).write_text(explanation(), encoding="utf-8")


def write(path: Path, table: Table, rows: Iterable[Row]) -> None:
    """Write one table, sorted by its key so that the same content gives the same bytes on every database."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.names)
        for row in _sorted(table, rows):
            writer.writerow([column.format(row[column.name]) for column in table.columns])


def _sorted(table: Table, rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=table.sorted_by_key)


def _typed(table: Table, row: Row) -> list[Cell]:
    return [row[c.name] if c.kind.typed else c.format(row[c.name]) for c in table.columns]


def explanation() -> str:
    """Return the page that goes with the empty tables, in the language of the reader."""
    lines = [
        _("Tables for bringing entries into Kilauta"),
        "",
        _("Fill the tables in with a spreadsheet or a text editor and save them as CSV UTF-8."),
        _("A file that you do not need may be left out. An empty cell means: not given."),
        _("Rows that were brought in before and are missing now stay as they are."),
    ]
    for table in tables():
        lines += ["", "", table.file, "=" * len(table.file), str(table.about), ""]
        lines += [f"{column.name}: {column.words()}" for column in table.columns]
    return "\n".join(lines) + "\n"
