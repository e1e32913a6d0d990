"""Search: services that fit the words and the filters, each with its best way to get help, in our own order."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from kilauta.domains.directory.logic.facts import NetworkFacts, ServiceFacts
from kilauta.domains.directory.logic.status import Clockwork
from kilauta.domains.directory.queries import Catalogue
from kilauta.domains.finder.logic.facets import Choice, bits, counted, narrowed
from kilauta.domains.finder.logic.need import Need, Where, Wish
from kilauta.domains.finder.logic.ranking import Ranked, allowed_topics, facts_of, rank, turn
from kilauta.domains.finder.logic.text import Asked, Name, named, score
from kilauta.kit.search.find import CANDIDATES, Found, find
from kilauta.kit.search.tokens import scope
from kilauta.lib.zone import local

from .answering import need_of
from .gazetteer import where
from .offers import FACETS, Offers, offers_of
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
    clockwork = Clockwork(now, local(now).date())
    masks = offers.masks_at(clockwork)
    chosen = {facet: value for facet, value in filters.items() if facet in FACETS and value}

    things = _named(known, understood)
    found, base, widened = _reached(offers, known, understood, spot)
    mask, need = narrowed(masks, chosen, base), _need(catalogue, chosen, things)
    rows = _rows(offers, mask, found, need=need, spot=spot, lang=lang, clockwork=clockwork)
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
        direct=_direct(understood, things),
        widened=widened,
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
    words = (*understood.asked, *understood.local)
    rarities = known.rarity({text for word in words for text in word.tokens})
    found = find(groups, required=required)
    scores = {
        document.key: score(
            words, title=document.title, about=document.about, body=document.body, rarity=rarities
        )
        for document in found
    }
    least = NOT_ALL * max(scores.values(), default=0.0)
    return {
        one.key: scores[one.key]
        for one in found
        if scores[one.key] >= least or (one.whole and _says(one, understood.telling))
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
        pages = find([sorted(word.sure) for word in telling], required=[kinds], limit=40, whole_only=True)
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


def _rows(
    offers: Offers,
    mask: int,
    found: Scores,
    *,
    need: Need,
    spot: Where,
    lang: str,
    clockwork: Clockwork,
) -> list[Row]:
    numbers = _numbers(offers, mask, found, clockwork)
    fitting = {
        ranked.offer.channel.id: ranked
        for ranked in rank(
            (offers.offer(number, clockwork) for number in numbers),
            need=need, where=spot, wish=Wish(reader=lang), rules=offers.catalogue.rules, now=local(clockwork.now),
        )
    }  # fmt: skip
    rest = rank_all(
        offers,
        [number for number in numbers if offers.channels[number][1].id not in fitting],
        need=need,
        spot=spot,
        lang=lang,
        clockwork=clockwork,
    )
    by_service: dict[str, list[Ranked]] = {}
    for ranked in [*fitting.values(), *rest]:
        by_service.setdefault(ranked.offer.service.id, []).append(ranked)
    rows = []
    for ways in by_service.values():
        # Equal ways take turns by what they are called in the tables, which is the same in every database.
        ways.sort(key=lambda way: _place(way, fitting, clockwork))
        rows.append(Row(ways[0], tuple(ways[1:])))
    rows.sort(key=lambda row: (-_points(row, found, need), turn(row.service.external_id, clockwork.today)))
    return rows[:CANDIDATES]


def _place(way: Ranked, fitting: Container[str], clockwork: Clockwork) -> tuple[bool, int, bytes]:
    channel = way.offer.channel
    return channel.id not in fitting, -way.points, turn(channel.external_id, clockwork.today)


def _numbers(offers: Offers, mask: int, found: Scores, clockwork: Clockwork) -> list[int]:
    """Return the offers to put in order: all of what was found by words, else some, each day from another one on."""
    by_words = _offers_of(offers, found)
    others = islice(_turned(offers, mask & ~by_words, clockwork), 2 * CANDIDATES)
    return [*bits(mask & by_words), *others]


def _points(row: Row, found: Scores, need: Need) -> float:
    own = OWN_LINE if need.eservice and need.eservice in row.service.owned_eservices else 0
    return found.get(row.service.id, 0.0) * TEXT_POINTS + row.best.points + own


def rank_all(
    offers: Offers, numbers: Sequence[int], *, need: Need, spot: Where, lang: str, clockwork: Clockwork
) -> list[Ranked]:
    """Rank also what may not be an answer: search shows everything that has the words.

    What one does by oneself is still about the thing; a closed door, or who is not to help with it, is not.
    """
    now, rules = local(clockwork.now), offers.catalogue.rules
    ranked = []
    for number in numbers:
        offer = offers.offer(number, clockwork)
        by_oneself = offer.channel.mode == "self-service"
        topics = allowed_topics(offer.service, need, rules) if by_oneself else frozenset()
        own = Need(need.code, topics, eservice=need.eservice, device=need.device)
        facts = tuple(facts_of(offer, need=own, where=spot, wish=Wish(reader=lang), rules=rules, now=now))
        ranked.append(Ranked(offer, sum(fact.points for fact in facts), facts))
    return ranked


def _turned(offers: Offers, mask: int, clockwork: Clockwork) -> chain[int]:
    turn = clockwork.today.toordinal() * DAYS_STEP % max(len(offers.channels), 1)
    return chain(bits(mask >> turn << turn), bits(mask & ((1 << turn) - 1)))
