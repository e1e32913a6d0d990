"""How many seats are left."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, Sum

from kilauta.domains.events.models import Event, Occurrence, Seat, Signup


@dataclass(frozen=True, slots=True)
class Seats:
    """What is left for whoever comes now: seats at once, else places in the waiting line, where so many wait."""

    free: int
    places: int
    waiting: int

    @property
    def is_full(self) -> bool:
        return not self.free and not self.places


def seats_of(times: Collection[Occurrence]) -> dict[UUID, Seats]:
    """Return what is left of each time, by its key; of a whole course it is the same for all. Two queries."""
    if not times:
        return {}
    keys = {each.event_id if each.event.is_whole else each.pk for each in times}
    counted = Seat.objects.filter(of__in=keys).values_list("of").annotate(number=Count("pk")).order_by()
    taken = dict(counted)
    single = Q(occurrence__in=[each.pk for each in times])
    whole = Q(occurrence__isnull=True, event__in={each.event_id for each in times})
    line = Signup.objects.filter(single | whole, state="waiting").order_by()
    waiting = {
        occurrence or event: persons
        for event, occurrence, persons in line.values_list("event", "occurrence").annotate(Sum("persons"))
    }
    found = {}
    for each in times:
        key = each.event_id if each.event.is_whole else each.pk
        found[each.pk] = _left(each.event, taken.get(key, 0), waiting.get(key, 0))
    return found


def seats_of_event(event: Event) -> Seats:
    """Return what is left of a whole course."""
    taken = Seat.objects.filter(of=event.pk).count()
    line = Signup.objects.filter(event=event, occurrence__isnull=True, state="waiting")
    return _left(event, taken, line.aggregate(persons=Sum("persons"))["persons"] or 0)


def _left(event: Event, taken: int, waiting: int) -> Seats:
    # nobody passes those who wait: with a line, a free seat is theirs
    free = 0 if waiting else max((event.capacity or 0) - taken, 0)
    return Seats(free, max(event.waiting_places - waiting, 0), waiting)
