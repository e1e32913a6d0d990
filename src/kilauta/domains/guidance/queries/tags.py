"""The tags that a person looks after, and how often each is used."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance.models import Tag
from kilauta.kit.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Keeper:
    """Whose tags a person looks after in a network: always their own; of which organisations; of the whole."""

    person: Person
    network: str
    organisations: Collection[UUID]
    whole: bool

    def scopes(self) -> list[str]:
        kept = {"mine": True, "organisation": bool(self.organisations), "network": self.whole}
        return [scope for scope, may in kept.items() if may]


def kept_tags(keeper: Keeper) -> QuerySet[Tag]:
    """Return the tags the person looks after, retired ones too, with `uses`: on how many entries each is."""
    mine = Q(scope="mine", person=keeper.person)
    theirs = Q(scope="organisation", organisation__in=keeper.organisations)
    of_all = Q(scope="network") if keeper.whole else Q(pk__in=[])
    rows = Tag.objects.filter(mine | theirs | of_all, network=keeper.network)
    counted = rows.annotate(uses=Count("sessions", filter=Q(sessions__withdrawn_at__isnull=True)))
    return counted.select_related("organisation").order_by("retired_on", "folded", "pk")


def kept_organisations(keeper: Keeper) -> QuerySet[Organisation]:
    """Return the organisations whose tags the person looks after."""
    return Organisation.objects.filter(pk__in=keeper.organisations).order_by("name_fi", "pk")
