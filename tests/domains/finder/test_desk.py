"""The adviser's desk: the resident's search in the same order, places as callers say them, words to read aloud."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kilauta.domains.directory.logic.status import Standing, Status
from kilauta.domains.directory.queries.reading import Reading, reading
from kilauta.domains.finder.queries import desk_page, speaking
from kilauta.domains.finder.queries.desk_page import Asked, place_code
from kilauta.lib.hours import Line, State
from tests.cast import KAAKKO, KAINUU, NOW, Visitor
from tests.factories import many_services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

MOST_QUERIES = 12


def read(lang: str = "fi", host: str = KAINUU) -> Reading:
    return reading(host=host, lang=lang, now=NOW)


def page(address: str) -> str:
    response = Visitor().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def services(html: str) -> list[str]:
    """Return the services of a list in its order."""
    return re.findall(r'<h3><a [^>]*href="/(?:tiski|palvelut)/([^/"?]+)/', html)


def places(query: str) -> list[str]:
    return services(page(f"/tiski/{query}"))


# ── The same search ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words", ["kela", "puhelin kuhmo", "pankkitunnukset", "omakannta", "tulostaminen", ""]
)
def test_the_desk_finds_what_a_resident_finds_in_the_same_order(words: str) -> None:
    found = services(page(f"/haku/?q={quote(words)}"))
    assert found != []
    assert places(f"?q={quote(words)}") == found


def test_filters_and_place_find_what_they_find_for_a_resident() -> None:
    resident = services(page("/haku/?q=puhelin&way=visit&language=fi&paikka=290"))
    assert resident != []
    assert places("?q=puhelin&way=visit&language=fi&paikka=Kuhmo") == resident


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", ""),
        ("290", "290"),
        ("Kuhmo", "290"),
        ("kuhmossa", "290"),
        ("Suomusalmella", "777"),
        ("Sotkammo", "765"),
        ("Kajaana", "205"),
        ("Narnia", ""),
        ("\0", ""),
    ],
)
def test_a_place_is_understood_as_a_caller_says_it(said: str, code: str) -> None:
    assert place_code(read("sv" if said == "Kajaana" else "fi"), said) == code


def test_every_place_that_is_offered_is_understood_as_itself() -> None:
    held = read()
    offered = desk_page._places(held)
    assert len(offered) > len(held.network.municipalities)
    assert [name for name, code in offered if place_code(held, name) != code] == []


def test_villages_of_the_other_network_are_not_offered() -> None:
    assert {name for name, _ in desk_page._places(read())} & {
        name for name, _ in desk_page._places(read(host=KAAKKO))
    } == set()


def test_a_place_that_nobody_knows_is_said_to_be_unknown_and_the_whole_area_is_shown() -> None:
    held = read()
    asked = Asked("puhelin", "Narnia")
    shown = desk_page.desk_page(held, asked, desk_page.desk_search(held, asked))
    assert (shown.unknown_place, str(shown.place.pick("fi"))) == (True, "")
    assert len(shown.rows) == 20
    assert "Narnia" in page("/tiski/?q=puhelin&paikka=Narnia")


# ── A row and a choice in full ──────────────────────────────────────────────────────────────────────────


def test_a_row_says_all_that_decides_and_its_limits_in_words() -> None:
    held = read()
    asked = Asked("puhelin", "Kuhmo")
    shown = desk_page.desk_page(held, asked, desk_page.desk_search(held, asked))
    first = shown.rows[0]
    assert [row.number for row in shown.rows] == list(range(1, 21))
    assert [limit.code for limit in first.limits] == list(first.hit.listed.service.limits) != []
    html = page("/tiski/?q=puhelin&paikka=Kuhmo")
    row = html.partition('class="desk-row desk-first"')[2].partition("</article>")[0]
    said = re.sub(r"<[^>]+>|\u00ad", "", row)
    missing = [
        words
        for words in (
            first.hit.listed.organisation.name.fi,
            first.hit.listed.service.name.fi,
            first.hit.way.channel.phone.replace(" ", "\u00a0"),
            *(limit.name.fi for limit in first.limits),
        )
        if words not in said
    ]
    assert missing == []
    assert html.count("desk-first") == 1


def test_the_second_page_goes_on_counting_and_marks_nobody_as_first() -> None:
    html = page("/tiski/?sivu=2")
    assert re.search(r"\b21\. ", html)
    assert "desk-first" not in html


def test_who_asks_about_bank_codes_is_told_that_it_is_the_bank_that_helps() -> None:
    held = read()
    asked = Asked("pankkitunnukset", "Vuokatti")
    results = desk_page.desk_search(held, asked)
    rule = desk_page.desk_page(held, asked, results).rule
    assert rule is not None
    assert (rule.topic, rule.prefer) == ("b-pankkitunnus", "bank")
    short_id = results.rows[0].service.address.split("-", 1)[0]
    entry = desk_page.desk_entry(held, short_id, asked, results)
    assert entry is not None
    assert entry.rule == rule
    for address in (
        "/tiski/?q=pankkitunnukset",
        f"/tiski/{results.rows[0].service.address}/?q=pankkitunnukset",
    ):
        assert str(rule.reason.pick("fi")) in page(address).replace("\u00ad", "")


def test_a_choice_keeps_the_search_it_came_from() -> None:
    html = page("/tiski/?q=puhelin&paikka=Kuhmo&way=phone&sivu=2")
    address = re.search(r'data-row href="([^"]+)"', html)[1].replace("&amp;", "&")  # type: ignore[index]
    assert address.endswith("/?q=puhelin&paikka=Kuhmo&way=phone&sivu=2")
    back = 'href="/tiski/?q=puhelin&amp;paikka=Kuhmo&amp;way=phone&amp;sivu=2#tulokset"'
    assert back in page(address)


def test_an_old_address_of_a_choice_leads_to_the_right_one_and_a_wrong_one_nowhere() -> None:
    address = places("?q=kela")[0]
    short_id = address.split("-", 1)[0]
    moved = Visitor().get(f"/tiski/{short_id}-vanha/?q=kela")
    assert (moved.status_code, moved["Location"]) == (301, f"/tiski/{address}/?q=kela")
    assert Visitor().get("/tiski/zzzzzz-ei-ole/").status_code == 404


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_every_service_can_be_opened_and_read_aloud(lang: str) -> None:
    held = read(lang)
    prefix = "" if lang == "fi" else f"/{lang}"
    silent = []
    for service in held.catalogue.services.values():
        html = page(f"{prefix}/tiski/{service.address}/")
        aloud = html.partition("<blockquote>")[2].partition("</blockquote>")[0]
        if aloud.count("<p>") < 3:
            silent.append(service.address)
    assert silent == []


# ── Read aloud ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("050 555 0132", "050, 555, 01, 32"),
        ("+358 50 555 0132", "+358, 50, 555, 01, 32"),
        ("0295 020 700", "0295, 020, 700"),
        ("08 6155 2200", "08, 61, 55, 22, 00"),
        ("112", "112"),
        ("", ""),
    ],
)
def test_a_number_is_said_in_pieces(number: str, said: str) -> None:
    assert speaking.number_words(number).replace("\u00a0", " ") == said


TODAY = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status(Standing.OPEN, until=TODAY), "They are open now, until 18:00."),
        (Status(Standing.OPEN), "They are open now."),
        (Status(Standing.CLOSED, opens=TODAY), "They are closed now. They open today at 18:00."),
        (
            Status(Standing.CLOSED, opens=datetime(2026, 11, 25, 7, 30, tzinfo=UTC)),
            "They are closed now. They open tomorrow at 9:30.",
        ),
        (
            Status(Standing.CLOSED, opens=datetime(2026, 11, 27, 7, 0, tzinfo=UTC)),
            "They are closed now. They open on Friday at 9:00.",
        ),
        (Status(Standing.CLOSED), "They are closed now."),
        (Status(Standing.UNKNOWN), "We do not know the opening hours. Call before you go."),
        (Status(Standing.BY_APPOINTMENT), "Book a time first."),
        (Status(Standing.PAUSED), "They are on a break for now."),
        (
            Status(Standing.SELF_SERVICE, opens=TODAY),
            "You may use the place now, but no helper is there. A helper is there today at 18:00.",
        ),
        (Status(Standing.OPEN, full=True), "They are open now. Full at the moment."),
    ],
)
def test_a_state_is_said_in_whole_sentences(status: Status, said: str) -> None:
    with translation.override("en"):
        assert speaking.status_sentence(status, NOW) == said


def line(days: tuple[int, ...], opens: int = 9, closes: int = 16, **more: object) -> Line:
    plain = {"state": State.OPEN, "weeks": "all", "nth": None, "valid_from": None, "valid_to": None}
    return Line(days, time(opens), time(closes), **{**plain, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (line((1, 2, 3, 4, 5)), "Open from Monday to Friday from 9:00 to 16:00."),
        (line((2,)), "Open on Tuesdays from 9:00 to 16:00."),
        (line((2, 3)), "Open on Tuesdays and on Wednesdays from 9:00 to 16:00."),
        (line((1, 3, 5)), "Open on Mondays, on Wednesdays and on Fridays from 9:00 to 16:00."),
        (line((1, 2, 3, 4, 5, 6, 7), 0, 0), "Open day and night."),
        (line((6,), 20, 0), "Open on Saturdays from 20:00 to 24."),
        (line((1,), state=State.BY_APPOINTMENT), "By appointment on Mondays from 9:00 to 16:00."),
        (line((1,), nth=1), "Open first Mon of the month from 9:00 to 16:00."),
    ],
)
def test_hours_are_said_in_words(told: Line, said: str) -> None:
    class Week:
        def regular(self) -> list[Line]:
            return [told]

    with translation.override("en"):
        assert speaking.hours_sentences(Week(), date(2026, 11, 24)) == (said,)  # type: ignore[arg-type]


def test_hours_that_are_over_or_not_yet_here_or_without_help_are_not_read_aloud() -> None:
    class Week:
        def regular(self) -> list[Line]:
            return [
                line((1,), valid_to=date(2026, 11, 23)),
                line((2,), valid_from=date(2026, 11, 25)),
                line((3,), state=State.SELF_SERVICE),
            ]

    assert speaking.hours_sentences(Week(), date(2026, 11, 24)) == ()  # type: ignore[arg-type]


# ── The hand-out ────────────────────────────────────────────────────────────────────────────────────────


def short_ids() -> list[str]:
    return [address.split("-", 1)[0] for address in places("?q=puhelin&paikka=Kuhmo")]


def test_a_hand_out_holds_what_was_marked_once_and_in_that_order() -> None:
    one, two, three = short_ids()[:3]
    sheet = desk_page.handout(read(), [two, one, "zzzzzz", two, three])
    assert [entry.listed.service.address[:6] for entry in sheet.entries] == [two, one, three]
    assert (sheet.query, sheet.left_out) == (f"palvelu={two}-{one}-{three}", 0)


def test_a_hand_out_is_the_same_by_ticks_and_by_its_short_address() -> None:
    ids = short_ids()[:6]
    ticked = page(f"/tiski/tuloste/?{'&'.join(f'palvelu={each}' for each in ids)}")
    short = page(f"/tiski/tuloste/?palvelu={'-'.join(ids)}")
    main = re.compile(r"<main.*</main>", re.DOTALL)
    assert main.search(ticked)[0] == main.search(short)[0]  # type: ignore[index]
    assert f"http://{KAINUU}/tiski/tuloste/?palvelu={'-'.join(ids)}<" in short


def test_what_does_not_fit_on_the_sheet_is_said_to_be_left_out() -> None:
    sheet = desk_page.handout(read(), short_ids()[:8])
    assert (len(sheet.entries), sheet.left_out) == (6, 2)


def test_every_choice_on_a_hand_out_has_a_number_or_another_way_in() -> None:
    held = read()
    nowhere = []
    for service in held.catalogue.services.values():
        (entry,) = desk_page.handout(held, [service.address.split("-", 1)[0]]).entries
        ways = [way.channel for way in (*entry.ways, *([entry.call] if entry.call else []))]
        if not any(w.phone or w.place or w.url or w.booking_url or w.email for w in ways):
            nowhere.append(service.address)
    assert nowhere == []


def test_an_empty_hand_out_says_what_to_do() -> None:
    with translation.override("fi"):
        address = reverse("finder:desk-handout")
    html = page(address)
    assert "data-print" not in html
    assert 'class="handout-qr"' not in html


# ── What it costs ───────────────────────────────────────────────────────────────────────────────────────


def test_the_desk_asks_few_queries_and_no_more_for_1000_services() -> None:
    ids = short_ids()
    addresses = [
        "/tiski/",
        "/tiski/?q=neuvonta&paikka=Kuhmo",
        f"/tiski/{places('?q=kela')[0]}/?q=neuvonta",
        f"/tiski/tuloste/?palvelu={'-'.join(ids[:6])}",
        "/loytyiko/?vastaus=no&q=kela",
    ]

    def costs() -> dict[str, int]:
        found = {}
        page("/tiski/?q=apua")
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                page(address)
            found[address] = len(queries)
        return found

    many_services(0, 10)
    few = costs()
    many_services(10, 1000)
    many = costs()
    assert {address: cost for address, cost in few.items() if cost > MOST_QUERIES} == {}
    assert {address: cost for address, cost in many.items() if cost > few[address]} == {}
