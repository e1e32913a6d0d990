"""Bodies that would like to start guidance: the queue of the office, and how many by month."""

from datetime import date
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncMonth

from kilauta.domains.guidance.models import StartRequest
from kilauta.lib.zone import HELSINKI, local


def open_starts(network: str) -> list[StartRequest]:
    """Return what is not closed: unanswered first, then what waits longest."""
    rows = StartRequest.objects.filter(network=network, closed_at__isnull=True).select_related("municipality")
    return sorted(rows, key=lambda each: (each.state != "waiting", each.made_at, each.number))


def closed_starts(network: str, most: int = 30) -> list[StartRequest]:
    rows = StartRequest.objects.filter(network=network, closed_at__isnull=False)
    return list(rows.select_related("municipality").order_by("-closed_at", "pk")[:most])


def start_at(key: UUID) -> StartRequest | None:
    """Return the request behind a link."""
    return StartRequest.objects.filter(pk=key).first()


def start_in_office(network: str, key: UUID) -> StartRequest | None:
    rows = StartRequest.objects.filter(network=network, pk=key)
    return rows.select_related("municipality", "answered_by", "network").first()


def waiting_starts(network: str) -> int:
    return StartRequest.objects.filter(network=network, state="waiting").count()


def starts_by_month(network: str) -> list[tuple[date, int]]:
    """Return how many bodies asked for help in starting, by month, the oldest first (I-7.29)."""
    rows = (
        StartRequest.objects.filter(network=network)
        .annotate(month=TruncMonth("made_at", tzinfo=HELSINKI))
        .values("month")
        .annotate(number=Count("pk"))
        .order_by("month")
    )
    return [(local(row["month"]).date(), row["number"]) for row in rows]
