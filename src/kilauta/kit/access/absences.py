"""When somebody is away: another has their roles meanwhile, and so their work and their mail; or has them for good."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.outbox.operations import send
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local

from .holdings import holdings
from .models import Absence, Grant
from .operations import end, grant
from .roles import ROLES, Scope
from .scopes import above


def roles_of(person: Person, *, actor: Person, day: date) -> list[Grant]:
    """Return the roles of a person that the actor may pass on: one's own, or those that one could give.

    Roles of the whole installation stay with who has them, and what is held in another's place is not passed on.
    """
    mine = Grant.objects.filter(person=person, absence__isnull=True).exclude(scope=Scope.HOUSE).held_on(day)
    held = holdings(actor, day)
    return [
        each
        for each in mine.order_by("scope", "scope_id", "role")
        if person == actor or held.rank(above(Scope(each.scope), each.scope_id)) >= ROLES[each.role].rank
    ]


def colleagues(person: Person, roles: Iterable[Grant], day: date) -> list[Person]:
    """Return who may stand in: everybody who works in one of these places, or in one that has a say about it."""
    around = Q(pk__in=())
    for scope, scope_id in {place for each in roles for place in above(Scope(each.scope), each.scope_id)}:
        around |= Q(scope=scope, scope_id=scope_id)
    there = Grant.objects.filter(around, person__is_active=True).held_on(day).exclude(person=person)
    people = Person.objects.filter(pk__in=there.values("person"), is_system=False)
    return list(people.order_by("name", "email"))


def absences_of(person: Person, day: date) -> QuerySet[Absence]:
    """Return the absences of a person that have not ended, the nearest first."""
    return (
        Absence.objects.filter(person=person, ends_on__gt=day)
        .select_related("deputy")
        .order_by("starts_on", "pk")
    )


def stands_in(person: Person, day: date) -> QuerySet[Absence]:
    """Return those for whom the person stands in today."""
    now = Absence.objects.filter(deputy=person, starts_on__lte=day, ends_on__gt=day)
    return now.select_related("person").order_by("ends_on", "pk")


def away_on(day: date) -> QuerySet[Absence]:
    """Return the absences of this day."""
    return Absence.objects.filter(starts_on__lte=day, ends_on__gt=day)


@transaction.atomic
def arrange(
    person: Person, deputy: Person, *, starts_on: date, ends_on: date, actor: Person, now: datetime, host: str
) -> Absence:
    """Let the deputy have the person's roles, `[starts_on, ends_on)`, and tell them by mail."""
    today = local(now).date()
    if ends_on <= max(today, starts_on):
        raise Refused("ends-in-the-past", _("The last day has already passed."), "last_day")
    roles = _roles(person, deputy, actor, today)
    Person.objects.select_for_update().get(pk=person.pk)
    if absences_of(person, today).filter(starts_on__lt=ends_on, ends_on__gt=starts_on).exists():
        raise Refused("taken", _("There is an absence on those days already. End it first."), "starts_on")
    made = Absence.objects.create(
        person=person,
        deputy=deputy,
        starts_on=max(starts_on, today),
        ends_on=ends_on,
        made_by=actor,
        made_at=now,
    )
    Grant.objects.bulk_create(
        Grant(
            person=deputy, role=each.role, scope=each.scope, scope_id=each.scope_id, starts_on=made.starts_on,
            ends_on=min(ends_on, each.ends_on or ends_on), given_by=actor, given_at=now, absence=made,
        )
        for each in roles
    )  # fmt: skip
    context = {"person": str(person), "absence": made, "host": host}
    send("access/deputy", to=deputy.email or "", lang=deputy.lang, now=now, context=context,
         about=f"access.absence:{made.pk}")  # fmt: skip
    return made


@transaction.atomic
def come_back(absence: Absence, *, now: datetime) -> None:
    """End an absence today: the deputy's part in the roles ends with it."""
    today = local(now).date()
    Absence.objects.filter(pk=absence.pk, starts_on__gt=today).delete()
    Absence.objects.filter(pk=absence.pk, ends_on__gt=today).update(ends_on=today)
    Grant.objects.filter(absence=absence.pk, ends_on__gt=today).update(ends_on=today)


@transaction.atomic
def hand_over(person: Person, heir: Person, *, actor: Person, now: datetime) -> int:
    """Give all the person's roles here to another for good, and end the person's own; return how many."""
    today = local(now).date()
    roles = _roles(person, heir, actor, today)
    giver = actor if actor != person else Person.objects.system()
    for each in roles:
        grant(heir, role=each.role, scope_id=each.scope_id, actor=giver, now=now)
        end(each, actor=actor, now=now)
    return len(roles)


def _roles(person: Person, other: Person, actor: Person, today: date) -> list[Grant]:
    """Return the roles to pass on; refuse where there are none, or when the other one does not work there."""
    roles = roles_of(person, actor=actor, day=today)
    if not roles or other not in colleagues(person, roles, today):
        raise Refused("no-such-person", _("Choose somebody who works in the same network."), "deputy")
    return roles
