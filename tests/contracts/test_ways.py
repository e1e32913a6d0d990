"""Every way on a page leads somewhere: links, forms, style sheets, scripts, and what our scripts ask for."""

from __future__ import annotations

import pytest

from tests.cast import KAAKKO, KAINUU, LINES, Visitor

from .walking import Walk, in_language, page, route_of, routes, samples, walk

# A style sheet is no page; a receipt belongs to whoever got it.
ELSEWHERE = {"look", "communications:received"}
FILES = ("/static/", "/look/")
NETWORKS = pytest.mark.parametrize(("host", "limit"), [(KAINUU, 120), (KAAKKO, 6)], ids=["kainuu", "kaakko"])


@NETWORKS
def test_every_way_from_the_front_page_on_answers(host: str, limit: int) -> None:
    walked = walk(host, limit)
    assert {address: each.status for address, each in walked.pages.items() if each.status != 200} == {}


@NETWORKS
def test_every_way_that_is_not_walked_is_at_least_an_address_of_ours(host: str, limit: int) -> None:
    nowhere = [each for each in walk(host, limit).seen if not route_of(each) and not each.startswith(FILES)]
    assert nowhere == []


def test_every_page_can_be_reached_from_the_front_page() -> None:
    reached = walk().by_route()
    assert [route.name for route in routes() if not reached[route.name] and route.name not in ELSEWHERE] == []


def test_every_form_leads_to_a_page_of_ours_and_asks_by_get_but_for_the_visitors_own_answer() -> None:
    forms = {
        (form.attrs.get("method", "get"), route_of(form.attrs.get("action", each.address)))
        for each in walk().pages.values()
        if each.is_html
        for form in each.every("form")
    }
    assert sorted(forms) == [
        ("get", "finder:choose-need"),
        ("get", "finder:desk"),
        ("get", "finder:desk-handout"),
        ("get", "finder:home"),
        ("get", "finder:search"),
        ("post", "booking:book"),
        ("post", "booking:find"),
        ("post", "booking:wait"),
        ("post", "communications:feedback"),
        ("post", "directory:claim"),
        ("post", "directory:error"),
        ("post", "directory:offer"),
        ("post", "events:find"),
        ("post", "events:sign-up"),
        ("post", "events:sign-up-time"),
        ("post", "finder:found"),
        ("post", "guidance:ask"),
        ("post", "guidance:ask-for-caller"),
        ("post", "guidance:feedback"),
        ("post", "guidance:feedback-of"),
        ("post", "guidance:start"),
    ]


def test_nothing_is_fetched_from_another_host() -> None:
    fetched = {
        (element.tag, element.attrs.get("src") or element.attrs.get("href"))
        for each in walk().pages.values()
        if each.is_html
        for element in each.read.elements
        if element.tag
        in {"script", "img", "iframe", "source", "video", "audio", "embed", "object", "use", "image"}
        or (
            element.tag == "link"
            and element.attrs.get("rel") in {"stylesheet", "icon", "preload", "manifest"}
        )
    }
    assert {each for each in fetched if each[1] and not each[1].startswith("/")} == set()


def test_the_second_network_has_its_own_number_and_colour_on_every_page() -> None:
    html = [each for each in walk(KAAKKO, 6).pages.values() if each.is_html]
    assert [each.address for each in html if LINES[KAAKKO] not in each.rings] == []
    looks = {
        e.attrs["href"] for each in html for e in each.every("link") if "/look/" in e.attrs.get("href", "")
    }
    assert looks == {"/look/kaakko.css"}


def test_each_language_leads_to_the_same_page_in_the_others() -> None:
    for route in (route for route in routes() if route.in_languages):
        for here in (each for each in samples(route, "fi") if each.is_html):
            twins = {
                link.attrs["hreflang"]: link.attrs["href"]
                for link in here.every("link")
                if "hreflang" in link.attrs
            }
            plain = here.address.partition("?")[0]
            assert twins == {
                code: f"http://{KAINUU}{in_language(plain, code)}" for code in ("fi", "sv", "en")
            }


def test_what_a_page_shows_stands_in_its_address_alone() -> None:
    """Neither a cookie, nor the browser's language, nor where somebody comes from changes a page."""
    for address in ("/", "/haku/?q=pankki", "/selko/", "/sv/", "/kilauta/puhelin/missa-vain/"):
        visitor = Visitor(
            headers={"accept-language": "sv", "referer": "http://elsewhere.example/", "user-agent": "Lynx"}
        )
        visitor.cookies.load({"django_language": "en", "sessionid": "x", "csrftoken": "y"})
        assert visitor.get(address).content == page(address).content


def test_the_same_address_gives_the_same_page_again() -> None:
    for address in ("/", "/haku/?q=pankki", "/kartta/", "/kortti/290-kuhmo/"):
        assert Visitor().get(address).content == page(address).content


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_every_way_on_the_whole_site_answers() -> None:
    whole = Walk(KAINUU, 1_000_000, {}).go()
    assert {address: each.status for address, each in whole.pages.items() if each.status != 200} == {}
