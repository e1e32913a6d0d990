"""What was done to an entry, as people read it: who, when, which fields, from what to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext

from kilauta.domains.directory.choices import VERB_NAMES, field_name
from kilauta.domains.directory.models import OpeningRule, ServiceLanguage
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.audit.recording import CHANGED, history

from .snapshots import KINDS, Thing, entry, kind_of
from .telling import Names, told


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, in words; `secret` where only that it changed is known."""

    field: str
    label: str
    old: str
    new: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class HistoryRow:
    id: int
    at: datetime
    who: str
    verb: str
    label: str
    note: str
    differences: tuple[Difference, ...]

    @property
    def did(self) -> str:
        return str(VERB_NAMES.get(self.verb, self.verb))


def of_change(change: Change) -> Thing | None:
    """Return the entry that the change was made to, if it is one of the directory and still there."""
    kind = {each.model._meta.label: name for name, each in KINDS.items()}.get(change.label)  # noqa: SLF001 -- Django's documented API
    return entry(kind, change.thing_id) if kind else None


def history_of(thing: models.Model, first: int = 0, most: int = 50) -> tuple[HistoryRow, ...]:
    """Return what was done to the entry and to its hours and languages, the newest first."""
    label = thing._meta.label  # noqa: SLF001 -- Django's documented API
    rows = list((history(label, thing.pk) | _of_parts(thing))[first : first + most])
    names = Names(kind_of(thing))
    names.find(pair for row in rows for pair in row.values.items())
    return tuple(
        HistoryRow(
            row.pk,
            row.at,
            who(row.actor),
            row.verb,
            row.label,
            row.note,
            tuple(_difference(names, field, pair) for field, pair in row.values.items()),
        )
        for row in rows
    )


def who(person: Person | None) -> str:
    """Return who did something, as colleagues may read it."""
    if person is None:
        return gettext("Somebody without an account")
    if person.is_system:
        return gettext("Kilauta")
    return person.name or person.email or gettext("Somebody who has left")


def differences(kind: str, old: Mapping[str, object], new: Mapping[str, object]) -> tuple[Difference, ...]:
    """Return the fields that differ, in words, in the order in which an editor sees them."""
    names = Names(kind)
    changed = [field for field in _ordered(kind, {*old, *new}) if old.get(field) != new.get(field)]
    names.find((field, [old.get(field), new.get(field)]) for field in changed)
    return tuple(_difference(names, field, [old.get(field), new.get(field)]) for field in changed)


def _difference(names: Names, field: str, pair: object) -> Difference:
    if pair == CHANGED or not isinstance(pair, list):
        return Difference(field, field_name(field), "", "", secret=True)
    return Difference(field, field_name(field), told(names, field, pair[0]), told(names, field, pair[1]))


def _ordered(kind: str, fields: Iterable[str]) -> list[str]:
    shape = KINDS[kind]
    known = [*shape.columns, *shape.lists, *shape.parts]
    return sorted(fields, key=lambda field: (known.index(field) if field in known else len(known), field))


def _of_parts(thing: models.Model) -> models.QuerySet[Change]:
    """Return what an import did to rows that hang on the entry."""
    found = Change.objects.none()
    for model in (OpeningRule, ServiceLanguage):
        if kind_of(thing) in {field.name for field in model._meta.fields}:  # noqa: SLF001 -- Django's documented API
            keys = [
                str(key)
                for key in models.QuerySet(model)
                .filter(**{kind_of(thing): thing})
                .values_list("pk", flat=True)
            ]
            found = found | Change.objects.filter(label=model._meta.label, thing_id__in=keys, verb="changed")  # noqa: SLF001 -- the same
    return found.select_related("actor").order_by("-at", "-id")
