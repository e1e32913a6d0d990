"""Counting up to a bound, so that many at once never pass it."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from .models import Count

_START = datetime(2000, 1, 1, tzinfo=UTC)


def allow(kind: str, key: str, *, most: int, within: timedelta, now: datetime) -> bool:
    """Count one more and return True, or leave the count and return False when there have been `most` already.

    Time is cut into windows of the length `within`, the same for all: around a border up to twice `most` may pass
    within such a length. What is counted outlives a caller's transaction only if that is committed.
    """
    ends_at = _window_end(within, now)
    text = f"{kind}\n{key}\n{most}\n{ends_at.isoformat()}"
    digest = salted_hmac("kilauta.limits", text, algorithm="sha256").hexdigest()
    with transaction.atomic():
        count, is_new = Count.objects.get_or_create(key=digest, defaults={"ends_at": ends_at})
        # the bound stands in the statement that counts: the database lets one writer after the other through it
        is_counted = Count.objects.filter(pk=count.pk, times__lt=most).update(times=F("times") + 1) == 1
    if is_new:
        forget(now=now)
    return is_counted


def wait(*, within: timedelta, now: datetime) -> int:
    """Return the seconds until the next window begins: when a refused one may come again."""
    return max(1, -int((now - _window_end(within, now)).total_seconds() // 1))


def forget(*, now: datetime) -> int:
    """Delete the counts of windows that are over; return how many there were."""
    return Count.objects.filter(ends_at__lte=now).delete()[0]


def _window_end(within: timedelta, now: datetime) -> datetime:
    return _START + ((now - _START) // within + 1) * within
