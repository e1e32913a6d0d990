"""The tables of a page of figures to take along: the same cells, with whose they are and of which time."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kilauta.kit.exchange.listed import Listed, csv_file
from kilauta.kit.exchange.workbooks import write_workbook

from .figures_page import FiguresPage
from .figures_shape import Table
from .figures_tables import days


def _inside() -> str:
    return _(
        "For use inside the network: small numbers may point at a person. Do not publish these as they are."
    )


def as_workbook(page: FiguresPage, whose: Sequence[str]) -> bytes:
    """Return a workbook: on the first sheet what it is about, then each table with its numbers as numbers."""
    about = [(_("Of whom"), " · ".join(whose)), (_("Period"), days(page.figures.period)), ("", _inside())]
    return write_workbook(
        [
            (_("What this is"), (_("What"), ""), about),
            *((table.title, _heads(table), _lines(table)) for table in page.tables),
        ]
    )


def as_csv(page: FiguresPage, whose: Sequence[str]) -> bytes:
    """Return a row for every number; one that is not known is an empty cell."""
    rows = [
        (table.title, row.name, column.name, "" if number is None else str(number))
        for table in page.tables
        for row in table.rows
        for column, number in zip(table.columns, row.numbers, strict=True)
    ]
    about = " · ".join([*whose, days(page.figures.period), _inside()])
    return csv_file(Listed("", (_("Table"), _("Row"), _("What"), _("How many")), rows, about))


def _heads(table: Table) -> tuple[str, ...]:
    return (table.head, *(column.name for column in table.columns))


def _lines(table: Table) -> list[tuple[str | int | None, ...]]:
    note: list[tuple[str | int | None, ...]] = [(), (table.note,)] if table.note else []
    return [*((row.name, *row.numbers) for row in table.rows), *note]
