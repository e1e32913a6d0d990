"""After a restore everybody signs in anew: an older database knows sign-ins that have been ended since."""

from datetime import datetime

from django.contrib.sessions.models import Session


def after_restore(now: datetime) -> None:  # noqa: ARG001 -- the port's signature
    Session.objects.all().delete()
