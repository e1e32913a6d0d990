"""The lists that a coordinator keeps of events, in the order people look for them."""

from django.db.models import Count, QuerySet

from kilauta.domains.events.models import Notice, Outlet, Venue


def outlets_in_order(network: str) -> list[tuple[Outlet, int]]:
    """Return the outlets, those in use first, each with how many events were or will be told of there."""
    mine = list(Outlet.objects.filter(network=network).order_by("name_fi", "pk"))
    uses = dict(
        Notice.objects.filter(outlet__in=mine).values_list("outlet").annotate(Count("pk")).order_by("outlet")
    )
    return [
        (each, uses.get(each.pk, 0)) for each in sorted(mine, key=lambda each: each.retired_on is not None)
    ]


def venues_in_order(network: str) -> QuerySet[Venue]:
    held = Venue.objects.filter(network=network).select_related("place__municipality")
    return held.order_by("place__name_fi", "pk")


def venue(network: str, key: str) -> Venue | None:
    return venues_in_order(network).filter(pk=key).first() if key.isdecimal() else None
