"""The importer's pages: from a municipality's own workbook to entries."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from kilauta.domains.directory.models import Organisation, Place
from kilauta.kit.exchange import uploads
from kilauta.kit.exchange.models import Arrived, Mapping, Review, Upload
from kilauta.kit.exchange.sheets import open_book
from tests.cast import NOW
from tests.kit.exchange_pages import (
    HEAD,
    OTHER,
    TALO,
    TUPA,
    at,
    bengt,
    brought,
    coordinator,
    handed,
    numbers,
    page,
    places,
    received,
)
from tests.kit.municipality_workbook import GOOD, good, with_faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]


@pytest.fixture
def client(db: None) -> Client:
    return bengt()


# ── From a workbook to entries ──────────────────────────────────────────────────────────────────────────


def test_two_hundred_rows_through_the_page(client: Client) -> None:
    book, faults = with_faults()
    upload = received(client, book)
    overview = page(client, at("upload", upload.pk))
    assert [each.get_text(strip=True) for each in overview.select("main section h2")] == list(book)
    assert "Neliöt" in overview.get_text()

    client.post(at("look", upload.pk))
    assert (Organisation.objects.count(), Arrived.objects.count(), Mapping.objects.count()) == (0, 0, 0)
    preview = page(client, at("report", upload.pk))
    wrong = preview.find("a", href=at("faults", upload.pk)).find_next("ul")
    shown = [[part.get_text(" ", strip=True) for part in row.select("p")] for row in wrong.select(".line")]
    for (sheet, number, heading, value, _code), parts in zip(faults, shown, strict=True):
        assert (sheet in parts[0], str(number) in parts[0], heading in parts[0]) == (True, True, True)
        assert (parts[1:-1], bool(parts[-1])) == ([value] if value else [], True)
    assert "Kirjasto 1" in preview.get_text()

    assert client.post(at("bring", upload.pk)).status_code == 302
    upload.refresh_from_db()
    assert (numbers(upload), bytes(upload.content)) == ((GOOD, 0, 0, 14), b"")
    assert {each.steward_id for each in Organisation.objects.all()} == {"verkko"}
    assert numbers(brought(client, book)) == (0, 0, GOOD, 14)

    Place.objects.filter(external_id="talo-1").update(address="Uusi tie 9", name_sv="Huset")
    later = good()
    later["Toimipaikat"][1][5], later["Toimipaikat"][1][6] = "Tie 1 B", 87200
    assert numbers(brought(client, later)) == (0, 1, GOOD - 1, 0)
    house = Place.objects.get(external_id="talo-1")
    assert (house.address, house.name_sv, house.postal_code) == ("Uusi tie 9", "Huset", "87200")
    assert [each.column for each in Review.objects.waiting().of("verkko")] == ["address"]


def test_headings_are_put_right_and_remembered(client: Client) -> None:
    sheets = {"Lista": [["Mikä", "Missä", "Kunta", "Lajike"], ["Talo", "Tie 1", "Kajaani", "Kirjasto"]]}
    upload = received(client, sheets)
    form = at("sheet", upload.pk, 0)
    moved = client.post(form, {"table": "places"})
    assert moved.url == form
    assert "Tie 1" in page(client, form).get_text()
    double = client.post(form, {"table": "places", "c0": "name_fi", "c1": "name_fi", "c2": "-", "c3": "-"})
    assert double.status_code == 200
    assert BeautifulSoup(double.content, "html.parser").select_one('a[href="#id_c0"], a[href="#id_c1"]')
    right = {"table": "places", "c0": "name_fi", "c1": "address", "c2": "municipality", "c3": "kind"}
    assert client.post(form, {**right, "c9": "state", "source": "muu", "who": "1"}).url == at(
        "upload", upload.pk
    )
    client.post(at("look", upload.pk))
    client.post(at("bring", upload.pk))
    house = Place.objects.get()
    assert (house.external_id, house.address, house.source) == ("talo", "Tie 1", "kunta")
    again = received(client, sheets)
    assert uploads.choices_of(again) == uploads.choices_of(Upload.objects.get(pk=upload.pk))
    assert received(coordinator("Elsa", "toinen", host=OTHER), sheets).choices[0][2]["Mikä"] == ""


def test_what_is_lacking_for_new_rows_is_said(client: Client) -> None:
    upload = received(client, {"Toimipaikat": [HEAD[:3], TALO[:3]]})
    assert "Kunta" in page(client, at("upload", upload.pk)).find("section").find_all("p")[1].get_text()


@pytest.mark.parametrize(
    ("name", "content"),
    [("kuva.png", b"\x89PNG\r\n\x1a\n\xff"), ("rikki.xlsx", b"PK\x03\x04rubbish"), ("tyhja.csv", b"yksi sana\n"), ("tyhja.csv", b"")],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(client: Client, name: str, content: bytes) -> None:
    answer = handed(client, content, name=name)
    assert answer.status_code == 200
    assert BeautifulSoup(answer.content, "html.parser").select("#id_file_error p")
    assert not Upload.objects.exists()


def test_a_file_that_is_too_large_and_a_source_without_a_name_are_refused(client: Client) -> None:
    with translation.override("fi"):
        for content, source, field in (
            (b"PK" + b"0" * 5_000_000, "kunta", "file"),
            (b"a,b\n1,2\n", "!!", "source"),
        ):
            answer = handed(client, content, source)
            assert BeautifulSoup(answer.content, "html.parser").select(f"#id_{field}_error p")
    assert not Upload.objects.exists()


def test_a_csv_file_will_do(client: Client) -> None:
    content = b"Tunnus;Nimi;Tyyppi;Kunta;Osoite\ntalo;Talo;Kirjasto;Kajaani;Tie 1\n"
    upload = received(client, content, name="Toimipaikat.csv")
    client.post(at("look", upload.pk))
    client.post(at("bring", upload.pk))
    assert Place.objects.get().address == "Tie 1"


def test_the_empty_workbook_and_the_one_of_now_come_back_as_they_are(client: Client) -> None:
    book = open_book("pohja.xlsx", client.get(at("template")).content)
    assert book.problems == []
    assert "organisations" in {sheet.name for sheet in book.sheets}
    brought(
        client, {**places(TALO, TUPA), "Toimijat": [["Tunnus", "Nimi", "Laji"], ["oma", "Oma", "Yhdistys"]]}
    )
    Organisation.objects.create(external_id="vieras", source="kunta", short_id="v", kind="bank", name_fi="Vieras",
                                steward_id="toinen", changed_at=NOW)  # fmt: skip
    now = client.get(at("standing", "kunta")).content
    rows = {
        sheet.name: [row.cells["id"] for row in sheet.rows]
        for sheet in open_book("x.xlsx", now).sheets
        if sheet.rows
    }
    assert rows == {"networks": ["verkko"], "organisations": ["oma"], "places": ["talo", "tupa"]}
    upload = received(client, now)
    client.post(at("look", upload.pk))
    upload.refresh_from_db()
    assert numbers(upload) == (0, 0, 4, 0)
    assert client.get(at("standing", "outo")).status_code == 404
