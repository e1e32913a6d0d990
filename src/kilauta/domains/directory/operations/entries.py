from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import TypedDict, TypeVar, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import (
    EService,
    Organisation,
    OrganisationIdentifier,
    OrganisationRole,
    Place,
)
from kilauta.domains.directory.models.entries import Entry
from kilauta.domains.territory.models import Locality, Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.saving import Saved, save
from kilauta.kit.refusals import Refused

from .addresses import free_short_id

E = TypeVar("E", bound=Entry)


class OrganisationDetails(TypedDict, total=False):
    parent: Organisation | None
    kind: str
    name_fi: str
    name_sv: str
    name_en: str
    former_name: str
    business_id: str
    identifiers: Mapping[str, str]
    website: str
    phone: str
    email: str
    duty_by_law: bool
    started_on: date | None
    steward: Network | None
    summary_fi: str
    summary_sv: str
    summary_en: str
    state: str


class RoleDetails(TypedDict, total=False):
    since: date | None
    note: str


class PlaceDetails(TypedDict, total=False):
    kind: str
    host: Organisation | None
    name_fi: str
    name_sv: str
    name_en: str
    address: str
    postal_code: str
    municipality_id: str
    locality_id: str | None
    lat: float | None
    lon: float | None
    access_yes: list[str]
    access_no: list[str]
    connection: str
    directions_fi: str
    directions_sv: str
    directions_en: str
    steward: Network | None
    state: str


class EServiceDetails(TypedDict, total=False):
    name_fi: str
    name_sv: str
    name_en: str
    owner: Organisation
    url: str
    topics: Collection[str]
    words_fi: str
    words_sv: str
    words_en: str
    description_fi: str
    description_sv: str
    description_en: str
    steward: Network | None
    state: str


def save_entry(
    model: type[E],
    source: str,
    external_id: str,
    values: Mapping[str, object],
    *,
    lists: Mapping[str, Collection[object] | None] | None = None,
    actor: Person,
    now: datetime,
) -> Saved[E]:
    return save(
        model,
        {"source": source, "external_id": external_id},
        {name: value for name, value in values.items() if name not in (lists or {})},
        lists=lists,
        new=lambda: {"short_id": free_short_id(model, source, external_id)},
        actor=actor,
        now=now,
    )


@transaction.atomic
def save_organisation(
    source: str, external_id: str, *, actor: Person, now: datetime, **details: Unpack[OrganisationDetails]
) -> Saved[Organisation]:
    """Hold the organisation so, with its identifiers in other registers; nobody stands above itself."""
    values: dict[str, object] = {**details}
    values.pop("identifiers", None)
    refuse_ring(source, external_id, details.get("parent"))
    saved = save_entry(Organisation, source, external_id, values, actor=actor, now=now)
    if "identifiers" not in details:
        return saved
    return saved.with_parts(changed=_hold_identifiers(saved.thing, details["identifiers"]), now=now)


def refuse_ring(source: str, external_id: str, parent: Organisation | None) -> None:
    """Refuse a parent above which the organisation itself would stand."""
    above, seen = parent, set()
    while above is not None and above.pk not in seen:
        if (above.source, above.external_id) == (source, external_id):
            message = _("The organisation would stand above itself, directly or through others.")
            raise Refused("parent-cycle", message, "parent")
        seen.add(above.pk)
        above = above.parent


def _hold_identifiers(organisation: Organisation, wanted: Mapping[str, str]) -> bool:
    """Make the identifiers exactly these; say whether that was a change."""
    held = dict(organisation.identifiers.values_list("source", "value"))
    if held == dict(wanted):
        return False
    others = OrganisationIdentifier.objects.exclude(organisation=organisation)
    for source, value in wanted.items():
        if others.filter(source=source, value=value).exists():
            message = _("Another organisation has the identifier %(identifier)s.")
            raise Refused("identifier-taken", message % {"identifier": f"{source}={value}"}, "identifiers")
    organisation.identifiers.all().delete()
    OrganisationIdentifier.objects.bulk_create(
        OrganisationIdentifier(organisation=organisation, source=source, value=value)
        for source, value in sorted(wanted.items())
    )
    return True


@transaction.atomic
def save_organisation_role(
    organisation: Organisation,
    network: Network,
    role: str,
    *,
    actor: Person,
    now: datetime,
    **details: Unpack[RoleDetails],
) -> Saved[OrganisationRole]:
    """Hold what the organisation is in the network."""
    keys = {"organisation": organisation, "network": network, "role": role}
    return save(OrganisationRole, keys, details, actor=actor, now=now)


@transaction.atomic
def save_place(
    source: str, external_id: str, *, actor: Person, now: datetime, **details: Unpack[PlaceDetails]
) -> Saved[Place]:
    """Hold the place so; its village or part of town lies in its municipality."""
    if locality_id := details.get("locality_id"):
        refuse_elsewhere(locality_id, details.get("municipality_id"))
    return save_entry(Place, source, external_id, details, actor=actor, now=now)


def refuse_elsewhere(locality_id: str, municipality_id: str | None) -> None:
    """Refuse a village that does not lie in the municipality, if one is given."""
    around = Locality.objects.values_list("municipality_id", flat=True).get(id=locality_id)
    if municipality_id not in (None, around):
        raise Refused("locality-elsewhere", _("This village is in another municipality."), "locality")


@transaction.atomic
def save_eservice(
    source: str, external_id: str, *, actor: Person, now: datetime, **details: Unpack[EServiceDetails]
) -> Saved[EService]:
    """Hold the electronic service so."""
    lists = {"topics": details.get("topics")}
    return save_entry(EService, source, external_id, details, lists=lists, actor=actor, now=now)
