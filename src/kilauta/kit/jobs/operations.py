import logging
import traceback
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from .declarations import Job, declared
from .models import Heartbeat, Turn

logger = logging.getLogger(__name__)

# So long a job belongs to the worker that has begun it. After a kill another one begins it after that.
CLAIM = timedelta(hours=1)
RETRY = timedelta(minutes=15)


def beat(now: datetime) -> None:
    """Hold that a worker is at work."""
    Heartbeat.objects.update_or_create(id=1, defaults={"at": now})


def run_due(now: datetime) -> dict[str, bool]:
    """Do every job that is due and that nobody else is at; return which, and whether each succeeded."""
    jobs = declared()
    turns = Turn.objects.in_bulk(jobs)
    for name in jobs.keys() - turns.keys():
        turns[name], _made = Turn.objects.get_or_create(
            name=name, defaults={"due_at": jobs[name].first_due(now)}
        )
    due = sorted((name for name in jobs if turns[name].due_at <= now), key=lambda name: turns[name].due_at)
    return {name: _run(jobs[name], now) for name in due if _take(name, now)}


def _take(name: str, now: datetime) -> bool:
    free = Turn.objects.filter(Q(taken_until=None) | Q(taken_until__lte=now), name=name, due_at__lte=now)
    return bool(free.update(taken_until=now + CLAIM, started_at=now))


def _run(job: Job, now: datetime) -> bool:
    mine = Turn.objects.filter(name=job.name, started_at=now)
    due_at = job.next_due(now)
    try:
        job.run(now)
    except Exception as fault:  # noqa: BLE001 -- a job that fails must not keep the others from their turn
        # where it happened, not the words of the fault: they may be somebody's data
        where = "".join(traceback.format_tb(fault.__traceback__))
        logger.error("The job %s failed: %s\n%s", job.name, type(fault).__name__, where)  # noqa: TRY400 -- the same
        if not connection.in_atomic_block:  # the database may have gone and come again
            connection.close_if_unusable_or_obsolete()
        mine.update(
            taken_until=None, due_at=min(due_at, now + RETRY), failed_at=now, fault=type(fault).__name__[:80]
        )
        return False
    mine.update(taken_until=None, due_at=due_at, succeeded_at=now, fault="")
    return True
