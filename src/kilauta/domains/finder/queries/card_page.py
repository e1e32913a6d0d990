"""What the fridge-door card of a place holds: few numbers, the nearest and the surest first."""

from dataclasses import dataclass

from kilauta.domains.directory.queries.pages import listed, way
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder.logic.need import Need, Where, Wish
from kilauta.domains.finder.logic.ranking import Ranked, rank
from kilauta.lib.words import Words
from kilauta.lib.zone import local

from .answer_page import OWNERS, OpenLine
from .gazetteer import where
from .offers import offers_of

MOST = 6
# A card hangs for months: what is open at this moment must not decide what stands on it.
OF_THE_HOUR = (
    "open-now",
    "opens-today",
    "opens-tomorrow",
    "opens-this-week",
    "by-appointment",
    "hours-unknown",
)


@dataclass(frozen=True, slots=True)
class CardPage:
    code: str
    name: Words
    lines: tuple[OpenLine, ...]


def card_page(reading: Reading, code: str) -> CardPage | None:
    """Return the card of a municipality, a locality or a place of the directory; None if there is none."""
    held = reading.catalogue
    spot, name = where(held, code), Words("")
    if spot is not None and spot.code:
        name = (
            held.localities[spot.code].name
            if spot.code in held.localities
            else held.municipalities[spot.code].name
        )
    else:
        place = held.places.get(held.by_short_id["place"].get(code.split("-", 1)[0], ""))
        if place is None:
            return None
        spot, name = Where(place.id, place.municipality, place.point), place.name
    return CardPage(code, name, _lines(reading, spot))


def _lines(reading: Reading, spot: Where) -> tuple[OpenLine, ...]:
    offers = offers_of(reading.catalogue, reading.network)
    own = offers.by_municipality.get(spot.municipality, 0)
    everything = [
        offers.offer(number, reading.clockwork) for number in range(len(offers.channels)) if own >> number & 1
    ]
    ranked = rank(
        everything,
        need=Need(""),
        where=spot,
        wish=Wish(reader=reading.lang),
        rules=reading.catalogue.rules,
        now=local(reading.now),
    )
    ranked.sort(key=_lasting, reverse=True)
    chosen: list[Ranked] = []
    for one in ranked:
        if len(chosen) < MOST and one.offer.channel.phone and _is_new(one, chosen):
            chosen.append(one)
    return tuple(
        OpenLine(listed(reading, one.offer.service), way(reading, one.offer.channel)) for one in chosen
    )


def _is_new(one: Ranked, chosen: list[Ranked]) -> bool:
    """Return whether the card has neither the provider nor the number yet; banks and authorities are not listed."""
    return one.offer.service.organisation_kind not in OWNERS and not any(
        one.offer.service.organisation == other.offer.service.organisation
        or one.offer.channel.phone == other.offer.channel.phone
        for other in chosen
    )


def _lasting(one: Ranked) -> tuple[bool, int, str]:
    """Order what hangs on a wall: one's own municipality first, then all points but those of the hour.

    Equals stand in the order of their ids: the order they come in is that of the hour too.
    """
    codes = {fact.code for fact in one.facts}
    points = sum(fact.points for fact in one.facts if fact.code not in OF_THE_HOUR)
    return "own-municipality" in codes, points, one.offer.channel.id
