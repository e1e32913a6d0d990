from dataclasses import dataclass
from datetime import datetime, timedelta

from .declarations import declared
from .models import Heartbeat, Turn

LATE = timedelta(hours=1)
SILENT = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class JobFacts:
    name: str
    due_at: datetime
    succeeded_at: datetime | None
    failed_at: datetime | None
    fault: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Health:
    """How the worker and its jobs stand. `beat_at` is None when there has never been a worker."""

    beat_at: datetime | None
    is_silent: bool
    jobs: tuple[JobFacts, ...]

    @property
    def troubled(self) -> tuple[JobFacts, ...]:
        """The jobs that are late or failed the last time."""
        return tuple(job for job in self.jobs if job.is_late or job.fault)


def health(now: datetime) -> Health:
    """Return how the worker and the declared jobs stand now, by name (two queries)."""
    beat_at = Heartbeat.objects.filter(id=1).values_list("at", flat=True).first()
    turns = Turn.objects.filter(name__in=declared()).order_by("name")
    jobs = tuple(
        JobFacts(
            turn.name, turn.due_at, turn.succeeded_at, turn.failed_at, turn.fault, now - turn.due_at > LATE
        )
        for turn in turns
    )
    return Health(beat_at, beat_at is None or now - beat_at > SILENT, jobs)
