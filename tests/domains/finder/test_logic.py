"""The judgement of the finder: who may answer, in which order, and how filters are counted. No database, no clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kilauta.domains.directory.logic.status import Standing, Status
from kilauta.domains.finder.logic.need import Need, Wish
from kilauta.domains.finder.logic.ranking import POINTS, SAID, Offer
from kilauta.lib.zone import HELSINKI

from .offering import FRESH, NOW, channel, languages, offer, offers, points, ranked, rule, service, wishes

# ── Who comes first ─────────────────────────────────────────────────────────────────────────────────────

RULES = (
    rule("b-pankki", "bank", kinds="library", limits="no-bank-codes"),
    rule("a-laite", "digital-support"),
    rule("a-sahkoposti", "eservice-owner", fallback="digital-support"),
)

# Something good that becomes known of an offer, and nothing else changes.
BETTER = {
    "a number to ring": lambda o, _: replace(
        o, channel=replace(o.channel, phone=o.channel.phone or "050 555 0100")
    ),
    "another topic of the need": lambda o, _: replace(
        o, service=replace(o.service, topics=o.service.topics | {"a-laite"})
    ),
    "the e-service": lambda o, _: replace(
        o, service=replace(o.service, eservices=o.service.eservices | {"e1"})
    ),
    "the device": lambda o, _: replace(o, service=replace(o.service, devices=o.service.devices | {"phone"})),
    "the reader's language": lambda o, w: replace(
        o, service=replace(o.service, languages=(*o.service.languages, *languages(w.reader)))
    ),
    "that it costs nothing": lambda o, _: replace(o, service=replace(o.service, fee="free")),
    "that somebody has confirmed it": lambda o, _: replace(o, channel=replace(o.channel, checks=FRESH)),
    "that it is open": lambda o, _: replace(o, status=replace(o.status, standing=Standing.OPEN)),
    "that it takes new people": lambda o, _: replace(o, status=replace(o.status, full=False)),
    "that it is for this person too": lambda o, _: replace(
        o, service=replace(o.service, audiences_also=o.service.audiences_also | {"old"})
    ),
    "that it reaches this municipality": lambda o, _: replace(
        o, channel=replace(o.channel, everywhere=False, area=frozenset({"290"}))
    ),
}


@pytest.mark.parametrize("good", BETTER)
@given(one=offers, wish=wishes)
@settings(max_examples=60, deadline=None)
def test_something_good_never_lowers_an_offer(good: str, one: Offer, wish: Wish) -> None:
    better = BETTER[good](one, wish)
    before = ranked([one], wish=wish, rules=RULES)
    after = ranked([better], wish=wish, rules=RULES)
    assert len(after) >= len(before)
    assert [new.points >= old.points for old, new in zip(before, after, strict=False)] == [True] * len(before)


@given(many=st.lists(offers, max_size=12), seed=st.integers(0, 99))
@settings(max_examples=80, deadline=None)
def test_neither_name_nor_number_of_an_organisation_changes_anything(many: list[Offer], seed: int) -> None:
    names = list("opq")
    Random(seed).shuffle(names)
    other = dict(zip("opq", names, strict=True))
    renamed = [
        replace(
            each, service=replace(each.service, organisation=other[each.service.organisation], id=f"x{n}")
        )
        for n, each in enumerate(many)
    ]
    told = [(r.points, r.facts, r.offer.channel.id) for r in ranked(many, rules=RULES)]
    assert [(r.points, r.facts, r.offer.channel.id) for r in ranked(renamed, rules=RULES)] == told


@given(many=st.lists(offers, max_size=12, unique_by=lambda each: each.channel.id), seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_offers_lie_in_the_database_changes_nothing(many: list[Offer], seed: int) -> None:
    mixed = Random(seed).sample(many, len(many))
    assert ranked(mixed, rules=RULES) == ranked(many, rules=RULES)


@given(one=offers, wish=wishes)
@settings(max_examples=100, deadline=None)
def test_the_points_of_an_offer_are_the_sum_of_facts_that_are_printed_for_everybody(
    one: Offer, wish: Wish
) -> None:
    for each in ranked([one], wish=wish, rules=RULES):
        assert each.points == sum(fact.points for fact in each.facts)
        assert {fact.code for fact in each.facts} - {"distance"} <= POINTS.keys()
        assert {fact.code for fact in each.said} <= set(SAID)
        assert len({fact.code for fact in each.facts}) == len(each.facts)


@pytest.mark.parametrize("equals", [2, 3, 5])
def test_equals_take_turns_by_the_day_and_each_is_first_about_as_often(equals: int) -> None:
    many = [offer(by=channel(id=f"channel-{n}")) for n in range(equals)]
    days, firsts = 1200, Counter[str]()
    for day in range(days):
        now = NOW + timedelta(days=day)
        first = ranked(many, now=now)[0].offer.channel.id
        assert ranked(many, now=now.replace(hour=23))[0].offer.channel.id == first
        firsts[first] += 1
    share = days / equals
    assert len(firsts) == equals
    assert [key for key, times in firsts.items() if abs(times - share) > share / 5] == []


def test_a_day_is_the_day_in_finland() -> None:
    many = [offer(by=channel(id=str(n))) for n in range(20)]
    evening = datetime(2026, 11, 24, 23, 59, tzinfo=HELSINKI)
    order = [each.offer.channel.id for each in ranked(many, now=evening)]
    assert order == [each.offer.channel.id for each in ranked(many, now=evening - timedelta(hours=23))]
    assert order != [each.offer.channel.id for each in ranked(many, now=evening + timedelta(minutes=1))]


# ── Who may not answer ──────────────────────────────────────────────────────────────────────────────────


@given(many=st.lists(offers, max_size=8))
@settings(max_examples=80, deadline=None)
def test_whom_a_rule_forbids_never_answers(many: list[Offer]) -> None:
    bank = Need("b-pankki", frozenset({"b-pankki"}))
    for each in ranked(many, need=bank, rules=RULES):
        assert each.offer.service.organisation_kind != "library"
        assert "no-bank-codes" not in each.offer.service.limits
        assert "b-pankki" in each.offer.service.topics


def test_a_rule_about_one_topic_forbids_nothing_about_the_others() -> None:
    library = offer(of=service(topics=frozenset({"a-laite", "b-pankki"})))
    (both,) = ranked([library], rules=RULES)
    assert [fact.number for fact in both.facts if fact.code == "topic"] == [1]


@given(one=offers)
@settings(max_examples=60, deadline=None)
def test_a_door_without_a_helper_never_answers(one: Offer) -> None:
    assert ranked([replace(one, channel=replace(one.channel, mode="self-service"))]) == []


@given(one=offers)
@settings(max_examples=60, deadline=None)
def test_what_is_on_a_break_never_answers(one: Offer) -> None:
    assert ranked([replace(one, status=replace(one.status, standing=Standing.PAUSED))]) == []


@pytest.mark.parametrize(
    ("area", "everywhere", "answers"), [("290", False, True), ("205", False, False), ("205", True, True)]
)
def test_nobody_comes_to_a_home_outside_their_area(area: str, everywhere: bool, answers: bool) -> None:
    visit = offer(by=channel(mode="home-visit", area=frozenset({area}), everywhere=everywhere))
    assert bool(ranked([visit])) is answers


@pytest.mark.parametrize(
    ("wish", "answers"),
    [
        (Wish(), True),
        (Wish(family="phone"), True),
        (Wish(family="visit"), False),
        (Wish(language="sv"), False),
        (Wish(language="fi"), True),
        (Wish(audience="old"), True),
        (Wish(audience="young"), False),
    ],
)
def test_a_wish_leaves_out_who_cannot_fulfil_it(wish: Wish, answers: bool) -> None:
    one = offer(of=service(languages=languages("fi"), audiences_only=frozenset({"old"})))
    assert bool(ranked([one], wish=wish)) is answers


# ── Hours ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("days", [None, 0, 1, 6, 7, 30])
def test_unknown_hours_are_never_ranked_below_closed_ones_nor_said_to_be_closed(days: int | None) -> None:
    opens = None if days is None else NOW + timedelta(days=days, minutes=1)
    unknown = offer(status=Status(Standing.UNKNOWN, opens=opens))
    closed = offer(status=Status(Standing.CLOSED, opens=opens))
    assert points(unknown) >= points(closed)
    if days is None or days >= 7:
        assert points(unknown) > points(closed)
        assert "hours-unknown" in {fact.code for fact in ranked([unknown])[0].facts}


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (Status(Standing.OPEN), "open-now"),
        (Status(Standing.BY_APPOINTMENT), "by-appointment"),
        (Status(Standing.UNKNOWN), "hours-unknown"),
        (Status(Standing.CLOSED), None),
        (Status(Standing.CLOSED, opens=NOW + timedelta(hours=2)), "opens-today"),
        (Status(Standing.CLOSED, opens=NOW + timedelta(hours=14)), "opens-tomorrow"),
        (Status(Standing.CLOSED, opens=NOW + timedelta(days=6)), "opens-this-week"),
        (Status(Standing.CLOSED, opens=NOW + timedelta(days=7)), None),
        (Status(Standing.SELF_SERVICE, opens=NOW + timedelta(hours=2)), "opens-today"),
    ],
)
def test_what_is_said_of_the_hours(status: Status, code: str | None) -> None:
    said = {"open-now", "opens-today", "opens-tomorrow", "opens-this-week", "by-appointment", "hours-unknown"}
    (only,) = ranked([offer(status=status)])
    assert {fact.code for fact in only.facts} & said == ({code} if code else set())


@pytest.mark.parametrize(
    ("now", "opens", "code"),
    [
        # the night the clock goes back: 03:30 comes twice, and the morning after is still the same day
        (
            datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI),
            datetime(2026, 10, 25, 9, tzinfo=HELSINKI),
            "opens-today",
        ),
        (
            datetime(2026, 10, 25, 3, 30, fold=1, tzinfo=HELSINKI),
            datetime(2026, 10, 25, 9, tzinfo=HELSINKI),
            "opens-today",
        ),
        # the evening before the clock goes forward: 23 hours to the next evening
        (
            datetime(2027, 3, 27, 23, 0, tzinfo=HELSINKI),
            datetime(2027, 3, 28, 9, tzinfo=HELSINKI),
            "opens-tomorrow",
        ),
        (
            datetime(2026, 12, 24, 12, 0, tzinfo=HELSINKI),
            datetime(2026, 12, 28, 9, tzinfo=HELSINKI),
            "opens-this-week",
        ),
        (
            datetime(2026, 12, 31, 23, 59, tzinfo=HELSINKI),
            datetime(2027, 1, 1, 0, tzinfo=HELSINKI),
            "opens-tomorrow",
        ),
    ],
)
def test_days_are_counted_on_the_wall_also_when_the_clock_is_turned(
    now: datetime, opens: datetime, code: str
) -> None:
    (only,) = ranked([offer(status=Status(Standing.CLOSED, opens=opens))], now=now)
    assert code in {fact.code for fact in only.facts}
