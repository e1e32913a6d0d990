"""An entry as the public would read it, were it public: what its page is made from, and nothing else anew.

Read inside the transaction that tries a change: the catalogue of everybody knows nothing of it. When it was last made
sure of, its links and its notices are taken from there.
"""

from dataclasses import replace

from django.db.models import Q

from kilauta.domains.directory.models import Channel, OpeningRule, Organisation, Place, Service

from .catalogue import Catalogue
from .help import Around, Checks, Links, Notices, services_of
from .hours import Schedules
from .loading import organisation_facts, place_facts


def with_entry(held: Catalogue, thing: Organisation | Place | Service | Channel) -> Catalogue:
    """Return the catalogue with this entry as it is now, shown whatever its state; six queries at most."""
    if isinstance(thing, Channel | Service):
        return _with_service(held, thing.service if isinstance(thing, Channel) else thing)
    checks, links, notices = _beside(held, str(thing.pk))
    if isinstance(thing, Place):
        schedules = Schedules(OpeningRule.objects.filter(place=thing))
        place = place_facts(thing, schedules, checks, notices)
        return replace(held, places={**held.places, place.id: place})
    facts = organisation_facts(thing, checks, links, notices)
    return replace(held, organisations={**held.organisations, facts.id: facts})


def _with_service(held: Catalogue, service: Service) -> Catalogue:
    ways = Channel.objects.filter(service=service).exclude(state="withdrawn")
    used = list(Place.objects.filter(pk__in=ways.values("place")).exclude(state="withdrawn"))
    rows = OpeningRule.objects.filter(Q(place__in=[row.pk for row in used]) | Q(channel__service=service))
    schedules = Schedules(rows)
    keys = [str(service.pk), str(service.organisation_id), *(str(row.pk) for row in used)]
    checks, links, notices = _beside(held, *keys)
    places = {str(row.pk): place_facts(row, schedules, checks, notices) for row in used}
    giver = organisation_facts(service.organisation, checks, links, notices)
    organisations = {**held.organisations, giver.id: giver}
    around = Around(organisations, held.eservices, places, schedules, checks, links, notices)
    return replace(
        held,
        organisations=organisations,
        places={**held.places, **places},
        services={**held.services, **services_of(Service.objects.filter(pk=service.pk), ways, around)},
    )


def _beside(held: Catalogue, *keys: str) -> tuple[Checks, Links, Notices]:
    """Return the checks, links and notices that the public sees of these entries and their ways."""
    checks: Checks = {}
    links: Links = {}
    notices: Notices = {}
    for key in keys:
        for facts in (held.organisations.get(key), held.places.get(key), held.services.get(key)):
            if facts is not None:
                checks[key], notices[key] = facts.checks, facts.notices
                links[key] = getattr(facts, "links", ())
        for way in held.services[key].channels if key in held.services else ():
            checks[way.id] = way.checks
    return checks, links, notices
