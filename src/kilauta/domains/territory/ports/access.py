"""The networks in which roles are held."""

from collections.abc import Iterable, Mapping

from kilauta.domains.territory.models import Network
from kilauta.kit.access.roles import Scope
from kilauta.kit.access.scopes import Place
from kilauta.lib.words import Words


def names(ids: Iterable[str]) -> Mapping[str, Words]:
    found = Network.objects.filter(pk__in=list(ids)).values_list("pk", "name_fi", "name_sv", "name_en")
    return {key: Words(fi, sv, en) for key, fi, sv, en in found}


PLACES = (Place(Scope.REGION, names, of_region=lambda key: frozenset({key}), region=lambda key: key),)
