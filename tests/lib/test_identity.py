"""Identity codes, accounts and cards are found in prose; telephone numbers, business ids, codes and hours are not."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kilauta.lib import identity
from kilauta.lib.identity import Found, Kind, find

# Invented; each is right by its check character only. The first is the example of the office that gives them.
PERSONS = ["131052-308T", "010190-901R", "010101+123N", "290204A9555"]
ACCOUNTS = [
    "FI21 1234 5600 0007 85",
    "FI2112345600000785",
    "fi21-1234-5600-0007-85",
    "SE45 5000 0000 0583 9825 7466",
    "GB29 NWBK 6016 1331 9268 19",
    "NO93 8601 1117 947",
    "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
    "EE38 2200 2210 2014 5685",
]
CARDS = [
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111111111111111",
    "5555555555554444",
    "2223 0031 2200 3222",
    "3782 822463 10005",
    "3056 930902 5904",
    "4222222222222",
    "6304 0000 0000 0000 000",
]
LEFT_IN_PEACE = [
    "Soita 050 555 0100 tai 08 6155 5000, +358 50 555 0100, 00358 50 555 0100.",
    "050-5550100, 0505550100 0505550101 0505550102 0505550103",
    "Y-tunnus 0187690-1, 2345678-0; FI01876901",
    "Kajaani 87100 87200 87300, Kouvola 45100 45200 45300 45360",
    "ma-pe 9-16 9-16 9-16 9-16 9-16 10-14 10-14, la 10-14",
    "Avoinna 09:00-16:00, 1.9.2026-31.5.2027, 2023 2024 2025 2026, 2026-11-24 09:00:00",
    "Tilaus 20261124090000, EAN 6408430000012, ISBN 978-952-00-1234-5",
    "Lomake 131052-308S, 310252-308T, 131352-308T, 2026-131052-308T, 1131052-308T",
    "FI21 1234 5600 0007 86, FI21 1234, se24 ja muut menevät sinne missä on apua ja tilaa kaikille",
    "4111 1111 1111 1112, 7111 1111 1111 1117, +4111111111111111",
    "",
]


def kinds(text: str) -> list[Kind]:
    return [each.kind for each in find(text)]


def code(born: date, number: int, mark: str) -> str:
    day = born.strftime("%d%m%y")
    return f"{day}{mark}{number:03d}{identity.CHECKS[int(f'{day}{number:03d}') % 31]}"


def marks(born: date) -> list[str]:
    return [mark for mark, century in identity.CENTURIES.items() if century == born.year // 100 * 100]


people = st.dates(date(1800, 1, 1), date(2099, 12, 31)).flatmap(
    lambda born: st.builds(code, st.just(born), st.integers(2, 999), st.sampled_from(marks(born)))
)
prose = st.text(alphabet="abcåäö ÄÖ.,;:!?()\n", max_size=30)


def luhn(digits: str) -> str:
    """Return the digits with the last one that makes them right, reckoned by hand from the left."""
    for last in "0123456789":
        whole, total = digits + last, 0
        for place in range(len(whole)):
            n = int(whole[len(whole) - 1 - place])
            total += n if place % 2 == 0 else [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][n]
        if total % 10 == 0:
            return whole
    raise AssertionError


cards = st.one_of(
    st.from_regex(r"[456][0-9]{14}", fullmatch=True),
    st.from_regex(r"3[47][0-9]{12}", fullmatch=True),
    st.from_regex(r"4[0-9]{11}", fullmatch=True),
    st.from_regex(r"62[0-9]{16}", fullmatch=True),
).map(luhn)


def account(country: str, rest: str) -> str:
    """Return an account number whose check digits are reckoned one character at a time."""
    remainder = 0
    for char in f"{rest}{country}00":
        n = int(char, 36)
        remainder = (remainder * (100 if n > 9 else 10) + n) % 97
    return f"{country}{98 - remainder:02d}{rest}"


accounts = st.sampled_from(sorted(identity.LENGTHS)).flatmap(
    lambda country: st.from_regex(rf"[0-9]{{{identity.LENGTHS[country] - 4}}}", fullmatch=True).map(
        lambda rest: account(country, rest)
    )
)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        *((number, Kind.PERSON) for number in PERSONS),
        *((number, Kind.ACCOUNT) for number in ACCOUNTS),
        *((number, Kind.CARD) for number in CARDS),
    ],
)
def test_what_opens_doors_is_found_where_it_stands(number: str, kind: Kind) -> None:
    text = f"Hän on {number}, kertoi hän."
    assert find(text) == (Found(kind, 7, 7 + len(number)),)
    assert find(number) == (Found(kind, 0, len(number)),)


@pytest.mark.parametrize("text", LEFT_IN_PEACE)
def test_what_opens_no_door_is_left_in_peace(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    "written",
    [
        "131052–308T",
        "131052\u2011308T",
        "131052 - 308T",
        "131052-308t",
        "131052 308T",
        "131052308T",
        "hetu:131052-308T.",
        "(131052-308T)",
        "hetu131052-308T",
        "１３１０５２－３０８Ｔ",  # as typed on a keyboard of wide letters
        "131052\u00a0-\u00a0308T",
    ],
)
def test_a_code_is_found_however_it_is_typed(written: str) -> None:
    assert kinds(written) == [Kind.PERSON]


def test_several_numbers_are_told_in_their_order_and_none_twice() -> None:
    text = "4111 1111 1111 1111 ja 131052-308T ja FI42 5000 1510 0000 23\n5555 5555 5555 4444"
    assert kinds(text) == [Kind.CARD, Kind.PERSON, Kind.ACCOUNT, Kind.CARD]


def test_a_day_that_never_was_makes_no_code() -> None:
    for mark, found in (("-", []), ("A", [Kind.PERSON])):  # 1900 had no 29 February, 2000 had
        assert kinds(f"290200{mark}101{identity.CHECKS[290200101 % 31]}") == found


def test_what_is_told_holds_no_copy_of_the_number() -> None:
    (told,) = find("Tunnus on 131052-308T.")
    assert "131052" not in repr(told)


@given(before=prose, number=people, after=prose)
def test_every_right_code_is_found_in_any_prose(before: str, number: str, after: str) -> None:
    text = f"{before} {number} {after}"
    assert find(text) == (Found(Kind.PERSON, len(before) + 1, len(before) + 1 + len(number)),)


@given(number=people, wrong=st.sampled_from(identity.CHECKS))
def test_a_code_with_another_check_character_is_none(number: str, wrong: str) -> None:
    assert (find(number[:-1] + wrong) != ()) == (wrong == number[-1])


@given(number=cards, gap=st.sampled_from(["", " ", "-"]))
def test_every_right_card_is_found_alone_or_in_fours(number: str, gap: str) -> None:
    written = gap.join(number[n : n + 4] for n in range(0, len(number), 4))
    assert find(written) == (Found(Kind.CARD, 0, len(written)),)


@given(number=cards, place=st.integers(0, 30), step=st.integers(1, 9))
def test_a_card_with_one_digit_changed_is_none(number: str, place: int, step: int) -> None:
    place %= len(number)
    changed = f"{number[:place]}{(int(number[place]) + step) % 10}{number[place + 1 :]}"
    assert find(changed) == ()


@given(number=accounts, gap=st.sampled_from(["", " ", "-"]))
def test_every_right_account_is_found_alone_or_in_fours(number: str, gap: str) -> None:
    written = gap.join(number[n : n + 4] for n in range(0, len(number), 4))
    assert Found(Kind.ACCOUNT, 0, len(written)) in find(written)


@given(text=st.text(alphabet="0123456789 -+ABFINX.,:/\u2013\u00a0ß\n", max_size=60))
def test_any_line_is_read_and_places_lie_inside_it_apart(text: str) -> None:
    told = find(text)
    ends = [0, *(place for each in told for place in (each.start, each.end)), len(text)]
    assert ends == sorted(ends)


def test_of_a_thousand_codes_all_are_found_and_of_a_thousand_telephone_numbers_none() -> None:
    chance = random.Random(20261124)
    born = [date(1920, 1, 1) + timedelta(days=chance.randrange(38_000)) for _ in range(1000)]
    codes = [code(each, chance.randrange(2, 1000), chance.choice(marks(each))) for each in born]
    shapes = [
        "{0} {1} {2}",
        "{0}-{1}{2}",
        "{0} {1}{2}",
        "{0}{1}{2}",
        "+358 {3} {1} {2}",
        "+358{3}{1}{2}",
        "{0}-{1} {2}",
    ]
    phones = [
        shape.format(area, f"{chance.randrange(100, 1000)}", f"{chance.randrange(10_000):04d}", area[1:])
        for shape in shapes
        for area in ("040", "050", "044", "08", "029", "0400")
        for _ in range(30)
    ]
    bookings = [f"{chance.choice('KVAB')}{chance.randrange(10**6, 10**9)}" for _ in range(300)]
    assert [each for each in codes if kinds(f"Olen {each}.") != [Kind.PERSON]] == []
    assert len(phones) + len(bookings) > 1000
    assert [each for each in phones + bookings if find(f"Numero on {each}.")] == []
    assert find(" ".join(phones)) == ()
    assert [
        each for each in re.split(r"(?<=\d{5})", "".join(f"{n:05d} " for n in range(100, 1000))) if find(each)
    ] == []
