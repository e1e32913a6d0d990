from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.choices import PLACE_MODES
from kilauta.domains.directory.models import (
    Channel,
    EService,
    Organisation,
    Place,
    Service,
    ServiceLanguage,
    ServiceRole,
)
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.saving import Saved, save
from kilauta.kit.refusals import Refused

from .entries import save_entry

LISTS = ("topics", "eservices", "devices", "audiences_only", "audiences_also", "limits")


class ServiceDetails(TypedDict, total=False):
    organisation: Organisation
    name_fi: str
    name_sv: str
    name_en: str
    summary_fi: str
    summary_sv: str
    summary_en: str
    description_fi: str
    description_sv: str
    description_en: str
    topics: Collection[str]
    eservices: Collection[EService]
    devices: Collection[str]
    audiences_only: Collection[str]
    audiences_also: Collection[str]
    depth: str
    fee: str
    fee_note_fi: str
    fee_note_sv: str
    fee_note_en: str
    limits: Collection[str]
    bring_fi: str
    bring_sv: str
    bring_en: str
    resources: str
    steward: Network | None
    state: str


class ChannelDetails(TypedDict, total=False):
    service: Service
    mode: str
    place: Place | None
    phone: str
    phone_charge: str
    email: str
    url: str
    booking_url: str
    everywhere: bool
    area: Collection[str]
    lead_days: int | None
    given_by: str
    intake: str
    full_until: date | None
    hours_of_place: bool
    note_fi: str
    note_sv: str
    note_en: str
    closed_from: date | None
    closed_until: date | None
    closed_note_fi: str
    closed_note_sv: str
    closed_note_en: str
    state: str


class NoteDetails(TypedDict, total=False):
    note_fi: str
    note_sv: str
    note_en: str


# For each mode, the ways by which it can be got: one of them must be given, the first is the usual one.
NEEDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(PLACE_MODES, ("place",)),
    "phone": ("phone",),
    "remote": ("url", "phone"),
    "chat": ("url", "phone"),
    "home-visit": ("phone", "booking_url"),
    "neighbour": ("phone", "booking_url"),
    "mobile": ("phone", "booking_url"),
}
WAYS = ("place", "phone", "url", "booking_url")


def lacks(mode: str, **given: object) -> Iterator[tuple[str, str]]:
    """Yield the field, and a sentence, without which nobody can get help in this way."""
    needs = NEEDS.get(mode, ())
    if not needs or any(given[name] for name in needs):
        return
    sentences = {
        ("place",): _("Help at a place needs the place."),
        ("phone",): _("Help by telephone needs a number."),
        ("url", "phone"): _("Remote help needs a web address or a number."),
        ("phone", "booking_url"): _("Help that comes to people needs a number or an address for booking."),
    }
    yield needs[0], sentences[needs]


@transaction.atomic
def save_service(
    source: str, external_id: str, *, actor: Person, now: datetime, **details: Unpack[ServiceDetails]
) -> Saved[Service]:
    """Hold the service so, with its topics, e-services, devices, audiences and limits."""
    given: dict[str, Collection[object] | None] = {name: details.get(name) for name in LISTS}  # type: ignore[misc]  # the names above
    return save_entry(Service, source, external_id, details, lists=given, actor=actor, now=now)


@transaction.atomic
def save_service_language(
    service: Service, language: str, *, actor: Person, now: datetime, **notes: Unpack[NoteDetails]
) -> Saved[ServiceLanguage]:
    """Hold that the help is given in this language, and when."""
    return save(ServiceLanguage, {"service": service, "language": language}, notes, actor=actor, now=now)


@transaction.atomic
def save_service_role(
    service: Service, organisation: Organisation, role: str, *, actor: Person, now: datetime
) -> Saved[ServiceRole]:
    """Hold that the organisation has this part in the service."""
    keys = {"service": service, "organisation": organisation, "role": role}
    return save(ServiceRole, keys, {}, actor=actor, now=now)


@transaction.atomic
def save_channel(
    source: str, external_id: str, *, actor: Person, now: datetime, **details: Unpack[ChannelDetails]
) -> Saved[Channel]:
    """Hold the way to get the service so; it names whatever its mode needs to be got."""
    given = {name: value for name, value in details.items() if name in WAYS}
    # where only some of them are given, the database alone knows whether the rest is there
    if "mode" in details and len(given) == len(WAYS):
        for field, sentence in lacks(details["mode"], **given):
            raise Refused("missing", sentence, field)
    values = {name: value for name, value in details.items() if name != "area"}
    keys = {"source": source, "external_id": external_id}
    return save(Channel, keys, values, lists={"area": details.get("area")}, actor=actor, now=now)
