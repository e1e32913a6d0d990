"""What is due to be made sure of: as counts and rows of one definition, and as one mail for each contact person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value

from kilauta.domains.directory.logic.trust import (
    ASKED_DAYS_BEFORE,
    ASKED_TOGETHER_DAYS,
    CLOCKS,
    Check,
)
from kilauta.domains.directory.models import Organisation, Verification, VerificationClock
from kilauta.domains.directory.models.trust import THINGS
from kilauta.domains.territory.models import Network
from kilauta.lib.zone import local

from .snapshots import KINDS

M = TypeVar("M", bound=models.Model)

# How an entry of each kind is reached from the network that looks after it, and from whose entry it is.
_STEWARDS = {
    "organisation": ("steward",),
    "place": ("steward", "host__steward"),
    "service": ("steward", "organisation__steward"),
    "channel": ("service__steward", "service__organisation__steward"),
}
OWNERS = {
    "organisation": "",
    "place": "host",
    "service": "organisation",
    "channel": "service__organisation",
}


@dataclass(frozen=True, slots=True)
class DueFact:
    """One group of facts of one entry that is due."""

    verification: int
    kind: str
    id: str
    name: str
    group: str
    due_on: date


@dataclass(frozen=True, slots=True)
class DueMail:
    """What one organisation is asked about, in one mail."""

    organisation: Organisation
    facts: tuple[DueFact, ...]

    @property
    def verifications(self) -> tuple[int, ...]:
        """To be given to `operations.note_asked` in the transaction in which the mail is written."""
        return tuple(fact.verification for fact in self.facts)


def clocks_of(network: Network | None) -> dict[str, int]:
    """Return the days of each group's clock in the network."""
    own = VerificationClock.objects.filter(network=network) if network else VerificationClock.objects.none()
    return {**CLOCKS, **dict(own.values_list("group", "days"))}


def stewarded(kind: str, networks: Collection[str], prefix: str = "") -> Q:
    """Hold for entries of the kind that one of the networks looks after: their own, else their organisation's."""
    first, *others = (f"{prefix}{path}" for path in _STEWARDS[kind])
    found, without = Q(**{f"{first}__in": networks}), Q(**{f"{first}__isnull": True})
    for path in others:
        found |= without & Q(**{f"{path}__in": networks})
    return found


def of_network(rows: QuerySet[Verification], networks: Collection[str]) -> QuerySet[Verification]:
    """Return the verifications of entries that one of the networks looks after."""
    found = Q(pk__in=())
    for thing in THINGS:
        found |= Q(**{f"{thing}__isnull": False}) & stewarded(thing, networks, f"{thing}__")
    return rows.filter(found)


def published(kind: str) -> QuerySet[Any]:
    """Return what the public sees of a kind."""
    rows: QuerySet[Any] = QuerySet(KINDS[kind].model).filter(state="published")
    if kind == "channel":
        return rows.filter(service__state="published", service__organisation__state="published")
    return rows.filter(organisation__state="published") if kind == "service" else rows


def newest(kind: str) -> QuerySet[Verification]:
    """Return the newest verification of each group of each entry of the kind."""
    later = Verification.objects.filter(
        **{kind: OuterRef(kind)}, group=OuterRef("group"), verified_on__gt=OuterRef("verified_on")
    )
    return Verification.objects.filter(~Exists(later), **{f"{kind}__isnull": False})


def stale(networks: Collection[str], kind: str, now: datetime) -> QuerySet[Any]:
    """Return the public entries of the kind of which some group was due before today."""
    late = newest(kind).filter(**{kind: OuterRef("pk")}, due_on__lt=local(now).date())
    return published(kind).filter(stewarded(kind, networks), Exists(late))


def long_stale(networks: Collection[str], kind: str, now: datetime) -> QuerySet[Any]:
    """Return those whose second clock has run out too: they are no longer told to anybody who would ring now."""
    stands = ExpressionWrapper(Value(local(now).date()) - F("due_on"), output_field=DurationField())
    took = ExpressionWrapper(F("due_on") - F("verified_on"), output_field=DurationField())
    gone = (
        newest(kind).annotate(stands=stands, took=took).filter(**{kind: OuterRef("pk")}, stands__gt=F("took"))
    )
    return published(kind).filter(stewarded(kind, networks), Exists(gone))


def unverified(networks: Collection[str], kind: str) -> QuerySet[Any]:
    """Return the public entries of the kind of which nobody has ever made sure."""
    rows = Verification.objects.filter(**{kind: OuterRef("pk")})
    return published(kind).filter(stewarded(kind, networks), ~Exists(rows))


def due_for_mail(now: datetime, networks: Collection[str] | None = None) -> tuple[DueMail, ...]:
    """Return one mail for each organisation that should be asked today, with everything due soon.

    An organisation is asked when a group is due within two weeks and nobody has been asked about it; what falls
    due a little later is asked in the same mail, and so not again. Late ones are asked too, once.
    """
    today = local(now).date()
    soon, together = (today + timedelta(days=days) for days in (ASKED_DAYS_BEFORE, ASKED_TOGETHER_DAYS))
    facts: dict[Any, list[DueFact]] = {}
    for kind, owner in OWNERS.items():
        path = f"{kind}__{owner}" if owner else kind
        rows = newest(kind).filter(asked_at__isnull=True, due_on__lte=together)
        rows = rows.filter(**{f"{kind}__in": published(kind)}, **{f"{path}__isnull": False})
        if networks is not None:
            rows = of_network(rows, networks)
        names = "channel__service" if kind == "channel" else kind
        for row in rows.select_related(names).annotate(owner_id=F(f"{path}__id")).order_by("due_on", "pk"):
            thing = getattr(row, kind)
            name = thing.service.name_fi if kind == "channel" else thing.name_fi
            fact = DueFact(row.pk, kind, str(thing.pk), name, row.group, row.due_on)
            facts.setdefault(row.owner_id, []).append(fact)
    wanted = {key: each for key, each in facts.items() if any(fact.due_on <= soon for fact in each)}
    found = Organisation.objects.filter(pk__in=wanted).select_related("steward").order_by("name_fi", "pk")
    return tuple(DueMail(each, tuple(sorted(wanted[each.pk], key=_urgency))) for each in found)


def _urgency(fact: DueFact) -> tuple[date, str, str, str]:
    return fact.due_on, fact.kind, fact.name, fact.group


def checks_of(thing: models.Model) -> tuple[Check, ...]:
    """Return the newest check of each group of one entry, as its page tells them."""
    kind = type(thing).__name__.lower()
    return tuple(
        Check(row.group, row.verified_on, row.due_on, row.method, row.by_role)
        for row in newest(kind).filter(**{kind: thing}).order_by("group")
    )
