"""What a coordinator keeps of events: where they are told of, and how guidance goes on at each place."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from kilauta.domains.events.choices import OUTLET_KINDS, VENUE_STATES
from kilauta.domains.events.forms.notices import OutletForm, VenueForm
from kilauta.domains.events.models import Outlet, Venue
from kilauta.domains.events.operations import publishing as operations
from kilauta.domains.events.queries import registers as queries
from kilauta.kit.registers.at import At
from kilauta.kit.registers.declared import RETIRE, Line, Register, Values
from kilauta.lib.words import Words


class Outlets(Register[Outlet]):
    """Where the network tells of its events."""

    word, form, ending = "julkaisukanavat", OutletForm, RETIRE
    title, adding = _("Channels where events are told of"), _("Add a channel")
    about = _("A new event gets these as its checklist, each with a day by which it must be done.")
    headings = (_("What it is"), _("Days before"))
    used_by = _("Events")

    def lines(self, at: At) -> Iterable[Line]:
        for row, uses in queries.outlets_in_order(at.region):
            facts = (str(OUTLET_KINDS[row.kind]), str(row.days_before))
            yield Line(str(row.pk), row.name, facts, uses=uses, ended=row.retired_on is not None)

    def find(self, at: At, key: str) -> Outlet | None:
        return Outlet.objects.filter(network=at.region, pk=key).first() if key.isdecimal() else None

    def is_ended(self, thing: Outlet) -> bool:
        return thing.retired_on is not None

    def add(self, at: At, values: Values) -> Outlet:
        return operations.add_outlet(at.region, values=values, actor=at.actor, now=at.now)

    def change(self, at: At, thing: Outlet, values: Values) -> None:
        operations.change(thing, values=values, actor=at.actor, now=at.now)

    def end(self, at: At, thing: Outlet) -> None:
        operations.retire_outlet(thing, actor=at.actor, now=at.now)

    def bring_back(self, at: At, thing: Outlet) -> None:
        operations.change(thing, values={"retired_on": None}, actor=at.actor, now=at.now)


class Venues(Register[Venue]):
    """How guidance goes on at each place where there has been an event."""

    word, form = "toimipaikat", VenueForm
    title = _("Places of events: how guidance goes on")
    about = _("A place comes into this list with its first event. Talk about what follows at once.")
    headings = (_("How it stands"), _("Who guides"))

    def lines(self, at: At) -> Iterable[Line]:
        for row in queries.venues_in_order(at.region):
            yield Line(str(row.pk), row.place.name, (str(VENUE_STATES[row.state]), row.guides))

    def find(self, at: At, key: str) -> Venue | None:
        return queries.venue(at.region, key)

    def name_of(self, thing: Venue) -> Words:
        return thing.place.name

    def change(self, at: At, thing: Venue, values: Values) -> None:
        operations.change_venue(thing, values=values, actor=at.actor, now=at.now)


REGISTERS = (Outlets(), Venues())
