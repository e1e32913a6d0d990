"""Answers in counts: bases printed, reasons apart, small cells hidden, and what is told with what is hidden."""

from __future__ import annotations

import random
from datetime import date

import pytest

from kilauta.kit.accounts.models import Person
from kilauta.kit.questions import versions
from kilauta.kit.questions.asked import asked
from kilauta.kit.questions.given import Given, chosen
from kilauta.kit.questions.keeping import keep
from kilauta.kit.questions.models import Response
from kilauta.kit.questions.summary import crossed_with, tallies
from kilauta.kit.questions.versions import Outline, Wanted
from kilauta.lib.disclosure import LEAST, crossed
from kilauta.lib.words import Words
from tests.cast import NOW

TODAY = date(2026, 11, 24)
ABC = {code: Words(code) for code in "abc"}
GOT = Wanted("got", "single", Words("Saitko?"), options=ABC, offers=("dont-know",))
HOW = Wanted("how", "multiple", Words("Miten?"), options=ABC)
WHO = Wanted("who", "single", Words("Kuka?"), options={"x": Words("x"), "y": Words("y")})


def held(*questions):
    wanted = Outline("visit", Words("Käynti"), Words(""), questions)
    return asked(versions.hold(wanted, actor=Person.objects.system(), now=NOW)[0], {})


def say(made, number=1, **answers):
    for _each in range(number):
        given = {code: chosen(each if isinstance(each, list) else [each]) for code, each in answers.items()}
        keep(made, given, way="link", lang="fi", on=TODAY, texts_end_on=TODAY)


def told(tally):
    return {cell.code: cell.number for cell in tally.cells}


@pytest.mark.django_db
def test_every_number_has_its_base_and_the_reasons_stand_apart():
    made = held(GOT, HOW)
    say(made, 6, got="a", how=["a", "b"])
    say(made, 7, got="b", how=["b"])
    say(made, 5, got="dont-know", how=["a"])
    say(made, 8, how=["a"])
    got, how = tallies(made, Response.objects.all())
    assert (got.base, got.given, told(got)) == (26, 13, {"a": 6, "b": 7, "c": None})
    assert got.missing == (("dont-know", 5), ("unanswered", 8))
    assert [cell.share for cell in got.cells] == [46, 54, None]
    assert (how.base, how.given, told(how)) == (26, 26, {"a": 19, "b": 13, "c": None})
    assert how.cell("z") is None


@pytest.mark.django_db
def test_a_small_number_and_the_one_it_could_be_reckoned_from_are_hidden():
    made = held(GOT)
    say(made, 9, got="a")
    say(made, 6, got="b")
    say(made, 2, got="c")
    (got,) = tallies(made, Response.objects.all())
    assert told(got) == {"a": 9, "b": None, "c": None}


@pytest.mark.django_db
def test_answers_to_another_wording_are_not_added_and_that_is_told():
    say(held(GOT), 6, got="a")
    changed = Wanted("got", "single", Words("Saitko varmasti?"), options=ABC, offers=("dont-know",))
    made = held(changed, HOW)
    say(made, 5, got="b", how=["a"])
    got, how = tallies(made, Response.objects.all())
    assert (got.base, told(got)["b"], got.apart) == (5, 5, True)
    assert (how.base, how.apart) == (5, False)
    say(held(changed), 5, got="b")
    (got,) = tallies(held(changed), Response.objects.all())
    assert told(got)["b"] == 10


@pytest.mark.django_db
def test_answers_are_parted_by_a_property_and_by_another_answer():
    made = held(GOT, WHO)
    say(made, 6, got="a", who="x")
    say(made, 7, got="b", who="x")
    say(made, 8, got="a", who="y")
    say(made, 9, got="b", who="y")
    say(made, 3, who="y")
    rows = {
        row.key: (row.given, row.numbers)
        for row in crossed_with(made, "got", Response.objects.all(), "answers:who")
    }
    assert rows == {"x": (13, (6, 7, None)), "y": (17, (8, 9, None))}
    say(made, 6, got="a")
    say(made, 3, got="b")
    found = crossed_with(made, "got", Response.objects.all(), "answers:who")
    assert {row.key: (row.given, row.numbers) for row in found} == {
        "x": (13, (None, None, None)),
        "y": (17, (8, 9, None)),
        "": (9, (None, None, None)),
    }
    (row,) = crossed_with(made, "got", Response.objects.all(), "way")
    assert (row.key, row.given, row.numbers) == ("link", 39, (20, 19, None))


@pytest.mark.parametrize("seed", range(40))
def test_no_line_of_a_crossed_table_gives_a_small_number_away(seed):
    dice = random.Random(seed)
    table = {
        row: {column: dice.choice((0, 1, 2, 4, 5, 6, 7, 12, 30)) for column in "abc"}
        for row in ("x", "y", "z", "v")[: dice.randint(1, 4)]
    }
    shown = crossed(table)
    lines = [[(row, column) for column in "abc"] for row in table]
    lines += [[(row, column) for row in table] for column in "abc"]
    for line in lines:
        hidden = [table[row][column] for row, column in line if column not in shown[row]]
        left = [1 for row, column in line if column in shown[row]]
        assert sum(hidden) == 0 or sum(hidden) >= LEAST or not left
        assert len(hidden) != 1 or hidden == [0] or not left
    assert all(number >= LEAST for cells in shown.values() for number in cells.values())


def test_the_control_without_the_second_look_a_total_gives_a_number_away():
    """Only what is small is hidden: the row says 3 + 20, and the total 23 tells the three."""
    table = {"x": {"a": 3, "b": 20}, "y": {"a": 11, "b": 15}}
    naive = {row: {key: n for key, n in cells.items() if n >= LEAST} for row, cells in table.items()}
    assert 23 - sum(naive["x"].values()) == 3
    assert crossed(table) == {"x": {}, "y": {}}


@pytest.mark.django_db
def test_a_reason_is_no_choice():
    assert chosen(["a", "dont-know"]) == Given("dont-know")
