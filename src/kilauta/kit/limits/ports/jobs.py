from datetime import datetime, timedelta

from kilauta.kit.jobs import Job
from kilauta.kit.limits import counters


def forget(now: datetime) -> None:
    counters.forget(now=now)


JOBS = (Job("limits.forget", forget, every=timedelta(hours=1)),)
