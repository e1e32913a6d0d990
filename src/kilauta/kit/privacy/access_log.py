"""Who has looked at whom: a row for every view, export or print of another person's data, before the answer."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from .models import Access, Deed


def note_access(
    what: Deed,
    subjects: Iterable[models.Model],
    *,
    actor: AbstractBaseUser,
    now: datetime,
    purpose: str = "",
) -> int:
    """Write that the actor is about to be shown these things; return for how many things a row was written.

    Belongs before the answer is made, and outside a transaction that could be taken back: what somebody has seen
    cannot be. One's own data leave no row.
    """
    rows = [
        Access(
            at=now,
            actor_id=actor.pk,
            what=what,
            subject_kind=thing._meta.label,  # noqa: SLF001 -- Django's documented API
            subject_id=str(thing.pk),
            purpose=purpose,
        )
        for thing in subjects
        if thing != actor
    ]
    return len(Access.objects.bulk_create(rows, batch_size=500))


def accesses_to(thing: models.Model) -> models.QuerySet[Access]:
    """Return who has looked at the thing, the newest first."""
    kind = thing._meta.label  # noqa: SLF001 -- Django's documented API
    of_it = Access.objects.filter(subject_kind=kind, subject_id=str(thing.pk))
    return of_it.select_related("actor").order_by("-at", "-id")
