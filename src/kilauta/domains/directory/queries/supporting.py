"""Who helps for whom, with what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kilauta.domains.directory.models import Organisation, Supporter
from kilauta.kit.access.models import Grant
from kilauta.kit.access.roles import ROLES, Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.lib.text import sort_key

_WORKERS = [role.code for role in ROLES.values() if role.scope == Scope.BODY and Verb.WORK in role.verbs]


@dataclass(frozen=True, slots=True)
class Helping:
    """A person in an organisation, and what they have told of their help, if they have."""

    person: Person
    organisation: Organisation
    supporter: Supporter | None


def current(day: date) -> QuerySet[Supporter]:
    """Return those who help on this day."""
    in_force = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return Supporter.objects.filter(in_force).select_related("person", "organisation")


def bodies(keys: Collection[str]) -> list[Organisation]:
    """Return the organisations of these keys that are there, by name."""
    rows = Organisation.objects.filter(pk__in=[UUID(key) for key in keys], merged_into__isnull=True)
    return sorted(rows, key=lambda each: sort_key(each.name_fi, "fi"))


def helping_in(organisation: Organisation, day: date) -> list[Helping]:
    """Return everybody who works in the organisation, by name, with what each helps with."""
    told = {row.person_id: row for row in with_lists(current(day).filter(organisation=organisation))}
    there = Grant.objects.filter(scope=Scope.BODY, scope_id=str(organisation.pk), role__in=_WORKERS).held_on(
        day
    )
    people = Person.objects.filter(pk__in=there.values("person"), is_active=True).order_by("name", "email")
    return [Helping(person, organisation, told.get(person.pk)) for person in people]


def helping(person: Person, organisation: Organisation, day: date) -> Helping:
    """Return what the person has told of their help for the organisation."""
    row = with_lists(current(day).filter(person=person, organisation=organisation)).first()
    return Helping(person, organisation, row)


def works_in(person: Person, organisation: Organisation, day: date) -> bool:
    there = Grant.objects.filter(person=person, scope=Scope.BODY, scope_id=str(organisation.pk))
    return there.filter(role__in=_WORKERS).held_on(day).exists()


def with_lists(rows: QuerySet[Supporter]) -> QuerySet[Supporter]:
    return rows.prefetch_related("topics", "area").order_by("person__name", "pk")
