"""What the counter at a desk shows: what is asked most often there, how many were helped today, and who last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Sum

from kilauta.domains.directory.models import Topic
from kilauta.domains.guidance.models import GuidanceSession

from .ground import Ground
from .sessions import own_sessions

# So many have a key of their own, and so far back one looks for what is asked here.
FIRST = 8
BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Counter:
    """The topics in their order, the usual ones first; today's persons and last tap; where the desk stands."""

    first: tuple[Topic, ...]
    others: tuple[Topic, ...]
    today: int
    last: GuidanceSession | None
    place: UUID | None

    @property
    def last_topic(self) -> Topic | None:
        return next(iter(self.last.topics.all()), None) if self.last else None


def counter(ground: Ground) -> Counter:
    """Return what the person's counter shows."""
    known = {each.pk: each for each in ground.topics}
    usual = dict.fromkeys(code for code in (*ground.habits.topics, *_ours(ground)) if code in known)
    first = tuple(known[code] for code in list(usual)[:FIRST])
    mine = own_sessions(ground.person, ground.network).filter(held_on=ground.today)
    helped = mine.filter(withdrawn_at__isnull=True).order_by().aggregate(persons=Sum("persons"))
    last = mine.filter(way="counter").order_by("-logged_at", "-pk").first()
    return Counter(
        first=first,
        others=tuple(each for each in ground.topics if each not in first),
        today=helped["persons"] or 0,
        last=last,
        place=last.place_id if last else _desk(ground),
    )


def _desk(ground: Ground) -> UUID | None:
    """Return where the desk stands on a day without a tap: the usual place, else one of the organisation's own."""
    body = next((each.pk for each in ground.bodies), None)
    return ground.habits.place or next((each.pk for each in ground.places if each.host_id == body), None)


def _ours(ground: Ground) -> Sequence[str]:
    """Return the topics that the colleagues are asked about, the most usual first."""
    rows = GuidanceSession.objects.filter(
        organisation__in=ground.bodies, held_on__gt=ground.today - BACK, withdrawn_at__isnull=True
    )
    counted = rows.values("topics").annotate(times=Count("pk")).order_by("-times", "topics")
    return [row["topics"] for row in counted[:FIRST] if row["topics"]]
