"""Referrals: those that one has sent, and how many went to and fro between providers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance.logic.requests import REMINDED_AFTER
from kilauta.domains.guidance.models import HelpRequest, Referral
from kilauta.kit.accounts.models import Person
from kilauta.lib.text import sort_key
from kilauta.lib.zone import HELSINKI

AROUND = ("network", "group", "topic", "municipality", "locality", "sent_by", "receiver", "request")
# The receiver has said yes: the person found the help through another provider.
FOUND = ("accepted", "done")


@dataclass(frozen=True, slots=True)
class Flow:
    """Referrals of a period: how many were sent, how many came, and how many of each were accepted."""

    sent: int
    sent_accepted: int
    received: int
    received_accepted: int


def sent_by(person: Person, bodies: Collection[Organisation]) -> QuerySet[Referral]:
    """Return the referrals of the person and of those they work with, the newest first."""
    rows = Referral.objects.filter(Q(sender=person) | Q(sent_by__in=bodies))
    return rows.select_related(*AROUND).order_by("-made_at", "pk")


def received_by(bodies: Collection[Organisation]) -> QuerySet[Referral]:
    rows = Referral.objects.filter(receiver__in=bodies)
    return rows.select_related(*AROUND).order_by("-made_at", "pk")


def referral_at(key: UUID) -> Referral | None:
    """Return the referral behind a link."""
    return Referral.objects.filter(pk=key).select_related(*AROUND).first()


def of_request(request: HelpRequest) -> list[Referral]:
    """Return where the person of a request was led, the newest first."""
    rows = Referral.objects.filter(request=request).select_related("receiver")
    return list(rows.order_by("-made_at", "pk"))


def to_remind(now: datetime) -> list[Referral]:
    """Return the referrals whose receiver has been silent for four days and was not reminded."""
    rows = Referral.objects.filter(
        state="sent",
        is_slip=False,
        reminded_at__isnull=True,
        made_at__lte=now - REMINDED_AFTER,
        expires_at__gt=now,
    )
    return list(rows.select_related(*AROUND).order_by("made_at", "pk"))


def receivers(network: str, *, but: Collection[Organisation]) -> list[Organisation]:
    """Return the organisations somebody may be led to, by name; those without an address only by a slip."""
    here = Q(steward=network) | Q(roles__network=network)
    rows = Organisation.objects.filter(here, state="published").exclude(pk__in=[each.pk for each in but])
    return sorted(rows.distinct(), key=lambda each: sort_key(each.name_fi, "fi"))


def flow(
    *, first: date, last: date, network: str = "", organisations: Collection[UUID] | None = None
) -> Flow:
    """Return the referrals made from the first day to the last, both included, of a network or of organisations.

    Those received and accepted are the people who found the help through another provider (I-2.09).
    """
    made = Referral.objects.filter(
        made_at__gte=_start(first), made_at__lt=_start(date.fromordinal(last.toordinal() + 1))
    )
    if network:
        made = made.filter(network=network)
    sends = Q() if organisations is None else Q(sent_by__in=organisations)
    comes = Q() if organisations is None else Q(receiver__in=organisations)
    yes = Q(state__in=FOUND)
    return Flow(
        **made.aggregate(
            sent=Count("pk", filter=sends or None),
            sent_accepted=Count("pk", filter=sends & yes),
            received=Count("pk", filter=comes or None),
            received_accepted=Count("pk", filter=comes & yes),
        )
    )


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), HELSINKI)
