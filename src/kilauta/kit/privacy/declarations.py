from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from kilauta.kit import ports

# What a person could be named or described in. Codes and keys are texts too: to declare them is cheap.
TEXTS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.GenericIPAddressField,
    models.BinaryField,
)

# What happens to a row, or to its fields, when the time is up or the person is erased.
DELETE: Final = "delete"
EMPTY: Final = "empty"
KEEP: Final = "keep"


@dataclass(frozen=True, slots=True)
class Clock:
    """The time is up `after` what stands in `since`, an instant or a day of the row; then the job acts.

    EMPTY empties the field and leaves the row, DELETE takes the row. `where` says of which rows the clock runs.
    """

    since: str
    after: timedelta
    how: str = EMPTY
    where: Q = field(default_factory=Q)


# No clock: kept until somebody takes the row away, or the person is erased.
UNTIL_ERASED: Final = "until erased"


@dataclass(frozen=True, slots=True)
class Personal:
    """A field that says something about a person. The words are shown on the privacy page."""

    model: str  # label.Model
    field: str
    purpose: str | Promise
    basis: str | Promise
    retention: str | Promise
    visibility: str | Promise
    label: str | Promise = ""  # what the field is called
    clock: Clock | str = ""  # or UNTIL_ERASED
    earlier: Clock | None = None  # of some rows, over before the other
    secret: bool = False  # a check value, a key: nobody is given a copy, not even the person

    @property
    def name(self) -> str:
        return f"{self.model}.{self.field}"

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """Every clock of the field: each ends it in its rows."""
        return tuple(each for each in (self.clock, self.earlier) if isinstance(each, Clock))


@dataclass(frozen=True, slots=True)
class Subject:
    """How the rows of a model are found that are about one person, and what an erasure does to them.

    `person` is the path to the key of a Person; `email` and `phone` name fields that hold an address of the same
    person; `keys` gives the keys of further rows for the keys of persons. EMPTY empties the personal `fields` (all
    declared ones, unless named) and sets what `also` says; KEEP only tells the person.
    """

    model: str
    person: str = ""
    email: str = ""
    phone: str = ""
    keys: Callable[[frozenset[str]], Iterable[object]] | None = None
    erasure: str = DELETE
    fields: tuple[str, ...] = ()
    also: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """By this the journal of erasures knows it."""
        return " ".join(filter(None, (self.model, self.person, self.email, self.phone)))

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(name for name in (self.email, self.phone) if name)


def personal() -> tuple[Personal, ...]:
    """Return every declared field about persons, lowest app first."""
    return tuple(each for _label, module in ports.of("privacy") for each in getattr(module, "PERSONAL", ()))


def subjects() -> tuple[Subject, ...]:
    """Return how the rows about a person are found, highest app first: what points at others goes before them."""
    found = [each for _label, module in ports.of("privacy") for each in getattr(module, "SUBJECTS", ())]
    return tuple(reversed(found))


def undeclared() -> list[str]:
    """Return the text fields of all installed models that nobody has declared, as label.Model.field."""
    declared = _impersonal() | {each.name for each in personal()}
    return [name for model, name in _texts() if name not in declared and model not in declared]


def unknown() -> list[str]:
    """Return what is declared and is not there (any more), or is declared both ways."""
    there = {name for pair in _texts() for name in pair}
    both = {each.name for each in personal()} & _impersonal()
    return sorted((({each.name for each in personal()} | _impersonal()) - there) | both)


def endless() -> list[str]:
    """Return the fields about persons that no clock ends and that are not said to stay until erased."""
    return sorted(each.name for each in personal() if not each.clock)


def unreachable() -> list[str]:
    """Return the models about persons whose rows cannot be found by person, nor end by a clock in all fields."""
    found = {each.model for each in subjects()}
    return sorted(
        {each.model for each in personal() if each.model not in found and isinstance(each.clock, str)}
    )


def _impersonal() -> set[str]:
    return {name for _label, module in ports.of("privacy") for name in getattr(module, "IMPERSONAL", ())}


def _texts() -> Iterator[tuple[str, str]]:
    """Yield each text field, of other people's packages too, with the name of its model before its own."""
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label  # noqa: SLF001 -- Django's documented API
        for each in model._meta.concrete_fields:  # noqa: SLF001 -- the same
            if isinstance(each, TEXTS):
                yield label, f"{label}.{each.name}"
