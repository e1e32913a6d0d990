"""Search finds what people mean, by the words they use for it: the queries and the measure of bench/recall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from bench.recall import measuring
from kilauta.domains.directory.queries.reading import Reading, reading
from kilauta.domains.finder.queries.searching import Results, search
from kilauta.kit.search import index
from kilauta.lib import finnish

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

MORNING, NIGHT = measuring.INSTANTS[0], measuring.INSTANTS[2]


@pytest.fixture
def without_dictionary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Finnish as it is known where no dictionary can be loaded; the index is made anew with it."""
    monkeypatch.setenv("KILAUTA_ANALYSER", "snowball")
    finnish._shared.cache_clear()
    index.rebuild()
    yield
    finnish._shared.cache_clear()


def here(lang: str = "fi") -> Reading:
    return reading(host="localhost", lang=lang, now=MORNING)


def results(text: str, place: str = "", lang: str = "fi") -> Results:
    held = here(lang)
    return search(
        held.catalogue, held.network, text=text, lang=lang, filters={}, place=place, page=1, now=held.now
    )


def services(text: str, place: str = "") -> list[str]:
    return [row.service.external_id for row in results(text, place).rows]


@pytest.mark.parametrize("name", ["tuned", "held-out"])
def test_the_queries_expect_services_that_exist_and_are_enough(name: str) -> None:
    every = measuring.queries(name)
    assert measuring.unknown_services(every) == set()
    assert len(every) == len({(each.text, each.place) for each in every}) >= 60
    assert sum(each.lang == "fi" for each in every) / len(every) >= 0.75


def test_no_query_is_both_tuned_for_and_held_out() -> None:
    tuned, held_out = ({each.text for each in measuring.queries(name)} for name in measuring.SETS)
    assert tuned & held_out == set()


def test_every_tuned_query_has_a_right_service_among_the_first_five_day_and_night() -> None:
    asked = measuring.ask(measuring.queries("tuned"), (MORNING, NIGHT))
    assert [each.query.text for each in asked if not each.hit] == []


def test_nine_of_ten_held_out_queries_have_a_right_service_among_the_first_five() -> None:
    assert measuring.recall(measuring.ask(measuring.queries("held-out"), (MORNING, NIGHT))) >= 0.9


@pytest.mark.usefixtures("without_dictionary")
def test_search_works_without_a_dictionary() -> None:
    assert finnish.backend() == "snowball"
    assert measuring.recall(measuring.ask(measuring.queries("tuned"), (MORNING,))) >= 0.9
    assert services("asdfgh") == []


def test_the_page_shows_the_rows_of_the_query_in_their_order() -> None:
    asked = measuring.queries("tuned")[::12]
    assert measuring.compare_pages(asked) == (len(asked), [])


def test_for_bank_codes_the_banks_come_first_and_no_library_before_them() -> None:
    banks = {"vaarapankki-neuvonta", "salopankki-neuvonta"}
    for text in ("pankkitunnukset", "pankkitunnukset lukossa", "verkkopankin salasana", "tunnuslukusovellus"):
        assert set(services(text)[:2]) == banks, text


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("OmaKanta", "omakanta-neuvonta"),
        ("omaverossa", "omavero-neuvonta"),
        ("Wilma", "wilma-neuvonta"),
        ("suomi.fi", "suomifi-neuvonta"),
        ("OmaKela", "kela-neuvonta"),
        ("Enter Finland", "enter-finland-neuvonta"),
    ],
)
def test_the_name_of_an_e_service_brings_its_owners_line_first(text: str, owner: str) -> None:
    assert services(text)[0] == owner


def test_words_that_say_little_still_find_help() -> None:
    for text in ("apua", "auttakaa", "mistä saan apua", "neuvontaa kiitos"):
        assert len(services(text)) >= 5, text


def test_nonsense_finds_nothing_rather_than_everything() -> None:
    for text in ("asdfgh", "xyzzy", "?", "zzskindservice", "12345"):
        found = results(text)
        assert (found.total, found.rows) == (0, ()), text


def test_nothing_asked_shows_everything() -> None:
    assert results("").total == results(" ").total > 60


def test_a_slip_in_one_word_is_mended_though_another_word_is_found() -> None:
    found = results("kirjasto tulostsu")
    assert found.understood.guessed == {"tulostsu": "tulostus"}


def test_a_right_word_that_we_do_not_have_is_not_taken_for_a_slip() -> None:
    for text in ("vaarin", "äitini", "vakuutuksen", "minulla"):
        assert results(f"{text} puhelin").understood.guessed == {}, text


def test_a_place_in_the_words_is_a_place_also_inflected_and_mistyped() -> None:
    for text in (
        "digituki kuhmo",
        "digituki kuhmossa",
        "digituki kuhmmossa",
        "kuhmo digituki",
        "Kuhmon digituki",
    ):
        assert results(text).where.code == "290", text
    assert services("digituki kuhmo")[0] == "kuhmo-kirjaston-digiapu"


def test_a_place_alone_shows_what_is_there() -> None:
    assert services("puokiovaara")[0] == "puokiovaaran-digikerho"


def test_a_query_in_another_language_than_the_page_finds_too() -> None:
    assert "kajaani-asiakaskoneet" in services("printer")[:5]
    assert "omavero-neuvonta" in services("skattekortet")[:5]
    swedish_page = [row.service.external_id for row in results("verokorttia", lang="sv").rows]
    assert "omavero-neuvonta" in swedish_page[:5]


def test_the_page_in_swedish_answers_too() -> None:
    assert Client().get("/sv/haku/", {"q": "bankkoder"}, headers={"host": "localhost"}).status_code == 200
