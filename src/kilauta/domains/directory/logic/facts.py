"""What the public may know of each thing, in frozen form: pages and rankings read these, never the tables."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from kilauta.lib.geo import Point
from kilauta.lib.hours import Schedule
from kilauta.lib.words import Words

from .trust import Check

NO_WORDS = Words("")
FAMILIES = ("phone", "visit", "home", "remote")
FAMILY_OF_MODE = {
    "phone": "phone",
    "walk-in": "visit",
    "booked-visit": "visit",
    "group": "visit",
    "self-service": "visit",
    "mobile": "visit",
    "home-visit": "home",
    "neighbour": "home",
    "remote": "remote",
    "chat": "remote",
}


class HasHours(Protocol):
    """Whatever has opening hours and perhaps a few words beside them."""

    @property
    def schedule(self) -> Schedule: ...
    @property
    def hours_notes(self) -> tuple[Words, ...]: ...


@dataclass(frozen=True, slots=True)
class Named:
    """A value of a list: topic, theme, audience, limit, device, everyday group."""

    code: str
    name: Words
    description: Words = NO_WORDS
    examples: Words = NO_WORDS
    group: str = ""
    topics: frozenset[str] = frozenset()
    device: str = ""


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    code: str
    slug: str
    name: Words
    region: str
    point: Point | None


@dataclass(frozen=True, slots=True)
class LocalityFacts:
    id: str
    name: Words
    municipality: str
    point: Point


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    id: str
    host: str
    is_default: bool
    name: Words
    region: Words
    municipalities: frozenset[str]
    phone: str
    email: str
    accent: str
    coordinator_note: Words
    schedule: Schedule
    hours_notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Words that hold from one day to another, both included; some say that there is no help meanwhile."""

    from_on: date
    until_on: date
    text: Words
    closes: bool

    def on(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    id: str
    address: str
    kind: str
    name: Words
    former_name: str
    summary: Words
    parent: str
    website: str
    phone: str
    email: str
    duty_by_law: bool
    steward: str
    changed_on: date
    checks: tuple[Check, ...] = ()
    links: tuple["LinkFacts", ...] = ()
    notices: tuple[NoticeFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkFacts:
    kind: str
    url: str
    label: Words


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    id: str
    address: str
    kind: str
    name: Words
    host: str
    street: str
    postal_code: str
    municipality: str
    locality: str
    point: Point | None
    access_yes: tuple[str, ...]
    access_no: tuple[str, ...]
    connection: str
    directions: Words
    schedule: Schedule
    changed_on: date
    hours_notes: tuple[Words, ...] = ()
    checks: tuple[Check, ...] = ()
    notices: tuple[NoticeFacts, ...] = ()

    def closed_on(self, day: date) -> NoticeFacts | None:
        """Return what says that the place is closed that day, if anything does."""
        return closing(self.notices, day)


@dataclass(frozen=True, slots=True)
class EServiceFacts:
    id: str
    address: str
    name: Words
    words: Words
    description: Words
    owner: str
    url: str
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    code: str
    note: Words


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    id: str
    external_id: str
    service: str
    mode: str
    place: str
    point: Point | None
    phone: str
    phone_charge: str
    email: str
    url: str
    booking_url: str
    everywhere: bool
    area: frozenset[str]
    lead_days: int | None
    given_by: str
    full: bool
    full_until: date | None
    note: Words
    closed_from: date | None
    closed_until: date | None
    closed_note: Words
    schedule: Schedule
    schedule_key: int
    hours_notes: tuple[Words, ...] = ()
    checks: tuple[Check, ...] = ()
    # Its own, its service's, its place's and its organisation's.
    notices: tuple[NoticeFacts, ...] = ()

    @property
    def family(self) -> str:
        return FAMILY_OF_MODE[self.mode]

    @property
    def may_pause(self) -> bool:
        """Some day, past or to come, is said to be without help."""
        return self.closed_from is not None or any(notice.closes for notice in self.notices)

    def closed_on(self, day: date) -> bool:
        """Return whether the channel is temporarily closed that day."""
        return self.pause_on(day) is not None

    def pause_on(self, day: date) -> tuple[date | None, Words] | None:
        """Return until when there is no help (None: nobody knows), and why, if that day is without it."""
        if self.closed_from is not None and self.closed_from <= day <= (self.closed_until or day):
            return self.closed_until, self.closed_note
        notice = closing(self.notices, day)
        return (notice.until_on, notice.text) if notice else None

    def full_on(self, day: date) -> bool:
        return self.full and (self.full_until is None or day <= self.full_until)

    def serves(self, municipality: str) -> bool:
        return self.everywhere or municipality in self.area


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    id: str
    external_id: str
    address: str
    organisation: str
    organisation_kind: str
    root_kind: str
    name: Words
    summary: Words
    description: Words
    topics: frozenset[str]
    eservices: frozenset[str]
    devices: frozenset[str]
    audiences_only: frozenset[str]
    audiences_also: frozenset[str]
    limits: tuple[str, ...]
    depth: str
    fee: str
    fee_note: Words
    bring: Words
    languages: tuple[LanguageFacts, ...]
    roles: tuple[tuple[str, str], ...]
    owned_eservices: frozenset[str]
    owned_topics: frozenset[str]
    changed_on: date
    checks: tuple[Check, ...] = ()
    links: tuple[LinkFacts, ...] = ()
    channels: tuple[ChannelFacts, ...] = field(default=())
    notices: tuple[NoticeFacts, ...] = ()

    @property
    def language_codes(self) -> frozenset[str]:
        return frozenset(language.code for language in self.languages)


@dataclass(frozen=True, slots=True)
class RuleFacts:
    topic: str
    prefer: str
    fallback: str
    forbidden_kinds: frozenset[str]
    forbidden_limits: frozenset[str]
    reason: Words
    say: Words
    bring: Words
    warn: Words


def closing(notices: tuple[NoticeFacts, ...], day: date) -> NoticeFacts | None:
    """Return the notice that says there is no help that day; of several the one that lasts longest."""
    found = (notice for notice in notices if notice.closes and notice.on(day))
    return max(found, key=lambda notice: notice.until_on, default=None)


def in_force(notices: tuple[NoticeFacts, ...], day: date) -> tuple[NoticeFacts, ...]:
    """Return the notices of that day, those that say more than that it is closed and those that do not."""
    return tuple(notice for notice in notices if notice.on(day))


def lineage(organisation: str, organisations: dict[str, OrganisationFacts]) -> list[OrganisationFacts]:
    """Return the organisation, its parent and so on up, without ever going in a circle."""
    found: list[OrganisationFacts] = []
    facts = organisations.get(organisation)
    while facts is not None and facts not in found:
        found.append(facts)
        facts = organisations.get(facts.parent)
    return found
