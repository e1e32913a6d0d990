"""Whose the things behind the doors are."""

from __future__ import annotations

from kilauta.domains.directory.models import Organisation, Service


def organisation(owner: str) -> Organisation:
    """Return the organisation of an owner: two of our network, and one of the other's."""
    if owner == "theirs":
        services = Service.objects.filter(organisation__steward="kaakko", organisation__places__isnull=False)
        return (
            services.filter(channels__isnull=False)
            .order_by("pk")
            .select_related("organisation")[0]
            .organisation
        )
    key = {"ours": "kajaani-kirjasto", "neighbour": "sotkamo-kirjasto"}[owner]
    return Organisation.objects.get(source="kilauta", external_id=key)
