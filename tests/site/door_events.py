"""Events, their tellings and places behind the doors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from kilauta.domains.events.logic.times import Span
from kilauta.domains.events.logic.told import EventTold, PartOf
from kilauta.domains.events.models import Notice, Outlet, Venue
from kilauta.domains.events.operations.events import add_event
from kilauta.kit.accounts.models import Person
from kilauta.lib.words import Words
from tests.cast import NOW
from tests.site.door_owners import organisation

if TYPE_CHECKING:
    from collections.abc import Callable


def _network(owner: str) -> str:
    return "kaakko" if owner == "theirs" else "kainuu"


def _event_day(owner: str) -> tuple[object, ...]:
    """Return an event of the owner, and its only time: a day ahead."""
    part = PartOf(organisation(owner).pk)
    told = EventTold(kind="guidance", name=Words("Neuvonta"), parts=(part,), where="Tori")
    begins = datetime(2026, 11, 25, 7, tzinfo=UTC)
    spans = [Span(begins, begins + timedelta(hours=2))]
    made = add_event(_network(owner), told, spans=spans, actor=Person.objects.system(), now=NOW)
    return made.pk, made.occurrences.get().pk


def _notice(owner: str) -> tuple[object, ...]:
    event, _time = _event_day(owner)
    outlet = Outlet.objects.filter(network=_network(owner)).order_by("pk")[0]
    made, _new = Notice.objects.get_or_create(event_id=event, outlet=outlet, defaults={"due_on": NOW.date()})
    return event, made.pk


def _venue(owner: str) -> tuple[object, ...]:
    return (Venue.objects.filter(network=_network(owner)).order_by("pk")[0].pk,)


MAKE: dict[str, Callable[[str], tuple[object, ...]]] = {
    "event day": _event_day,
    "event": lambda owner: _event_day(owner)[:1],
    "event notice": _notice,
    "venue": _venue,
}
NOT_THERE: dict[str, tuple[object, ...]] = {
    "event day": (uuid4(), uuid4()),
    "event": (uuid4(),),
    "event notice": (uuid4(), 987654),
    "venue": (987654,),
}
