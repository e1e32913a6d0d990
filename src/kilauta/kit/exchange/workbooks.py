"""XLSX in and out. In: checked before it is unpacked, nothing calculated. Out: words are words for good."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from math import isfinite
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

LARGEST = 5_000_000  # bytes, as the file is
LARGEST_INSIDE = 40_000_000  # bytes, as the file says its parts are when unpacked
LARGEST_PART = 4_000_000  # bytes of a part that holds no cells: it becomes many small things at once
MOST_PARTS = 1_000
MOST_STRINGS = 400_000
LAST_LINE = 1_048_576  # of any spreadsheet; a damaged file may speak of others
_CELLS = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
# Of these a sheet has a few, for looks that depend on what stands in a cell.
_LOOKS = (b"xf", b"font", b"fill", b"border", b"dxf", b"sheet", b"definedName")
MOST_LOOKS = 5_000
# Text of two bytes for each letter, in which nothing can be looked for as it is looked for here.
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")
# What XML cannot hold; no cell of ours has it, a text from elsewhere might.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECIMALS = re.compile(r"0\.(0+)")
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_ZEROS = re.compile(r"0+")
LONGEST_CELL = 32_767
# The day on which a spreadsheet's times of day lie, and the next ones, for times past midnight.
_NO_DAYS = (date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1))
_FIRST_DAY = date(1900, 3, 1)  # days before it are not the same ones in every spreadsheet

Cell: TypeAlias = str | int | float | date | None
Line: TypeAlias = tuple[int, list[str]]
# The library has no types.
_Sheet: TypeAlias = Any
_Cell: TypeAlias = Any


class Refusal(Exception):  # noqa: N818 -- not an error of ours: a file that is not read
    """The file is not read: a code for programs, a sentence for the person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def is_workbook(content: bytes) -> bool:
    """Return whether these bytes are (or pretend to be) an XLSX file."""
    return content.startswith(b"PK")


def open_workbook(
    content: bytes, *, most_sheets: int, most_rows: int, most_columns: int
) -> list[tuple[str, list[Line]]]:
    """Return the visible sheets with their rows of text, empty rows left out; raise `Refusal` if it must not be.

    Of a sheet with more rows than `most_rows` one more is returned.
    """
    _check(content)
    from openpyxl import load_workbook  # noqa: PLC0415 -- slow, and rarely needed

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of looks and extensions that it leaves out: we read only cells
            # formulas are asked for as such: as values they would come with results that nobody has checked
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
            _refuse_many(len(sheets), most_sheets)
            return [(each.title, list(islice(_lines(each, most_columns), most_rows + 1))) for each in sheets]
    except Refusal:
        raise
    except Exception as broken:  # whatever the library makes of a broken file, the person is told
        raise Refusal(
            "unreadable", _("The workbook is damaged and cannot be read. Save it again in a spreadsheet.")
        ) from broken


def _refuse_many(sheets: int, most: int) -> None:
    if sheets > most:
        raise Refusal("too-large", _("The workbook has more than %(most)s sheets.") % {"most": most})


def _check(content: bytes) -> None:
    """Refuse what would burst: by the sizes the file itself declares, which the unpacking holds it to."""
    if len(content) > LARGEST:
        raise Refusal("too-large", _("The workbook is larger than 5 MB."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            _refuse_large(len(infos), sum(info.file_size for info in infos))
            for info in infos:
                _check_part(parts.read(info), cells=bool(_CELLS.fullmatch(info.filename)))
    except Refusal:
        raise
    except Exception as broken:  # unpacking fails in as many ways as there are ways to pack
        raise Refusal(
            "unreadable", _("The workbook is damaged and cannot be read. Save it again in a spreadsheet.")
        ) from broken


def _refuse_large(parts: int, size: int) -> None:
    if parts > MOST_PARTS or size > LARGEST_INSIDE:
        raise Refusal(
            "too-large", _("The workbook would be too large when unpacked. Divide it into several files.")
        )


def _check_part(part: bytes, *, cells: bool) -> None:
    """Refuse entities, which can multiply, and more of anything than a library can take in at once."""
    if part.startswith(_WIDE) or b"<!DOCTYPE" in part:
        raise Refusal(
            "unreadable",
            _("The workbook holds something that does not belong in one. Save it again in a spreadsheet."),
        )
    if len(part) <= LARGEST_PART or not _XML.match(part):
        return
    looks = sum(part.count(mark + look) for look in _LOOKS for mark in (b"<", b":"))
    if not cells or looks > MOST_LOOKS or part.count(b"<si") + part.count(b":si>") > MOST_STRINGS:
        raise Refusal(
            "too-large", _("The workbook would be too large when unpacked. Divide it into several files.")
        )


def _lines(sheet: _Sheet, most_columns: int) -> Iterator[Line]:
    sheet.reset_dimensions()  # what a file says of its own size need not be so
    for number, row in enumerate(islice(sheet.iter_rows(), LAST_LINE), start=1):
        cells = [_text(cell) for cell in row]
        if any(cells[most_columns:]):
            message = _("The sheet %(sheet)s has more than %(most)s columns.")
            raise Refusal("too-large", message % {"sheet": sheet.title, "most": most_columns})
        if any(cells):
            yield number, cells[:most_columns]


def _text(cell: _Cell) -> str:
    """Return a cell as the spreadsheet shows it, days and times as the tables write them."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in {"f", "e"}:  # a formula, or what became of one: the reader of cells refuses both
        return "=" + str(getattr(value, "text", value)).removeprefix("=")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(value)


def _moment(value: datetime) -> str:
    if value.date() in _NO_DAYS:
        return "24:00" if value.time() == time() else f"{value:%H:%M}"
    return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"


def _number(value: float, shown: str) -> str:
    if fixed := _DECIMALS.fullmatch(shown):
        return f"{value:.{len(fixed[1])}f}"
    if isfinite(value) and value == int(value):
        whole = str(int(value))
        return whole.zfill(len(shown)) if _ZEROS.fullmatch(shown) else whole
    return repr(value)


def write_workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """Return a workbook of these sheets: name, headings, rows.

    A text is written as text for good: no spreadsheet takes it for a formula or its zeros away. Numbers and
    days are what they are.
    """
    from openpyxl import Workbook  # noqa: PLC0415 -- slow, and rarely needed

    book = Workbook(write_only=True)
    for name, headings, rows in sheets:
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, heading) for heading in headings])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: _Sheet, value: Cell) -> _Cell | None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- slow

    if value is None or value == "":
        return None
    if isinstance(value, date) and value < _FIRST_DAY:
        value = value.isoformat()
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "0.00000" if isinstance(value, float) else cell.number_format
        return cell
    cell = WriteOnlyCell(sheet, _UNWRITABLE.sub("", value)[:LONGEST_CELL])
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
