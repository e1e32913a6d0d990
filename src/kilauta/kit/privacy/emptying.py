"""Ends a row or its personal fields, files included."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from .declarations import personal

# A statement may name so many keys on every database.
PORTION = 500

Rows = models.QuerySet[models.Model]


def model_of(label: str) -> type[models.Model]:
    return apps.get_model(label)


def rows_of(model: type[models.Model]) -> Rows:
    """Return all rows, also those a manager of the model would hide."""
    return models.QuerySet(model)


def fields_of(label: str) -> tuple[str, ...]:
    """Return the names of the model's fields about persons."""
    return tuple(each.field for each in personal() if each.model == label)


def empty_value(model: type[models.Model], name: str) -> object:
    """Return what stands in an emptied field."""
    field = model._meta.get_field(name)  # noqa: SLF001 -- Django's documented API
    if field.null:
        return None
    if isinstance(field, models.JSONField):
        return field.get_default()
    return b"" if isinstance(field, models.BinaryField) else ""


def holding(model: type[models.Model], names: Iterable[str]) -> Q:
    """Hold for a row that has something in one of the fields."""
    found = Q(pk__in=[])
    for name in names:
        value = empty_value(model, name)
        found |= Q(**{f"{name}__isnull": False}) if value is None else ~Q(**{name: value})
    return found


def empty(rows: Rows, names: Sequence[str], also: Mapping[str, object] | None = None) -> int:
    """Empty the fields of these rows; return how many rows there were. Their files go when it is certain."""
    model = rows.model
    _forget_files(rows, names)
    return rows.update(**{name: empty_value(model, name) for name in names}, **(also or {}))


def delete(rows: Rows) -> int:
    """Delete these rows and what hangs on them; return how many of these there were."""
    fields = rows.model._meta.concrete_fields  # noqa: SLF001 -- Django's documented API
    _forget_files(rows, [each.name for each in fields])
    _total, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)  # noqa: SLF001 -- the same


def _forget_files(rows: Rows, names: Sequence[str]) -> None:
    """Let the files of these fields go once the rows have gone for certain."""
    for name in names:
        field = rows.model._meta.get_field(name)  # noqa: SLF001 -- Django's documented API
        if isinstance(field, models.FileField):
            storage = field.storage
            for held in rows.exclude(**{name: ""}).values_list(name, flat=True):
                transaction.on_commit(partial(storage.delete, held))
