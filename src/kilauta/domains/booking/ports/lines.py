"""Bookings that wait for somebody, on the first page of the workspace."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kilauta.domains.booking.queries import desk
from kilauta.kit.access.holdings import holdings
from kilauta.kit.accounts.models import Person
from kilauta.kit.panels import About, Line, Lines
from kilauta.lib.zone import local


def _desk(about: About) -> Iterator[Line]:
    person = Person.objects.get(pk=about.key)
    mine = holdings(person, local(about.now).date())
    today, asked = desk.numbers(person, now=about.now)
    address = reverse("booking:own-bookings")
    yield Line(_("Bookings today"), today, address)
    yield Line(_("Bookings that wait for my yes"), asked, address)
    yield Line(
        _("People to ring about a booking"), desk.open_calls(person, mine).count(), reverse("booking:calls")
    )


LINES = (Lines("desk", _desk),)
