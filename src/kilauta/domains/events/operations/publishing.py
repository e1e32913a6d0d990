"""Where an event is told of: the outlets of a network, the checklist of an event, the leaflets taken along."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.events.models import Delivery, Event, Notice, Outlet, Venue
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local

from .events import locked

Values = Mapping[str, object]
T = TypeVar("T", Notice, Outlet, Venue)


@transaction.atomic
def add_outlet(network: str, *, values: Values, actor: Person, now: datetime) -> Outlet:
    """Add a place where the network tells of its events."""
    made = Outlet.objects.create(network_id=network, **values)
    recording.record(made, "made", actor=actor, now=now)
    return made


@transaction.atomic
def change(thing: T, *, values: Values, actor: Person, now: datetime) -> T:
    """Let an outlet, a notice or a venue say this. Nothing is remembered where nothing changes."""
    held = type(thing).objects.select_for_update(of=("self",)).get(pk=thing.pk)
    changed = {name: (old, new) for name, new in values.items() if (old := getattr(held, name)) != new}
    for name, new in values.items():
        setattr(held, name, new)
    if changed:
        held.save(update_fields=list(changed))
        recording.record(held, "changed", actor=actor, now=now, values=changed)
    return held


def change_venue(venue: Venue, *, values: Values, actor: Person, now: datetime) -> Venue:
    """Say how guidance goes on at a place. A day of agreeing needs an agreement."""
    if values.get("agreed_on") and values.get("state") != "agreed":
        raise Refused("not-agreed", _("Choose “Agreed”, or leave the day empty."), "agreed_on")
    return change(venue, values=values, actor=actor, now=now)


@transaction.atomic
def retire_outlet(outlet: Outlet, *, actor: Person, now: datetime) -> Outlet:
    """Use an outlet no more; what was told in it stays."""
    held = Outlet.objects.select_for_update().get(pk=outlet.pk)
    if held.retired_on is None:
        held.retired_on = local(now).date()
        held.save(update_fields=["retired_on"])
        recording.record(held, "retired", actor=actor, now=now)
    return held


@transaction.atomic
def add_notice(event: Event, outlet: Outlet, *, due_on: date, actor: Person, now: datetime) -> Notice:
    """Put an outlet on the checklist of the event; one that is on it stays as it is."""
    held = locked(event)
    made, is_new = Notice.objects.get_or_create(event=held, outlet=outlet, defaults={"due_on": due_on})
    if is_new:
        recording.record(
            held, "notice-added", actor=actor, now=now, values={"outlet": (None, outlet.name_fi)}
        )
    return made


@transaction.atomic
def drop_notice(notice: Notice, *, actor: Person, now: datetime) -> None:
    """Take an outlet from the checklist. What was told stays told: it is refused."""
    event = locked(notice.event)
    held = Notice.objects.select_related("outlet").filter(pk=notice.pk).first()
    if held is None:
        return
    if held.done_on is not None:
        raise Refused("done", _("This has been done: it stays in the list."))
    recording.record(
        event, "notice-dropped", actor=actor, now=now, values={"outlet": (held.outlet.name_fi, None)}
    )
    held.delete()


@transaction.atomic
def mark_done(notice: Notice, *, cents: int | None, actor: Person, now: datetime) -> Notice:
    """Hold that the event has been told of here, and what it cost. Told anew, it is up to date again."""
    held = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    held.done_on, held.done_by, held.is_outdated = local(now).date(), actor, False
    held.cents = held.cents if cents is None else cents
    held.save(update_fields=["done_on", "done_by", "is_outdated", "cents"])
    return held


@transaction.atomic
def mark_undone(notice: Notice) -> Notice:
    """Take back that it was done."""
    held = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    held.done_on, held.done_by, held.is_outdated = None, None, False
    held.save(update_fields=["done_on", "done_by", "is_outdated"])
    return held


@transaction.atomic
def deliver(network: str, *, event: Event | None, values: Values, actor: Person, now: datetime) -> Delivery:
    """Hold that printed leaflets were taken somewhere."""
    made = Delivery.objects.create(network_id=network, event=event, by=actor, **values)
    recording.record(made, "made", actor=actor, now=now)
    return made


@transaction.atomic
def share_costs(event: Event, cents: Mapping[int, int | None], *, actor: Person, now: datetime) -> Event:
    """Hold what each organisation pays of the event, by its part; None: not known."""
    held = locked(event)
    changed: dict[str, tuple[object, object]] = {}
    for part in held.parts.select_related("organisation").filter(pk__in=cents).order_by("pk"):
        if part.cents != cents[part.pk]:
            changed[f"cost: {part.organisation.name_fi}"] = (part.cents, cents[part.pk])
            part.cents = cents[part.pk]
            part.save(update_fields=["cents"])
    if changed:
        recording.record(held, "changed", actor=actor, now=now, values=changed)
    return held
