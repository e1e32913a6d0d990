"""Offers made by hand, for the judgement of the finder: plain ones, and any that could be."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from kilauta.domains.directory.logic.facts import ChannelFacts, LanguageFacts, RuleFacts, ServiceFacts
from kilauta.domains.directory.logic.status import Standing, Status
from kilauta.domains.directory.logic.trust import Check
from kilauta.domains.finder.logic.need import Need, Where, Wish
from kilauta.domains.finder.logic.ranking import Offer, Ranked, rank
from kilauta.lib.geo import Point
from kilauta.lib.hours import Schedule
from kilauta.lib.words import Words
from kilauta.lib.zone import HELSINKI

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=HELSINKI)
TODAY = NOW.date()
KUHMO, KAJAANI = Point(64.127, 29.520), Point(64.224, 27.728)
NOTHING = Words("")
TOPICS = ("a-laite", "a-sahkoposti", "b-pankki")
NEED = Need("muu", frozenset(TOPICS), eservice="e1", device="phone")
HERE = Where("290", "290", KUHMO)
FRESH = (Check("hours", TODAY - timedelta(days=9), TODAY + timedelta(days=90), "phone", "coordinator"),)
OVERDUE = (Check("hours", TODAY - timedelta(days=400), TODAY - timedelta(days=30), "phone", "coordinator"),)


def channel(**given: Any) -> ChannelFacts:
    plain = dict.fromkeys(("place", "phone_charge", "email", "url", "booking_url"), "")
    usual = {
        "id": "c", "external_id": "c", "service": "s", "mode": "phone", "point": None, "phone": "050 555 0101",
        "everywhere": False, "area": frozenset({"290"}), "lead_days": None, "given_by": "staff", "full": False,
        "full_until": None, "note": NOTHING, "closed_from": None, "closed_until": None, "closed_note": NOTHING,
        "schedule": Schedule(()), "schedule_key": 0,
    }  # fmt: skip
    return ChannelFacts(**plain | usual | given)


def service(**given: Any) -> ServiceFacts:
    words = dict.fromkeys(("name", "summary", "description", "fee_note", "bring"), NOTHING)
    none = dict.fromkeys(
        ("eservices", "devices", "audiences_only", "audiences_also", "owned_eservices", "owned_topics"),
        frozenset(),
    )
    usual = {
        "id": "s", "external_id": "s", "address": "s-s", "organisation": "o", "organisation_kind": "library",
        "root_kind": "library", "topics": frozenset({"a-laite"}), "limits": (), "depth": "guided", "fee": "free",
        "languages": (), "roles": (), "changed_on": TODAY,
    }  # fmt: skip
    return ServiceFacts(**words | none | usual | given)


def offer(
    *, of: ServiceFacts | None = None, by: ChannelFacts | None = None, status: Status | None = None
) -> Offer:
    return Offer(of or service(), by or channel(), status or Status(Standing.CLOSED))


def rule(topic: str, prefer: str, *, fallback: str = "", kinds: str = "", limits: str = "") -> RuleFacts:
    forbidden = frozenset(kinds.split()), frozenset(limits.split())
    return RuleFacts(topic, prefer, fallback, *forbidden, NOTHING, NOTHING, NOTHING, NOTHING)


def ranked(
    offers: list[Offer],
    *,
    need: Need = NEED,
    where: Where = HERE,
    wish: Wish | None = None,
    rules: tuple[RuleFacts, ...] = (),
    now: datetime = NOW,
) -> list[Ranked]:
    by_topic = {each.topic: each for each in rules}
    return rank(offers, need=need, where=where, wish=wish or Wish(), rules=by_topic, now=now)


def points(one: Offer, **asked: Any) -> int:
    (only,) = ranked([one], **asked)
    return only.points


def languages(*codes: str) -> tuple[LanguageFacts, ...]:
    return tuple(LanguageFacts(code, NOTHING) for code in codes)


sets = st.frozensets
standings = st.sampled_from([s for s in Standing if s is not Standing.PAUSED])
later = st.integers(0, 20).map(lambda days: NOW + timedelta(days=days, hours=1))
statuses = st.builds(Status, standings, opens=st.none() | later, full=st.booleans())
services = st.builds(
    service,
    organisation=st.sampled_from("opq"),
    organisation_kind=st.sampled_from(["library", "bank", "authority", "association"]),
    root_kind=st.sampled_from(["library", "wellbeing-county"]),
    topics=sets(st.sampled_from(TOPICS), min_size=1),
    eservices=sets(st.sampled_from(["e1", "e2"])),
    devices=sets(st.sampled_from(["phone", "computer"])),
    audiences_only=sets(st.sampled_from(["young", "old"])),
    audiences_also=sets(st.sampled_from(["young", "old"])),
    limits=sets(st.sampled_from(["no-bank-codes", "members-only"])).map(lambda codes: tuple(sorted(codes))),
    fee=st.sampled_from(["free", "paid", "partly-free"]),
    languages=st.sampled_from([(), languages("fi"), languages("sv"), languages("sv", "fi")]),
    owned_topics=sets(st.sampled_from(TOPICS)),
    owned_eservices=sets(st.sampled_from(["e1", "e2"])),
    checks=st.sampled_from([(), FRESH, OVERDUE]),
)
channels = st.builds(
    channel,
    id=st.uuids().map(str),
    mode=st.sampled_from(["phone", "walk-in", "home-visit", "remote", "group"]),
    phone=st.sampled_from(["", "050 555 0101", "050 555 0102", "050 555 0103"]),
    point=st.none() | st.sampled_from([KUHMO, KAJAANI]),
    area=sets(st.sampled_from(["290", "205", "777"]), min_size=1),
    everywhere=st.booleans(),
    checks=st.sampled_from([(), FRESH, OVERDUE]),
)
offers = st.builds(Offer, services, channels, statuses)
wishes = st.builds(Wish, audience=st.sampled_from(["", "old"]), reader=st.sampled_from(["fi", "sv", "en"]))
