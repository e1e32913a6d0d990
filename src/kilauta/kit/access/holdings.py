"""What a person may do, read once for a request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kilauta.kit.accounts.models import Person

from .models import Grant
from .roles import GUARDED, ROLES, Scope, Verb


@dataclass(frozen=True, slots=True)
class Held:
    role: str
    scope: Scope
    scope_id: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """The roles that a person holds on a day."""

    held: tuple[Held, ...] = ()

    def may(self, verb: Verb, scope: Scope, scope_id: str) -> bool:
        """Return whether the person may do this there; the whole installation holds every place."""
        return any(
            verb in ROLES[each.role].verbs
            and (each.scope == Scope.HOUSE or (each.scope, each.scope_id) == (scope, scope_id))
            for each in self.held
        )

    def anywhere(self, verb: Verb) -> bool:
        return any(verb in ROLES[each.role].verbs for each in self.held)

    def everywhere(self, verb: Verb) -> bool:
        """Return whether the person may do this in the whole installation."""
        return any(each.scope == Scope.HOUSE and verb in ROLES[each.role].verbs for each in self.held)

    def ids(self, verb: Verb, scope: Scope) -> frozenset[str]:
        """Return where the person may do this by name; see also `everywhere`."""
        return frozenset(
            each.scope_id for each in self.held if each.scope == scope and verb in ROLES[each.role].verbs
        )

    def rank(self, places: Iterable[tuple[Scope, str]]) -> int:
        """Return the highest rank of the roles that give the person a say about people in these places."""
        wanted = set(places)
        return max(
            (
                ROLES[each.role].rank
                for each in self.held
                if Verb.PEOPLE in ROLES[each.role].verbs
                and (each.scope == Scope.HOUSE or (each.scope, each.scope_id) in wanted)
            ),
            default=0,
        )

    @property
    def guarded(self) -> bool:
        """Return whether some of it wants a second factor."""
        return any(GUARDED & ROLES[each.role].verbs for each in self.held)


NOBODY = Holdings()


def holdings(person: Person, day: date) -> Holdings:
    """Return what the person holds on this day, in one query."""
    if not person.is_active:
        return NOBODY
    rows = Grant.objects.filter(person=person).held_on(day).order_by("role", "scope_id")
    return Holdings(
        tuple(
            Held(role, Scope(scope), scope_id)
            for role, scope, scope_id in rows.values_list("role", "scope", "scope_id")
        )
    )
