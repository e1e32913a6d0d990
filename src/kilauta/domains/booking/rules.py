"""Whose offers and bookings somebody may work with: their own, and those of the organisations they look after."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kilauta.domains.booking.models import Booking, Call, Facility, Offer
from kilauta.domains.directory.models import Organisation, Place, Supporter
from kilauta.domains.directory.rules import organisations_for, places_for, reach_of
from kilauta.kit.access.holdings import Holdings
from kilauta.kit.access.models import Grant
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.accounts.models import Person


def offers_for(person: Person, mine: Holdings) -> QuerySet[Offer]:
    """Return the offers that the person may change."""
    return Offer.objects.filter(_own(mine) | Q(supporter=person))


def bookings_for(person: Person, mine: Holdings) -> QuerySet[Booking]:
    """Return the bookings that the person may work with."""
    looked_after = Q(offer__organisation__in=organisations_for(reach_of(mine)))
    return Booking.objects.filter(looked_after | Q(supporter=person))


def calls_for(person: Person, mine: Holdings) -> QuerySet[Call]:
    """Return the calls that the person may make."""
    looked_after = Q(offer__organisation__in=organisations_for(reach_of(mine)))
    return Call.objects.filter(looked_after | Q(offer__supporter=person))


def facilities_for(mine: Holdings) -> QuerySet[Facility]:
    """Return the rooms and devices of the places that the person looks after."""
    return Facility.objects.filter(place__in=places_for(reach_of(mine)))


def own_organisations(mine: Holdings) -> QuerySet[Organisation]:
    """Return the organisations in whose name the person may offer time: where they work or which they look after."""
    works = Q(pk__in=_keys(mine.ids(Verb.WORK, Scope.BODY)))
    edits = Q(pk__in=organisations_for(reach_of(mine)))
    return Organisation.objects.filter(works | edits, merged_into__isnull=True)


def may_set_for_others(mine: Holdings, organisation: Organisation) -> bool:
    """Return whether the person may offer the time of others who work in the organisation."""
    return organisations_for(reach_of(mine)).filter(pk=organisation.pk).exists()


def people_of(organisation: Organisation, day: date) -> QuerySet[Person]:
    """Return who works in the organisation: by a role, or as a supporter."""
    roles = Grant.objects.filter(scope=Scope.BODY, scope_id=str(organisation.pk)).held_on(day)
    support = Supporter.objects.filter(organisation=organisation, starts_on__lte=day)
    lasting = support.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    there = Q(pk__in=roles.values("person")) | Q(pk__in=lasting.values("person"))
    return Person.objects.filter(there, is_active=True, is_system=False)


def usable_places(organisation: Organisation) -> QuerySet[Place]:
    return Place.objects.filter(host=organisation, merged_into__isnull=True)


def _own(mine: Holdings) -> Q:
    return Q(organisation__in=organisations_for(reach_of(mine)))


def _keys(texts: frozenset[str]) -> list[UUID]:
    return [UUID(each) for each in texts]
