from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import cache
from typing import Final
from uuid import UUID

from django.db import models

from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy import personal

from .models import Change

# What a field about a person says in a history.
CHANGED: Final = "changed"
NOTE_LONGEST: Final = 300

Values = Mapping[str, tuple[object, object]]

_waiting: ContextVar[list[Change] | None] = ContextVar("changes waiting to be written", default=None)


def record(
    thing: models.Model,
    verb: str,
    *,
    actor: Person | None,
    now: datetime,
    values: Values | None = None,
    note: str = "",
) -> Change:
    """Write down what was done to the thing; belongs in the transaction of the deed.

    `values` holds for each changed field what it was and what it became. `actor` is None for somebody without
    an account. Within `together` the change is written at the end of the block.
    """
    label = thing._meta.label  # noqa: SLF001 -- Django's documented API
    change = Change(
        at=now,
        actor=actor,
        label=label,
        thing_id=str(thing.pk),
        verb=verb,
        values=_kept(label, values or {}),
        note=note[:NOTE_LONGEST],
    )
    waiting = _waiting.get()
    if waiting is None:
        change.save(force_insert=True)
    else:
        waiting.append(change)
    return change


@contextmanager
def together() -> Iterator[None]:
    """Write the changes recorded within at once when the block ends well, and none of them when it fails.

    Blocks may stand in one another: the outermost writes.
    """
    around: list[Change] | None = _waiting.get()
    mine: list[Change] = []
    token = _waiting.set(mine)
    try:
        yield
    finally:
        _waiting.reset(token)
    if around is None:
        Change.objects.bulk_create(mine, batch_size=500)
    else:
        around.extend(mine)


def history(label: str, thing_id: object) -> models.QuerySet[Change]:
    """Return what was done to the thing, the newest first, with who did it."""
    changes = Change.objects.filter(label=label, thing_id=str(thing_id))
    return changes.select_related("actor").order_by("-at", "-id")


def touched(label: str, *, but: Person) -> frozenset[str]:
    """Return the keys of the things of this label that anybody else has made, changed or removed."""
    return frozenset(Change.objects.filter(label=label).exclude(actor=but).values_list("thing_id", flat=True))


def plain(value: object) -> object:
    """Return the value as it is kept: a key for a thing, ISO for a day or a time, lists of keys in order."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, models.Model):
        return plain(value.pk)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Collection):
        return _in_order([plain(each) for each in value])
    raise TypeError(f"A history cannot keep {value!r}.")


def _in_order(values: list[object]) -> list[object]:
    """Lists of keys are sets in the order of their keys; rows of facts stand as they were given."""
    return sorted(values, key=str) if all(isinstance(each, str | int) for each in values) else values


def _kept(label: str, values: Values) -> dict[str, object]:
    secret = _personal_fields(label)
    return {
        name: CHANGED if name in secret else [plain(old), plain(new)] for name, (old, new) in values.items()
    }


@cache
def _personal_fields(label: str) -> frozenset[str]:
    return frozenset(each.field for each in personal() if each.model == label)
