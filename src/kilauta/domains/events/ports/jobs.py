from datetime import datetime, timedelta

from kilauta.domains.events.operations import reminders
from kilauta.kit.jobs import Job


def remind(now: datetime) -> None:
    reminders.remind(now=now)


JOBS = (Job("events.remind", remind, every=timedelta(minutes=30)),)
