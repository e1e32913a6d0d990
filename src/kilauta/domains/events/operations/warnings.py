"""Those who hold an event are told in time: that nobody comes, that a telling is late, that a number is missing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from kilauta.domains.events.models import Event, Occurrence
from kilauta.domains.events.queries.listing import with_words
from kilauta.domains.events.queries.own import TimeRow, rows
from kilauta.domains.events.queries.telling import own_page, when, words_of
from kilauta.kit.outbox import operations as outbox

# A week is time enough to tell of it in more places, to move it, or to cancel.
AHEAD = timedelta(days=7)
# The morning after; and no more than a week late, so that nobody is asked about last year.
OVER, OLDEST = timedelta(hours=12), timedelta(days=7)
LANG = "fi"


@transaction.atomic
def warn(*, now: datetime) -> int:
    """Write to whoever holds a time of the next seven days that might stay empty, once of each; return how many."""
    ahead = _times().filter(starts_at__gt=now, starts_at__lte=now + AHEAD)
    risky = [row for row in rows(ahead.order_by("starts_at", "pk"), now=now) if row.signs]
    return sum(_tell(row, "risk", now) for row in risky)


@transaction.atomic
def ask_how_many(*, now: datetime) -> int:
    """Ask whoever held a time how many came, once, the day after, where nobody has said so; return how many."""
    over = _times().filter(closed_at=None, ends_at__lte=now - OVER, ends_at__gt=now - OLDEST)
    return sum(_tell(row, "unclosed", now) for row in rows(over.order_by("starts_at", "pk"), now=now))


def _times() -> QuerySet[Occurrence]:
    return with_words(Occurrence.objects.filter(state="planned", event__state="published"))


def _tell(row: TimeRow, what: str, now: datetime) -> int:
    event = row.occurrence.event
    told = 0
    for address in _addresses(event):
        context = {
            "words": words_of(event, LANG, place=row.occurrence.place), "when": when(row.occurrence, LANG),
            "signs": row.signs, "link": own_page(event), "signed_up": row.signed_up,
        }  # fmt: skip
        key = f"events.{what}:{row.occurrence.pk} {address}"
        outbox.send(f"events/{what}", to=address, lang=LANG, now=now, context=context, about=key, key=key)
        told += 1
    return told


def _addresses(event: Event) -> Iterable[str]:
    """Return where the event is asked about, else where its organisers are reached."""
    if event.email:
        return [event.email]
    organisers = [each.organisation.email for each in event.parts.all() if each.part == "organiser"]
    return sorted({address for address in organisers if address})
