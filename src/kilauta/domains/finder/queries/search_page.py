"""What the search page shows: rows resolved, filters with names, and words about what was understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from kilauta.domains.directory import choices as directory_choices
from kilauta.domains.directory.logic.facts import EServiceFacts, OrganisationFacts, PlaceFacts
from kilauta.domains.directory.queries.pages import Listed, Way, listed, way
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder import choices
from kilauta.domains.finder.logic.facets import Choice
from kilauta.kit.search.find import CANDIDATES
from kilauta.lib.geo import distance_km
from kilauta.lib.words import Words

from .answer_page import next_time, place_name
from .searching import Direct, Results, Row, search
from .understanding import LONGEST_QUERY

FACET_LISTS = {"way": "mode_family", "fee": "fee", "language": "language", "access": "access"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A result row: the service, its best way, how many other ways, and how far it is."""

    listed: Listed
    way: Way
    others: int
    km: int | None
    # when the next time begins that can be booked
    free: datetime | None = None


@dataclass(frozen=True, slots=True)
class FacetChoice:
    value: str
    name: Words
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter: its values as links that keep the rest of the search, and the way to take it off."""

    code: str
    name: str
    choices: tuple[FacetChoice, ...]
    chosen: FacetChoice | None
    without: str


@dataclass(frozen=True, slots=True)
class Link:
    kind: str
    name: Words
    address: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    results: Results
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    direct: tuple[Link, ...]
    place: Words
    more_than_shown: bool


def search_page(reading: Reading, results: Results) -> SearchPage:
    return SearchPage(
        results=results,
        hits=tuple(hit(reading, results, row) for row in results.rows),
        facets=tuple(_facet(reading, results, code, values) for code, values in results.facets.items()),
        direct=tuple(link for one in results.direct if (link := _link(reading, one))),
        place=place_name(reading, results.where),
        more_than_shown=results.total > CANDIDATES,
    )


def hit(reading: Reading, results: Results, row: Row) -> Hit:
    offer = row.best.offer
    here, there = results.where.point, offer.channel.point
    return Hit(
        listed=listed(reading, offer.service, []),
        way=way(reading, offer.channel),
        others=len(row.others),
        km=round(distance_km(here, there)) if here and there else None,
        free=next_time(reading, offer.channel),
    )


def _facet(reading: Reading, results: Results, code: str, values: list[Choice]) -> Facet:
    without = _address(results, code)
    named = [
        FacetChoice(
            v.value, _value_name(reading, code, v.value), v.count, v.chosen, _with(without, code, v.value)
        )
        for v in values
    ]
    order = _order(reading, code)
    named.sort(key=lambda choice: (order.get(choice.value, len(order)), -choice.count, choice.value))
    chosen = next((choice for choice in named if choice.chosen), None)
    return Facet(code, str(choices.FACET_NAMES[code]), tuple(named), chosen, f"?{without}")


def _address(results: Results, but: str) -> str:
    """Return the query of this search without one filter, from its first page."""
    kept = {"q": results.understood.written, **results.chosen, "paikka": results.where.code}
    if results.where.code == results.understood.place:
        kept.pop("paikka")  # the words say it already
    return urlencode({name: value for name, value in kept.items() if value and name != but})


def _with(query: str, facet: str, value: str) -> str:
    return f"?{query}&{facet}={quote(value)}" if query else f"?{facet}={quote(value)}"


def _order(reading: Reading, code: str) -> dict[str, int]:
    """Return the order of the list a filter's values come from; e-services stand by how much they find."""
    if code in FACET_LISTS:
        return {value: n for n, value in enumerate(directory_choices.codes(FACET_LISTS[code]))}
    held = reading.catalogue
    listed = {"topic": held.topics, "audience": held.audiences, "device": held.devices}.get(code, {})
    return {value: n for n, value in enumerate(listed)}


def _value_name(reading: Reading, facet: str, value: str) -> Words:
    held = reading.catalogue
    if facet in FACET_LISTS:
        return directory_choices.label(FACET_LISTS[facet], value)
    if facet in {"open", "booking"}:
        name = str({**choices.OPEN_NAMES, **choices.BOOKING_NAMES}[value])
        return Words(name, name, name)
    if facet == "eservice":
        return held.eservices[value].name
    named = {"topic": held.topics, "audience": held.audiences, "device": held.devices}[facet].get(value)
    return named.name if named else Words(value)


def _link(reading: Reading, one: Direct) -> Link | None:
    held = reading.catalogue
    if one.kind == "topic":
        topic = held.topics.get(one.key)
        return Link("topic", topic.name, topic.code) if topic else None
    things: dict[str, Mapping[str, EServiceFacts | OrganisationFacts | PlaceFacts]] = {
        "eservice": held.eservices,
        "organisation": held.organisations,
        "place": held.places,
    }
    thing = things[one.kind].get(one.key)
    return Link(one.kind, thing.name, thing.address) if thing else None


def need_named(reading: Reading, text: str) -> tuple[str, str]:
    """Return the need and the place that free words name for sure ("" for what they do not)."""
    results = search(
        reading.catalogue,
        reading.network,
        text=text,
        lang=reading.lang,
        filters={},
        place="",
        page=1,
        now=reading.now,
    )
    first = results.direct[0] if results.direct else None
    need = ""
    if first and first.kind == "topic":
        need = first.key
    elif first and first.kind == "eservice":
        need = reading.catalogue.eservices[first.key].address
    return need, results.where.code


def search_query(text: str) -> str:
    return urlencode({"q": text[:LONGEST_QUERY]})
