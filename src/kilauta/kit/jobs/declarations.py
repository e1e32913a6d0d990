from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from kilauta.kit import ports
from kilauta.lib.hours.wall import day_at, moment_at, seconds, utc


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is done every so often, or once a day at a wall time of Finland.

    `name` is `label.verb`; `run` gets the instant, and may be called twice for it. It should take minutes, not hours.
    """

    name: str
    run: Callable[[datetime], object]
    every: timedelta | None = None
    at: time | None = None

    def __post_init__(self) -> None:
        if (self.every is None) == (self.at is None):
            raise ValueError(f"The job {self.name} must say how often or at what time it is done.")

    def first_due(self, now: datetime) -> datetime:
        """Return when a job is due that has never been done."""
        return now if self.every else self.next_due(now)

    def next_due(self, now: datetime) -> datetime:
        """Return when the job is due after this instant.

        Where the clock is turned: a time that comes twice is its first coming, one that is skipped the moment after.
        """
        if self.at is None:
            return now + (self.every or timedelta())
        day = day_at(seconds(now))
        second = self.at.hour * 3600 + self.at.minute * 60
        comings = (utc(moment_at(each, second)) for each in (day, day + 1))
        return next(coming for coming in comings if coming > now).astimezone(UTC)


def declared() -> dict[str, Job]:
    """Return every job of the house by its name, those of the lowest app first."""
    jobs = [job for _label, module in ports.of("jobs") for job in module.JOBS]
    found = {job.name: job for job in jobs}
    if len(found) != len(jobs):
        raise ValueError("Two jobs have the same name.")
    return found
