"""What the pages of *Kenelle kilautan?* show."""

from dataclasses import dataclass

from kilauta.domains.directory.logic.facts import (
    EServiceFacts,
    FAMILIES,
    LocalityFacts,
    MunicipalityFacts,
    Named,
    RuleFacts,
)
from kilauta.domains.directory.queries.pages import Listed, Way, by_name, listed, way
from kilauta.domains.directory.queries.reading import Reading
from kilauta.lib.words import Words

from ..logic.need import Need, Where, Wish
from ..logic.ranking import Offer, Ranked
from .answering import answered, need_of
from .gazetteer import ANYWHERE, where


@dataclass(frozen=True, slots=True)
class Pick:
    """One choice of the answer with everything to be said about it."""

    ranked: Ranked
    listed: Listed
    way: Way


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
    held = reading.catalogue
    mine = (m for m in held.municipalities.values() if m.code in reading.network.municipalities)
    villages: dict[str, list[LocalityFacts]] = {}
    for locality in held.localities.values():
        villages.setdefault(locality.municipality, []).append(locality)
    places = tuple(
        PlaceChoice(m, by_name(villages.get(m.code, ()), reading.lang)) for m in by_name(mine, reading.lang)
    )
    return PlacesPage(need, need_name(reading, need), places)


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
            (e for e in held.eservices.values() if not need.eservice and not e.topics.isdisjoint(need.topics)),
            reading.lang,
        ),
    )


def pick(reading: Reading, ranked: Ranked) -> Pick:
    offer: Offer = ranked.offer
    return Pick(ranked, listed(reading, offer.service), way(reading, offer.channel))


def open_now(reading: Reading, most: int = 3) -> tuple[OpenLine, ...]:
    """Return a few providers whom one can ring right now, another few every day, one line for each provider."""
    ranked = answered(
        reading.catalogue, reading.network, need=Need(""), where=Where(), wish=Wish(reader=reading.lang), now=reading.now
    )
    chosen = [r for r in (*ranked.answer.choices, ranked.answer.open_now) if r is not None]
    helping = [r for r in chosen if r.offer.status.helps_now and r.offer.channel.phone]
    return tuple(
        OpenLine(listed(reading, r.offer.service), way(reading, r.offer.channel)) for r in helping[:most]
    )
