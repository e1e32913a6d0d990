"""From "new event" to a published page with its leaflet, its place in the calendar feed and the newspaper's text."""

from __future__ import annotations

import time

import pypdfium2
from playwright.sync_api import BrowserContext, Page

from .rooms import enter

AINO = "aino@kainuu.example"
# what a person types in a second, who is used to it but not quick
LETTERS = 5
LINKS = (("page", "/tapahtumat/"), ("leaflet", "esite-a4"), ("texts", "/tekstit/"))


def type_into(page: Page, name: str, text: str) -> None:
    page.locator(f"main [name={name}]").press_sequentially(text, delay=1000 / LETTERS)


def test_one_form_and_everything_is_there(visit: BrowserContext, live: str) -> None:
    page = enter(visit, live, AINO)
    page.goto(f"{live}/tyopoyta/tapahtumat/")
    began = time.monotonic()
    page.locator("main a[href$='/uusi/']").click()
    page.locator("main [name=kind]").select_option("guidance")
    type_into(page, "name_fi", "Digituokio")
    type_into(page, "summary_fi", "Tule kysymään puhelimesta.")
    type_into(page, "day", "15.1.2027")
    type_into(page, "begins", "13")
    type_into(page, "ends", "15")
    page.locator("main [name=place]").select_option(label="Kajaanin pääkirjasto")
    page.locator("main button[value=publish]").click()
    page.locator("#kanavat").wait_for()
    links = {
        name: page.locator(f"main a[href*='{part}']").first.get_attribute("href") for name, part in LINKS
    }
    own = page.request
    leaflet = pypdfium2.PdfDocument(own.get(live + str(links["leaflet"])).body())
    feed = own.get(f"{live}/tapahtumat/kalenteri.ics").text()
    public = own.get(live + str(links["page"])).text()
    page.goto(live + str(links["texts"]))
    newspaper = page.locator(".copy").first.inner_text()
    took = time.monotonic() - began
    print(f"\nfrom the first press to page, leaflet, feed and newspaper: {took:.0f} s")
    assert "Digituokio" in leaflet[0].get_textpage().get_text_range()
    assert "SUMMARY;LANGUAGE=fi:Digituokio" in feed
    assert "Digituokio" in public
    assert newspaper.startswith("Digituokio: ")
    assert "15.1.2027" in newspaper
