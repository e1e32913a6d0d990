from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from .choices import State
from .models import Message

# Longer than a mail server's passing moods.
LATE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Condition:
    """How the outbox stands: counts, and since when the oldest message ought to have been sent (None: all are)."""

    waiting: int
    undeliverable: int
    oldest_due_at: datetime | None
    is_late: bool


def condition(now: datetime) -> Condition:
    """Return how the outbox stands now (one query)."""
    waiting = Q(state=State.WAITING)
    found = Message.objects.aggregate(
        waiting=Count("id", filter=waiting),
        undeliverable=Count("id", filter=Q(state=State.DEAD)),
        oldest=Min("due_at", filter=waiting & Q(due_at__lte=now)),
    )
    oldest = found["oldest"]
    is_late = oldest is not None and now - oldest > LATE
    return Condition(found["waiting"], found["undeliverable"], oldest, is_late)


def undeliverable() -> QuerySet[Message]:
    """Return the dead messages that nobody has seen to, the newest first."""
    return Message.objects.filter(state=State.DEAD).order_by("-due_at", "id")


def newest() -> QuerySet[Message]:
    """Return every message, the newest first."""
    return Message.objects.order_by("-created_at", "id")
