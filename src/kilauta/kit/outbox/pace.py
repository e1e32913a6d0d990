"""When a message may be sent, and when it is tried again."""

from datetime import datetime, time, timedelta

from kilauta.lib.zone import HELSINKI, local

# Nobody's telephone makes a sound about our matters in the evening or at night (wall time of Finland).
EVENING, MORNING = time(21), time(8)

DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
# A message that still cannot be sent so long after its time is dead; an urgent one is of no use to anybody by then.
PATIENCE = timedelta(days=5)
URGENT_PATIENCE = timedelta(hours=1)


def is_quiet(instant: datetime) -> bool:
    """Return whether only urgent messages may be sent now."""
    return not MORNING <= local(instant).time() < EVENING


def awake(instant: datetime) -> datetime:
    """Return the instant itself, or the next morning at which messages may be sent again."""
    if not is_quiet(instant):
        return instant
    wall = local(instant)
    day = wall.date() + timedelta(days=wall.time() >= EVENING)
    return datetime.combine(day, MORNING, HELSINKI).astimezone(instant.tzinfo)


def next_try(now: datetime, tries: int) -> datetime:
    """Return when a message is tried again that has been tried so many times, at least once."""
    return now + DELAYS[min(tries, len(DELAYS)) - 1]


def patience(*, urgent: bool) -> timedelta:
    return URGENT_PATIENCE if urgent else PATIENCE
