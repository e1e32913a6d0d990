"""One entry out of two that are the same thing; nothing is lost, and it can be taken apart again."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import (
    Apart,
    Channel,
    EService,
    Notice,
    Organisation,
    OrganisationRole,
    Place,
    Planning,
    Proposal,
    Service,
    ServiceRole,
)
from kilauta.domains.directory.queries.affected import affected
from kilauta.domains.directory.queries.history import of_change
from kilauta.domains.directory.queries.snapshots import KINDS, Plain, in_order, kind_of, snapshot
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.audit.recording import history, record
from kilauta.kit.refusals import Refused

from .writing import locked, put, shown

M = TypeVar("M", Organisation, Place, Service)

# What hangs on an entry and goes over to the one that is kept: rows of other things, by the field that points.
HANGING: Final[Mapping[str, tuple[tuple[type[models.Model], str], ...]]] = {
    "organisation": (
        (Service, "organisation"), (Place, "host"), (Organisation, "parent"), (EService, "owner"),
        (ServiceRole, "organisation"), (OrganisationRole, "organisation"), (Planning, "organisation"),
        (Proposal, "organisation"), (Notice, "organisation"),
    ),
    "place": ((Channel, "place"), (Notice, "place")),
    "service": ((Channel, "service"), (Notice, "service")),
}  # fmt: skip
# Lists of rows of which all are kept; of everything else the newer value that is not empty.
GATHERED: Final = ("identifiers", "links", "roles")
# Where an entry stands among others is not a matter of which value is newer.
STANDING: Final = ("parent", "host", "organisation")
BUSINESS_ID: Final = "business-id"


@transaction.atomic
def merge(keep: M, other: M, *, actor: Person, now: datetime, note: str = "") -> Change:
    """Make one entry of two: the newer value that is not empty wins, all identifiers and everything around is kept.

    The other entry is withdrawn, and its address leads to the one that is kept. Taken back by `unmerge`.
    """
    if type(keep) is not type(other) or keep.pk == other.pk:
        raise Refused("not-mergeable", _("Choose two different entries of the same kind."))
    first, second = sorted((keep, other), key=lambda each: str(each.pk))
    held = {each.pk: locked(each) for each in (first, second)}
    keep, other = held[keep.pk], held[other.pk]
    if keep.merged_into_id or other.merged_into_id:
        raise Refused("merged", _("This entry has been joined to another. Take that back first."))
    before = {**_together(affected(keep), affected(other))}
    was = snapshot(keep, KINDS[kind_of(keep)].fields)
    wins = dict(_winners(keep, other, was))
    left = _strip(other, now=now)
    put(keep, wins, now=now)
    moved = list(_move(other, keep))
    told: dict[str, tuple[object, object]] = {name: (was[name], value) for name, value in wins.items()}
    told["merged"] = (None, {"id": str(other.pk), "state": other.state, "left": left, "moved": moved})
    put(other, {"state": "withdrawn", "merged_into": str(keep.pk)}, now=now)
    change = record(keep, "merged", actor=actor, now=now, values=told, note=note or other.name_fi)
    record(other, "merged", actor=actor, now=now, note=keep.name_fi)
    shown(keep, _together(before, affected(other)))
    return change


@transaction.atomic
def unmerge(change: Change, *, actor: Person, now: datetime) -> tuple[Any, Any]:
    """Take apart what was joined; what has been changed by hand since stays with the entry that was kept."""
    keep = of_change(change)
    told = change.values.get("merged") if change.verb == "merged" else None
    if keep is None or not told:
        raise Refused("not-revertible", _("This cannot be taken back here."))
    kept: Any = locked(keep)
    facts = told[1]
    other: Any = locked(models.QuerySet(type(kept)).get(pk=facts["id"]))
    if other.merged_into_id != kept.pk:
        raise Refused("changed-since", _("The entries have been taken apart already."))
    before = _together(affected(kept), affected(other))
    values = {name: pair for name, pair in change.values.items() if name != "merged"}
    is_now = snapshot(kept, values)
    back = {name: old for name, (old, made) in values.items() if is_now[name] == made}
    put(kept, back, now=now)
    for row in facts["moved"]:
        _move_back(row, kept, other)
    put(other, {**facts["left"], "state": facts["state"], "merged_into": None}, now=now)
    changed = {name: (values[name][1], value) for name, value in back.items()}
    record(kept, "unmerged", actor=actor, now=now, values=changed, note=other.name_fi)
    record(other, "unmerged", actor=actor, now=now, note=kept.name_fi)
    shown(kept, before)
    shown(other)
    return kept, other


@transaction.atomic
def keep_apart(one: M, other: M, *, actor: Person, now: datetime) -> Apart:
    """Hold that two entries which look alike are not the same; they are offered as a pair no more."""
    first, second = sorted((one.pk, other.pk), key=str)
    made, new = Apart.objects.get_or_create(kind=kind_of(one), first=first, second=second)
    if new:
        record(one, "kept-apart", actor=actor, now=now, note=other.name_fi)
    return made


def _winners(keep: M, other: M, was: Plain) -> Iterator[tuple[str, object]]:
    """Yield the fields of the kept entry that change, with what they will say."""
    theirs: Plain = snapshot(other, KINDS[kind_of(keep)].fields)
    mine_at, theirs_at = _times(keep), _times(other)
    for name, value in theirs.items():
        if name in STANDING or value == was[name]:
            continue
        if name in GATHERED:
            together = _gathered(was[name], value)
            if together != was[name]:
                yield name, together
        elif value not in (None, "", [], False) and (
            was[name] in (None, "", [], False) or _at(name, theirs_at) > _at(name, mine_at)
        ):
            yield name, value
    yield from _standing(keep, other)
    lost = str(theirs.get("business_id") or "")
    if lost and was["business_id"] and lost != was["business_id"]:
        number = {
            "source": BUSINESS_ID,
            "value": was["business_id"] if _newer(other, keep, "business_id") else lost,
        }
        yield "identifiers", in_order([*_gathered(was["identifiers"], theirs["identifiers"]), number])


def _standing(keep: M, other: M) -> Iterator[tuple[str, object]]:
    """Yield the parent, where the one that is kept stood below the other, or below none."""
    if isinstance(keep, Organisation) and isinstance(other, Organisation):
        above = str(other.parent_id) if other.parent_id and other.parent_id != keep.pk else None
        if keep.parent_id == other.pk or (keep.parent_id is None and above):
            yield "parent", above


def _newer(one: models.Model, other: models.Model, name: str) -> bool:
    return _at(name, _times(one)) > _at(name, _times(other))


def _gathered(mine: object, theirs: object) -> list[Plain]:
    held = list(mine) if isinstance(mine, list) else []
    return (
        in_order([*held, *(row for row in theirs if row not in held)]) if isinstance(theirs, list) else held
    )


def _times(thing: Any) -> dict[str, datetime]:  # noqa: ANN401 -- an entry
    """Return when each field was last changed, and under "" when the entry began (or was last changed at all)."""
    times: dict[str, datetime] = {}
    for change in history(thing._meta.label, thing.pk).order_by("at", "id"):  # noqa: SLF001 -- Django's documented API
        times.update(dict.fromkeys(change.values, change.at))
        if change.verb == "created":
            times[""] = change.at
    times.setdefault("", thing.changed_at)
    return times


def _at(name: str, times: Mapping[str, datetime]) -> datetime:
    return times.get(name, times[""])


def _strip(other: Any, *, now: datetime) -> Plain:  # noqa: ANN401 -- an entry
    """Take from the other entry what only one may have; return it, so that it can be given back."""
    names = [name for name in KINDS[kind_of(other)].parts if name == "identifiers"]
    left = snapshot(other, names)
    put(other, {name: [] for name in names}, now=now)
    return left


def _move(other: models.Model, keep: models.Model) -> Iterator[dict[str, str]]:
    """Hang on the kept entry what hung on the other; what it has already stays where it was."""
    for model, field in HANGING[kind_of(keep)]:
        label = model._meta.label  # noqa: SLF001 -- Django's documented API
        rows: models.QuerySet[models.Model] = models.QuerySet(model)
        for row in rows.filter(**{field: other}).exclude(pk=_itself(model, keep)).order_by("pk"):
            try:
                with transaction.atomic():
                    rows.filter(pk=row.pk).update(**{field: keep})
            except IntegrityError:
                continue
            yield {"label": label, "key": str(row.pk), "field": field}


def _itself(model: type[models.Model], keep: models.Model) -> object:
    return keep.pk if isinstance(keep, model) else None


def _move_back(row: Mapping[str, str], keep: models.Model, other: models.Model) -> None:
    by_label = {each._meta.label: each for each, _field in HANGING[kind_of(keep)]}  # noqa: SLF001 -- the same
    rows: models.QuerySet[models.Model] = models.QuerySet(by_label[row["label"]])
    rows.filter(pk=row["key"], **{row["field"]: keep}).update(**{row["field"]: other})


def _together(
    one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    return {kind: one.get(kind, frozenset()) | other.get(kind, frozenset()) for kind in {*one, *other}}
