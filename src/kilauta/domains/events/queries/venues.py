"""How guidance goes on at each place, with what its events came to: Table 1 of a report, and a sheet for the place."""

from dataclasses import dataclass
from datetime import date, datetime

from kilauta.domains.events.logic.figures import Held, Tally, tally
from kilauta.domains.events.models import Occurrence, Venue

from .figures import attendance_of
from .registers import venues_in_order


@dataclass(frozen=True, slots=True)
class VenueRow:
    venue: Venue
    sums: Tally


@dataclass(frozen=True, slots=True)
class VenueSheet:
    """What a place is given: its own figures, its last times, and what was agreed."""

    venue: Venue
    sums: Tally
    times: tuple[Occurrence, ...]


def venue_rows(network: str, *, now: datetime) -> tuple[VenueRow, ...]:
    """Return every place of the register with the sums of all its events: two queries."""
    venues = list(venues_in_order(network))
    held: dict[object, list[Held]] = {each.place_id: [] for each in venues}
    for time in _times(network, now):
        place = time.place_id or time.event.place_id
        if place in held:
            held[place].append(Held(attendance_of(time), bool(time.had_queue)))
    return tuple(VenueRow(each, tally(held[each.place_id])) for each in venues)


def venue_sheet(venue: Venue, *, now: datetime) -> VenueSheet:
    times = [
        each
        for each in _times(venue.network_id, now)
        if venue.place_id in {each.place_id, each.event.place_id}
    ]
    here = [each for each in times if (each.place_id or each.event.place_id) == venue.place_id]
    sums = tally(Held(attendance_of(each), bool(each.had_queue)) for each in here)
    return VenueSheet(venue, sums, tuple(reversed(here)))


def due(network: str, *, today: date) -> int:
    """Return at how many places somebody must ask how guidance goes on: never asked, or to be asked again."""
    waiting = Venue.objects.filter(network=network)
    return (
        waiting.filter(state="not-asked").count()
        + waiting.filter(check_on__lte=today).exclude(state="not-asked").count()
    )


def _times(network: str, now: datetime) -> list[Occurrence]:
    held = Occurrence.objects.filter(network=network, is_shown=True, state="planned", starts_at__lte=now)
    return list(held.select_related("event").order_by("starts_at", "pk"))
