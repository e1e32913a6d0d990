from datetime import datetime, timedelta

from kilauta.kit.forms import once
from kilauta.kit.jobs import Job


def forget(now: datetime) -> None:
    once.forget(now=now)


JOBS = (Job("forms.forget", forget, every=timedelta(hours=6)),)
