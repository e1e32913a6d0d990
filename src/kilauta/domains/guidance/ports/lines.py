"""Requests that wait for a helper, in the two rooms."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kilauta.domains.guidance.queries import requests
from kilauta.domains.guidance.queries.starts import waiting_starts
from kilauta.kit.access.holdings import holdings
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.panels import About, Line, Lines
from kilauta.lib.zone import local


def _desk(about: About) -> Iterator[Line]:
    person = Person.objects.get(pk=about.key)
    mine = holdings(person, local(about.now).date())
    found = requests.queue(person, mine, about.region, now=about.now)
    address = reverse("guidance:queue")
    yield Line(_("Help requests that I have taken"), len(found.mine), address)
    yield Line(_("Help requests that wait for me"), len(found.offered), address)


def _office(about: About) -> Iterator[Line]:
    """Only for who may open these pages: others read the lists of the directory."""
    mine = holdings(Person.objects.get(pk=about.key), local(about.now).date())
    if not mine.may(Verb.COORDINATE, Scope.REGION, about.region):
        return
    late = requests.late_in(about.region, now=about.now)
    yield Line(_("Help requests that nobody has taken in time"), late, reverse("guidance:office-requests"))
    starts = waiting_starts(about.region)
    yield Line(_("Bodies that want to start"), starts, reverse("guidance:office-starts"))


LINES = (Lines("desk", _desk), Lines("office", _office))
