"""What was read of a file, kept small between two pages: cells and headings, and never the file itself."""

import json
import zlib

from .problems import Problem
from .reading import RawRow
from .sheets import Book, Sheet


def pack(book: Book) -> bytes:
    sheets = [
        [
            each.name,
            each.headings,
            each.whole,
            [
                [row.number, [row.cells[name] for name in each.headings], dict(row.barred)]
                for row in each.rows
            ],
        ]
        for each in book.sheets
    ]
    problems = [
        [each.file, each.row, each.column, each.value, each.code, each.message] for each in book.problems
    ]
    return zlib.compress(json.dumps([book.name, sheets, problems], ensure_ascii=False).encode())


def unpack(content: bytes) -> Book:
    """Return the book that was packed."""
    name, sheets, problems = json.loads(zlib.decompress(content))
    return Book(
        name,
        [
            Sheet(
                title,
                tuple(headings),
                tuple(
                    RawRow(number, dict(zip(headings, cells, strict=True)), barred)
                    for number, cells, barred in rows
                ),
                whole,
            )
            for title, headings, whole, rows in sheets
        ],
        [Problem(*each) for each in problems],
    )
