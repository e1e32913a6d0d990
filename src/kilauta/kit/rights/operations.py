"""Every deed about one person's data, with who may not do it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.kit.access.holdings import holdings
from kilauta.kit.access.models import Grant
from kilauta.kit.access.operations import keep_an_administrator
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.access.scopes import above
from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy import erasing
from kilauta.kit.privacy.finding import Whom
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local


def refuse_beyond(meant: Whom, *, actor: Person, now: datetime) -> None:
    """Refuse a person who works in a place over which the actor has no say in matters of data protection."""
    today = local(now).date()
    mine = holdings(actor, today)
    held = (
        Grant.objects.filter(person__in=[UUID(each) for each in meant.people]).held_on(today).order_by("pk")
    )
    for scope, scope_id in held.values_list("scope", "scope_id").distinct():
        places = above(Scope(scope), scope_id)
        if not any(mine.may(Verb.LOGS, place, key) for place, key in places):
            raise Refused(
                "works-elsewhere",
                _("This person works outside your network too. Ask the administrator."),
                "address",
            )


@transaction.atomic
def erase_person(meant: Whom, *, actor: Person, now: datetime, purpose: str = "") -> dict[str, int]:
    """Erase the person from all tables; return by model how many rows it were.

    Refuses the last administrator, and whoever works where the actor has no say. The command line acts as the system.
    """
    keep_an_administrator(without=meant.people, now=now)
    if not actor.is_system:
        refuse_beyond(meant, actor=actor, now=now)
    return erasing.erase(meant, actor=actor, now=now, purpose=purpose)
