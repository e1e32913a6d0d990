"""How every edit of an entry is written: read under lock, compared, refused or kept, remembered, shown."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.choices import FINDINGS, field_name
from kilauta.domains.directory.logic.content import text_findings
from kilauta.domains.directory.models import Channel, OpeningRule, Organisation, Place
from kilauta.domains.directory.models.entries import Entry
from kilauta.domains.directory.queries.affected import affected
from kilauta.domains.directory.queries.snapshots import (
    KINDS,
    Kind,
    Part,
    Plain,
    in_order,
    kind_of,
    snapshot,
)
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.audit.recording import plain, record
from kilauta.kit.refusals import Refused
from kilauta.kit.search import index
from kilauta.kit.store import editions
from kilauta.lib.text import slugify

from .addresses import free_short_id
from .entries import refuse_elsewhere, refuse_ring
from .help import lacks
from .hours import faults

M = TypeVar("M", bound=models.Model)
Values = Mapping[str, object]

SOURCE = "kilauta"


def locked(thing: M) -> M:
    """Return the row as it is now, held until the transaction ends: nobody else changes it meanwhile."""
    return models.QuerySet(type(thing)).select_for_update().get(pk=thing.pk)


def write(
    thing: models.Model, values: Values, *, verb: str, actor: Person | None, now: datetime, note: str = ""
) -> Change | None:
    """Make a locked entry say this, remember it and show it; return the change, or None if it said so already."""
    kind = KINDS[kind_of(thing)]
    wanted = cleaned(kind, thing, values)
    held = snapshot(thing, wanted)
    changed = {name: (held[name], wanted[name]) for name in wanted if held[name] != wanted[name]}
    if not changed:
        return None
    refuse_nonsense(thing, {name: wanted[name] for name in changed})
    before = affected(thing)
    put(thing, {name: wanted[name] for name in changed}, now=now)
    change = record(thing, verb, actor=actor, now=now, values=changed, note=note)
    shown(thing, before)
    return change


def keep(
    thing: models.Model, values: Plain, *, verb: str, actor: Person | None, now: datetime, note: str = ""
) -> Change | None:
    """Hold what only a coordinator says of a locked entry (its state, its network), and show it."""
    held = snapshot(thing, values)
    changed = {name: (held[name], values[name]) for name in values if held[name] != values[name]}
    if not changed:
        return None
    before = affected(thing)
    put(thing, {name: values[name] for name in changed}, now=now)
    change = record(thing, verb, actor=actor, now=now, values=changed, note=note)
    shown(thing, before)
    return change


def make(
    kind_name: str, values: Values, *, actor: Person | None, now: datetime, name: str = "", **fixed: object
) -> Any:  # noqa: ANN401 -- an entry of the kind
    """Make a draft of this kind that says this; `fixed` holds what no editor may choose."""
    kind = KINDS[kind_name]
    key = f"{slugify(name, 40) or kind_name}-{uuid4().hex[:8]}"
    thing = kind.model(source=SOURCE, external_id=key, changed_at=now, **fixed)
    if isinstance(thing, Entry):
        thing.short_id = free_short_id(type(thing), SOURCE, key)
    wanted = cleaned(kind, thing, values)
    for column in kind.columns:
        if column in wanted:
            setattr(thing, _attname(kind.model, column), _python(kind.model, column, wanted[column]))
    _clean(thing, kind.columns)
    refuse_nonsense(thing, wanted)
    put(thing, {name: wanted[name] for name in wanted if name not in kind.columns}, now=now, new=True)
    record(thing, "created", actor=actor, now=now)
    shown(thing)
    return thing


def put(thing: models.Model, wanted: Plain, *, now: datetime, new: bool = False) -> None:
    """Write clean values, and nothing else of the row; the walls of the database have the last word."""
    kind = KINDS[kind_of(thing)]
    columns = [name for name in wanted if name not in kind.lists and name not in kind.parts]
    for name in columns:
        setattr(thing, _attname(type(thing), name), _python(type(thing), name, wanted[name]))
    if hasattr(thing, "changed_at"):
        thing.changed_at = now
        columns.append("changed_at")
    try:
        with transaction.atomic():
            if new:
                thing.save(force_insert=True)
            elif columns:
                thing.save(update_fields=columns)
            for name in kind.lists:
                if name in wanted:
                    getattr(thing, name).set(wanted[name])
            for name, part in kind.parts.items():
                if name in wanted:
                    _put_part(part, thing, wanted[name])  # type: ignore[arg-type]  # rows, made by `cleaned`
    except (IntegrityError, DataError) as error:
        raise Refused("contradiction", _("These do not go together. Check what you chose.")) from error


def shown(thing: models.Model, before: Mapping[str, frozenset[str]] | None = None) -> None:
    """Let the public see the entry as it is now: everything that reads or finds it, and nothing else."""
    editions.renew()
    found: dict[str, frozenset[str]] = dict(before or {})
    for kind, keys in affected(thing).items():
        found[kind] = found.get(kind, frozenset()) | keys
    index.refresh(found)


def cleaned(kind: Kind, thing: models.Model, values: Values) -> Plain:
    """Return the values in the form of a history; refuse fields that are not the editor's, and nonsense."""
    strange = sorted(set(values) - kind.fields)
    if strange:
        message = _("“%(field)s” cannot be changed here.") % {"field": field_name(strange[0])}
        raise Refused("unknown-field", message, strange[0])
    trial, found = copy(thing), Plain()
    for name, value in values.items():
        if name in kind.parts:
            found[name] = in_order(_clean_row(kind.parts[name], name, row) for row in _list(name, value))
        elif name in kind.lists:
            found[name] = _keys(kind.model, name, value)
        else:
            python = _python(kind.model, name, value)
            setattr(trial, _attname(kind.model, name), python)
            found[name] = plain(python)
    _clean(trial, [name for name in values if name in kind.columns])
    return found


def _clean(thing: models.Model, names: "list[str] | tuple[str, ...]") -> None:
    others = {each.name for each in thing._meta.fields} - set(names)  # noqa: SLF001 -- Django's documented API
    try:
        thing.clean_fields(exclude=others)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused("bad-value", f"{field_name(field)}: {messages[0]}", field) from error


def _clean_row(part: Part, name: str, row: object) -> Plain:
    if not isinstance(row, Mapping) or set(row) - set(part.columns):
        raise Refused(
            "unknown-field", _("“%(field)s” cannot be changed here.") % {"field": field_name(name)}, name
        )
    made = part.model(**part.where)
    for column in part.columns:
        if column in row:
            setattr(made, _attname(part.model, column), _python(part.model, column, row[column]))
    if part.model is OpeningRule:
        for _field, sentence in faults({**vars(made)}):  # type: ignore[typeddict-item]  # its columns are the details
            raise Refused("missing", sentence, name)
    _clean(made, part.columns)
    return {column: plain(getattr(made, _attname(part.model, column))) for column in part.columns}


def _put_part(part: Part, thing: models.Model, wanted: list[Plain]) -> None:
    """Leave the rows that are wanted, take the others away, make those that are missing."""
    missing = list(wanted)
    for row in part.rows_of(thing):
        held = {column: plain(getattr(row, _attname(part.model, column))) for column in part.columns}
        if held in missing:
            missing.remove(held)
        else:
            row.delete()
    for values in missing:
        made = part.model(**{kind_of(thing): thing}, **part.where)
        for column, value in values.items():
            setattr(made, _attname(part.model, column), _python(part.model, column, value))
        if isinstance(made, OpeningRule):
            made.source, made.external_id = SOURCE, uuid4().hex
        made.save(force_insert=True)


def _keys(model: type[models.Model], name: str, value: object) -> list[object]:
    """Return the keys of a list, all of which there are."""
    related: Any = model._meta.get_field(name).related_model  # noqa: SLF001 -- Django's documented API
    keys = plain({each.pk if isinstance(each, models.Model) else each for each in _list(name, value)})
    try:
        there = models.QuerySet(related).filter(pk__in=keys).count()
    except (ValidationError, ValueError):
        there = -1
    if there != len(keys):  # type: ignore[arg-type]  # a list, made above
        raise Refused("unknown-value", _("Choose from the list."), name)
    return keys  # type: ignore[return-value]


def _list(name: str, value: object) -> list[object]:
    if isinstance(value, str | Mapping) or not hasattr(value, "__iter__"):
        raise Refused("bad-value", _("Choose from the list."), name)
    return list(value)


def _python(model: type[models.Model], name: str, value: object) -> Any:  # noqa: ANN401 -- as the column holds it
    column: Any = model._meta.get_field(name)  # noqa: SLF001 -- Django's documented API
    if isinstance(value, models.Model):
        return value.pk
    if value in ("", None) and column.null:
        return None
    try:
        return (column.target_field if column.is_relation else column).to_python(value)
    except ValidationError as error:
        raise Refused("bad-value", f"{field_name(name)}: {error.messages[0]}", name) from error


def _attname(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]  # noqa: SLF001 -- the same; columns only


def refuse_nonsense(thing: models.Model, wanted: Plain) -> None:
    """Refuse texts that may not be kept, and what only together is nonsense; what is not wanted stays as it is."""
    for finding in text_findings(wanted):
        if finding.refuses:
            raise Refused(finding.code, str(FINDINGS[finding.code]), finding.field)
    if isinstance(thing, Organisation) and wanted.get("parent"):
        refuse_ring(thing.source, thing.external_id, Organisation.objects.get(pk=str(wanted["parent"])))
    if isinstance(thing, Place) and wanted.keys() & {"locality", "municipality"}:
        says = snapshot(thing, ("locality", "municipality")) | wanted
        if says["locality"]:
            refuse_elsewhere(str(says["locality"]), str(says["municipality"]))
    if isinstance(thing, Channel):
        _refuse_way(snapshot(thing, KINDS["channel"].columns) | wanted)


def _refuse_way(says: Plain) -> None:
    ways = {name: says[name] for name in ("place", "phone", "url", "booking_url")}
    for field, sentence in lacks(str(says["mode"]), **ways):
        raise Refused("missing", sentence, field)
    if says["hours_of_place"] and not says["place"]:
        raise Refused("missing", _("Choose the place whose hours it keeps."), "place")
    if says["full_until"] and says["intake"] != "full":
        raise Refused("contradiction", _("This day is given only when intake is full."), "full_until")
    if says["closed_until"] and not says["closed_from"]:
        raise Refused("missing", _("Say from which day it is closed."), "closed_from")
    if says["closed_until"] and str(says["closed_until"]) < str(says["closed_from"]):
        raise Refused("contradiction", _("It cannot end before it begins."), "closed_until")
