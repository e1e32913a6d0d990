"""Workbooks: text stays text, formulas stay uncalculated, and what would burst is refused before it does."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from time import perf_counter

import pytest
from openpyxl import Workbook, load_workbook

from kilauta.kit.exchange.folder import dump_folder, dump_workbook, tables
from kilauta.kit.exchange.sheets import open_book
from kilauta.kit.exchange.workbooks import LARGEST, write_workbook
from tests.kit.exchange_story import load, reference, rows
from tests.kit.exchange_story import write as write_story
from tests.kit.exchange_workbook import xlsx


def parts_of(content: bytes, **changed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()} | changed


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


PLAIN = xlsx({"Paikat": [["Nimi", "Kunta"], ["Talo", "Kajaani"]]})
MIDNIGHT = datetime(2026, 2, 1)  # noqa: DTZ001 -- a spreadsheet knows no zone
SHEET = "xl/worksheets/sheet1.xml"


def cells(*values) -> list[str]:
    """Return what is read of one row of cells."""
    sheet = [[f"h{n}" for n in range(len(values) + 1)], ["x", *values]]
    return list(open_book("x.xlsx", xlsx({"S": sheet})).sheets[0].rows[0].cells.values())[1:]


def code_of(content: bytes, name: str = "x.xlsx") -> str:
    book = open_book(name, content)
    assert len(book.problems) == 1
    assert book.problems[0].message
    return book.problems[0].code


def test_cells_are_read_as_the_tables_write_them():
    assert cells("teksti", 7, 7.0, 64.25, True, None, date(2026, 2, 1), MIDNIGHT, time(9, 0)) == [
        "teksti", "7", "7", "64.25", "yes", "", "2026-02-01", "2026-02-01", "09:00",
    ]  # fmt: skip
    assert cells(timedelta(hours=24), MIDNIGHT.replace(hour=9, minute=30)) == ["24:00", "2026-02-01 09:30"]


def test_a_number_is_read_as_the_spreadsheet_shows_it():
    book = Workbook()
    sheet = book.active
    sheet.append(["a", "b", "c"])
    sheet.append([5, 64.2273, 100])
    for place, shown in (("A2", "000"), ("B2", "0.00000"), ("C2", "General")):
        sheet[place].number_format = shown
    out = io.BytesIO()
    book.save(out)
    row = open_book("x.xlsx", out.getvalue()).sheets[0].rows[0]
    assert list(row.cells.values()) == ["005", "64.22730", "100"]


def test_a_formula_is_never_calculated_and_stays_a_formula():
    assert cells("=1+1", "=SUM(A1:A9)") == ["=1+1", "=SUM(A1:A9)"]
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append(["#REF!", "x"])
    book.active["A2"].data_type = "e"
    out = io.BytesIO()
    book.save(out)
    assert open_book("x.xlsx", out.getvalue()).sheets[0].rows[0].cells["a"] == "=#REF!"


def test_titles_may_stand_above_and_rows_are_counted_as_the_spreadsheet_does():
    sheet = [
        ["Luettelo"],
        [],
        ["Nimi", "", "Nimi", "Kunta"],
        [],
        ["a", "b", "c", "d"],
        ["e", None, None, "f"],
    ]
    found = open_book("x.xlsx", xlsx({"S": sheet, "Tyhjä": [], "Yksi": [["vain tämä"]]})).sheets
    assert [each.name for each in found] == ["S"]
    assert found[0].headings == ("Nimi", "Nimi (2)", "Kunta")
    assert [(row.number, row.cells) for row in found[0].rows] == [
        (5, {"Nimi": "a", "Nimi (2)": "c", "Kunta": "d"}),
        (6, {"Nimi": "e", "Nimi (2)": "", "Kunta": "f"}),
    ]


def test_hidden_sheets_are_not_read():
    book = Workbook()
    book.active.append(["a", "b"])
    book.create_sheet("piilo").append(["c", "d"])
    book["piilo"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert [each.name for each in open_book("x.xlsx", out.getvalue()).sheets] == ["Sheet"]


def test_a_csv_file_is_a_sheet_too():
    book = open_book("C:\\tiedot\\paikat.csv", "\ufeffNimi;Kunta\nTalo;Kajaani\n".encode())
    assert [(each.name, each.headings, len(each.rows)) for each in book.sheets] == [
        ("C:\\tiedot\\paikat", ("Nimi", "Kunta"), 1)
    ]
    assert code_of(b"Nimi\xe4,Kunta\n", "x.csv") == "not-utf8"
    assert code_of(b"", "x.csv") == "empty-file"
    assert code_of(b"x" * 2_000_001, "x.csv") == "too-large"
    assert code_of(b'a,b\nc,"d\n', "x.csv") == "broken-row"


def test_names_cannot_steer_a_terminal():
    book = open_book("\x1b[31m.csv", b"a\x1b[2J,b\nc,d\n")
    assert (book.name, book.sheets[0].headings) == ("[31m.csv", ("a [2J", "b"))


@pytest.mark.django_db
def test_csv_to_workbook_to_csv_is_the_same_byte_for_byte(tmp_path):
    reference()
    content = rows()
    content["places"].append(
        {"id": "p1", "kind": "library", "name_fi": "'=1+1", "municipality": "205", "address": "'+x"}
    )
    content["organisations"].append(
        {"id": "o1", "kind": "library", "name_fi": "O", "phone": "+358 50 555 0103"}
    )
    load(write_story(tmp_path / "in", content))
    dump_folder(tmp_path / "out", source="kilauta")
    book = open_book("x.xlsx", dump_workbook(source="kilauta"))
    assert book.problems == []
    by_name = {sheet.name: sheet for sheet in book.sheets}
    for table in tables():
        with (tmp_path / "again.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(by_name[table.name].headings)
            writer.writerows(row.cells.values() for row in by_name[table.name].rows)
        assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "out" / table.file).read_bytes(), (
            table.name
        )


@pytest.mark.django_db
def test_in_our_workbook_everything_is_text_but_numbers_and_days(tmp_path):
    reference()
    load(write_story(tmp_path / "in", rows()))
    book = load_workbook(io.BytesIO(dump_workbook(source="kilauta")))
    kinds = {
        (sheet.title, sheet.cell(1, cell.column).value): cell.data_type
        for sheet in book
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.value is not None
    }
    assert "f" not in kinds.values()
    assert {kinds["places", "lat"], kinds["channels", "lead_days"], kinds["hours", "nth"]} == {"n"}
    assert kinds["organisation_roles", "since"] == "d"
    assert {
        kinds["organisations", "phone"],
        kinds["places", "postal_code"],
        kinds["places", "municipality"],
    } == {"s"}
    assert kinds["organisations", "started_on"] == "s"  # before the first day that a spreadsheet knows
    assert book["organisations"]["I3"].number_format == "@"


@pytest.mark.parametrize(
    "text", ["=1+1", "+358 50 555 0101", "-1", "@x", "#N/A", "\t=1", "＝1", "a\x0bb", "0050"]
)
def test_a_text_is_written_as_text_for_good(text):
    book = load_workbook(io.BytesIO(write_workbook([("S", ["a"], [[text]])])))
    cell = book["S"]["A2"]
    assert (cell.data_type, cell.value) == ("s", text.replace("\x0b", ""))


@pytest.mark.parametrize(
    "parts",
    [
        {SHEET: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'},
        {"xl/styles.xml": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><styleSheet/>'},
        {SHEET: '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x []><worksheet/>'.encode("utf-16")},
        {SHEET: "<!DOCTYPE x []><worksheet/>".encode("utf-16-le")},
        {"xl/workbook.xml": b"not xml at all"},
        {"[Content_Types].xml": b"<Types/>"},
    ],
    ids=["entities", "outside", "utf-16", "utf-16 without mark", "no xml", "no contents"],
)  # fmt: skip
def test_a_workbook_with_what_does_not_belong_in_one_is_refused(parts):
    assert code_of(zipped(parts_of(PLAIN) | parts)) == "unreadable"


# named, for the length of the workbook changes with the second in which it was written
@pytest.mark.parametrize(
    "cut", [10, 100, len(PLAIN) // 2, len(PLAIN) - 10], ids=["head", "start", "half", "nearly whole"]
)
def test_a_damaged_workbook_is_told(cut):
    assert code_of(PLAIN[:cut]) == "unreadable"


def test_a_program_or_a_picture_is_no_table():
    assert code_of(b"PK\x03\x04" + b"\0" * 200) == "unreadable"
    assert code_of(b"\x89PNG\r\n\x1a\n" + bytes(range(256))) == "not-utf8"


# Part, beginning, what is repeated, how often, end.
BOMBS = {
    "spaces": (SHEET, b"<worksheet>", b" " * 1_000_000, 100, b"</worksheet>"),
    "styles": (
        "xl/styles.xml",
        b"<styleSheet><cellXfs>",
        b"<xf/>" * 1_000,
        1_000,
        b"</cellXfs></styleSheet>",
    ),
    "styles called a sheet": ("xl/worksheets/s.xml", b"<styleSheet><cellXfs>", b"<xf/>" * 1_000, 4_000, b""),
    "strings": ("xl/sharedStrings.xml", b"<sst>", b"<si><t>a</t></si>" * 1_000, 2_000, b"</sst>"),
}

MEASURED = """
import re, sys, time
import django
from django.conf import settings
settings.configure(USE_I18N=False, INSTALLED_APPS=[])
django.setup()
from kilauta.kit.exchange.workbooks import Refusal, open_workbook
content = open(sys.argv[1], "rb").read()
start = time.process_time()
try:
    open_workbook(content, most_sheets=30, most_rows=10_010, most_columns=120)
except Refusal as refusal:
    seconds = time.process_time() - start  # of this process, whatever else the machine does
    most = re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())
    print(refusal.code, seconds, int(most[1]) // 1024 if most else 0)
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_less_than_a_second_and_200_megabytes(name, tmp_path):
    path = tmp_path / "bomb.xlsx"
    part, beginning, again, times, end = BOMBS[name]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in parts_of(PLAIN).items():
            if other != part:
                archive.writestr(other, content)
        with archive.open(part, "w") as file:
            file.write(beginning)
            for _ in range(times):
                file.write(again)
            file.write(end)
    assert path.stat().st_size < LARGEST
    told = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True)
    code, seconds, megabytes = told.stdout.split()
    assert code == "too-large"
    assert float(seconds) < 1
    assert int(megabytes) < 200


def test_a_part_that_lies_about_its_size_is_damaged():
    content = zipped(parts_of(PLAIN, **{SHEET: b"<worksheet>" + b" " * 50_000_000}))
    real, lie = (50_000_011).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert content.count(real) == 2
    assert code_of(content.replace(real, lie)) == "unreadable"


def test_too_large_a_file_too_many_sheets_and_too_many_columns_are_refused():
    assert code_of(PLAIN + b"\0" * LARGEST) == "too-large"
    assert code_of(xlsx({f"S{n}": [["a", "b"]] for n in range(31)})) == "too-large"
    assert code_of(xlsx({"S": [["a"] * 121]})) == "too-large"


def test_rows_beyond_the_ten_thousandth_are_not_read():
    book = open_book("x.xlsx", write_workbook([("S", ["a", "b"], [["x", "y"]] * 10_003)]))
    assert [(each.row, each.code) for each in book.problems] == [(10_002, "too-large")]
    assert (len(book.sheets[0].rows), book.sheets[0].whole) == (10_000, False)


def test_a_row_that_claims_to_be_far_away_costs_nothing():
    sheet = (
        parts_of(PLAIN)[SHEET]
        .replace(b'<row r="2"', b'<row r="999999999"')
        .replace(b'r="A2"', b'r="A999999999"')
    )
    start = perf_counter()
    book = open_book("x.xlsx", zipped(parts_of(PLAIN, **{SHEET: sheet})))
    assert perf_counter() - start < 5
    assert [len(each.rows) for each in book.sheets] == [0]
