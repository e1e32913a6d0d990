"""A municipality's own workbook: its own names for columns, its own ways of writing, and its own mistakes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from kilauta.kit.exchange import mapping
from kilauta.kit.exchange.bringing import carry_out, plan
from kilauta.kit.exchange.preview import Outcome
from kilauta.kit.exchange.sheets import Book, open_book
from tests.kit.exchange_story import NOW, system

Sheets = Mapping[str, Sequence[Sequence[Any]]]

SOURCE = "kunta"


def xlsx(sheets: Sheets) -> bytes:
    """Return a workbook as a spreadsheet saves it: numbers as numbers, days as days, formulas as formulas."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(sheets: Sheets) -> Book:
    book = open_book("kunta.xlsx", xlsx(sheets))
    assert book.problems == []
    return book


def incoming(sheets: Sheets, source: str = SOURCE) -> list[mapping.Incoming]:
    book = opened(sheets)
    return mapping.apply(book, mapping.guess(book, source))


def planned(sheets: Sheets, *, source: str = SOURCE, now=NOW) -> Outcome:
    return plan(incoming(sheets, source), source=source, actor=system(), now=now)


def brought(sheets: Sheets, *, source: str = SOURCE, now=NOW) -> Outcome:
    return carry_out(incoming(sheets, source), source=source, actor=system(), now=now)


def told(outcome: Outcome) -> list[tuple[str, int, str, str, str]]:
    return [(each.file, each.row, each.column, each.value, each.code) for each in outcome.problems]
