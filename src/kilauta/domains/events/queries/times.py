"""A time as its form shows it."""

from datetime import timedelta

from kilauta.domains.events.models import Event, Occurrence
from kilauta.lib.zone import local

A_MOMENT = timedelta(microseconds=1)


def time_opening(event: Event, occurrence: Occurrence | None = None) -> dict[str, object]:
    """Return what the form of a time shows: this one, or for a new one the same time of day as the last."""
    like = occurrence or event.occurrences.order_by("-starts_at", "pk").first()
    if like is None:
        return {}
    begins, ends = local(like.starts_at), local(like.ends_at)
    last = local(like.ends_at - A_MOMENT).date()
    found: dict[str, object] = {"all_day": like.all_day}
    if not like.all_day:
        found |= {"begins": begins.time(), "ends": ends.time()}
    if occurrence is not None:
        found |= {"day": begins.date(), "place": str(like.place_id or "")}
        if like.all_day and last != begins.date():
            found["last_day"] = last
    return found
