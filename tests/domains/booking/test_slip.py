"""The slip to take home: one can read it, hear it, scan it, and cancel with it."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from kilauta.domains.booking.queries.secrets import code_of, token_of
from tests.cast import LANGUAGES, Visitor
from tests.domains.booking import calendar_story as story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]


def printed(booking, lang: str = "fi") -> bytes:
    tongue = "" if lang == "fi" else f"/{lang}"
    response = Visitor().get(f"{tongue}/varaus/{token_of(booking.pk)}/lappu.pdf")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Cache-Control"] == "private, no-store"
    return response.content


def words(document: bytes) -> str:
    pages = pypdfium2.PdfDocument(document)
    return " ".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_slip_tells_when_where_what_to_take_along_and_how_to_cancel(lang):
    booking = story.booked(story.offer_of(), email="")
    text = words(printed(booking, lang))
    for told in (
        "1.12.2026" if lang != "en" else "2026",
        "Kuhmon kirjasto",
        "Pajakkakatu 2, 88900 Kuhmo",
        "Oma puhelin ja laturi",
        "050 555 0199",
        booking.number,
        code_of(booking.pk),
        "testserver",
    ):
        assert told in text.replace("\xa0", " ")
    assert "Elli" not in text


def test_the_picture_on_the_slip_opens_the_page_of_the_booking():
    booking = story.booked(story.offer_of())
    page = pypdfium2.PdfDocument(printed(booking))[0]
    (code,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert code.text == f"http://testserver/varaus/{token_of(booking.pk)}/"


@pytest.mark.parametrize("mode", ["booked-visit", "remote", "home-visit", "phone"])
def test_the_slip_is_one_tagged_page_of_a5_in_the_readers_language(mode):
    booking = story.booked(story.offer_of(mode), address="Kotikuja 3")
    with pikepdf.open(io.BytesIO(printed(booking, "sv"))) as document:
        assert len(document.pages) == 1
        assert [round(float(each) / 72 * 25.4) for each in document.pages[0].MediaBox] == [0, 0, 148, 210]
        assert str(document.Root.Lang).startswith("sv")
        assert "/StructTreeRoot" in document.Root
        with document.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
    assert "Kotikuja" not in words(printed(booking))


def test_the_slip_of_another_networks_booking_is_not_there():
    booking = story.booked(story.offer_of(of="toinen"))
    story.network()
    assert Visitor().get(f"/varaus/{token_of(booking.pk)}/lappu.pdf").status_code == 404
    assert Visitor().get(f"/varaus/{'x' * 43}/lappu.pdf").status_code == 404
