"""What the pages of *Kenelle kilautan?* show."""

from dataclasses import dataclass
from datetime import datetime

from kilauta.domains.booking.queries.nearest import nearest
from kilauta.domains.directory.logic.facts import (
    FAMILIES,
    ChannelFacts,
    EServiceFacts,
    LocalityFacts,
    MunicipalityFacts,
    Named,
    RuleFacts,
)
from kilauta.domains.directory.queries.pages import Listed, Way, by_name, listed, way
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder.logic.need import Need, Where, Wish
from kilauta.domains.finder.logic.ranking import Offer, Ranked, rank
from kilauta.lib.words import Words
from kilauta.lib.zone import local

from .answering import answered, need_of, some
from .gazetteer import ANYWHERE, where
from .offers import OPEN_NOW, offers_of

# Who advises only on its own services, and whose door is not open to everybody.
OWNERS = frozenset({"bank", "authority"})
CLOSED_CIRCLES = frozenset({"members-only", "customers-only"})


@dataclass(frozen=True, slots=True)
class Pick:
    """One choice of the answer with everything to be said about it."""

    ranked: Ranked
    listed: Listed
    way: Way
    # when the next time begins that can be booked
    free: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnswerPage:
    need: Need
    need_name: Words
    where: Where
    place_name: Words
    place_code: str
    first: Pick | None
    others: tuple[Pick, ...]
    open_now: Pick | None
    rule: RuleFacts | None
    families: tuple[str, ...]
    wish: Wish
    wished: bool
    topics: tuple[Named, ...]
    eservices: tuple[EServiceFacts, ...]


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    municipality: MunicipalityFacts
    localities: tuple[LocalityFacts, ...]


@dataclass(frozen=True, slots=True)
class PlacesPage:
    need: Need
    need_name: Words
    places: tuple[PlaceChoice, ...]


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One line of "open now": who, until when, which number."""

    listed: Listed
    way: Way


def need_name(reading: Reading, need: Need) -> Words:
    held = reading.catalogue
    if need.eservice:
        return held.eservices[need.eservice].name
    named = held.groups.get(need.code) or held.topics.get(need.code)
    return named.name if named else Words("")


def place_name(reading: Reading, spot: Where) -> Words:
    held = reading.catalogue
    if spot.code in held.localities:
        return held.localities[spot.code].name
    return held.municipalities[spot.municipality].name if spot.municipality else Words("")


def places_page(reading: Reading, code: str) -> PlacesPage | None:
    need = need_of(reading.catalogue, code)
    if need is None:
        return None
    return PlacesPage(need, need_name(reading, need), place_choices(reading))


def place_choices(reading: Reading) -> tuple[PlaceChoice, ...]:
    """Return the network's municipalities with their villages; a village of the same name is the municipality."""
    held = reading.catalogue
    mine = (m for m in held.municipalities.values() if m.code in reading.network.municipalities)
    villages: dict[str, list[LocalityFacts]] = {}
    for locality in held.localities.values():
        if locality.name.fi != held.municipalities[locality.municipality].name.fi:
            villages.setdefault(locality.municipality, []).append(locality)
    return tuple(
        PlaceChoice(m, by_name(villages.get(m.code, ()), reading.lang)) for m in by_name(mine, reading.lang)
    )


def answer_page(reading: Reading, need_code: str, place_code: str, wish: Wish) -> AnswerPage | None:
    """Return the answer to a need at a place; None when the address names neither."""
    held = reading.catalogue
    need, spot = need_of(held, need_code), where(held, place_code)
    if need is None or spot is None:
        return None
    found = answered(held, reading.network, need=need, where=spot, wish=wish, now=reading.now)
    picks = tuple(pick(reading, ranked) for ranked in found.answer.choices)
    return AnswerPage(
        need=need,
        need_name=need_name(reading, need),
        where=spot,
        place_name=place_name(reading, spot),
        place_code=place_code if spot.code else ANYWHERE,
        first=picks[0] if picks else None,
        others=picks[1:],
        open_now=pick(reading, found.answer.open_now) if found.answer.open_now else None,
        rule=found.rule,
        families=tuple(family for family in FAMILIES if family in found.families),
        wish=wish,
        wished=found.wished,
        topics=tuple(held.topics[code] for code in held.topics if code in need.topics and code != need.code),
        eservices=by_name(
            (
                e
                for e in held.eservices.values()
                if not need.eservice and not e.topics.isdisjoint(need.topics)
            ),
            reading.lang,
        ),
    )


def pick(reading: Reading, ranked: Ranked) -> Pick:
    offer: Offer = ranked.offer
    free = next_time(reading, offer.channel)
    return Pick(ranked, listed(reading, offer.service), way(reading, offer.channel), free)


def next_time(reading: Reading, channel: ChannelFacts) -> datetime | None:
    """Return when the next time begins for which this way to get help can be booked, if it can."""
    return nearest(reading.network.id, edition=reading.catalogue.edition, now=reading.now).get(channel.id)


def open_now(reading: Reading, most: int = 3) -> tuple[OpenLine, ...]:
    """Return a few helpers whom anybody can ring right now, others every day, one line for each provider."""
    now_open = offers_now(reading)
    ranked = rank(
        now_open,
        need=Need(""),
        where=Where(),
        wish=Wish(reader=reading.lang),
        rules={},
        now=local(reading.now),
    )
    chosen: dict[str, Ranked] = {}
    for one in ranked:
        chosen.setdefault(one.offer.service.organisation, one)
    return tuple(
        OpenLine(listed(reading, one.offer.service), way(reading, one.offer.channel))
        for one in list(chosen.values())[:most]
    )


def offers_now(reading: Reading) -> list[Offer]:
    """Return the offers with a number that help now with anything: not owners of e-services, not closed circles."""
    offers = offers_of(reading.catalogue, reading.network)
    open_mask = offers.masks_at(reading.clockwork)["open"][OPEN_NOW]
    found = (
        offers.offer(number, reading.clockwork) for number in some(open_mask, offers, reading.clockwork.today)
    )
    return [
        offer
        for offer in found
        if offer.channel.phone
        and not offer.service.audiences_only
        and not CLOSED_CIRCLES & set(offer.service.limits)
        and offer.service.organisation_kind not in OWNERS
    ]
