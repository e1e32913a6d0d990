"""The one answer: whom to ring, here, now, about this."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice

from kilauta.domains.directory.logic.facts import NetworkFacts, RuleFacts
from kilauta.domains.directory.logic.status import Clockwork
from kilauta.domains.directory.queries import Catalogue
from kilauta.domains.finder.logic.answer import Answer, answer
from kilauta.domains.finder.logic.facets import bits
from kilauta.domains.finder.logic.need import Need, Where, Wish
from kilauta.domains.finder.logic.ranking import Offer, may_answer, rank
from kilauta.lib.zone import local

from .offers import Offers, offers_of

# From so many own offers on, only those that serve the person's municipality are compared; never more than MOST.
ENOUGH, MOST = 100, 400
# A prime, so that the beginning moves about from day to day.
DAYS_STEP = 7919


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and what surrounds it: the rule that speaks, and the ways of help that would find something."""

    answer: Answer
    rule: RuleFacts | None
    families: tuple[str, ...]
    wished: bool


def need_of(catalogue: Catalogue, code: str) -> Need | None:
    """Return the need behind a code of an address: an everyday group, a topic or an e-service's address."""
    group = catalogue.groups.get(code)
    if group:
        return Need(code, group.topics, device=group.device)
    if code in catalogue.topics:
        return Need(code, frozenset({code}))
    key = catalogue.by_short_id["eservice"].get(code.split("-", 1)[0])
    if key:
        eservice = catalogue.eservices[key]
        return Need(eservice.address, eservice.topics, eservice=key)
    return None


def rule_of(catalogue: Catalogue, need: Need) -> RuleFacts | None:
    """Return the rule that speaks about the need: its topic's, the first one of several."""
    return next(
        (
            catalogue.rules[topic]
            for topic in catalogue.topics
            if topic in need.topics and topic in catalogue.rules
        ),
        None,
    )


def answered(
    catalogue: Catalogue, network: NetworkFacts, *, need: Need, where: Where, wish: Wish, now: datetime
) -> Answered:
    """Return whom to ring about the need. A wished way that nobody offers is dropped, and that is said."""
    local_now = local(now)
    clockwork = Clockwork(now, local_now.date())
    everything = list(_relevant(catalogue, network, need, where, clockwork))

    def ranked(wish: Wish) -> Answer:
        return answer(
            rank(everything, need=need, where=where, wish=wish, rules=catalogue.rules, now=local_now)
        )

    best = ranked(wish)
    wished = bool(best.first)
    if not wished and wish.family:
        best = ranked(Wish(language=wish.language, audience=wish.audience, reader=wish.reader))
    any_way, today = Wish(language=wish.language), clockwork.today
    families = {
        offer.channel.family
        for offer in everything
        if may_answer(offer, need=need, where=where, wish=any_way, rules=catalogue.rules, today=today)
    }
    return Answered(best, rule_of(catalogue, need), tuple(sorted(families)), wished)


def _relevant(
    catalogue: Catalogue, network: NetworkFacts, need: Need, where: Where, clockwork: Clockwork
) -> list[Offer]:
    """Narrow by masks first: the topics of the need; when many are left, only what serves the municipality."""
    offers = offers_of(catalogue, network)
    mask = offers.layout.everything
    if need.topics:
        mask = 0
        for topic in need.topics:
            mask |= offers.masks["topic"].get(topic, 0)
    own = offers.by_municipality.get(where.municipality, 0)
    if where.municipality and (mask & own).bit_count() >= ENOUGH:
        mask &= own
    return [offers.offer(number, clockwork) for number in some(mask, offers, clockwork.today)]


def some(mask: int, offers: Offers, today: date) -> list[int]:
    """Return at most MOST of the offers, beginning at another one every day: no name comes always first."""
    turn = today.toordinal() * DAYS_STEP % max(len(offers.channels), 1)
    high, low = mask >> turn << turn, mask & ((1 << turn) - 1)
    return list(islice(chain(bits(high), bits(low)), MOST))
