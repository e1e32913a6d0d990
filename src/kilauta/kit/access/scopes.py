"""The places in which a role is held, as the domains that know them tell: port `access`.

A domain offers `PLACES`, a tuple of `Place`: how an organisation or a network is called, whether it is there,
and which larger place has a say about it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kilauta.kit import ports
from kilauta.lib.words import Words

from .roles import Scope


@dataclass(frozen=True, slots=True)
class Place:
    scope: Scope
    # their names; those that are not there are left out
    names: Callable[[Iterable[str]], Mapping[str, Words]]
    # those over which a region has a say
    of_region: Callable[[str], frozenset[str]]
    # the region that has a say about it, or ""
    region: Callable[[str], str]


def places() -> dict[Scope, Place]:
    return {place.scope: place for _label, module in ports.of("access") for place in module.PLACES}


def above(scope: Scope, scope_id: str) -> frozenset[tuple[Scope, str]]:
    """Return the place itself and the one that has a say about it."""
    found = {(scope, scope_id)}
    if scope == Scope.BODY and (region := places()[scope].region(scope_id)):
        found.add((Scope.REGION, region))
    return frozenset(found)


def name_of(scope: Scope, scope_id: str) -> Words | None:
    """Return how the place is called; None if there is none such. The whole installation has no name."""
    if scope == Scope.HOUSE:
        return Words("") if not scope_id else None
    return places()[scope].names([scope_id]).get(scope_id)
