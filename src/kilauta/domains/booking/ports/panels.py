"""What other pages show of bookings: the desk the way to one's own, a place and a service their next free times."""

from dataclasses import dataclass

from kilauta.domains.booking.queries import desk
from kilauta.domains.booking.queries.nearest import FreeWay, free_ways
from kilauta.kit.access.holdings import holdings
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.panels import About, Panel
from kilauta.lib.zone import local


@dataclass(frozen=True, slots=True)
class BookingPanel:
    """The next booking of the person on this or the next days, if there is one."""

    next_one: desk.BookingRow | None


def booking_panel(about: About) -> BookingPanel | None:
    """Return the way to bookings for whoever works in an organisation, or coordinates here."""
    person = Person.objects.get(pk=about.key)
    mine = holdings(person, local(about.now).date())
    if not mine.ids(Verb.WORK, Scope.BODY) and not mine.may(Verb.COORDINATE, Scope.REGION, about.region):
        return None
    return BookingPanel(desk.next_of(person, now=about.now))


def free_at_place(about: About) -> tuple[FreeWay, ...] | None:
    return free_ways(about.region, now=about.now, place=about.key) or None


def free_of_service(about: About) -> tuple[FreeWay, ...] | None:
    return free_ways(about.region, now=about.now, service=about.key) or None


PANELS = (
    Panel("desk", "booking/parts/desk_panel.html", booking_panel),
    Panel("place", "booking/parts/free_panel.html", free_at_place),
    Panel("service", "booking/parts/free_panel.html", free_of_service),
)
