"""What was found behind web addresses."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kilauta.domains.communications.models import WebAddress


@transaction.atomic
def hold_faults(found: Iterable[tuple[str, str]], *, standing: Iterable[str], now: datetime) -> None:
    """Hold of each address that was asked what was wrong with it ("" for nothing).

    Addresses that stand nowhere any more are forgotten; `standing` are those that do.
    """
    asked = dict(found)
    held = {each.url: each for each in WebAddress.objects.select_for_update().filter(url__in=asked)}
    for url, fault in asked.items():
        address = held.get(url) or WebAddress(url=url)
        address.asked_at, address.fault = now, fault
        address.failures = address.failures + 1 if fault else 0
        address.save()
    known = set(WebAddress.objects.values_list("url", flat=True))
    WebAddress.objects.filter(url__in=known.difference(standing)).delete()
