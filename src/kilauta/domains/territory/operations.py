"""Every write to the territory.

`save_…` holds a thing that came from outside; callers renew the edition (`kit.store.editions`), once for all they
write. The other verbs are those of people: each renews the edition itself.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from math import floor
from typing import TypedDict, Unpack
from uuid import uuid4

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import record
from kilauta.kit.exchange.saving import Saved, save
from kilauta.kit.refusals import Refused
from kilauta.kit.search import index
from kilauta.kit.store import editions
from kilauta.lib.colour import COLOUR, darkened, weakest
from kilauta.lib.geo import Point
from kilauta.lib.text import fold, slugify
from kilauta.lib.words import Words

from .models import Border, Locality, Municipality, Network, Region
from .signals import locality_renamed


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


class VillageDetails(TypedDict, total=False):
    name_fi: str
    name_sv: str
    lat: float
    lon: float


class LocalityDetails(VillageDetails, total=False):
    municipality: Municipality


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


# What stands in the colour of a network lies on these: paper, white and sky of the look.
GROUNDS = ("#FBFAF6", "#FFFFFF", "#DCEBF3")
LEAST_CONTRAST = 7.0
LONGEST_SLUG = 40


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
    if accent := details.get("accent"):
        _refuse_faint(accent)
    return save(
        Network, {"id": network_id}, values, lists={"municipalities": municipalities}, actor=actor, now=now
    )


@transaction.atomic
def open_network(
    name: Words, region_id: str, *, phone: str, email: str, host: str, actor: Person, now: datetime
) -> Network:
    """Begin a network of all municipalities of a region; the first one of an installation is its default."""
    region = Region.objects.filter(code=region_id).first()
    if region is None:
        raise Refused("unknown-value", _("Choose from the list."), "region")
    key = slugify(name.fi, LONGEST_SLUG)
    if not key or Network.objects.filter(pk=key).exists():
        raise Refused("taken", _("“%(name)s” is in the list already.") % {"name": name.fi}, "name")
    made = save_network(
        key, name_fi=name.fi, name_sv=name.sv, name_en=name.en, region_id=region.code,
        municipalities=list(region.municipalities.filter(ended_on=None).values_list("code", flat=True)),
        phone=phone, email=email, host=host, default=not Network.objects.exists(), actor=actor, now=now,
    ).thing  # fmt: skip
    editions.renew()
    index.rebuild()
    return made


@transaction.atomic
def change_network(
    network: Network, *, actor: Person, now: datetime, **details: Unpack[NetworkDetails]
) -> Network:
    """Let the network say this of itself; its colour stands out from every ground it is seen on."""
    held = save_network(network.pk, actor=actor, now=now, **details).thing
    editions.renew()
    return held


@transaction.atomic
def add_locality(
    municipality: Municipality, *, actor: Person, now: datetime, **details: Unpack[VillageDetails]
) -> Locality:
    """Add a village or part of a town; a second one of the same name in the municipality is refused."""
    _refuse_twin(municipality, details["name_fi"], but="")
    slug = slugify(details["name_fi"], LONGEST_SLUG)
    key = f"{municipality.code}-{slug}-{uuid4().hex[:6]}"
    made = save_locality(key, municipality=municipality, actor=actor, now=now, **details).thing
    editions.renew()
    return made


@transaction.atomic
def change_locality(
    locality: Locality, *, actor: Person, now: datetime, **details: Unpack[VillageDetails]
) -> Locality:
    """Let a village be called this and lie there; what is found by its name is found by the new one."""
    if "name_fi" in details:
        _refuse_twin(locality.municipality, details["name_fi"], but=locality.pk)
    names = locality.name
    held = save_locality(locality.pk, actor=actor, now=now, **details).thing
    editions.renew()
    if held.name != names:
        locality_renamed.send(Locality, locality=held)
    return held


@transaction.atomic
def remove_locality(locality: Locality, *, actor: Person, now: datetime) -> None:
    """Take a village away in which no place lies; the history keeps that there was one."""
    values = {name: (getattr(locality, name), "") for name in ("name_fi", "name_sv")}
    record(locality, "removed", actor=actor, now=now, values=values)
    try:
        locality.delete()
    except ProtectedError as error:
        message = ngettext(
            "There is %(number)s place in this village. Move it first.",
            "There are %(number)s places in this village. Move them first.",
            len(error.protected_objects),
        )
        raise Refused("in-use", message % {"number": len(error.protected_objects)}) from error
    editions.renew()


def _refuse_twin(municipality: Municipality, name: str, *, but: str) -> None:
    others = municipality.localities.exclude(pk=but).values_list("name_fi", flat=True)
    if fold(name) in {fold(each) for each in others}:
        raise Refused("taken", _("“%(name)s” is in the list already.") % {"name": name}, "name_fi")


def _refuse_faint(accent: str) -> None:
    """Refuse a colour in which a text cannot be read by everybody; say how far it is, and a near one that will do."""
    if not COLOUR.fullmatch(accent):
        raise Refused("bad-value", _("Write the colour like this: #0B4A6F."), "accent")
    ratio = weakest(accent, GROUNDS)
    if ratio < LEAST_CONTRAST:
        message = _(
            "This colour is too pale to read: its contrast is %(ratio)s and should be at least 7. "
            "%(colour)s is a near one that will do."
        )
        told = {
            # rounded down: 6.96 is not 7
            "ratio": number_format(floor(ratio * 10) / 10, 1),
            "colour": darkened(accent, GROUNDS, LEAST_CONTRAST),
        }
        raise Refused("faint", message % told, "accent")


@transaction.atomic
def hold_borders(borders: Mapping[str, Sequence[Sequence[Point]]], *, actor: Person, now: datetime) -> int:
    """Hold where these municipalities end, by their numbers; return how many borders are new or other than before."""
    changed = 0
    for code, rings in sorted(borders.items()):
        told = [[list(point) for point in ring] for ring in rings]
        border, is_new = Border.objects.get_or_create(pk=code, defaults={"rings": told})
        if is_new or border.rings != told:
            border.rings = told
            border.save(update_fields=["rings"])
            record(border, "created" if is_new else "changed", actor=actor, now=now)
            changed += 1
    return changed
