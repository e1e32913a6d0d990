"""An entry as plain values by field: what its editor is given, what a history holds, what a proposal wants.

A *part* is what stands in rows of its own and belongs to one entry (hours, languages, links); as a value it is the
list of its rows. The value of a list (topics, area) is its keys.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from kilauta.domains.directory.models import (
    Channel,
    EService,
    ExternalLink,
    OpeningRule,
    Organisation,
    OrganisationIdentifier,
    Place,
    Service,
    ServiceLanguage,
    ServiceRole,
)
from kilauta.domains.territory.models import Network
from kilauta.kit.audit.recording import plain
from kilauta.lib.words import LANGUAGES

Thing = Organisation | Place | Service | Channel | EService
Owner = Place | Channel | Network
Plain = dict[str, object]


def _in_three(*stems: str) -> tuple[str, ...]:
    return tuple(f"{stem}_{language}" for stem in stems for language in LANGUAGES)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that hang on an entry."""

    model: type[models.Model]
    columns: tuple[str, ...]
    where: Mapping[str, object] = field(default_factory=dict)

    def rows_of(self, thing: models.Model) -> Any:  # noqa: ANN401 -- a queryset of the model
        return models.QuerySet(self.model).filter(**{kind_of(thing): thing}, **self.where)


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be said of one kind of entry, and so what an editor may change of it."""

    model: type[models.Model]
    columns: tuple[str, ...]
    lists: tuple[str, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset({*self.columns, *self.lists, *self.parts})


_HOURS = (
    "weekdays", "opens", "closes", "state", "weeks", "nth", "valid_from", "valid_to", "holiday", *_in_three("note")
)  # fmt: skip
_LINKS = Part(ExternalLink, ("kind", "url", *_in_three("label")))
HOURS: Final = {
    "hours": Part(OpeningRule, _HOURS, {"exception": False}),
    "exceptions": Part(OpeningRule, _HOURS, {"exception": True}),
}

KINDS: Final[Mapping[str, Kind]] = {
    "organisation": Kind(
        Organisation,
        (
            *_in_three("name"), "kind", "parent", "former_name", "business_id", "website", "phone", "email",
            "duty_by_law", "started_on", *_in_three("summary"),
        ),
        parts={"identifiers": Part(OrganisationIdentifier, ("source", "value")), "links": _LINKS},
    ),
    "place": Kind(
        Place,
        (
            *_in_three("name"), "kind", "host", "address", "postal_code", "municipality", "locality", "lat", "lon",
            "access_yes", "access_no", "connection", *_in_three("directions"),
        ),
        parts=HOURS,
    ),
    "service": Kind(
        Service,
        (
            *_in_three("name", "summary", "description"), "depth", "fee", *_in_three("fee_note", "bring"),
            "resources",
        ),
        ("topics", "eservices", "devices", "audiences_only", "audiences_also", "limits"),
        {
            "languages": Part(ServiceLanguage, ("language", *_in_three("note"))),
            "roles": Part(ServiceRole, ("organisation", "role")),
            "links": _LINKS,
        },
    ),
    "channel": Kind(
        Channel,
        (
            "mode", "place", "phone", "phone_charge", "email", "url", "booking_url", "everywhere", "lead_days",
            "given_by", "intake", "full_until", "hours_of_place", *_in_three("note"), "closed_from",
            "closed_until", *_in_three("closed_note"),
        ),
        ("area",),
        HOURS,
    ),
    "eservice": Kind(
        EService, (*_in_three("name"), "owner", "url", *_in_three("words", "description")), ("topics",)
    ),
    "network": Kind(Network, (), parts=HOURS),
}  # fmt: skip

# What a coordinator changes of an entry, by verbs of their own.
KEPT: Final = ("state", "steward", "trusted", "merged_into")


def kind_of(thing: models.Model) -> str:
    """Return the word for the kind of entry."""
    return type(thing).__name__.lower()


def entry(kind: str, key: UUID | str) -> Thing | None:
    """Return the entry of this kind and key, if there is one."""
    try:
        return models.QuerySet(KINDS[kind].model).filter(pk=key).first()
    except (ValidationError, ValueError):
        return None


def snapshot(thing: models.Model, names: Iterable[str] | None = None) -> Plain:
    """Return what the entry says now, by field; of the named fields only, if any are named."""
    kind = KINDS[kind_of(thing)]
    wanted = kind.fields if names is None else frozenset(names)
    found: Plain = {}
    for name in (*kind.columns, *KEPT):
        if name in wanted:
            found[name] = plain(vars(thing).get(f"{name}_id", vars(thing).get(name)))
    for name in kind.lists:
        if name in wanted:
            found[name] = plain(list(getattr(thing, name).values_list("pk", flat=True)))
    for name, part in kind.parts.items():
        if name in wanted:
            found[name] = rows(part, thing)
    return found


def rows(part: Part, thing: models.Model) -> list[Plain]:
    return in_order(
        {name: plain(getattr(row, _column(part, name))) for name in part.columns}
        for row in part.rows_of(thing)
    )


def in_order(found: Iterable[Plain]) -> list[Plain]:
    """Return rows in one order, whoever wrote them: the order says nothing."""
    return sorted(found, key=lambda row: json.dumps(row, sort_keys=True))


def _column(part: Part, name: str) -> str:
    return str(part.model._meta.get_field(name).attname)  # type: ignore[union-attr]  # noqa: SLF001 -- Django's documented API; concrete fields only
