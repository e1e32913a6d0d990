"""What is found by the words of an entry, and so must be found anew when it changes."""

from collections.abc import Mapping

from django.db import models
from django.db.models import Q

from kilauta.domains.directory.models import Audience, Channel, EService, Organisation, Place, Service, Topic
from kilauta.domains.territory.models import Locality

Affected = Mapping[str, frozenset[str]]


def affected(thing: models.Model) -> Affected:
    """Return the keys of the findable things, by kind, that the entry's words are part of."""
    if isinstance(thing, Channel):
        return {"service": frozenset({str(thing.service_id)})}
    if isinstance(thing, Service):
        return {"service": frozenset({str(thing.pk)})}
    if isinstance(thing, Place):
        there = Q(channels__place=thing)
        return {"place": frozenset({str(thing.pk)}), "service": _keys(Service.objects.filter(there))}
    if isinstance(thing, Organisation):
        return {
            "organisation": frozenset({str(thing.pk)}),
            "service": _keys(Service.objects.filter(Q(organisation=thing) | Q(eservices__owner=thing))),
            "eservice": _keys(EService.objects.filter(owner=thing)),
        }
    if isinstance(thing, EService):
        return {
            "eservice": frozenset({str(thing.pk)}),
            "service": _keys(Service.objects.filter(eservices=thing)),
        }
    return _of_words(thing)


def _of_words(thing: models.Model) -> Affected:
    """Return the same for a value of a list, or the name of a village: the services that are found by it."""
    if isinstance(thing, Topic):
        using = _keys(Service.objects.filter(topics=thing))
        return {"topic": frozenset({thing.code}), "service": using}
    if isinstance(thing, Audience):
        for_them = Q(audiences_only=thing) | Q(audiences_also=thing)
        return {"service": _keys(Service.objects.filter(for_them))}
    if isinstance(thing, Locality):
        return {"service": _keys(Service.objects.filter(channels__place__locality=thing))}
    return {}


def _keys(rows: models.QuerySet[Service] | models.QuerySet[EService]) -> frozenset[str]:
    return frozenset(str(key) for key in rows.values_list("pk", flat=True))
