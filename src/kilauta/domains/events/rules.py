"""Whose events somebody may work with: those their organisation organises, and those of the network they look after."""

from uuid import UUID

from django.db.models import Q, QuerySet

from kilauta.domains.directory.models import Organisation
from kilauta.domains.directory.rules import organisations_for, reach_of
from kilauta.domains.events.models import Event
from kilauta.kit.access.holdings import Holdings
from kilauta.kit.access.roles import Scope, Verb


def events_for(mine: Holdings) -> QuerySet[Event]:
    """Return the events that the person may change: of organisations whose entries they edit, of their networks."""
    organised = Q(parts__part="organiser", parts__organisation__in=organisations_for(reach_of(mine)))
    return Event.objects.filter(_looked_after(mine) | organised).distinct()


def days_for(mine: Holdings) -> QuerySet[Event]:
    """Return the events whose day the person may run: also who only works in an organisation that organises it."""
    works = [UUID(each) for each in mine.ids(Verb.WORK, Scope.BODY)]
    there = Q(parts__part__in=("organiser", "partner"), parts__organisation__in=works)
    organised = Q(parts__part="organiser", parts__organisation__in=organisations_for(reach_of(mine)))
    return Event.objects.filter(_looked_after(mine) | there | organised).distinct()


def organisers_for(mine: Holdings) -> QuerySet[Organisation]:
    """Return the organisations in whose name the person may hold an event."""
    return organisations_for(reach_of(mine))


def _looked_after(mine: Holdings) -> Q:
    if mine.everywhere(Verb.COORDINATE):
        return Q(network__isnull=False)
    return Q(network__in=mine.ids(Verb.COORDINATE, Scope.REGION))
