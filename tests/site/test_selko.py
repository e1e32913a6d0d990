"""The pages in easy Finnish: only Finnish, short sentences, and the same answer as on the ordinary pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import kilauta

TEMPLATES = Path(kilauta.__file__).parent / "domains/finder/templates/finder/selko"
PAGES = (
    "/selko/",
    "/selko/kilauta/puhelin/",
    "/selko/kilauta/puhelin/290-kuhmo/",
    "/selko/kilauta/puhelin/missa-vain/",
    "/selko/kortti/290-kuhmo/",
)
LONGEST = 12

pytestmark = pytest.mark.usefixtures("kuhmo")


def soup(client, address, **more):
    answer = client.get(address, **more)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("wished", ["sv", "en", "fi"])
def test_the_pages_are_finnish_whatever_the_browser_wishes(client, address, wished):
    page = soup(client, address, headers={"accept-language": wished})

    assert page.html["lang"] == "fi"
    assert "selko" in page.body["class"]
    assert len(page.find_all("h1")) == 1
    assert not page.select('link[rel="alternate"]')


def test_three_choices_lead_from_the_first_page_to_a_number(client):
    groups = soup(client, "/selko/").select("main .choice")
    places = soup(client, groups[0]["href"]).select("main .choice")
    answer = soup(client, places[0]["href"]).main

    assert answer.find("h1").get_text() == "Soita tänne"
    assert answer.find("a", class_="phone-big")["href"] == "tel:+358505550132"


def test_the_answer_is_that_of_the_ordinary_page(client):
    easy, plain = (
        soup(client, f"{start}/kilauta/puhelin/290-kuhmo/").select_one("main a.phone-big")["href"]
        for start in ("/selko", "")
    )

    assert easy == plain


def test_the_answer_leads_to_a_card_of_its_place_and_to_none_of_nowhere(client):
    assert soup(client, "/selko/kilauta/puhelin/290-kuhmo/").find("a", href="/selko/kortti/290-kuhmo/")
    assert not soup(client, "/selko/kilauta/puhelin/missa-vain/").select('main a[href^="/selko/kortti/"]')


def test_the_card_has_the_number_and_can_be_printed(client):
    page = soup(client, "/selko/kortti/290-kuhmo/").main

    assert page.find("a", href="tel:+358505550132")
    assert page.find("a", href="/kortti/290-kuhmo/a4.pdf")


def test_the_languages_lead_to_the_twin_pages(client):
    page = soup(client, "/selko/kilauta/puhelin/290-kuhmo/")

    assert [link["href"] for link in page.select(".tongues a")] == [
        f"http://testserver{prefix}/kilauta/puhelin/290-kuhmo/" for prefix in ("", "/sv", "/en")
    ]


@pytest.mark.parametrize(
    "address", ["/selko/kilauta/ei-ole/", "/selko/kilauta/puhelin/ei-ole/", "/selko/kortti/ei-ole/"]
)
def test_what_is_not_there_is_said_so(client, address):
    assert client.get(address).status_code == 404


def sentences(path):
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(), flags=re.DOTALL)
    text = BeautifulSoup(source, "html.parser").get_text("\n")
    return [part.split() for part in re.split(r"[.?!:]\s|\n", text) if part.strip()]


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_sentence_is_long(path):
    assert [" ".join(words) for words in sentences(path) if len(words) > LONGEST] == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_the_texts_stand_in_the_templates_themselves(path):
    assert not re.search(r"\{%\s*(block)?trans", path.read_text())
