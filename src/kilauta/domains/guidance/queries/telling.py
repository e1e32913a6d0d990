"""Entries of the log in words: what one says, and what was done to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kilauta.domains.directory.choices import value_list
from kilauta.domains.directory.models import Device, Organisation, Place, Topic
from kilauta.domains.directory.queries.history import Difference, who
from kilauta.domains.guidance.choices import (
    AGES,
    BEFORE,
    GIVERS,
    KINDS,
    LOG_DEEDS,
    LOG_FIELDS,
    REFERRED,
    SHARED,
    WAYS,
)
from kilauta.domains.guidance.logic.entry import is_editable, not_told
from kilauta.domains.guidance.models import GuidanceSession, Share, Tag
from kilauta.domains.territory.models import Municipality
from kilauta.kit.audit.recording import CHANGED, history
from kilauta.kit.translations import reader_language
from kilauta.lib.words import Words

MODELS: Mapping[str, type[models.Model]] = {
    "organisation": Organisation,
    "place": Place,
    "municipality": Municipality,
    "topics": Topic,
    "devices": Device,
    "tags": Tag,
}
LISTS = {"mode": "mode", "outcome": "outcome", "language": "language"}
WORDS: Mapping[str, Mapping[str, str | Promise]] = {
    "given_by": GIVERS,
    "kind": KINDS,
    "way": WAYS,
    "age": AGES,
    "referred_to": REFERRED,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A session in a few words: what stands in a list, and above its page."""

    key: str
    held_on: date
    place: str
    mode: str
    topics: tuple[str, ...]
    outcome: str
    length: str
    persons: int
    is_group: bool
    organisation: str
    way: str
    is_withdrawn: bool
    is_editable: bool


@dataclass(frozen=True, slots=True)
class ToldShares:
    """One property of a group: how many had what, and of how many nothing is told."""

    name: str | Promise
    rows: tuple[tuple[str, int], ...]
    not_told: int


@dataclass(frozen=True, slots=True)
class HistoryRow:
    at: datetime
    who: str
    did: str
    differences: tuple[Difference, ...]


def told(session: GuidanceSession, *, now: datetime) -> Told:
    """Return the session in words; its topics, place and organisation are read with it or one by one."""
    return Told(
        key=str(session.pk),
        held_on=session.held_on,
        place=_words(session.place.name) if session.place else "",
        mode=of_list("mode", session.mode),
        topics=tuple(_words(each.name) for each in sorted(session.topics.all(), key=_position)),
        outcome=of_list("outcome", session.outcome),
        length=f"{session.minutes} min" if session.minutes else "",
        persons=session.persons,
        is_group=session.shape == "group",
        organisation=_words(session.organisation.name),
        way=str(WAYS[session.way]),
        is_withdrawn=session.withdrawn_at is not None,
        is_editable=is_editable(now - session.logged_at),
    )


def of_list(name: str, code: str) -> str:
    """Return the words for a code of a value list."""
    value = value_list(name).get(code)
    return _words(value.name) if value else code


def shares_of(session: GuidanceSession) -> tuple[ToldShares, ...]:
    """Return the totals of a group, property by property; one of which nothing is told is left out."""
    held: dict[str, dict[str, int]] = {}
    for share in Share.objects.filter(session=session).order_by("by", "code"):
        held.setdefault(share.by, {})[share.code] = share.persons
    towns = Municipality.objects.in_bulk(held.get("municipality", {}))
    return tuple(
        ToldShares(
            SHARED[by],
            tuple((_share(by, code, towns), persons) for code, persons in held[by].items()),
            not_told(session.persons, held[by]),
        )
        for by in SHARED
        if by in held
    )


def _share(by: str, code: str, towns: Mapping[str, Municipality]) -> str:
    if by == "municipality":
        return _words(towns[code].name)
    if by in LISTS:
        return of_list(LISTS[by], code)
    return str({"age": AGES, "before": BEFORE}[by].get(code, code))


def history_of(session: GuidanceSession) -> tuple[HistoryRow, ...]:
    """Return what was done to the entry after it was logged, the newest first."""
    rows = list(history("guidance.GuidanceSession", session.pk))
    names = _names(pair for row in rows for pair in row.values.items())
    return tuple(
        HistoryRow(
            row.at,
            who(row.actor),
            str(LOG_DEEDS.get(row.verb, row.verb)),
            tuple(_difference(field, value, names) for field, value in row.values.items()),
        )
        for row in rows
    )


def _difference(field: str, value: object, names: Callable[[str, object], str]) -> Difference:
    label = str(LOG_FIELDS.get(field, field))
    if value == CHANGED or not isinstance(value, list):
        return Difference(field, label, "", "", secret=True)
    old, new = value
    return Difference(field, label, _shown(field, old, names), _shown(field, new, names))


def _shown(field: str, value: object, names: Callable[[str, object], str]) -> str:
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field == "held_on":
        day = parse_date(str(value))
        return date_format(day, "SHORT_DATE_FORMAT") if day else str(value)
    return ", ".join(names(field, each) for each in (value if isinstance(value, list) else [value]))


def _names(pairs: Iterable[tuple[str, object]]) -> Callable[[str, object], str]:
    """Return what names a value of a field; what is referred to is read at once."""
    wanted: dict[str, set[object]] = {}
    for field, value in pairs:
        if field in MODELS and isinstance(value, list):
            wanted.setdefault(field, set()).update(_flat(value))
    found = {
        field: {str(each.pk): each for each in MODELS[field]._default_manager.filter(pk__in=keys)}  # noqa: SLF001 -- Django's documented API
        for field, keys in wanted.items()
    }

    def name(field: str, value: object) -> str:
        if field in MODELS:
            thing = found.get(field, {}).get(str(value))
            return _words(getattr(thing, "name", str(value)))
        if field in LISTS:
            return of_list(LISTS[field], str(value))
        return str(WORDS.get(field, {}).get(str(value), value))

    return name


def _flat(values: Iterable[object]) -> Iterator[object]:
    for each in values:
        yield from each if isinstance(each, list) else [each] if each else []


def _position(topic: Topic) -> tuple[int, str]:
    return topic.position, topic.pk


def _words(name: Words | str) -> str:
    return name.pick(reader_language()).value if isinstance(name, Words) else name
