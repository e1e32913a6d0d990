from datetime import datetime, time

from kilauta.kit.jobs import Job
from kilauta.kit.outbox import operations


def tidy(now: datetime) -> None:
    operations.tidy(now=now)


JOBS = (Job("outbox.tidy", tidy, at=time(4, 10)),)
