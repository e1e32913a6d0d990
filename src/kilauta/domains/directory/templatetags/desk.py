"""What the pages of my organisation are written with."""

from datetime import date

from django import template
from django.utils.translation import gettext

from kilauta.domains.directory.choices import (
    KIND_NAMES,
    PROPOSAL_NAMES,
    PROPOSAL_STATE_NAMES,
    STAGE_NAMES,
    STATE_NAMES,
)
from kilauta.domains.directory.models import Proposal
from kilauta.domains.directory.queries.facts import Fact
from kilauta.domains.directory.queries.own import Need
from kilauta.domains.directory.queries.wording import line_times
from kilauta.domains.directory.views.desk.deeds import KINDS
from kilauta.domains.directory.views.desk.entries import Desk
from kilauta.domains.directory.views.desk.hands import Hand
from kilauta.domains.directory.views.desk.making import RETURNED
from kilauta.lib.hours import Line, Schedule

register = template.Library()
WORDS = {kind: word for word, kind in KINDS.items()}


@register.simple_tag
def at(hand: Hand, page: str, *parts: object) -> str:
    """Return the address of one of the pages, in the room or behind the mailed link."""
    return hand.url(page, *parts)


@register.simple_tag
def home_of(hand: Hand, desk: Desk) -> str:
    """Return where one comes from to an editor."""
    return desk.back or hand.home(desk.owner)


@register.simple_tag
def fact_address(hand: Hand, fact: Fact) -> str:
    """Return where a group of facts is corrected."""
    if fact.group == "hours":
        return hand.url("hours", WORDS[fact.kind], fact.id)
    return hand.url(fact.kind, fact.id)


@register.simple_tag
def need_address(hand: Hand, need: Need) -> str:
    """Return where something that is missing is mended."""
    if need.page == "channel-hours":
        return hand.url("hours", WORDS["channel"], need.id)
    return hand.url(need.page, need.id)


@register.simple_tag
def mending(hand: Hand, proposal: Proposal) -> str:
    """Return where one's own proposal that came back is mended; "" where there is nothing to mend."""
    if proposal.state != "returned" or proposal.kind != "change" or proposal.by != hand.person:
        return ""
    if proposal.values.keys() & {"hours", "exceptions"}:
        address = hand.url("hours", WORDS[proposal.entry_kind], proposal.entry_id)
    else:
        address = hand.url(proposal.entry_kind, proposal.entry_id)
    return f"{address}?{RETURNED}={proposal.pk}"


@register.simple_tag
def day_seen(schedule: Schedule, day: date) -> str:
    """Return what people see of the hours of one day."""
    found = schedule.days(day, 1)[0]
    if found.unknown:
        return gettext("hours not known")
    times = [
        line_times(Line((1,), span.opens, span.closes, span.state, "all", None, None, None))
        for span in found.spans
    ]
    return ", ".join(times) or gettext("closed")


@register.filter
def stage_words(stage: str) -> str:
    return str(STAGE_NAMES[stage])


@register.filter
def state_word(state: str) -> str:
    return str(STATE_NAMES[state])


@register.filter
def proposal_state(state: str) -> str:
    return str(PROPOSAL_STATE_NAMES[state])


@register.filter
def proposal_kind(kind: str) -> str:
    return str(PROPOSAL_NAMES[kind])


@register.filter
def kind_word(kind: str) -> str:
    return str(KIND_NAMES[kind])
