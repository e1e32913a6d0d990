"""Days, times, weekdays, numbers and yes as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kilauta.kit.exchange import spoken


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1.2.2026", "2026-02-01"), ("01.02.26", "2026-02-01"), ("1. 2. 2026", "2026-02-01"), ("2026-02-01", "2026-02-01"),
        ("20260201", "2026-02-01"), ("1. helmikuuta 2026", "2026-02-01"), ("1 februari 2026", "2026-02-01"),
        ("1 May 2026", "2026-05-01"), ("ma 1.2.2026", "2026-02-01"), ("2026-02-01 00:00:00", "2026-02-01"),
        ("1.2.69", "2069-02-01"), ("1.2.70", "1970-02-01"), ("30.2.2026", "2026-02-30"),
        ("eilen", "eilen"), ("2/1/2026", "2/1/2026"), ("1.2.", "1.2."), ("1. kesäkuuta", "1. kesäkuuta"),
    ],
)  # fmt: skip
def test_days(written, told):
    assert spoken.day(written) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("9", "09:00"), ("klo 9", "09:00"), ("kl. 9.30", "09:30"), ("9:05", "09:05"), ("09:00:00", "09:00"), ("16,30", "16:30"),
        ("4:30 pm", "16:30"), ("12 am", "00:00"), ("12 pm", "12:00"), ("24", "24:00"), ("25:00", "25:00"),
        ("9-16", "9-16"), ("aamulla", "aamulla"),
    ],
)  # fmt: skip
def test_times(written, told):
    assert spoken.time_of_day(written) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("ma-pe", "12345"), ("ma – pe", "12345"), ("Ma, ke ja pe", "135"), ("mån-fre", "12345"), ("Mon–Fri, Sun", "123457"),
        ("maanantaisin", "1"), ("torsdagar", "4"), ("tuesdays", "2"), ("la-ma", "167"), ("arkisin", "12345"), ("helger", "67"),
        ("every day", "1234567"), ("12345", "12345"), ("ma ti", "12"), ("ma-pe-su", "ma-pe-su"), ("joskus", "joskus"), ("-", "-"),
    ],
)  # fmt: skip
def test_weekdays(written, told):
    assert spoken.weekdays(written) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        *((written, "040 123 4567") for written in (
            "0401234567", "040 123 4567", "040-1234567", "+358 40 123 4567", "+358401234567", "00358 40 1234567",
            "358401234567", "401234567", "+358 (0)40 123 4567", "puh. 040 123 4567", "tel:+358401234567",
        )),
        ("044 555 01320", "044 555 01320"), ("112", "112"), ("116 117", "116 117"), ("0800133888", "0800 133888"),
        ("+46 8 123 456 78", "+46 8 123 456 78"), ("050 12", "050 12"), ("5", "5"), ("kysy tiskiltä", "kysy tiskiltä"),
    ],
)  # fmt: skip
def test_numbers(written, told):
    assert spoken.phone(written) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [("Kyllä", "yes"), ("x", "yes"), ("ja", "yes"), ("Yes!", "yes"), ("1", "yes"), ("ei", "no"), ("Nej", "no"), ("0", "no"), ("ehkä", "ehkä")],
)  # fmt: skip
def test_yes_and_no(written, told):
    assert spoken.yes_no(written) == told


CODES = {"a": "a", "b": "b", "kirja kauppa": "k", "yksi, kaksi": "y"}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("a", [("a", "a")]),
        ("a b", [("a", "a"), ("b", "b")]),
        ("a, b", [("a", "a"), ("b", "b")]),
        ("kirja kauppa, a\nb", [("kirja kauppa", "k"), ("a", "a"), ("b", "b")]),
        ("yksi, kaksi; a", [("yksi, kaksi", "y"), ("a", "a")]),
        ("a, ei ole", [("a", "a"), ("ei ole", "")]),
        ("a x", [("a", "a"), ("x", "")]),
        (" ;, ", []),
    ],
)
def test_lists(written, told):
    assert spoken.listed(written, lambda part: CODES.get(part, "")) == told


@given(text=st.text(max_size=40))
def test_what_cannot_be_told_stays_as_it_is_and_what_is_told_is_told_the_same_again(text):
    for tell in (spoken.day, spoken.time_of_day, spoken.weekdays, spoken.phone, spoken.yes_no):
        assert tell(tell(text)) == tell(text)
