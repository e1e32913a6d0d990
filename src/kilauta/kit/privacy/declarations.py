from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from kilauta.kit import ports

HOUSE = "kilauta."

# What a person could be named or described in. Codes and keys are texts too: to declare them is cheap.
TEXTS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.GenericIPAddressField,
    models.BinaryField,
)


@dataclass(frozen=True, slots=True)
class Personal:
    """A field that says something about a person. The words are shown on the privacy page."""

    model: str  # label.Model
    field: str
    purpose: str | Promise
    basis: str | Promise
    retention: str | Promise
    visibility: str | Promise

    @property
    def name(self) -> str:
        return f"{self.model}.{self.field}"


def personal() -> tuple[Personal, ...]:
    """Return every declared field about persons, lowest app first."""
    return tuple(each for _label, module in ports.of("privacy") for each in getattr(module, "PERSONAL", ()))


def undeclared() -> list[str]:
    """Return the text fields of the house that nobody has declared, as label.Model.field."""
    declared = _impersonal() | {each.name for each in personal()}
    return [name for model, name in _texts() if name not in declared and model not in declared]


def unknown() -> list[str]:
    """Return what is declared and is not there (any more), or is declared both ways."""
    there = {name for pair in _texts() for name in pair}
    both = {each.name for each in personal()} & _impersonal()
    return sorted((({each.name for each in personal()} | _impersonal()) - there) | both)


def _impersonal() -> set[str]:
    return {name for _label, module in ports.of("privacy") for name in getattr(module, "IMPERSONAL", ())}


def _texts() -> Iterator[tuple[str, str]]:
    """Yield each text field of the house, with the name of its model before its own."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith(HOUSE):
            label = f"{model._meta.app_label}.{model._meta.object_name}"  # noqa: SLF001 -- Django's documented API
            for field in model._meta.concrete_fields:  # noqa: SLF001 -- the same
                if isinstance(field, TEXTS):
                    yield label, f"{label}.{field.name}"
