"""What pages about people show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from .holdings import Holdings
from .models import Grant, Invitation
from .roles import ROLES, Role, Scope
from .scopes import above


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Who holds a role in a place, who is invited, and which roles the reader may give there."""

    grants: tuple[Grant, ...]
    invitations: tuple[Invitation, ...]
    roles: tuple[Role, ...]


def may_manage(mine: Holdings, scope: Scope, scope_id: str) -> bool:
    """Return whether these roles give a say about people in this place."""
    return mine.rank(above(scope, scope_id)) > 0


def roles_to_give(mine: Holdings, scope: Scope, scope_id: str) -> tuple[Role, ...]:
    rank = mine.rank(above(scope, scope_id))
    return tuple(role for role in ROLES.values() if role.scope == scope and role.rank <= rank)


def people_page(mine: Holdings, scope: Scope, scope_id: str, *, now: datetime, today: date) -> PeoplePage:
    """Return the people of a place, in three queries or fewer."""
    grants = Grant.objects.filter(scope=scope, scope_id=scope_id).held_on(today).select_related("person")
    return PeoplePage(
        grants=tuple(grants.order_by("person__name", "person__email", "role")),
        invitations=tuple(invitations_of([(scope, scope_id)], now=now)),
        roles=roles_to_give(mine, scope, scope_id),
    )


def invitations_of(places: Iterable[tuple[Scope, str]], *, now: datetime) -> list[Invitation]:
    """Return the invitations to these places that nobody has answered yet, the oldest first."""
    wanted = set(places)
    waiting = Invitation.objects.filter(
        used_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=now,
        scope_id__in={place for _, place in wanted},
    ).order_by("invited_at", "id")
    return [each for each in waiting if (Scope(each.scope), each.scope_id) in wanted]
