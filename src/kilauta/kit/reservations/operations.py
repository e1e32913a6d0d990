"""Every write to what is held: a seat of each resource for a time, all of them or none."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kilauta.kit.refusals import Refused

from .models import Reservation, Resource, Tick

TICK = timedelta(minutes=5)
_START = datetime(2000, 1, 1, tzinfo=UTC)


def resource(kind: str, key: str, *, seats: int = 1) -> Resource:
    """Return the resource of this kind and key, made when it is new; it has as many seats from now on."""
    found, _is_new = Resource.objects.get_or_create(kind=kind, key=key, defaults={"seats": seats})
    if found.seats != seats:
        found.seats = seats
        found.save(update_fields=["seats"])
    return found


@transaction.atomic
def hold(
    resources: Collection[Resource], *, starts_at: datetime, ends_at: datetime, holder: str
) -> list[Reservation]:
    """Give the holder one seat of each resource for `[starts_at, ends_at)`; "taken" when one has no seat left."""
    if ends_at <= starts_at:
        raise ValueError("A reservation lasts some time.")
    locked = lock(resources)
    try:
        with transaction.atomic():
            return [_seated(each, starts_at, ends_at, holder) for each in locked]
    except IntegrityError:
        # the wall itself: somebody who did not ask for the lock was first
        raise _taken() from None


@transaction.atomic
def release(holder: str) -> int:
    """Give back all that the holder has; return how many seats that were."""
    held = Reservation.objects.filter(holder=holder)
    number = held.count()
    held.delete()
    return number


@transaction.atomic
def move(
    holder: str, *, resources: Collection[Resource], starts_at: datetime, ends_at: datetime
) -> list[Reservation]:
    """Let the holder have these for this time in place of all it had; what it had stays when that is refused."""
    lock(resources)
    with transaction.atomic():
        release(holder)
        return hold(resources, starts_at=starts_at, ends_at=ends_at, holder=holder)


def lock(resources: Collection[Resource]) -> list[Resource]:
    """Let nobody else hold these until the transaction ends; in one order, so that none waits in a circle."""
    keys = [each.pk for each in resources]
    return list(Resource.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _seated(thing: Resource, starts_at: datetime, ends_at: datetime, holder: str) -> Reservation:
    ticks = list(_ticks(starts_at, ends_at))
    used = Tick.objects.filter(resource=thing, at__gte=ticks[0], at__lte=ticks[-1])
    full = set(used.values_list("seat", flat=True))
    seat = next((each for each in range(thing.seats) if each not in full), None)
    if seat is None:
        raise _taken()
    made = Reservation.objects.create(
        resource=thing, seat=seat, starts_at=starts_at, ends_at=ends_at, holder=holder
    )
    Tick.objects.bulk_create(Tick(reservation=made, resource=thing, seat=seat, at=at) for at in ticks)
    return made


def _ticks(starts_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    """Yield the ticks that the time touches; an uneven end takes the whole tick."""
    at = _START + (starts_at - _START) // TICK * TICK
    while at < ends_at:
        yield at
        at += TICK


def _taken() -> Refused:
    return Refused("taken", _("Somebody was just quicker: this time is taken. Choose another one."))
