"""Search: services that fit the words and the filters, each with its best way to get help, in our own order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from typing import NamedTuple

from kilauta.domains.booking.queries.nearest import nearest
from kilauta.domains.directory.logic.facts import NetworkFacts, ServiceFacts
from kilauta.domains.directory.logic.status import Clockwork
from kilauta.domains.directory.queries import Catalogue
from kilauta.domains.finder.logic.facets import Choice, bits, counted, narrowed
from kilauta.domains.finder.logic.need import Need, Where, Wish
from kilauta.domains.finder.logic.ranking import (
    Fact,
    Offer,
    Ranked,
    allowed_topics,
    facts_of,
    may_answer,
    turn,
)
from kilauta.domains.finder.logic.text import Asked, Name, named, score, weighed
from kilauta.kit.search.find import CANDIDATES, Found, find
from kilauta.kit.search.tokens import scope
from kilauta.lib.zone import local

from .answering import need_of
from .gazetteer import where
from .offers import FACETS, FREE, Masks, Offers, offers_of
from .understanding import Understood, Vocabulary, understand, vocabulary

PAGE = 20
DIRECT = 3
# One point of text is worth so many points of the ranking.
TEXT_POINTS = 150
# So many points more for the line of whoever owns the e-service that is named.
OWN_LINE = 400
# A topic that is named nearly as surely as the surest is meant too.
ALSO_MEANT = 0.75
# What has not all the words must say at least this share of what the best one says.
NOT_ALL = 0.25
DAYS_STEP = 7919
NO_NEED = Need("")
MOST_KEPT = 100_000

# How well the documents of services say what was asked for, by service.
Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """A service found, its best offer for this person, and the other ways it can be got."""

    best: Ranked
    others: tuple[Ranked, ...]

    @property
    def service(self) -> ServiceFacts:
        return self.best.offer.service


@dataclass(frozen=True, slots=True)
class Direct:
    """A page of its own that the words name: a topic, an e-service, a provider, a place."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Results:
    understood: Understood
    where: Where
    chosen: Mapping[str, str]
    total: int
    rows: tuple[Row, ...]
    page: int
    pages: int
    facets: dict[str, list[Choice]]
    direct: tuple[Direct, ...]
    # Nothing was found in the place asked for: these reach further.
    widened: bool
    # What the person seems to need; empty when the words do not say.
    need: Need
    # All offers that were found, as bits of their numbers: a list to keep has every one, a page its share.
    mask: int


@dataclass(frozen=True, slots=True)
class Asker:
    """What the order of results depends on beside the words."""

    need: Need
    spot: Where
    wish: Wish


class Way(NamedTuple):
    """One offer by its number: whether it may answer the need, its points, its turn among equals."""

    number: int
    fits: bool
    points: int
    turn: bytes


@dataclass(frozen=True)
class Minute:
    """The offers of a network in one minute, and what of their points has been reckoned so far.

    An offer's points are those it has for every need (doors, distance, language) and those its service has for this
    one; most searches of a minute share the first, and all searches share the second.
    """

    offers: Offers
    clockwork: Clockwork
    masks: Masks
    for_need: dict[tuple[Need, str], int]
    now: datetime
    seen: dict[int, Offer] = field(default_factory=dict)
    for_all: dict[tuple[str, str], dict[int, int]] = field(default_factory=dict)

    def offer(self, number: int) -> Offer:
        offer = self.seen.get(number)
        if offer is None:
            offer = self.seen[number] = self.offers.offer(number, self.clockwork)
        return offer

    def way(self, number: int, asker: Asker) -> Way:
        offer = self.offer(number)
        need, fits = self._need(offer, asker)
        held = self.for_all.setdefault((asker.spot.code, asker.wish.reader), {})
        if number not in held:
            held[number] = self._points(offer, NO_NEED, asker)
        fit = self.for_need.get((need, offer.service.id)) if need != NO_NEED else 0
        if fit is None:
            fit = self._points(offer, need, asker) - held[number]
            self.for_need[need, offer.service.id] = fit
        return Way(number, fits, held[number] + fit, turn(offer.channel.external_id, self.clockwork.today))

    def ranked(self, way: Way, asker: Asker) -> Ranked:
        offer = self.offer(way.number)
        return Ranked(offer, way.points, self._facts(offer, self._need(offer, asker)[0], asker))

    def _need(self, offer: Offer, asker: Asker) -> tuple[Need, bool]:
        """Return the need that counts for the offer: what may not answer is shown too, but is not about the need.

        What one does by oneself is about it all the same.
        """
        need, rules = asker.need, self.offers.catalogue.rules
        today = self.clockwork.today
        if may_answer(offer, need=need, where=asker.spot, wish=asker.wish, rules=rules, today=today):
            return need, True
        by_oneself = offer.channel.mode == "self-service"
        topics = allowed_topics(offer.service, need, rules) if by_oneself else frozenset()
        return Need("", topics, eservice=need.eservice), False

    def _points(self, offer: Offer, need: Need, asker: Asker) -> int:
        return sum(fact.points for fact in self._facts(offer, need, asker))

    def _facts(self, offer: Offer, need: Need, asker: Asker) -> tuple[Fact, ...]:
        rules = self.offers.catalogue.rules
        return tuple(facts_of(offer, need=need, where=asker.spot, wish=asker.wish, rules=rules, now=self.now))


_minutes: dict[str, Minute] = {}


def _minute(offers: Offers, now: datetime) -> Minute:
    """Return this minute; doors open and close on the minute, so one reckoning does for all of it."""
    whole = now.replace(second=0, microsecond=0)
    held = _minutes.get(offers.network.id)
    if held is None or held.offers is not offers or held.clockwork.now != whole:
        clockwork = Clockwork(whole, local(whole).date())
        same = held is not None and held.offers is offers and len(held.for_need) < MOST_KEPT
        for_need = held.for_need if held is not None and same else {}
        free = nearest(offers.network.id, edition=offers.catalogue.edition, now=whole)
        masks = {**offers.masks_at(clockwork), "booking": {FREE: offers.mask_of(free)}}
        held = Minute(offers, clockwork, masks, for_need, local(whole))
        _minutes[offers.network.id] = held
    return held


def search(
    catalogue: Catalogue,
    network: NetworkFacts,
    *,
    text: str,
    lang: str,
    filters: Mapping[str, str],
    place: str,
    page: int,
    now: datetime,
) -> Results:
    """Return a page of services for the words, the filters and the place; places named in the words count too."""
    offers, known = offers_of(catalogue, network), vocabulary(catalogue)
    understood = understand(catalogue, network, text, lang)
    spot = where(catalogue, place) or Where()
    spot = spot if spot.code else where(catalogue, understood.place) or Where()
    minute = _minute(offers, now)
    chosen = {facet: value for facet, value in filters.items() if facet in FACETS and value}
    things = _named(known, understood)
    found, base, widened = _reached(offers, known, understood, spot)
    mask, need = narrowed(minute.masks, chosen, base), _need(catalogue, chosen, things)
    total = offers.layout.count(mask)
    pages = max((min(total, CANDIDATES) + PAGE - 1) // PAGE, 1)
    page = min(max(page, 1), pages)
    asker = Asker(need, spot, Wish(reader=lang))
    order = _ordered(minute, _numbers(minute, mask, found), found, asker)
    return Results(
        understood=understood,
        where=spot,
        chosen=chosen,
        total=total,
        rows=tuple(_row(minute, ways, asker) for ways in order[(page - 1) * PAGE : page * PAGE]),
        page=page,
        pages=pages,
        facets=counted(minute.masks, chosen, base, offers.layout),
        direct=_direct(understood, things),
        widened=widened,
        need=need,
        mask=mask,
    )


def _reached(
    offers: Offers, known: Vocabulary, understood: Understood, spot: Where
) -> tuple[Scores, int, bool]:
    """Return the services with the words and their offers at the place; if there are none, those anywhere."""
    found = _services(offers, known, understood, spot)
    base = _mask(offers, found, understood, spot)
    if base or not spot.municipality:
        return found, base, False
    found = _services(offers, known, understood, Where())
    return found, _mask(offers, found, understood, Where()), True


def _groups(known: Vocabulary, asked: Sequence[Asked]) -> list[list[str]]:
    """Return the tokens of each word, the rarest words first; words that the index does not have decide nothing."""
    groups = [
        (min(known.counts[text] for text in tokens), tokens)
        for word in asked
        if (tokens := sorted(text for text in word.tokens if known.counts.get(text)))
    ]
    return [tokens for _documents, tokens in sorted(groups)]


def _services(offers: Offers, known: Vocabulary, understood: Understood, spot: Where) -> Scores:
    """Return the services that have the words and reach the place, each with how well it says them."""
    groups = _groups(known, understood.telling or understood.local) or _groups(known, understood.speaking)
    if not groups:
        return {}
    required = [[scope("kind", "service")], [scope("network", offers.network.id)]]
    if spot.municipality:
        required.append([scope("area", spot.municipality), scope("area", "everywhere")])
    asked = (*understood.asked, *understood.local)
    words = weighed(asked, known.rarity({text for word in asked for text in word.tokens}))
    found, whole = find(groups, required=required)
    scores = {
        one.key: score(words, title=one.title, about=one.about, body=one.body, rarity={}) for one in found
    }
    least = NOT_ALL * max(scores.values(), default=0.0)
    return {
        one.key: scores[one.key]
        for number, one in enumerate(found)
        if scores[one.key] >= least or (number < whole and _says(one, understood.telling))
    }


def _says(document: Found, asked: Sequence[Asked]) -> bool:
    """Return whether the document surely has every word."""
    fields = (document.title, document.about, document.body)
    return all(any(not word.sure.isdisjoint(field) for field in fields) for word in asked)


def _mask(offers: Offers, found: Scores, understood: Understood, spot: Where) -> int:
    mask = _offers_of(offers, found) if understood.asked else offers.layout.everything
    return mask & offers.by_municipality.get(spot.municipality, 0) if spot.municipality else mask


def _offers_of(offers: Offers, found: Scores) -> int:
    mask = 0
    for number in (offers.number_of[key] for key in found if key in offers.number_of):
        mask |= ((1 << offers.layout.sizes[number]) - 1) << offers.layout.first[number]
    return mask


def _named(known: Vocabulary, understood: Understood) -> list[tuple[float, Name]]:
    """Return the topics and e-services whose names are among the words, the most telling first."""
    texts = {text for word in understood.asked for text in word.sure}
    names = dict.fromkeys(name for text in sorted(texts) for name in known.names.get(text, ()))
    return named(understood.asked, names, known.rarity(texts))


def _direct(understood: Understood, things: Sequence[tuple[float, Name]]) -> tuple[Direct, ...]:
    """Return the few other pages that have every telling word in their name."""
    telling = understood.telling
    if not telling:
        return ()
    covering: dict[tuple[str, str], set[str]] = {}
    for _says, name in things:
        covering.setdefault((name.kind, name.key), set()).update(*name.words)
    whole = [
        thing
        for thing, tokens in covering.items()
        if all(not word.sure.isdisjoint(tokens) for word in telling)
    ]
    # Several e-services of one name (the banks') say less than the topic they share.
    many = sum(kind == "eservice" for kind, _key in whole) > 1
    whole.sort(key=lambda thing: (thing[0] == "eservice") if many else (thing[0] != "eservice"))
    links = [Direct(kind, key) for kind, key in whole]
    if len(links) < DIRECT and all(word.sure for word in telling):
        kinds = [scope("kind", "organisation"), scope("kind", "place")]
        groups = [sorted(word.sure) for word in telling]
        pages, _whole = find(groups, required=[kinds], limit=40, whole_only=True)
        named = [page for page in pages if all(not word.sure.isdisjoint(page.title) for word in telling)]
        named.sort(key=lambda page: (page.kind, len(page.title), sorted(page.title)))
        links += [Direct(page.kind, page.key) for page in named]
    return tuple(links[:DIRECT])


def _need(catalogue: Catalogue, chosen: Mapping[str, str], things: Sequence[tuple[float, Name]]) -> Need:
    """Return what the person seems to need, for the ranking: a filter says it surest, then the thing named."""
    if "eservice" in chosen and chosen["eservice"] in catalogue.eservices:
        eservice = catalogue.eservices[chosen["eservice"]]
        return Need(eservice.address, eservice.topics, eservice=eservice.id)
    if "topic" in chosen:
        return need_of(catalogue, chosen["topic"]) or Need("")
    rules = catalogue.rules
    most = max((says for says, _name in things), default=0.0)
    eservices = {name.key for says, name in things if name.kind == "eservice" and says == most}
    topics = frozenset(
        name.key for says, name in things if name.kind == "topic" and says >= ALSO_MEANT * most
    )
    if len(eservices) == 1:
        eservice = catalogue.eservices[eservices.pop()]
        return Need(eservice.address, eservice.topics, eservice=eservice.id)
    # Where rules keep all but a few from helping (bank codes), that is the need, whatever else is named.
    topics = frozenset(t for t in topics if t in rules and rules[t].forbidden_kinds) or topics
    if eservices and not topics:
        topics = frozenset.intersection(*(catalogue.eservices[key].topics for key in eservices))
    return Need(min(topics, default=""), topics)


def _numbers(minute: Minute, mask: int, found: Scores) -> list[int]:
    """Return the offers to put in order: all of what was found by words, else some, each day from another one on."""
    offers = minute.offers
    by_words = _offers_of(offers, found)
    start = minute.clockwork.today.toordinal() * DAYS_STEP % max(len(offers.channels), 1)
    rest = mask & ~by_words
    others = chain(bits(rest >> start << start), bits(rest & ((1 << start) - 1)))
    return [*bits(mask & by_words), *islice(others, 2 * CANDIDATES)]


def _ordered(minute: Minute, numbers: Sequence[int], found: Scores, asker: Asker) -> list[list[Way]]:
    """Return the ways to each service, the best first, in the order of the services."""
    by_service: dict[str, list[Way]] = {}
    for number in numbers:
        by_service.setdefault(minute.offers.channels[number][0].id, []).append(minute.way(number, asker))
    for ways in by_service.values():
        ways.sort(key=lambda way: (not way.fits, -way.points, way.turn))
    today, eservice = minute.clockwork.today, asker.need.eservice

    def place(ways: list[Way]) -> tuple[float, bytes]:
        service = minute.offers.channels[ways[0].number][0]
        own = OWN_LINE if eservice and eservice in service.owned_eservices else 0
        points = found.get(service.id, 0.0) * TEXT_POINTS + ways[0].points + own
        # Equals take turns by what they are called in the tables, which is the same in every database.
        return -points, turn(service.external_id, today)

    return sorted(by_service.values(), key=place)[:CANDIDATES]


def _row(minute: Minute, ways: Sequence[Way], asker: Asker) -> Row:
    ranked = [minute.ranked(way, asker) for way in ways]
    return Row(ranked[0], tuple(ranked[1:]))
