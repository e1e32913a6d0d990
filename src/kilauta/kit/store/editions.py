"""The stamp that tells every process when what it has read of the public data is out of date."""

import uuid

from django.db import transaction

from .models import Edition


def current() -> uuid.UUID:
    """Return the stamp of the public data as it is now (one query)."""
    stamp = Edition.objects.filter(id=1).values_list("stamp", flat=True).first()
    return stamp or uuid.UUID(int=0)


def renew() -> None:
    """Say that public data has changed. Belongs in the transaction of the change."""
    with transaction.atomic():
        Edition.objects.update_or_create(id=1, defaults={"stamp": uuid.uuid4()})
