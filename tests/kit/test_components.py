"""The parts every page is built from."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from kilauta.kit.components.templatetags import components
from kilauta.lib.words import Words

NBSP = "\u00a0"
SHY = "\u00ad"


def drawn(source, **context):
    return BeautifulSoup(Template(source).render(Context(context)), "html.parser")


def for_reader(language, make, *arguments):
    with translation.override(language):
        return make(*arguments)


# Words


def test_words_of_the_reader_are_written_as_they_are():
    assert for_reader("en", components.say, Words("kirjasto", "bibliotek", "library")) == "library"


def test_words_of_another_language_are_marked():
    assert for_reader("sv", components.say, Words("talo")) == '<span class="foreign" lang="fi">talo</span>'


def test_a_long_finnish_word_may_part_at_its_seams():
    said = for_reader("fi", components.say, Words("matkapuhelinliittymä"))

    assert SHY in said
    assert said.replace(SHY, "") == "matkapuhelinliittymä"


def test_the_plain_text_has_no_marks():
    assert for_reader("sv", components.plain, Words("matkapuhelinliittymä")) == "matkapuhelinliittymä"


@pytest.mark.parametrize("write", [components.say, components.prose])
def test_no_text_becomes_markup(write):
    said = for_reader("fi", write, Words("<script>alert(1)</script> & muuta"))

    assert "<script>" not in said
    assert "&amp;" in said


def test_prose_has_paragraphs_lists_and_links():
    words = Words("Ensin.\nYhä sama.\n\n- yksi\n- kaksi\n\nKatso https://kirjasto.example/a?b=1.")
    page = BeautifulSoup(for_reader("fi", components.prose, words), "html.parser")

    assert page.find("p").get_text() == "Ensin. Yhä sama."
    assert [li.get_text() for li in page.find_all("li")] == ["yksi", "kaksi"]
    assert page.find("a")["href"] == "https://kirjasto.example/a?b=1"
    assert page.find("a")["rel"] == ["noreferrer"]


def test_prose_in_another_language_is_marked_block_by_block():
    page = BeautifulSoup(for_reader("sv", components.prose, Words("Yksi.\n\n- kaksi")), "html.parser")

    assert [block["lang"] for block in page.find_all(["p", "ul"])] == ["fi", "fi"]


def test_prose_makes_no_link_of_a_script():
    assert "<a" not in for_reader("fi", components.prose, Words("javascript:alert(1) ja data:text/html,x"))


# Telephone


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("050 555 0132", "+358505550132"),
        ("08-123 456", "+3588123456"),
        ("+358 50 555 0132", "+358505550132"),
        ("0295 020 500", "+358295020500"),
        ("112", "112"),
        ("116 117", "116117"),
        ("00 46 8 123", "00468123"),
    ],
)
def test_numbers_are_dialled_as_a_telephone_dials_them(written, dialled):
    assert components.dialled(written) == dialled


def test_a_number_does_not_break_and_tells_whose_it_is():
    link = drawn('{% phone "050 555 0132" size="big" who="Kirjasto" %}').a

    assert link["href"] == "tel:+358505550132"
    assert link["class"] == ["phone", "phone-big"]
    assert link.find(class_="number").get_text() == f"050{NBSP}555{NBSP}0132"
    assert "Kirjasto" in link.find(class_="unseen").get_text()


def test_a_number_of_ordinary_size_has_one_class():
    assert drawn('{% phone "112" %}').a["class"] == ["phone"]


# Choices, crumbs, notices


def test_a_choice_is_one_link_with_its_hint():
    link = drawn("{% choice '/a/' name hint=hint %}", name=Words("Puhelin"), hint=Words("Uusi laite")).a

    assert link["href"] == "/a/"
    assert link.find(class_="choice-hint").get_text() == "Uusi laite"
    assert not link.has_attr("aria-current")


def test_a_choice_that_was_made_says_so():
    assert drawn("{% choice '/a/' 'Puhelin' current=True %}").a["aria-current"] == "true"


def test_crumbs_end_with_this_page():
    page = drawn("{% crumbs '/' 'Etusivu' '/b/' 'Aiheet' 'Pankki' %}")

    assert [(link["href"], link.get_text()) for link in page.find_all("a")] == [
        ("/", "Etusivu"),
        ("/b/", "Aiheet"),
    ]
    assert page.find("li", attrs={"aria-current": "page"}).get_text() == "Pankki"


@pytest.mark.parametrize("tone", ["quiet", "warn", "good"])
def test_a_notice_has_its_tone(tone):
    assert drawn("{% notice 'Huomaa' tone=tone %}", tone=tone).p["class"] == ["notice", f"notice-{tone}"]


# Pages


def paged(page, pages):
    request = RequestFactory().get("/haku/", {"q": "kela", "sivu": page})
    return drawn("{% pager page=page pages=pages %}", request=request, page=page, pages=pages)


def test_the_pager_keeps_the_rest_of_the_address():
    page = paged(2, 3)

    assert page.find("a", rel="prev")["href"] == "?q=kela&sivu=1"
    assert page.find("a", rel="next")["href"] == "?q=kela&sivu=3"


@pytest.mark.parametrize(("page", "rels"), [(1, ["next"]), (3, ["prev"])])
def test_the_pager_ends_at_both_ends(page, rels):
    assert [rel for link in paged(page, 3).find_all("a") for rel in link["rel"]] == rels


def test_one_page_needs_no_pager():
    assert paged(1, 1).get_text(strip=True) == ""


@pytest.mark.parametrize(
    ("value", "address"), [("visit", "?q=a+b&tapa=visit"), ("", "?q=a+b")], ids=["set", "taken away"]
)
def test_a_parameter_is_set_or_taken_away_from_the_first_page(value, address):
    request = RequestFactory().get("/haku/", {"q": "a b", "tapa": "phone", "sivu": "4"})

    assert components.with_query({"request": request}, "tapa", value) == address


# Data for search engines


def test_nothing_in_the_data_can_end_its_block():
    data = {"name": "</script><!-- & >"}
    text = components.json_ld(data)

    assert not set("<>&") & set(text)
    assert json.loads(text) == data
