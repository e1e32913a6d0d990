"""The organisations in which roles are held."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from kilauta.domains.directory.models import Organisation
from kilauta.kit.access.roles import Scope
from kilauta.kit.access.scopes import Place
from kilauta.lib.words import Words


def names(ids: Iterable[str]) -> Mapping[str, Words]:
    keys = [key for key in map(_key, ids) if key]
    found = Organisation.objects.filter(pk__in=keys).values_list("pk", "name_fi", "name_sv", "name_en")
    return {str(key): Words(fi, sv, en) for key, fi, sv, en in found}


def region(key: str) -> str:
    """Return the network that looks after the organisation."""
    known = _key(key)
    found = (
        Organisation.objects.filter(pk=known).values_list("steward_id", flat=True).first() if known else None
    )
    return found or ""


def of_region(network: str) -> frozenset[str]:
    keys = Organisation.objects.filter(steward_id=network).values_list("pk", flat=True)
    return frozenset(map(str, keys))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


PLACES = (Place(Scope.BODY, names, of_region=of_region, region=region),)
