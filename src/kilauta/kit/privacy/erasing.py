"""Erases one person from all rows, and again from a database that was put back from before."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from kilauta.kit.store.forgetting import forget_deleted

from . import emptying, finding, journal
from .declarations import DELETE, KEEP, subjects
from .finding import Whom
from .models import Access, Carried, Deed
from .retention import run_retention

Keys = Mapping[str, Iterable[object]]  # by the name of the subject


@transaction.atomic
def erase(meant: Whom, *, actor: AbstractBaseUser, now: datetime, purpose: str = "") -> dict[str, int]:
    """Erase the person; return by model how many rows were deleted or emptied. Nothing is found afterwards.

    The journal has it before the database does: what is cut short here is finished by the next `replay`.
    """
    followed = _followed()
    rows = _rows(meant)
    if not rows:
        return {}
    line: journal.Line = {
        "at": now.isoformat(),
        "people": sorted(meant.people),
        "addresses": sorted(meant.addresses),
        "rows": {name: [str(key) for key in keys] for name, keys in rows.items()},
    }
    followed.number = journal.append(line, at_least=followed.number)
    followed.save()
    Access.objects.bulk_create(_note(meant, actor=actor, now=now, purpose=purpose))
    counts = _carry_out(rows)
    forget_deleted()
    return counts


def would_erase(meant: Whom) -> dict[str, int]:
    """Return by model how many rows an erasure would delete or empty."""
    counts = Counter[str]()
    for each in finding.held(meant):
        counts[each.subject.model] += len(each.keys) if each.subject.erasure != KEEP else 0
    return {model: count for model, count in counts.items() if count}


def replay(*, now: datetime) -> dict[str, int]:
    """Erase again what the journal tells and this database has not followed yet, and end what is over.

    For a database that was put back from a copy, before anybody is let in. Return by model how many rows it were.
    """
    counts = _follow()
    run_retention(now=now)
    return counts


@transaction.atomic
def _follow() -> dict[str, int]:
    followed, counts = _followed(), Counter[str]()
    for number, line in journal.lines(after=followed.number):
        meant = Whom(_texts(line.get("people")), _texts(line.get("addresses")))
        counts.update(_carry_out(_joined(_rows(meant), line.get("rows"))))
        followed.number = number
    followed.save()
    forget_deleted()
    return dict(counts)


def _followed() -> Carried:
    """Return the row that tells how far the journal has been followed, and let nobody else follow meanwhile."""
    Carried.objects.get_or_create(id=1)
    return Carried.objects.select_for_update().get(id=1)


def _rows(meant: Whom) -> dict[str, tuple[object, ...]]:
    return {each.subject.name: each.keys for each in finding.held(meant) if each.subject.erasure != KEEP}


def _joined(found: Keys, told: object) -> Keys:
    """Add the keys that the journal tells to those that are found; a name it tells may be there no more."""
    keys = told if isinstance(told, dict) else {}
    joined: dict[str, set[object]] = {name: set(each) for name, each in found.items()}
    for subject in subjects():
        key = emptying.model_of(subject.model)._meta.pk  # noqa: SLF001 -- Django's documented API
        joined.setdefault(subject.name, set()).update(map(key.to_python, _texts(keys.get(subject.name))))
    return joined


def _carry_out(rows: Keys) -> dict[str, int]:
    counts = Counter[str]()
    for subject in subjects():
        keys = list(rows.get(subject.name, ()))
        for start in range(0, len(keys), emptying.PORTION):
            found = emptying.rows_of(emptying.model_of(subject.model)).filter(
                pk__in=keys[start : start + emptying.PORTION]
            )
            if subject.erasure == DELETE:
                counts[subject.model] += emptying.delete(found)
            else:
                names = subject.fields or emptying.fields_of(subject.model)
                counts[subject.model] += emptying.empty(found, names, subject.also)
    return {model: count for model, count in counts.items() if count}


def _note(meant: Whom, *, actor: AbstractBaseUser, now: datetime, purpose: str) -> list[Access]:
    """Tell whom the erasure was about: accounts by key, and nobody else's address, not even as a hash."""
    about = [(settings.AUTH_USER_MODEL, key) for key in sorted(meant.people)] or [("", "")]
    return [
        Access(
            at=now, actor_id=actor.pk, what=Deed.ERASED, subject_kind=kind, subject_id=key, purpose=purpose
        )
        for kind, key in about
    ]


def _texts(value: object) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()
