"""Which table a sheet is and which column a heading: guessed by names in three languages, corrected, remembered."""

from __future__ import annotations

import pytest
from django.utils import translation

from kilauta.kit.exchange import mapping
from kilauta.kit.exchange.folder import tables
from kilauta.kit.exchange.mapping import Choice
from kilauta.kit.exchange.models import Mapping
from kilauta.kit.exchange.sheets import open_book
from kilauta.kit.refusals import Refused
from kilauta.lib.words import LANGUAGES
from tests.kit.exchange_workbook import opened

pytestmark = pytest.mark.django_db

TABLES = {table.name: table for table in tables()}


def guessed(headings: list[str], sheet: str = "Taul1") -> Choice:
    return mapping.guess(opened({sheet: [headings, ["x"] * len(headings)]}), "kunta")[0]


@pytest.mark.parametrize(
    ("sheet", "headings", "table", "columns"),
    [
        ("Toimipaikat", ["TOIMIPAIKAN NIMI", "Namn på svenska", "Paikkakunta", "Käyntiosoite:", "Postinro"],
         "places", ["name_fi", "name_sv", "municipality", "address", "postal_code"]),
        ("Verksamhetsställen", ["Namn", "Namn på finska", "Kommun", "Besöksadress", "Typ"],
         "places", ["name_sv", "name_fi", "municipality", "address", "kind"]),
        ("Organisations", ["Name", "Name in Swedish", "Telephone number", "E-mail address", "Type"],
         "organisations", ["name_fi", "name_sv", "phone", "email", "kind"]),
        ("Taul1", ["Palvelu", "Aiheet", "Maksullisuus", "Toimija", "Lyhyt kuvaus", "Hinta euroina"],
         "services", ["", "topics", "fee", "organisation", "summary_fi", ""]),
        ("Aukiolot", ["Kohde", "Viikonpäivät", "Avataan klo", "Suljetaan klo"], "hours",
         ["owner", "weekdays", "opens", "closes"]),
        ("Taul1", ["Sää", "Mieliala"], "", ["", ""]),
    ],
)  # fmt: skip
def test_names_of_their_own_are_guessed(sheet, headings, table, columns):
    choice = guessed(headings, sheet)
    assert (choice.table, list(choice.columns.values())) == (table, columns)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_our_own_names_are_taken_for_what_they_are(table):
    choice = guessed(list(table.names))
    assert (choice.table, dict(choice.columns)) == (table.name, {name: name for name in table.names})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_column_has_a_name_people_know_and_is_found_by_it(table, language):
    with translation.override(language):
        headings = {column: table.heading(column) for column in table.names}
        assert [column for column, heading in headings.items() if heading == column] == []
        assert table.called != table.name or language == "en"
    sheet = opened({table.called: [list(headings.values()), ["x"] * len(headings)]}).sheets[0]
    assert mapping.columns_for(sheet, table) == dict(zip(sheet.headings, headings, strict=True))


def test_what_is_lacking_and_what_is_left_out_is_said():
    choice = guessed(["Nimi", "Osoite", "Neliöt", "Tyyppi"], "Toimipaikat")
    assert (choice.table, choice.left_out, mapping.lacking(choice)) == (
        "places",
        ["Neliöt"],
        ["municipality"],
    )
    assert mapping.lacking(Choice("x", "", {})) == []


def test_a_choice_is_remembered_for_the_source_and_corrected_by_the_next():
    book = opened({"Lista": [["Nimi", "Kunta", "Mikä", "Tie"], ["x"] * 4]})
    columns = {"Nimi": "name_fi", "Kunta": "municipality", "Mikä": "kind", "Tie": ""}
    mapping.remember("kunta", [Choice("Lista", "places", columns)])
    assert mapping.guess(book, "kunta") == [Choice("Lista", "places", columns, remembered=True)]
    assert not mapping.guess(book, "toinen")[0].remembered
    mapping.remember("kunta", [Choice("Lista", "places", columns | {"Tie": "address"})])
    assert mapping.guess(book, "kunta")[0].columns["Tie"] == "address"
    assert Mapping.objects.count() == 1


def test_a_file_of_another_name_with_the_same_headings_is_known_again():
    mapping.remember("kunta", [Choice("paikat-lokakuu", "places", {"A": "name_fi", "B": "kind"})])
    book = open_book("paikat-marraskuu.csv", b"A,B\nx,y\n")
    assert mapping.guess(book, "kunta")[0].columns == {"A": "name_fi", "B": "kind"}


def test_a_new_heading_beside_remembered_ones_is_guessed():
    mapping.remember("kunta", [Choice("Lista", "places", {"A": "name_fi", "B": ""})])
    book = opened({"Lista": [["A", "B", "Postinumero", "Nimi"], ["x"] * 4]})
    assert mapping.guess(book, "kunta")[0].columns == {
        "A": "name_fi",
        "B": "",
        "Postinumero": "postal_code",
        "Nimi": "",
    }


def test_a_sheet_that_was_left_out_is_left_out_again():
    mapping.remember("kunta", [Choice("Toimipaikat", "", {})])
    book = opened({"Toimipaikat": [["Nimi", "Kunta"], ["x", "y"]]})
    assert mapping.guess(book, "kunta") == [
        Choice("Toimipaikat", "", {"Nimi": "", "Kunta": ""}, remembered=True)
    ]
    assert mapping.apply(book, mapping.guess(book, "kunta")) == []


def test_tables_are_brought_in_in_their_own_order_whatever_the_order_of_the_sheets():
    book = opened({"B": [["Nimi", "Koti"], ["x", "y"]], "A": [["Nimi", "Laji"], ["x", "y"]]})
    choices = [Choice("B", "places", {"Nimi": "name_fi"}), Choice("A", "organisations", {"Nimi": "name_fi"})]
    found = mapping.apply(book, choices)
    assert [(each.table.name, each.sheet) for each in found] == [("organisations", "A"), ("places", "B")]
    assert found[1].rows[0].cells == {"name_fi": "x", "id": "x"}
    assert (found[1].left_out, found[1].headings) == (["Koti"], {"name_fi": "Nimi", "id": "Nimi"})


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (Choice("S", "persons", {}), "unknown-table"),
        (Choice("S", "places", {"A": "password"}), "unknown-column"),
        (Choice("S", "places", {"A": "name_fi", "B": "name_fi"}), "double-column"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(choice, code):
    with pytest.raises(Refused) as caught:
        mapping.apply(opened({"S": [["A", "B"], ["x", "y"]]}), [choice])
    assert caught.value.code == code


def test_a_sheet_that_is_not_there_is_no_matter():
    assert (
        mapping.apply(opened({"S": [["A", "B"], ["x", "y"]]}), [Choice("T", "places", {"A": "name_fi"})])
        == []
    )
