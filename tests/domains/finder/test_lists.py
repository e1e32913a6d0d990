"""A search taken along: the same services as on the page, as a table and as a leaflet, under a stated licence."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from kilauta.domains.directory.models import Service
from kilauta.kit.store import editions
from tests.cast import KAAKKO, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

SEARCHES = ("", "?way=phone&fee=free", "?q=verkkopankki&paikka=290", "?paikka=205&way=visit")


def _rows(address: str, visitor: Visitor) -> list[list[str]]:
    return list(csv.reader(io.StringIO(visitor.get(address).content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("query", SEARCHES)
def test_the_table_has_every_service_that_the_search_counts_with_the_ways_that_were_found(query: str) -> None:
    visitor = Visitor()
    counted = visitor.get(f"/haku/{query}").context["page"].results
    rows = _rows(f"/haku/lista.csv{query}", visitor)[1:-1]
    assert len({row[-1] for row in rows}) == counted.total > 0
    assert len(rows) == counted.mask.bit_count()


def test_the_workbook_says_the_same_as_the_text() -> None:
    visitor = Visitor()
    query = "?q=verkkopankki&paikka=290"
    sheet = load_workbook(io.BytesIO(visitor.get(f"/haku/lista.xlsx{query}").content)).worksheets[0]
    cells = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    rows = _rows(f"/haku/lista.csv{query}", visitor)
    assert cells[: len(rows) - 1] == rows[:-1]
    assert cells[-1][0] == rows[-1][0] == "Kainuun digituki: tiedot 2026-11-24, lisenssi CC BY 4.0"


def test_every_address_in_the_table_answers() -> None:
    visitor = Visitor()
    addresses = {row[-1] for row in _rows("/haku/lista.csv?q=verkkopankki&paikka=290", visitor)[1:-1]}
    assert {visitor.get(address).status_code for address in addresses} == {200}


def test_a_formula_is_written_as_text_and_a_telephone_number_stays_one() -> None:
    here = {"channels__area__networks": "kainuu", "channels__phone__gt": "", "state": "published"}
    service = Service.objects.filter(**here).order_by("pk")[0]
    service.name_fi = '=HYPERLINK("http://paha.example")'
    service.save()
    service.channels.update(phone="+358 50 555 0132")
    editions.renew()
    rows = [row for row in _rows("/haku/lista.csv", Visitor()) if "paha.example" in row[1]]
    assert {(row[1], row[3]) for row in rows} == {('\'=HYPERLINK("http://paha.example")', "+358 50 555 0132")}


def test_the_other_networks_list_is_another() -> None:
    def providers(host: str) -> set[str]:
        return {row[-1] for row in _rows("/haku/lista.csv", Visitor(host))[1:-1]}

    here, there = providers("testserver"), providers(KAAKKO)
    assert here != there


def test_a_leaflet_says_what_it_is_of_and_leads_back_to_the_living_list() -> None:
    answer = Visitor().get("/haku/lehtinen/?paikka=290&way=phone")
    text = answer.content.decode()
    assert "Kuhmo" in text
    assert "CC BY 4.0" in text
    assert answer.context["url"] == "http://testserver/haku/?paikka=290&way=phone"
    assert len(answer.context["page"].entries) > 3


def test_an_empty_search_gives_an_empty_table_and_a_leaflet_that_says_so() -> None:
    visitor, query = Visitor(), "?q=qqqxyzzy&paikka=290&way=home&fee=paid&language=se"
    assert len(_rows(f"/haku/lista.csv{query}", visitor)) == 2
    assert "Lehtiseen ei löytynyt mitään." in visitor.get(f"/haku/lehtinen/{query}").content.decode()
