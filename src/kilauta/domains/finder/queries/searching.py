"""Search: services that fit the words and the filters, each with its best way to get help, in our own order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from kilauta.domains.directory.logic.facts import NetworkFacts, ServiceFacts
from kilauta.domains.directory.logic.status import Clockwork
from kilauta.domains.directory.queries import Catalogue
from kilauta.domains.finder.logic.facets import Choice, bits, counted, narrowed
from kilauta.domains.finder.logic.need import Need, Where, Wish
from kilauta.domains.finder.logic.ranking import Ranked, facts_of, rank
from kilauta.domains.finder.logic.text import score
from kilauta.kit.search.find import CANDIDATES, Found, find
from kilauta.kit.search.tokens import scope
from kilauta.lib.zone import local

from .answering import need_of
from .gazetteer import where
from .offers import FACETS, Offers, offers_of
from .understanding import Understood, understand, vocabulary

PAGE = 20
DIRECT = 3
# One point of text is worth so many points of the ranking.
TEXT_POINTS = 150
DAYS_STEP = 7919


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
    offers = offers_of(catalogue, network)
    understood = understand(catalogue, network, text, lang)
    spot = where(catalogue, place) or Where()
    spot = spot if spot.code else where(catalogue, understood.place) or Where()
    clockwork = Clockwork(now, local(now).date())
    masks = offers.masks_at(clockwork)
    chosen = {facet: value for facet, value in filters.items() if facet in FACETS and value}

    direct = _direct(understood)
    found, base, widened = _reached(offers, understood, spot)
    mask = narrowed(masks, chosen, base)
    need = _need(catalogue, chosen, direct)
    rows = _rows(offers, mask, found, understood, need=need, spot=spot, lang=lang, clockwork=clockwork)
    total = offers.layout.count(mask)
    pages = max((min(total, CANDIDATES) + PAGE - 1) // PAGE, 1)
    page = min(max(page, 1), pages)
    return Results(
        understood=understood,
        where=spot,
        chosen=chosen,
        total=total,
        rows=tuple(rows[(page - 1) * PAGE : page * PAGE]),
        page=page,
        pages=pages,
        facets=counted(masks, chosen, base, offers.layout),
        direct=tuple(Direct(one.kind, one.key) for one in direct),
        widened=widened,
    )


def _reached(offers: Offers, understood: Understood, spot: Where) -> tuple[list[Found], int, bool]:
    """Return the documents with the words and their offers at the place; if there are none, those anywhere."""
    found = _documents(offers, understood, spot)
    base = _mask(offers, found, understood, spot)
    if base or not spot.municipality:
        return found, base, False
    found = _documents(offers, understood, Where())
    return found, _mask(offers, found, understood, Where()), True


def _groups(understood: Understood) -> list[list[str]]:
    return [sorted(word.tokens) for word in understood.telling]


def _documents(offers: Offers, understood: Understood, spot: Where) -> list[Found]:
    """Return the service documents that have the words and reach the place."""
    groups = _groups(understood)
    if not groups:
        return []
    required = [[scope("kind", "service")], [scope("network", offers.network.id)]]
    if spot.municipality:
        required.append([scope("area", spot.municipality), scope("area", "everywhere")])
    return find(groups, required=required)


def _mask(offers: Offers, found: Sequence[Found], understood: Understood, spot: Where) -> int:
    if not understood.asked:
        own = (
            offers.by_municipality.get(spot.municipality, 0)
            if spot.municipality
            else offers.layout.everything
        )
        return own
    mask = 0
    for document in found:
        number = offers.number_of.get(document.key)
        if number is not None:
            size = offers.layout.sizes[number]
            mask |= ((1 << size) - 1) << offers.layout.first[number]
    return mask & offers.by_municipality.get(spot.municipality, 0) if spot.municipality else mask


def _direct(understood: Understood) -> list[Found]:
    """Return the few other pages whose own name has every telling word."""
    groups = _groups(understood)
    if not groups:
        return []
    kinds = [scope("kind", kind) for kind in ("eservice", "topic", "organisation", "place")]
    named = [
        document
        for document in find(groups, required=[kinds], limit=40)
        if all(not document.title.isdisjoint(group) for group in groups)
    ]
    order = {"eservice": 0, "topic": 1, "organisation": 2, "place": 3}
    return sorted(named, key=lambda d: (order[d.kind], len(d.title), d.key))[:DIRECT]


def _need(catalogue: Catalogue, chosen: Mapping[str, str], direct: Sequence[Found]) -> Need:
    """Return what the person seems to need, for the ranking: a filter says it surest, then a page named."""
    if "eservice" in chosen and chosen["eservice"] in catalogue.eservices:
        eservice = catalogue.eservices[chosen["eservice"]]
        return Need(eservice.address, eservice.topics, eservice=eservice.id)
    if "topic" in chosen:
        return need_of(catalogue, chosen["topic"]) or Need("")
    for document in direct:
        if document.kind == "eservice" and document.key in catalogue.eservices:
            return Need(document.key, catalogue.eservices[document.key].topics, eservice=document.key)
        if document.kind == "topic":
            return need_of(catalogue, document.key) or Need("")
    return Need("")


def _rows(
    offers: Offers,
    mask: int,
    found: Sequence[Found],
    understood: Understood,
    *,
    need: Need,
    spot: Where,
    lang: str,
    clockwork: Clockwork,
) -> list[Row]:
    scores = _scores(offers, found, understood)
    numbers = (
        list(islice(_turned(offers, mask, clockwork), 2 * CANDIDATES)) if not scores else list(bits(mask))
    )
    # The need orders the results but excludes nothing: search shows everything that has the words.
    open_need = Need(need.code, eservice=need.eservice, device=need.device)
    fitting = {
        ranked.offer.channel.id: ranked
        for ranked in rank(
            (offers.offer(number, clockwork) for number in numbers),
            need=need, where=spot, wish=Wish(reader=lang), rules=offers.catalogue.rules, now=local(clockwork.now),
        )
    }  # fmt: skip
    rest = rank_all(
        offers,
        [n for n in numbers if offers.channels[n][1].id not in fitting],
        open_need,
        spot,
        lang,
        clockwork,
    )
    by_service: dict[str, list[Ranked]] = {}
    for ranked in [*fitting.values(), *rest]:
        by_service.setdefault(ranked.offer.service.id, []).append(ranked)
    rows = [Row(ways[0], tuple(ways[1:])) for ways in by_service.values()]
    rows.sort(key=lambda row: -(scores.get(row.service.id, 0.0) * TEXT_POINTS + row.best.points))
    return rows[:CANDIDATES]


def rank_all(
    offers: Offers, numbers: Sequence[int], need: Need, spot: Where, lang: str, clockwork: Clockwork
) -> list[Ranked]:
    """Rank also what may not be an answer (a closed door, a self-service point): it comes after all that may."""
    now = local(clockwork.now)
    ranked = []
    for number in numbers:
        offer = offers.offer(number, clockwork)
        facts = tuple(
            facts_of(
                offer, need=need, where=spot, wish=Wish(reader=lang), rules=offers.catalogue.rules, now=now
            )
        )
        ranked.append(Ranked(offer, sum(fact.points for fact in facts), facts))
    return sorted(ranked, key=lambda one: (-one.points, one.offer.channel.id))


def _scores(offers: Offers, found: Sequence[Found], understood: Understood) -> dict[str, float]:
    rarities = vocabulary(offers.catalogue).rarity(
        sorted({token for word in understood.asked for token in word.tokens})
    )
    return {
        document.key: score(
            understood.asked, title=document.title, about=document.about, body=document.body, rarity=rarities
        )
        for document in found
    }


def _turned(offers: Offers, mask: int, clockwork: Clockwork) -> chain[int]:
    turn = clockwork.today.toordinal() * DAYS_STEP % max(len(offers.channels), 1)
    return chain(bits(mask >> turn << turn), bits(mask & ((1 << turn) - 1)))
