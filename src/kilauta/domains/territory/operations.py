"""Every write to the territory. Callers renew the edition (`kit.store.editions`), once for all they write."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.saving import Saved, save
from kilauta.kit.refusals import Refused

from .models import Locality, Municipality, Network, Region


class RegionDetails(TypedDict):
    name_fi: str
    name_sv: str
    name_en: str


class MunicipalityDetails(TypedDict, total=False):
    name_fi: str
    name_sv: str
    region_id: str
    lat: float | None
    lon: float | None
    languages: str
    successor: Municipality | None
    ended_on: date | None


class LocalityDetails(TypedDict, total=False):
    municipality: Municipality
    name_fi: str
    name_sv: str
    lat: float
    lon: float


class NetworkDetails(TypedDict, total=False):
    """A detail that is not given stays as it is, or is what the model says of a new network."""

    host: str
    default: bool
    name_fi: str
    name_sv: str
    name_en: str
    region_id: str
    municipalities: Collection[str]
    phone: str
    email: str
    accent: str
    coordinator_note_fi: str
    coordinator_note_sv: str
    coordinator_note_en: str


@transaction.atomic
def save_region(code: str, *, actor: Person, now: datetime, **names: Unpack[RegionDetails]) -> Saved[Region]:
    """Hold the region of this code under these names."""
    return save(Region, {"code": code}, names, actor=actor, now=now)


@transaction.atomic
def save_municipality(
    code: str, *, actor: Person, now: datetime, **details: Unpack[MunicipalityDetails]
) -> Saved[Municipality]:
    """Hold the municipality of this code so; one that has ended stays readable and names its successor."""
    return save(Municipality, {"code": code}, details, actor=actor, now=now)


@transaction.atomic
def save_locality(
    locality_id: str, *, actor: Person, now: datetime, **details: Unpack[LocalityDetails]
) -> Saved[Locality]:
    """Hold the village or part of a town so."""
    return save(Locality, {"id": locality_id}, details, actor=actor, now=now)


@transaction.atomic
def save_network(
    network_id: str, *, actor: Person, now: datetime, **details: Unpack[NetworkDetails]
) -> Saved[Network]:
    """Hold the network so. One network is the default; every other one has a host name of its own."""
    values: dict[str, object] = {**details}
    municipalities = details.get("municipalities")
    values.pop("municipalities", None)
    before = Network.objects.filter(id=network_id).first()
    is_default = values["is_default"] = values.pop("default", before.is_default if before else False)
    host = values["host"] = values.get("host", before.host if before else None) or None
    others = Network.objects.exclude(id=network_id)
    if is_default and others.filter(is_default=True).exists():
        raise Refused("second-default", _("Another network is the default one already."), "default")
    if host is None and not is_default:
        raise Refused(
            "missing", _("A network that is not the default one needs a host name of its own."), "host"
        )
    if host is not None and others.filter(host=host).exists():
        raise Refused("host-taken", _("Another network has this host name."), "host")
    return save(
        Network, {"id": network_id}, values, lists={"municipalities": municipalities}, actor=actor, now=now
    )
