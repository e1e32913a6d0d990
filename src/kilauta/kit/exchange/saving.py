"""Writing what came from outside: made when new, changed where it differs, otherwise not touched at all."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from django.db import models

from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import record

M_co = TypeVar("M_co", bound=models.Model, covariant=True)
M = TypeVar("M", bound=models.Model)

Values = Mapping[str, object]


class Outcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Saved(Generic[M_co]):
    """What an operation made or found, and whether it had to write."""

    thing: M_co
    outcome: Outcome

    def with_parts(self, *, changed: bool, now: datetime) -> "Saved[M_co]":
        """Return the same; rows that hang on the thing and have changed count as a change of the thing."""
        if not changed or self.outcome is not Outcome.UNCHANGED:
            return self
        touch(self.thing, changed_at=now)
        return Saved(self.thing, Outcome.CHANGED)


def save(
    model: type[M],
    keys: Values,
    values: Values,
    *,
    actor: Person,
    now: datetime,
    lists: Mapping[str, Collection[object] | None] | None = None,
    new: Callable[[], Values] | None = None,
) -> Saved[M]:
    """Make the thing of these keys, or change what differs, or leave it alone.

    `lists` holds many-to-many fields and their keys or things (None: leave as it is); `new` makes what
    only a new thing is given. `changed_at`, where the model has it, tells when something really changed; the
    history (`kit.audit`) tells what, and who did it.
    """
    thing = models.QuerySet[M, M](model).filter(**keys).first()
    stamp: dict[str, object] = {"changed_at": now} if hasattr(model, "changed_at") else {}
    if thing is None:
        thing = model(**keys, **values, **(new() if new else {}), **stamp)
        thing.save(force_insert=True)
        for name, wanted in (lists or {}).items():
            if wanted:
                getattr(thing, name).add(*wanted)
        record(thing, "created", actor=actor, now=now)
        return Saved(thing, Outcome.CREATED)
    other = [name for name, value in values.items() if _differs(thing, name, value)]
    changed = {_field(model, name): (_held(thing, name), values[name]) for name in other}
    for name, wanted in (lists or {}).items():
        changed |= {} if wanted is None else _relist(thing, name, wanted)
    if not changed:
        return Saved(thing, Outcome.UNCHANGED)
    for name in other:
        setattr(thing, name, values[name])
    touch(thing, *other, **stamp)
    record(thing, "changed", actor=actor, now=now, values=changed)
    return Saved(thing, Outcome.CHANGED)


def touch(thing: models.Model, *names: str, **stamp: object) -> None:
    """Write the named fields and the stamp, and nothing else of the row."""
    for name, value in stamp.items():
        setattr(thing, name, value)
    if names or stamp:
        thing.save(update_fields=[*names, *stamp])


def _field(model: type[models.Model], name: str) -> str:
    return model._meta.get_field(name).name  # noqa: SLF001 -- Django's documented API; name may be that of the column


def _held(thing: models.Model, name: str) -> object:
    """Return what the thing holds; of a reference the key, without reading it."""
    return vars(thing).get(f"{name}_id", vars(thing).get(name))


def _differs(thing: models.Model, name: str, value: object) -> bool:
    return bool(_held(thing, name) != (value.pk if isinstance(value, models.Model) else value))


def _relist(thing: models.Model, name: str, wanted: Collection[object]) -> dict[str, tuple[object, object]]:
    """Make the list hold exactly what is wanted; return what it held and holds, if that was a change."""
    manager = getattr(thing, name)
    keys = {each.pk if isinstance(each, models.Model) else each for each in wanted}
    held = set(manager.values_list("pk", flat=True))
    if held == keys:
        return {}
    manager.set(keys)
    return {name: (held, keys)}
