from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction

from kilauta.domains.directory.models import Channel, ExternalLink, Organisation, Place, Service, Verification
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.saving import Saved, save

Thing = Organisation | Place | Service | Channel


class VerificationDetails(TypedDict):
    method: str
    by_role: str
    due_on: date


class LinkDetails(TypedDict):
    label_fi: str
    label_sv: str
    label_en: str


@transaction.atomic
def save_verification(
    thing: Thing,
    group: str,
    verified_on: date,
    *,
    actor: Person,
    now: datetime,
    **details: Unpack[VerificationDetails],
) -> Saved[Verification]:
    """Hold that somebody in this role made sure of the thing that day, and when it is due again."""
    keys = {type(thing).__name__.lower(): thing, "group": group, "verified_on": verified_on}
    return save(Verification, keys, details, actor=actor, now=now)


@transaction.atomic
def save_link(
    thing: Organisation | Service,
    kind: str,
    url: str,
    *,
    actor: Person,
    now: datetime,
    **labels: Unpack[LinkDetails],
) -> Saved[ExternalLink]:
    """Hold that the thing has this page elsewhere."""
    keys = {type(thing).__name__.lower(): thing, "kind": kind, "url": url}
    return save(ExternalLink, keys, labels, actor=actor, now=now)
