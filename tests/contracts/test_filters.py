"""Filters of the search: each one offered finds something, and exactly as many as it says."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

import pytest

from kilauta.domains.directory.queries.reading import reading
from kilauta.domains.finder.queries.offers import FACETS
from kilauta.domains.finder.queries.searching import PAGE, Results, search
from tests.cast import KAINUU, NOW

from .reading import Page
from .walking import page

BEGINNINGS = ("/haku/", "/haku/?paikka=290", "/haku/?q=apua+puhelimeen+kuhmossa")


def offered(here: Page) -> dict[str, int]:
    """Return the filters a page offers, as addresses, each with the number it promises."""
    found: dict[str, int] = {}
    last = ""
    for element in here.read.elements:
        if element.tag == "a" and "details" in element.inside and "nav" in element.inside:
            last = element.attrs["href"]
            found[last] = 0
    numbers = [
        re.search(r"\((\d+)\)", said.text) for said in here.read.texts if {"details", "a"} <= set(said.inside)
    ]
    counts = [int(number[1]) for number in numbers if number]
    chosen = [way for way in found if not is_removal(here.address, way)]
    assert len(chosen) == len(counts)
    return dict(zip(chosen, counts, strict=True))


def is_removal(here: str, way: str) -> bool:
    return len(parse_qsl(way.partition("?")[2])) < len(parse_qsl(here.partition("?")[2]))


def told(here: Page) -> int:
    """Return the number of services a page says it has found."""
    return int(re.search(r"\d+", " ".join(here.text_of("h2")))[0])


def shown(here: Page) -> int:
    """Return the number of services that really stand on the page and on those after it."""
    rows, seen = 0, {here.address}
    while True:
        rows += sum(e.tag == "article" and "ol" in e.inside for e in here.read.elements)
        following = [e.attrs["href"] for e in here.every("a") if e.attrs.get("rel") == "next"]
        if not following or f"/haku/{following[0]}" in seen:
            return rows
        seen.add(f"/haku/{following[0]}")
        here = page(f"/haku/{following[0]}")


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_every_filter_offered_finds_as_many_as_it_says(beginning: str) -> None:
    here = page(beginning)
    promised = offered(here)
    assert shown(here) == told(here)
    assert len(promised) > 5
    assert {way: count for way, count in promised.items() if count < 1} == {}
    assert {way: told(page(f"/haku/{way}")) for way in promised} == promised


def test_as_many_services_are_shown_as_a_filter_says() -> None:
    promised = offered(page("/haku/"))
    some = list(promised)[::7]
    assert {way: shown(page(f"/haku/{way}")) for way in some} == {way: promised[way] for way in some}


def results(chosen: dict[str, str], number: int = 1) -> Results:
    read = reading(host=KAINUU, lang="fi", now=NOW)
    return search(
        read.catalogue, read.network, text="", lang="fi", filters=chosen, place="", page=number, now=NOW
    )


@pytest.mark.parametrize("facet", FACETS)
def test_a_second_filter_on_top_of_a_first_finds_as_many_as_it_says(facet: str) -> None:
    values = results({}).facets[facet]
    for first in {values[0], values[-1]}:
        beside = results({facet: first.value})
        promised = {
            (other, choice.value): choice.count
            for other, choices in beside.facets.items()
            if other != facet
            for choice in choices
        }
        found = {
            (other, value): results({facet: first.value, other: value}).total for other, value in promised
        }
        assert found == promised
        assert min(found.values()) >= 1


def test_another_value_of_a_chosen_filter_is_counted_as_if_it_were_chosen_instead() -> None:
    here = results({"way": "phone", "fee": "free"})
    promised = {choice.value: choice.count for choice in here.facets["way"]}
    assert promised == {value: results({"way": value, "fee": "free"}).total for value in promised}


def test_every_row_has_what_the_filters_ask_for_in_one_and_the_same_way_of_help() -> None:
    for row in results({"way": "visit", "language": "sv"}).rows:
        assert row.best.offer.channel.family == "visit"
        assert "sv" in row.service.language_codes


def test_a_value_that_no_filter_has_finds_nothing_and_a_name_that_is_no_filter_is_left_alone() -> None:
    assert results({"topic": "a-no-such-topic"}).total == 0
    whole = told(page("/haku/"))
    for name in ("topic__in", "organisation__name_fi", "order_by", "id", "state", "TOPIC"):
        assert told(page(f"/haku/?{urlencode({name: 'a-laite'})}")) == whole


def test_every_service_stands_on_exactly_one_page_of_the_results() -> None:
    first = results({})
    every = [row.service.id for number in range(1, first.pages + 1) for row in results({}, number).rows]
    assert len(every) == len(set(every)) == first.total
    assert len(first.rows) == min(PAGE, first.total)


def test_the_whole_choice_stands_in_the_address_and_can_be_taken_back_one_by_one() -> None:
    here = page("/haku/?q=apua&paikka=290&way=phone&fee=free")
    here_now = parse_qsl(here.address.partition("?")[2])
    inside = [e.attrs["href"] for e in here.every("a") if "details" in e.inside]
    taken = [set(here_now) - set(parse_qsl(way[1:])) for way in inside if is_removal(here.address, way)]
    assert sorted(taken, key=str) == [{("fee", "free")}, {("way", "phone")}]
