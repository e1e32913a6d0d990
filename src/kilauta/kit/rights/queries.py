"""What the pages show: who has looked at whom, and what one may know about oneself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kilauta.kit.access.models import Grant
from kilauta.kit.access.roles import Scope
from kilauta.kit.access.scopes import places
from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy import personal
from kilauta.kit.privacy.finding import Whom, keyed
from kilauta.kit.privacy.models import Access, Deed


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody has looked at something."""

    at: datetime
    actor: Person
    deed: str
    what: str
    key: str
    purpose: str


def oneself(person: Person) -> Whom:
    """Return a person as one knows oneself: the account, and those of its addresses that are proved to be one's own.

    An address that somebody has only typed in opens nothing: it may be another's.
    """
    proved = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    addresses = {*proved, *filter(None, (person.email,))}
    return Whom(frozenset({str(person.pk)}), frozenset(map(keyed, addresses)))


def log(region: str | None, *, actor: UUID | None, days: int, now: datetime) -> QuerySet[Access]:
    """Return who has looked at whom, the newest first, `days` back (0: all that is kept).

    Of a region those are told who hold or have held a role there or in its organisations, and whoever looks after the
    whole installation; None tells everybody's.
    """
    rows = Access.objects.select_related("actor").order_by("-at", "-pk")
    if region is not None:
        bodies = places()[Scope.BODY].of_region(region)
        here = Q(scope=Scope.REGION, scope_id=region) | Q(scope=Scope.BODY, scope_id__in=bodies)
        working = Grant.objects.filter(here | Q(scope=Scope.HOUSE)).values("person")
        rows = rows.filter(Q(actor__in=working) | Q(actor__in=Person.objects.filter(is_system=True)))
    if actor is not None:
        rows = rows.filter(actor=actor)
    return rows.filter(at__gt=now - timedelta(days=days)) if days else rows


def looks_at(rows: Iterable[models.Model]) -> QuerySet[Access]:
    """Return who has looked at any of these things, the newest first."""
    keys: dict[str, list[str]] = {}
    for row in rows:
        keys.setdefault(row._meta.label, []).append(str(row.pk))  # noqa: SLF001 -- Django's documented API
    about = Q(pk__in=[])
    for kind, found in keys.items():
        about |= Q(subject_kind=kind, subject_id__in=found)
    return Access.objects.filter(about).select_related("actor").order_by("-at", "-pk")


def told(rows: Iterable[Access]) -> list[Look]:
    """Return the rows in words: of a person the name, of anything else what it holds."""
    rows = list(rows)
    people = Person.objects.in_bulk(
        [each.subject_id for each in rows if each.subject_kind == Person._meta.label]  # noqa: SLF001
    )
    names = {str(key): str(person) for key, person in people.items()}
    labels: dict[str, str] = {}
    for each in personal():
        labels.setdefault(each.model, str(each.label))
    return [
        Look(
            at=row.at,
            actor=row.actor,
            deed=str(Deed(row.what).label),
            what=names.get(row.subject_id) or labels.get(row.subject_kind, _("Another entry")),
            key=row.subject_id,
            purpose=row.purpose,
        )
        for row in rows
    ]
