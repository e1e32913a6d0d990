"""The order of answers: a sum of facts, each with its points and its sentence, the same for everybody.

Nobody can buy or be given a better place: no fact names an organisation. Offers with equal points take turns by the
day. The table of points is printed for the public as it stands here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256

from kilauta.domains.directory.logic.facts import ChannelFacts, RuleFacts, ServiceFacts
from kilauta.domains.directory.logic.status import Standing, Status
from kilauta.domains.directory.logic.trust import Trust, long_overdue, trust_of
from kilauta.lib.geo import distance_km

from .need import Need, Where, Wish

# Points by fact. Printed at /tietoa/jarjestys/ in this order; the sentences stand in choices.REASONS.
POINTS: dict[str, int] = {
    "rule-preferred": 500,
    "rule-fallback": 200,
    "eservice": 120,
    "topic": 100,
    "device": 30,
    "device-other": -60,
    "open-now": 150,
    "opens-today": 90,
    "opens-tomorrow": 60,
    "opens-this-week": 40,
    "by-appointment": 50,
    "hours-unknown": 20,
    "has-phone": 40,
    "no-phone": -80,
    "own-municipality": 150,
    "serves-municipality": 100,
    "serves-everywhere": 40,
    "near": 60,
    "elsewhere": -300,
    "language": 40,
    "language-other": -40,
    "audience": 50,
    "audience-only-others": -150,
    "verified": 30,
    "verification-overdue": -20,
    "paid": -40,
    "members": -30,
    "course": -60,
    "full": -200,
}

# Facts said to the person under "why this one"; the others speak only in the table.
SAID = (
    "rule-preferred", "eservice", "topic", "own-municipality", "serves-municipality", "serves-everywhere", "near",
    "audience", "language", "verified",
)  # fmt: skip

MOST_SAID = 4
DAYS_IN_WEEK = 7
NEAR_KM = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """One channel of one service, with its state at the instant of asking."""

    service: ServiceFacts
    channel: ChannelFacts
    status: Status


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of an offer: its code, its points, and a number for its sentence (kilometres, days)."""

    code: str
    points: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    offer: Offer
    points: int
    facts: tuple[Fact, ...]

    @property
    def said(self) -> tuple[Fact, ...]:
        """The few facts that say most, in the order of SAID; that it takes care of the thing says that it helps."""
        by_code = {fact.code: fact for fact in self.facts}
        if "rule-preferred" in by_code or "eservice" in by_code:
            by_code.pop("topic", None)
        return tuple(by_code[code] for code in SAID if code in by_code)[:MOST_SAID]


def rank(
    offers: Iterable[Offer],
    *,
    need: Need,
    where: Where,
    wish: Wish,
    rules: Mapping[str, RuleFacts],
    now: datetime,
) -> list[Ranked]:
    """Return the offers that may answer the need, best first; `now` in local time."""
    ranked = []
    for offer in offers:
        if not may_answer(offer, need=need, where=where, wish=wish, rules=rules, today=now.date()):
            continue
        facts = tuple(facts_of(offer, need=need, where=where, wish=wish, rules=rules, now=now))
        ranked.append(Ranked(offer, sum(fact.points for fact in facts), facts))
    ranked.sort(key=lambda r: (-r.points, turn(r.offer.channel.id, now.date())))
    return ranked


@lru_cache(maxsize=50_000)
def turn(key: str, day: date) -> bytes:
    """Return the place in the queue of equals: another order every day, the same all day."""
    return sha256(f"{day.isoformat()}:{key}".encode()).digest()


def allowed_topics(service: ServiceFacts, need: Need, rules: Mapping[str, RuleFacts]) -> frozenset[str]:
    """Return the topics of the need that this service helps with and no rule forbids it to answer."""
    return frozenset(
        topic
        for topic in need.topics & service.topics
        if topic not in rules
        or not (
            service.organisation_kind in rules[topic].forbidden_kinds
            or not rules[topic].forbidden_limits.isdisjoint(service.limits)
        )
    )


def may_answer(
    offer: Offer, *, need: Need, where: Where, wish: Wish, rules: Mapping[str, RuleFacts], today: date
) -> bool:
    """Return whether the offer can be an answer at all; not what nobody has made sure of for two rounds."""
    service, channel = offer.service, offer.channel
    if channel.mode == "self-service" or offer.status.standing is Standing.PAUSED:
        return False
    if long_overdue(channel.checks, today) or long_overdue(service.checks, today):
        return False
    if need.topics and not allowed_topics(service, need, rules):
        return False
    if need.eservice and need.eservice not in service.eservices and not need.topics:
        return False
    if wish.family and channel.family != wish.family:
        return False
    if wish.language and wish.language not in service.language_codes:
        return False
    if wish.audience and service.audiences_only and wish.audience not in service.audiences_only:
        return False
    return not (channel.family == "home" and where.municipality and not channel.serves(where.municipality))


def facts_of(
    offer: Offer, *, need: Need, where: Where, wish: Wish, rules: Mapping[str, RuleFacts], now: datetime
) -> Iterator[Fact]:
    yield from _fit(offer.service, need, rules)
    yield from _time(offer.status, now)
    yield from _reach(offer.channel, where)
    yield from _person(offer, wish)
    yield from _terms(offer, now.date())


_FACTS = {code: Fact(code, points) for code, points in POINTS.items()}


def _fact(code: str) -> Fact:
    return _FACTS[code]


def routes(service: ServiceFacts, topic: str, eservice: str) -> frozenset[str]:
    """Return what kinds of owner the service is for a topic; digital support is everybody who is none of them."""
    found = set()
    if service.organisation_kind == "bank":
        found.add("bank")
    if topic in service.owned_topics and (not eservice or eservice in service.owned_eservices):
        found.add("eservice-owner")
    if service.organisation_kind == "authority":
        found.add("authority")
    if service.root_kind == "wellbeing-county":
        found.add("health")
    return frozenset(found or {"digital-support"})


def _fit(service: ServiceFacts, need: Need, rules: Mapping[str, RuleFacts]) -> Iterator[Fact]:
    topics = allowed_topics(service, need, rules)
    preferred = fallback = False
    for topic in topics:
        rule = rules.get(topic)
        kinds = routes(service, topic, need.eservice)
        preferred |= rule is not None and rule.prefer in kinds
        fallback |= rule is not None and rule.fallback in kinds
    if preferred:
        yield _fact("rule-preferred")
    elif fallback:
        yield _fact("rule-fallback")
    if need.eservice and need.eservice in service.eservices:
        yield _fact("eservice")
    if topics:
        # Most of the points for helping with the thing at all, the rest for the share of its topics.
        yield Fact("topic", POINTS["topic"] * (3 + 2 * len(topics) // len(need.topics)) // 5, len(topics))
    if need.device and service.devices:
        yield _fact("device" if need.device in service.devices else "device-other")


def _time(status: Status, now: datetime) -> Iterator[Fact]:
    if status.standing is Standing.OPEN:
        yield _fact("open-now")
    elif status.standing is Standing.BY_APPOINTMENT:
        yield _fact("by-appointment")
    elif (days := _days_until(status.opens, now)) < DAYS_IN_WEEK:
        yield _fact(("opens-today", "opens-tomorrow")[days] if days <= 1 else "opens-this-week")
    elif status.standing is Standing.UNKNOWN:
        yield _fact("hours-unknown")


def _days_until(opens: datetime | None, now: datetime) -> int:
    """Return the days from today to the opening, on the wall calendar; many when it is not in sight."""
    return DAYS_IN_WEEK if opens is None else (opens.astimezone(now.tzinfo).date() - now.date()).days


def _reach(channel: ChannelFacts, where: Where) -> Iterator[Fact]:
    if channel.everywhere:
        yield _fact("serves-everywhere")
    elif where.municipality and channel.serves(where.municipality):
        yield _fact("own-municipality" if len(channel.area) == 1 else "serves-municipality")
    elif where.point and channel.point:
        km = round(distance_km(where.point, channel.point))
        yield (
            Fact("near", max(POINTS["near"] - km, 0), km)
            if km <= NEAR_KM
            else Fact("elsewhere", POINTS["elsewhere"], km)
        )
    elif where.municipality:
        yield _fact("elsewhere")
    if where.point and channel.point and channel.serves(where.municipality):
        # Between two of one's own municipality the nearer one comes first, by at most twenty points.
        km = round(distance_km(where.point, channel.point))
        yield Fact("distance", -min(km, 20), km)


def _person(offer: Offer, wish: Wish) -> Iterator[Fact]:
    service, channel = offer.service, offer.channel
    yield _fact("has-phone" if channel.phone else "no-phone")
    if service.languages:
        wanted = wish.language or wish.reader
        yield _fact("language" if wanted in service.language_codes else "language-other")
    if wish.audience and wish.audience in service.audiences_only | service.audiences_also:
        yield _fact("audience")
    elif service.audiences_only:
        yield _fact("audience-only-others")


def _terms(offer: Offer, today: date) -> Iterator[Fact]:
    service, channel = offer.service, offer.channel
    checks = channel.checks or service.checks
    trust = trust_of(checks, today)
    if trust is Trust.FRESH:
        newest = max(check.verified_on for check in checks)
        yield Fact("verified", POINTS["verified"], (today - newest).days)
    elif trust is Trust.OVERDUE:
        yield _fact("verification-overdue")
    if service.fee == "paid":
        yield _fact("paid")
    if {"members-only", "customers-only"} & set(service.limits) and service.organisation_kind != "bank":
        yield _fact("members")
    if channel.mode == "group":
        yield _fact("course")
    if offer.status.full:
        yield _fact("full")
