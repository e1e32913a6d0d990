"""What somebody who waits for a time is shown behind their link."""

from dataclasses import dataclass
from datetime import datetime

from kilauta.domains.booking.choices import WAITING_STATES
from kilauta.domains.booking.models import Opening, Waiting
from kilauta.domains.directory.queries.facts import say, way_name, where

from .secrets import hashed, token_of


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A place in line; `before` is how many of the line came earlier."""

    waiting: Waiting
    name: str
    state: str
    is_open: bool
    before: int
    # the secret part of the address of a time that is offered now
    offered: str


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """A time that is offered; `is_open`: it may be taken now."""

    opening: Opening
    name: str
    place: str
    is_open: bool
    booking: str


def waiting_by(token: str, network: str) -> Waiting | None:
    whole = Waiting.objects.select_related("channel__service", "channel__place")
    return whole.filter(token_hash=hashed(token), network=network).first()


def waiting_page(waiting: Waiting, *, now: datetime) -> WaitingPage:
    line = Waiting.objects.filter(channel=waiting.channel_id, state="waiting", came_at__lt=waiting.came_at)
    asked = waiting.openings.filter(state="offered", lapses_at__gt=now).first()
    return WaitingPage(
        waiting,
        f"{say(waiting.channel.service.name)}: {way_name(waiting.channel)}",
        str(WAITING_STATES[waiting.state]),
        waiting.state == "waiting",
        line.count(),
        token_of(asked.pk) if asked else "",
    )


def opening_by(token: str, network: str) -> Opening | None:
    whole = Opening.objects.select_related(
        "waiting", "booking", "offer__channel__service", "offer__channel__place", "offer__place__municipality"
    )
    return whole.filter(token_hash=hashed(token), waiting__network=network).first()


def opening_page(opening: Opening, *, now: datetime) -> OpeningPage:
    offer = opening.offer
    is_open = opening.state == "offered" and opening.lapses_at > now and opening.waiting.state == "waiting"
    taken = opening.state == "taken" and opening.booking_id is not None
    return OpeningPage(
        opening,
        f"{say(offer.channel.service.name)}: {way_name(offer.channel)}",
        where(offer.place) if offer.place else "",
        is_open,
        token_of(opening.booking_id) if taken and opening.booking_id else "",
    )
