from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from kilauta.kit.jobs import Job
from kilauta.kit.store.backup import making


def back_up(now: datetime) -> None:
    data = Path(settings.DATA)
    making.make(data / making.FOLDER, data=data, key=settings.BACKUP_KEY, keep=making.KEEP, now=now)


# after what is over has been ended for the day
JOBS = (Job("store.back_up", back_up, at=time(4, 30)),)
