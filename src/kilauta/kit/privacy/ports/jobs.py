from datetime import datetime, time

from kilauta.kit.jobs import Job
from kilauta.kit.privacy import retention


def end_what_is_over(now: datetime) -> None:
    retention.run_retention(now=now)


JOBS = (Job("privacy.retention", end_what_is_over, at=time(3, 40)),)
