"""Keeping, once a month, how the directory stands."""

from datetime import datetime

from django.db import transaction

from kilauta.domains.directory.models import MonthlyEntry
from kilauta.domains.directory.queries.catalogue import Catalogue
from kilauta.domains.directory.queries.monthly import standing
from kilauta.domains.territory.models import Network
from kilauta.lib.zone import local


@transaction.atomic
def keep_month(network: Network, catalogue: Catalogue, *, now: datetime) -> int:
    """Keep every entry of the network as it is at the beginning of this month; return how many, 0 where it was done."""
    month = local(now).date().replace(day=1)
    Network.objects.select_for_update().get(pk=network.pk)
    if MonthlyEntry.objects.filter(network=network, month=month).exists():
        return 0
    rows = [
        MonthlyEntry(network=network, month=month, kind=one.kind, entry=one.entry, values=one.values)
        for one in standing(catalogue, catalogue.networks[network.pk])
    ]
    return len(MonthlyEntry.objects.bulk_create(rows, batch_size=500))
