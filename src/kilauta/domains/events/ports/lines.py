"""Events that wait for somebody, on the first pages of the rooms."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kilauta.domains.events.queries import own
from kilauta.domains.events.queries.venues import due
from kilauta.kit.access.holdings import holdings
from kilauta.kit.accounts.models import Person
from kilauta.kit.panels import About, Line, Lines
from kilauta.lib.zone import local


def _lines(about: About) -> Iterator[Line]:
    person = Person.objects.get(pk=about.key)
    mine = holdings(person, local(about.now).date())
    unclosed, risky, late = own.numbers(mine, about.region, now=about.now)
    address = reverse("events:own")
    yield Line(_("Events: how many came?"), unclosed, address)
    yield Line(_("Events that might stay empty"), risky, address)
    yield Line(_("Events not told of in time"), late, address)
    yield Line(
        _("People to ring about an event"),
        own.open_calls(mine, about.region).count(),
        reverse("events:calls"),
    )


def _office(about: About) -> Iterator[Line]:
    yield from _lines(about)
    number = due(about.region, today=local(about.now).date())
    yield Line(_("Places to ask how guidance goes on"), number, reverse("events:office-venues"))


LINES = (Lines("desk", _lines), Lines("office", _office))
