"""Whom the finder names, on the demo, at instants that are easily got wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import NamedTuple

import pytest

from kilauta.domains.directory.logic.status import Clockwork
from kilauta.domains.directory.queries.reading import Reading, reading
from kilauta.domains.finder.logic.need import Where, Wish
from kilauta.domains.finder.logic.ranking import rank
from kilauta.domains.finder.queries.answer_page import AnswerPage, Pick, answer_page, open_now
from kilauta.domains.finder.queries.answering import need_of
from kilauta.domains.finder.queries.card_page import card_page
from kilauta.domains.finder.queries.gazetteer import ANYWHERE, points, where
from kilauta.domains.finder.queries.offers import offers_of
from kilauta.lib.zone import HELSINKI, local
from tests.cast import KAAKKO, KAINUU, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

INSTANTS = {
    "weekday": NOW,
    "Sunday night": datetime(2026, 11, 22, 3, 0, tzinfo=HELSINKI),
    "Christmas Eve": datetime(2026, 12, 24, 11, 0, tzinfo=HELSINKI),
    "an hour that comes twice": datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI),
    "its second coming": datetime(2026, 10, 25, 3, 30, fold=1, tzinfo=HELSINKI),
    "an hour that never comes": datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    "New Year's night": datetime(2026, 12, 31, 23, 59, 59, tzinfo=HELSINKI),
}
at_every_instant = pytest.mark.parametrize("now", INSTANTS.values(), ids=INSTANTS)
on_both_networks = pytest.mark.parametrize("host", [KAINUU, KAAKKO])


class Asked(NamedTuple):
    need: str
    place: str
    page: AnswerPage

    @property
    def picks(self) -> tuple[Pick, ...]:
        page = self.page
        return (page.first, *page.others) if page.first else ()

    def __str__(self) -> str:
        return f"{self.need} in {self.place}"


def here(host: str = KAINUU, now: datetime = NOW) -> Reading:
    return reading(host=host, lang="fi", now=now.astimezone(UTC))


def every_question(read: Reading) -> Iterator[Asked]:
    held = read.catalogue
    needs = [*held.groups, *held.topics]
    places = [*sorted(read.network.municipalities), ANYWHERE]
    for need, place in product(needs, places):
        page = answer_page(read, need, place, Wish())
        assert page is not None
        yield Asked(need, place, page)


@on_both_networks
@at_every_instant
def test_nobody_is_left_without_a_number(host: str, now: datetime) -> None:
    read = here(host, now)
    assert read.network.phone
    dead_ends = [
        str(asked)
        for asked in every_question(read)
        if asked.picks
        and not any(pick.way.channel.phone for pick in (*asked.picks, asked.page.open_now) if pick)
    ]
    assert dead_ends == []


@on_both_networks
@at_every_instant
def test_when_nobody_chosen_is_there_somebody_who_is_is_named_beside(host: str, now: datetime) -> None:
    """Compared with a ranking of everything that reaches the network, one offer after the other."""
    read = here(host, now)
    offers = offers_of(read.catalogue, read.network)
    clockwork = Clockwork(read.now, local(read.now).date())
    everything = [offers.offer(number, clockwork) for number in range(len(offers.channels))]
    wrong = []
    for asked in every_question(read):
        if not asked.picks or any(pick.ranked.offer.status.helps_now for pick in asked.picks):
            expected = False
        else:
            order = rank(
                everything, need=asked.page.need, where=asked.page.where, wish=Wish(),
                rules=read.catalogue.rules, now=local(read.now),
            )  # fmt: skip
            expected = any(one.offer.status.helps_now for one in order)
        if (asked.page.open_now is not None) != expected:
            wrong.append(str(asked))
    assert wrong == []


@on_both_networks
@at_every_instant
def test_what_a_rule_forbids_a_self_service_door_and_a_break_are_never_an_answer(
    host: str, now: datetime
) -> None:
    read = here(host, now)
    rules = read.catalogue.rules
    for asked in every_question(read):
        for pick in (*asked.picks, *([asked.page.open_now] if asked.page.open_now else [])):
            service, channel = pick.listed.service, pick.way.channel
            fitting = asked.page.need.topics & service.topics
            assert channel.mode != "self-service"
            assert pick.way.status.standing != "paused"
            assert any(
                topic not in rules
                or (
                    service.organisation_kind not in rules[topic].forbidden_kinds
                    and rules[topic].forbidden_limits.isdisjoint(service.limits)
                )
                for topic in fitting
            )


@on_both_networks
def test_nobody_comes_to_a_home_outside_their_area_and_nobody_from_outside_the_network_answers(
    host: str,
) -> None:
    read = here(host)
    for asked in every_question(read):
        for pick in asked.picks:
            channel = pick.way.channel
            assert read.catalogue.reaches(channel, read.network)
            if channel.family == "home" and asked.page.where.municipality:
                assert channel.serves(asked.page.where.municipality)


@on_both_networks
def test_the_choices_are_different_providers_with_different_numbers(host: str) -> None:
    for asked in every_question(here(host)):
        numbers = [pick.way.channel.phone for pick in asked.picks if pick.way.channel.phone]
        assert len(numbers) == len(set(numbers))
        assert len({pick.way.channel.id for pick in asked.picks}) == len(asked.picks)


# ── Questions with a right answer ───────────────────────────────────────────────────────────────────────


def ask(need: str, place: str = ANYWHERE, wish: Wish | None = None, now: datetime = NOW) -> Asked:
    read = here(now=now)
    page = answer_page(read, need, place, wish or Wish())
    assert page is not None
    return Asked(need, place, page)


@at_every_instant
@pytest.mark.parametrize("place", ["290", "205", "777", ANYWHERE])
def test_bank_codes_are_the_banks_own_matter_and_never_a_librarys(place: str, now: datetime) -> None:
    asked = ask("b-pankkitunnus", place, now=now)
    assert {pick.listed.organisation.kind for pick in asked.picks} == {"bank"}
    assert asked.page.rule is not None
    assert asked.page.rule.warn.fi


@pytest.mark.parametrize(
    ("eservice", "owner"),
    [
        ("OmaKela", "Kela"),
        ("OmaVero", "Verohallinto"),
        ("Omasote, hyvinvointialueen sähköinen asiointi", "Kainuun hyvinvointialue"),
        ("Poliisin sähköinen asiointi", "Poliisi"),
        ("Opintopolku", "Opetushallitus"),
        ("Enter Finland", "Maahanmuuttovirasto"),
    ],
)
@pytest.mark.parametrize("place", ["290", ANYWHERE])
def test_the_owner_of_an_e_service_is_named_first_for_it(eservice: str, owner: str, place: str) -> None:
    held = here().catalogue.eservices.values()
    (address,) = [
        each.address for each in held if each.name.fi.startswith(eservice.split(",", maxsplit=1)[0])
    ][:1]
    first = ask(address, place).page.first
    assert first is not None
    assert first.listed.organisation.name.fi == owner
    assert "rule-preferred" in {fact.code for fact in first.ranked.facts}


@pytest.mark.parametrize("need", ["puhelin", "tietokone", "a-laite"])
def test_trouble_with_a_device_in_kuhmo_is_for_digital_support_in_kuhmo(need: str) -> None:
    first = ask(need, "290").page.first
    assert first is not None
    assert first.way.channel.serves("290")
    assert first.listed.organisation.kind not in {"bank", "authority"}
    assert {"rule-preferred", "own-municipality"} <= {fact.code for fact in first.ranked.facts}


@pytest.mark.parametrize(
    ("now", "states"),
    [
        (datetime(2026, 11, 24, 11, 0, tzinfo=HELSINKI), {"open"}),
        (datetime(2026, 11, 22, 3, 0, tzinfo=HELSINKI), {"closed", "unknown", "by-appointment"}),
        (datetime(2026, 12, 25, 11, 0, tzinfo=HELSINKI), {"closed", "unknown", "by-appointment"}),
    ],
)
def test_open_is_said_only_of_who_is_there(now: datetime, states: set[str]) -> None:
    picks = ask("puhelin", "205", now=now).picks
    assert {pick.way.status.standing.value for pick in picks[:1]} <= states
    assert {line.way.status.standing.value for line in open_now(here(now=now))} <= {"open"}


def test_a_library_keeps_no_hours_on_christmas_day_and_says_so_or_says_it_does_not_know() -> None:
    read = here(now=datetime(2026, 12, 25, 12, 0, tzinfo=HELSINKI))
    libraries = [place for place in read.catalogue.places.values() if place.kind == "library"]
    assert libraries != []
    assert {read.clockwork.place(place).standing.value for place in libraries} <= {
        "closed",
        "unknown",
        "self-service",
    }


def test_a_wished_way_that_nobody_offers_is_dropped_and_that_is_said() -> None:
    asked = ask("b-pankkitunnus", "290", Wish(family="home"))
    assert (asked.page.wished, asked.page.wish.family) == (False, "home")
    assert asked.picks != ()


def test_a_wished_way_that_somebody_offers_is_kept() -> None:
    asked = ask("puhelin", "290", Wish(family="home"))
    assert asked.page.wished
    assert {pick.way.channel.family for pick in asked.picks} == {"home"}
    assert set(asked.page.families) == {"phone", "visit", "home", "remote"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("290", Where("290", "290")),
        ("290-kuhmo", Where("290", "290")),
        ("290-some-old-name", Where("290", "290")),
        (ANYWHERE, Where()),
        ("", Where()),
        ("999", None),
        ("kuhmo", None),
        ("no-such-village", None),
    ],
)
def test_a_place_in_an_address_is_a_municipality_a_village_or_nothing(
    code: str, expected: Where | None
) -> None:
    found = where(here().catalogue, code)
    assert (found and (found.code, found.municipality)) == (
        expected and (expected.code, expected.municipality)
    )


def test_every_place_a_browser_may_find_nearest_is_one_that_answers() -> None:
    read = here()
    codes = [code for code, _lat, _lon in points(read.catalogue, read.network)]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if where(read.catalogue, code) is None] == []


def test_every_code_of_a_need_leads_to_that_need_and_nothing_else_does() -> None:
    held = here().catalogue
    for code in (*held.groups, *held.topics, *(each.address for each in held.eservices.values())):
        assert need_of(held, code).code == code
    assert [need_of(held, code) for code in ("", "no-such-need", "A-LAITE", "290", "kainuu")] == [None] * 5


@at_every_instant
def test_a_card_for_the_wall_is_the_same_whatever_the_hour(now: datetime) -> None:
    day = now.astimezone(HELSINKI).replace(hour=12, minute=0)
    morning, night = day.replace(hour=4), day.replace(hour=22)
    lines = [
        [line.way.channel.id for line in card_page(here(now=instant), "290").lines]
        for instant in (morning, night)
    ]
    assert lines[0] == lines[1] != []
