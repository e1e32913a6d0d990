"""Somebody's own workbook: planned without a trace, brought in once, merged with what was changed here."""

from __future__ import annotations

import sys
import uuid
from time import perf_counter
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kilauta.domains.directory.models import Organisation, Place
from kilauta.kit.exchange.bringing import carry_out, plan, standing
from kilauta.kit.exchange.folder import dump_folder, dump_workbook, tables
from kilauta.kit.exchange.mapping import apply, guess
from kilauta.kit.exchange.merging import Verdict, verdict
from kilauta.kit.exchange.models import Arrived, Review
from kilauta.kit.exchange.settling import settle
from kilauta.kit.exchange.sheets import open_book
from kilauta.kit.refusals import Refused
from kilauta.kit.store import editions
from tests.kit.exchange_story import LATER, NOW, load, reference, rows, system, write
from tests.kit.exchange_workbook import brought, incoming, planned, told
from tests.kit.municipality_workbook import GOOD, good, with_faults

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[Any]]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
    }


def counts(outcome) -> tuple[int, int, int]:
    return outcome.created, outcome.changed, outcome.unchanged


def places(
    *more: list[Any], head: tuple[str, ...] = ("Tunnus", "Nimi", "Tyyppi", "Kunta", "Osoite")
) -> dict[str, Any]:
    return {"Toimipaikat": [list(head), *more]}


TALO = ["talo", "Talo", "Kirjasto", "Kajaani", "Tie 1"]
TUPA = ["tupa", "Tupa", "Kylätalo", "Sotkamo", "Tie 2"]


def test_two_hundred_rows_with_names_of_their_own_and_fourteen_faults():
    reference()
    book, faults = with_faults()
    preview = planned(book)
    assert told(preview) == faults
    assert counts(preview) == (GOOD, 0, 0)
    assert all(each.message for each in preview.problems)
    done = brought(book)
    assert (told(done), counts(done)) == (faults, (GOOD, 0, 0))
    assert done == preview

    again = brought(book, now=LATER)
    assert (told(again), counts(again)) == (faults, (0, 0, GOOD))
    assert not any(each.changes or each.conflicts for each in again.rows)

    Organisation.objects.filter(external_id="t-1").update(summary_fi="Tehty täällä", phone="050 555 0199")
    Place.objects.filter(external_id="talo-1").update(name_sv="Huset", address="Uusi tie 9")
    later = good()
    later["Toimijat"][4][1] = "Kirjasto Yksi"
    later["Toimipaikat"][1][5] = "Tie 1 B"
    later["Toimipaikat"][1][6] = 87200
    third = brought(later, now=LATER)
    assert counts(third) == (0, 2, GOOD - 2)
    library, house = Organisation.objects.get(external_id="t-1"), Place.objects.get(external_id="talo-1")
    assert (library.name_fi, library.summary_fi, library.phone) == (
        "Kirjasto Yksi",
        "Tehty täällä",
        "050 555 0199",
    )
    assert (house.name_sv, house.address, house.postal_code) == ("Huset", "Uusi tie 9", "87200")
    assert [(each.external_id, each.column, each.here, each.theirs) for each in Review.objects.waiting()] == [
        ("talo-1", "address", "Uusi tie 9", "Tie 1 B")
    ]


def test_the_same_fault_is_told_in_the_language_of_the_reader():
    reference()
    with translation.override("en"):
        problem = str(planned(places(["x", "X", "Kirjasto", "Nowhere", ""])).problems[0])
    assert problem.startswith("Toimipaikat, row 2, column Kunta: There is no such code.")


def test_what_was_read_otherwise_than_written_is_shown():
    reference()
    row = next(iter(planned(places(TALO)).rows))
    assert [(each.heading, each.given, each.read) for each in row.readings] == [
        ("Tyyppi", "Kirjasto", "library"),
        ("Kunta", "Kajaani", "205"),
    ]
    assert row.title == "Talo"


def test_a_plan_leaves_nothing_behind_in_any_table():
    reference()
    brought(places(TALO))
    before = everything()
    outcome = planned(places([*TALO[:4], "Tie 2"], TUPA), now=LATER)
    assert counts(outcome) == (1, 1, 0)
    assert next((c.heading, c.before, c.after) for row in outcome.rows for c in row.changes) == (
        "Osoite",
        "Tie 1",
        "Tie 2",
    )
    assert everything() == before


def test_a_plan_leaves_nothing_behind_when_it_is_the_outermost_transaction(transactional_db):
    reference()
    before = everything()
    assert planned(places(TALO)).created == 1
    assert everything() == before
    assert not connection.in_atomic_block


def test_the_same_file_again_touches_no_row_and_asks_little():
    reference()
    brought(places(TALO, TUPA))
    before, edition = everything(), editions.current()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        brought(places(TALO, TUPA), now=LATER)
    assert everything() == before
    assert editions.current() == edition != uuid.UUID(int=0)
    assert not [each["sql"] for each in asked if each["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


@pytest.mark.parametrize(
    ("before", "here", "theirs", "found"),
    [
        ("a", "a", "a", Verdict.SAME),
        ("a", "b", "b", Verdict.SAME),
        (None, "a", "a", Verdict.SAME),
        ("a", "b", "a", Verdict.HERE),
        ("a", "a", "b", Verdict.THEIRS),
        (None, "a", "b", Verdict.THEIRS),
        ("a", "b", "c", Verdict.CONFLICT),
        ("", "b", "c", Verdict.CONFLICT),
    ],
)
def test_three_ways_to_see_a_field(before, here, theirs, found):
    assert verdict(before, here, theirs) is found


def test_a_column_that_the_source_begins_to_speak_of_does_not_overrule_what_was_written_here():
    reference()
    brought(places(TALO[:4], head=("Tunnus", "Nimi", "Tyyppi", "Kunta")))
    Place.objects.update(address="Täällä 1")
    outcome = brought(places(TALO))
    assert [(c.here, c.theirs) for _row, c in outcome.conflicts] == [("Täällä 1", "Tie 1")]
    assert Place.objects.get().address == "Täällä 1"


def test_columns_that_the_file_does_not_have_stay_as_they_are():
    reference()
    brought(places(TALO))
    outcome = brought({"Toimipaikat": [["Tunnus", "Nimi"], ["talo", "Uusi talo"], ["uusi", "Uusi"]]})
    assert told(outcome) == [
        ("Toimipaikat", 3, "Tyyppi", "", "missing"),
        ("Toimipaikat", 3, "Kunta", "", "missing"),
    ]
    assert Place.objects.get().name_fi == "Uusi talo"
    assert Place.objects.get().address == "Tie 1"


def test_a_row_that_is_gone_from_the_source_stays_and_is_left_to_a_person():
    reference()
    brought(places(TALO, TUPA))
    outcome = brought(places(TALO), now=LATER)
    assert [(each.key, each.title) for each in outcome.tables[0].gone] == [("tupa", "Tupa")]
    assert Place.objects.count() == 2
    review = Review.objects.waiting().get()
    assert (review.kind, review.external_id, review.title, review.at) == ("missing", "tupa", "Tupa", LATER)
    settle(review, take=False, actor=system(), now=LATER)
    brought(places(TALO), now=LATER)
    assert not Review.objects.waiting().exists()
    brought(places(TALO, TUPA), now=LATER)
    assert not Review.objects.exists()


def test_a_row_that_is_wrong_is_not_gone():
    reference()
    brought(places(TALO, TUPA))
    outcome = brought(places(TALO, ["tupa", "", "Kylätalo", "Sotkamo", ""]))
    assert (outcome.tables[0].failed, outcome.tables[0].gone) == (1, [])


def test_an_empty_sheet_says_nothing():
    reference()
    brought(places(TALO))
    assert brought(places()).tables[0].gone == []


def test_a_row_that_was_taken_away_here_does_not_come_back():
    reference()
    brought(places(TALO, TUPA))
    Place.objects.filter(external_id="tupa").delete()
    outcome = brought(places(TALO, [*TUPA[:4], "Muu tie"]))
    assert [row.removed for row in outcome.rows] == [False, True]
    assert Place.objects.count() == 1


def test_a_conflict_is_taken_or_left_by_a_person_and_ends():
    reference()
    brought(places(TALO, TUPA))
    Place.objects.update(address="Täällä")
    brought(places([*TALO[:4], "Siellä"], [*TUPA[:4], "Tuolla"]))
    first, second = Review.objects.waiting().order_by("external_id")
    settle(first, take=True, actor=system(), now=LATER)
    settle(second, take=False, actor=system(), now=LATER)
    assert not Review.objects.waiting().exists()
    assert list(Place.objects.order_by("external_id").values_list("address", flat=True)) == [
        "Siellä",
        "Täällä",
    ]
    assert counts(brought(places([*TALO[:4], "Siellä"], [*TUPA[:4], "Tuolla"]))) == (0, 0, 2)
    brought(places([*TALO[:4], "Siellä"], [*TUPA[:4], "Taas muualla"]))
    assert [each.theirs for each in Review.objects.waiting()] == ["Taas muualla"]
    brought(places([*TALO[:4], "Siellä"], [*TUPA[:4], "Täällä"]))
    assert not Review.objects.waiting().exists()


def test_a_row_that_is_gone_is_taken_from_the_public_by_a_person_and_not_asked_about_again():
    reference()
    brought(places(TALO, TUPA))
    Place.objects.update(state="published")
    brought(places(TALO))
    settle(Review.objects.waiting().get(), take=True, actor=system(), now=LATER)
    assert dict(Place.objects.values_list("external_id", "state")) == {
        "talo": "published",
        "tupa": "withdrawn",
    }
    brought(places(TALO), now=LATER)
    assert not Review.objects.waiting().exists()


def test_what_is_not_there_cannot_be_taken():
    reference()
    brought(places(TALO, TUPA))
    brought(places(TALO))
    Place.objects.filter(external_id="tupa").delete()
    with translation.override("en"), pytest.raises(Refused, match="nothing here that could be taken"):
        settle(Review.objects.get(), take=True, actor=system(), now=LATER)


def test_a_place_moved_under_an_organisation_of_another_source_still_follows_its_own():
    reference()
    load_own = {"Toimijat": [["Tunnus", "Nimi", "Laji"], ["oma", "Oma", "Yhdistys"]]}
    brought(load_own, source="muu")
    brought(places(TALO))
    Place.objects.update(host=Organisation.objects.get())
    outcome = brought(places([*TALO[:4], "Tie 7"]))
    assert told(outcome) == []
    place = Place.objects.get()
    assert (place.address, place.host.external_id) == ("Tie 7", "oma")


def test_a_name_that_two_have_says_nothing():
    reference()
    bodies = [["Tunnus", "Nimi", "Laji"], ["a", "Kirjasto", "Kirjasto"], ["b", "Kirjasto", "Kirjasto"]]
    head = ("Tunnus", "Nimi", "Tyyppi", "Kunta", "Isäntä")
    sheets = {"Toimijat": bodies} | places([*TALO[:4], "Kirjasto"], [*TUPA[:4], "b"], head=head)
    outcome = brought(sheets)
    assert told(outcome) == [("Toimipaikat", 2, "Isäntä", "Kirjasto", "unknown-parent")]
    assert Place.objects.get().host.external_id == "b"


def test_progress_is_told_to_the_end():
    reference()
    steps: list[tuple[int, int]] = []
    sheets = places(*([f"p{n}", f"P{n}", "Kirjasto", "Kajaani", ""] for n in range(120)))
    plan(incoming(sheets), source="kunta", actor=system(), now=NOW, progress=lambda *step: steps.append(step))
    assert steps == [(50, 120), (100, 120), (120, 120)]


def test_two_sheets_may_be_one_table():
    reference()
    head = ["Tunnus", "Nimi", "Tyyppi", "Kunta", "Osoite"]
    outcome = brought({"Paikat Kajaani": [head, TALO], "Paikat Sotkamo": [head, TUPA, TALO]})
    assert told(outcome) == [("Paikat Sotkamo", 3, "Tunnus", "talo", "duplicate")]
    assert (len(outcome.tables), outcome.created) == (1, 2)
    assert outcome.tables[0].gone == []


def test_our_own_workbook_is_the_folder_cell_by_cell_and_row_by_row(tmp_path):
    reference()
    load(write(tmp_path / "in", rows()))
    dump_folder(tmp_path / "csv", source="kilauta")
    book = open_book("kilauta.xlsx", dump_workbook(source="kilauta"))
    assert [sheet.name for sheet in book.sheets] == [table.name for table in tables()]
    choices = guess(book, "kilauta")
    assert [choice.table for choice in choices] == [table.name for table in tables()]
    assert not any(choice.left_out for choice in choices)
    same = carry_out(apply(book, choices), source="kilauta", actor=system(), now=LATER)
    assert (told(same), same.created, same.changed) == ([], 0, 0)


def test_our_own_workbook_into_an_empty_house_gives_the_same_folder_again(tmp_path):
    reference()
    load(write(tmp_path / "in", rows()))
    dump_folder(tmp_path / "once", source="kilauta")
    content = dump_workbook(source="kilauta")
    for label in (
        "EService",
        "OpeningRule",
        "Verification",
        "Channel",
        "Service",
        "Place",
        "OrganisationRole",
    ):
        apps.get_model("directory", label).objects.all().delete()
    Organisation.objects.filter(parent__isnull=False).delete()
    Organisation.objects.all().delete()
    Arrived.objects.all().delete()
    book = open_book("kilauta.xlsx", content)
    done = carry_out(apply(book, guess(book, "kilauta")), source="kilauta", actor=system(), now=LATER)
    assert told(done) == []
    dump_folder(tmp_path / "twice", source="kilauta")
    for table in tables():
        assert (tmp_path / "twice" / table.file).read_bytes() == (tmp_path / "once" / table.file).read_bytes()


def test_what_was_heard_is_what_an_export_says():
    reference()
    brought(good())
    for table in tables():
        here = standing(table, "kunta")
        for heard in Arrived.objects.filter(table=table.name):
            assert {name: here[heard.external_id][name] for name in heard.values} == heard.values
    assert Arrived.objects.count() == GOOD


def test_a_folder_is_remembered_too_so_that_the_next_workbook_leaves_local_edits_alone(tmp_path):
    reference()
    load(write(tmp_path, rows()))
    book = open_book("kilauta.xlsx", dump_workbook(source="kilauta"))
    Place.objects.filter(external_id="talo").update(name_fi="Muutettu täällä")
    done = carry_out(apply(book, guess(book, "kilauta")), source="kilauta", actor=system(), now=LATER)
    assert (done.changed, done.conflicts) == (0, [])
    assert Place.objects.get(external_id="talo").name_fi == "Muutettu täällä"


def queries_for(count: int, first: int) -> int:
    sheets = places(*([f"q{n}", f"Q{n}", "Kirjasto", "Kajaani", "Tie"] for n in range(first, first + count)))
    ready = incoming(sheets, source=f"s{first}")
    with CaptureQueriesContext(connection) as asked:
        assert plan(ready, source=f"s{first}", actor=system(), now=NOW).created == count
    return len(asked)


def test_a_row_costs_the_same_among_few_and_many():
    reference()
    twenty, sixty, hundred = (
        queries_for(count, first) for count, first in ((20, 0), (60, 1000), (100, 2000))
    )
    assert sixty - twenty == hundred - sixty
    assert (sixty - twenty) / 40 <= 10


@pytest.mark.prove
def test_ten_thousand_rows():
    reference()
    sheets = places(*([f"r{n}", f"R{n}", "Kirjasto", "Kajaani", "Tie"] for n in range(10_000)))
    ready = incoming(sheets)
    for name, act in (("planned", plan), ("brought in", carry_out), ("brought in again", carry_out)):
        start = perf_counter()
        outcome = act(ready, source="kunta", actor=system(), now=NOW)
        sys.stdout.write(f"10,000 rows {name}: {perf_counter() - start:.1f} s, {outcome.created} new\n")
    assert counts(outcome) == (0, 0, 10_000)
