"""Cells of every kind, without a database."""

import re
from datetime import date, time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kilauta.kit.exchange import cells, kinds
from kilauta.kit.exchange.columns import Code, CodeList, Column
from kilauta.kit.exchange.known import KnownThings
from kilauta.kit.exchange.problems import Bad
from kilauta.lib.phones import is_phone

KNOWN = KnownThings({}, "kilauta")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def read(kind, raw):
    """Read a cell as the importer does."""
    return kind.parse(cells.unquoted(raw, kind.harmless, kind.accepted), KNOWN)


def code_of(kind, raw):
    with pytest.raises(Bad) as caught:
        read(kind, raw)
    assert caught.value.message
    return caught.value.code


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20", " =", "\t="]
)
@pytest.mark.parametrize(
    "kind",
    [
        kinds.Text(),
        kinds.Prose(),
        kinds.Phone(),
        kinds.WebAddress(),
        kinds.Day(),
        kinds.Integer(),
        kinds.Id(),
    ],
)
def test_a_cell_that_begins_like_a_formula_is_refused(begin, kind):
    assert code_of(kind, f"{begin}cmd|' /C calc'!A0") == "formula"


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (kinds.Phone(), "+358 50 555 0132", "+358 50 555 0132"),
        (kinds.Integer(-1, 5), "-1", -1),
        (kinds.Prose(), "- yksi\n- kaksi", "- yksi\n- kaksi"),
        (kinds.Text(), "a=b", "a=b"),
        (kinds.Text(), "'=1", "=1"),
        (kinds.Text(), "'sanottu'", "'sanottu'"),
    ],
)
def test_what_only_looks_like_a_formula_survives(kind, raw, value):
    assert read(kind, raw) == value


@pytest.mark.parametrize("letter", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\u202e"])
def test_characters_that_cannot_be_shown_are_refused_everywhere(letter):
    assert code_of(kinds.Text(), f"a{letter}b") == "wrong-type"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])).map(cells.tidy))
def test_every_text_is_read_as_it_was_written(text):
    assert cells.unquoted(cells.quoted(text, None), None) == text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])).map(cells.tidy))
def test_nothing_is_written_that_a_spreadsheet_would_calculate(text):
    assert cells.quoted(text, None)[:1] not in set(cells.DANGEROUS)


@pytest.mark.parametrize(
    "written",
    [
        "050 555 0132", "+358 50 555 0132", "040-123 4567", "(08) 6155 41", "08 6155 41", "112", "116117", "116 117",
        "116111", "118", "020 692 204", "029 497 000", "0295 163 620", "010 80 8585", "0800 133 888", "0600 1234",
        "100 234", "+46 8 123 456 78", "+44 20 7946 0958", "071 39200", "075 3260 101", "030 555 1234",
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(written):
    assert is_phone(written)
    assert read(kinds.Phone(), f" {written} ") == written


@pytest.mark.parametrize(
    "written",
    ["050 12", "040", "abc", "puh. 050 555 0132", "050 555 0132 / 040", "0505550132123456", "555", "+999 123 456",
     "19 123", "050 555 0132 (Aino)", "١١٢", "1", "+", "050;555;0132", "99 999 999", "+0 50 555 0132", "+٣٥٨ ٥٠ ٥٥٥ ٠١٣٢"],
)  # fmt: skip
def test_what_no_telephone_can_dial(written):
    assert not is_phone(written)
    assert code_of(kinds.Phone(), written) in {"bad-phone", "too-long", "formula"}


@pytest.mark.parametrize(
    "text",
    ["https://www.suomi.fi/", "http://example.fi/a?b=c#d", "https://kainuu.example", "https://äly.fi/ö"],
)
def test_web_addresses(text):
    assert read(kinds.WebAddress(), text) == text


@pytest.mark.parametrize(
    "text",
    ["www.suomi.fi", "ftp://example.fi/", "javascript:alert(1)", "https://", "https://a b.fi", "https://user:pw@example.fi",
     "data:text/html,x", "https://[::1", "//example.fi", "https://suomi"],
)  # fmt: skip
def test_what_is_no_web_address(text):
    assert code_of(kinds.WebAddress(), text) == "bad-url"


@pytest.mark.parametrize(
    ("raw", "day"),
    [("2026-11-22", date(2026, 11, 22)), ("22.11.2026", date(2026, 11, 22)), ("1.2.2026", date(2026, 2, 1))],
)
def test_days(raw, day):
    assert read(kinds.Day(), raw) == day


@pytest.mark.parametrize(
    "raw",
    [
        "2026-02-30",
        "31.11.2026",
        "22.11.",
        "2026-11",
        "20261122",
        "0026-11-22",
        "9999-01-01",
        "22/11/2026",
        "٢٠٢٦-١١-٢٢",
    ],
)
def test_what_is_no_day(raw):
    assert code_of(kinds.Day(), raw) == "bad-date"


@pytest.mark.parametrize(
    ("kind", "raw", "value", "cell"),
    [
        (kinds.Time(), "09:00", time(9), "09:00"),
        (kinds.Time(), "9.30", time(9, 30), "09:30"),
        (kinds.Time(), "9:00:00", time(9), "09:00"),
        (kinds.Time(), "00:00", time(), "00:00"),
        (kinds.Time(ends=True), "24:00", time(), "24:00"),
        (kinds.Time(ends=True), "0:00", time(), "24:00"),
    ],
)
def test_times(kind, raw, value, cell):
    assert read(kind, raw) == value
    assert Column("t", kind, "").format(value) == cell


@pytest.mark.parametrize("raw", ["25:00", "24:00", "9", "9:60", "9:5", "klo 9", "09:00-16:00"])
def test_what_is_no_time(raw):
    assert code_of(kinds.Time(), raw) == "bad-time"


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (kinds.Coordinate("lat"), "64,2273 N", "wrong-type"),
        (kinds.Coordinate("lat"), "nan", "wrong-type"),
        (kinds.Coordinate("lat"), "59.2", "outside-finland"),
        (kinds.Coordinate("lon"), "64.2", "outside-finland"),
        (kinds.Coordinate("lon"), "-27.7", "outside-finland"),
        (kinds.Integer(0, 365), "366", "wrong-type"),
        (kinds.Integer(0, 365), "3,5", "wrong-type"),
        (kinds.Integer(0, 365), "٣", "wrong-type"),
        (kinds.YesNo(), "joo", "wrong-type"),
        (kinds.Email(), "tuki@", "bad-email"),
        (kinds.Email(), f"{'x' * 255}@example.fi", "too-long"),
        (kinds.Id(), "Kunta", "wrong-type"),
        (kinds.Id(), "x" * 61, "too-long"),
        (kinds.Text(5), "123456", "too-long"),
        (kinds.Text(5, r"\d+"), "abc", "wrong-type"),
        (kinds.Prose(5), "123456", "too-long"),
    ],
)
def test_what_does_not_fit(kind, raw, code):
    assert code_of(kind, raw) == code


def test_codes_are_read_in_a_fixed_order_and_only_once():
    kind = CodeList(lambda: {"a": "", "b": "", "c": ""})
    assert read(kind, "c a  a") == ("a", "c")
    assert kind.format({"c", "a"}) == "a c"
    with pytest.raises(Bad) as caught:
        read(kind, "a d")
    assert (caught.value.code, caught.value.value) == ("unknown-code", "d")


def test_a_long_list_of_codes_is_not_told_whole():
    codes = {f"{number:03}": f"Kunta {number}" for number in range(300)}
    with pytest.raises(Bad) as caught:
        read(Code(lambda: codes), "999")
    assert "000" not in caught.value.message
    assert Code(lambda: codes).words() == "One of: 300 codes such as 000 (Kunta 0)."


def test_a_list_of_codes_is_asked_for_once_in_a_load():
    asked = []

    def codes():
        asked.append(1)
        return {"a": ""}

    known = KnownThings({}, "kilauta")
    assert [Code(codes).parse("a", known) for _ in range(3)] == ["a", "a", "a"]
    assert asked == [1]


def test_text_is_tidied():
    assert read(kinds.Text(), "  yksi \n kaksi\t ") == "yksi kaksi"
    assert read(kinds.Prose(), "yksi  \r\n\r\n\r\n\r\nkaksi\t!") == "yksi\n\nkaksi !"


@pytest.mark.parametrize(
    "kind",
    [
        kinds.Text(), kinds.Prose(), kinds.Day(), kinds.Time(), kinds.YesNo(), kinds.Integer(),
        kinds.Coordinate(), kinds.Phone(), kinds.WebAddress(), kinds.Email(), kinds.Id(),
    ],
)  # fmt: skip
def test_every_kind_explains_itself_in_a_sentence(kind):
    said = Column("x", kind, "About.", required=True).words()
    assert re.fullmatch(r"About\. .+\. Must be given\.", said, re.DOTALL)
