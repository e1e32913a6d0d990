from datetime import datetime, time, timedelta

from kilauta.domains.events.operations import reminders, warnings
from kilauta.kit.jobs import Job


def remind(now: datetime) -> None:
    reminders.remind(now=now)


def warn(now: datetime) -> None:
    warnings.warn(now=now)


def ask_how_many(now: datetime) -> None:
    warnings.ask_how_many(now=now)


JOBS = (
    Job("events.remind", remind, every=timedelta(minutes=30)),
    Job("events.warn", warn, at=time(8, 10)),
    Job("events.how-many", ask_how_many, at=time(8, 20)),
)
