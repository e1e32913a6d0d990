"""A hand-out as a message tells it: plain lines, in the language of whoever receives them."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import override

from kilauta.domains.directory import choices as directory_choices
from kilauta.domains.directory.queries.pages import Way
from kilauta.domains.directory.queries.reading import Reading
from kilauta.lib.hours import Schedule
from kilauta.lib.words import Words
from kilauta.lib.zone import local

from .desk_page import Handout, Printed
from .speaking import printed_lines


@dataclass(frozen=True, slots=True)
class Visit:
    """Where to go, or another way in, and when; hours that are not known are empty."""

    where: str
    hours: str


@dataclass(frozen=True, slots=True)
class Told:
    """One choice of the hand-out; what there is none of is empty."""

    who: str
    what: str
    phone: str
    hours: str
    visits: tuple[Visit, ...]
    bring: str


def told(reading: Reading, sheet: Handout) -> tuple[Told, ...]:
    """Return the choices of the sheet in the language of the reading."""
    with override(reading.lang):
        return tuple(_told(reading, entry) for entry in sheet.entries)


def _told(reading: Reading, entry: Printed) -> Told:
    service, organisation = entry.listed.service, entry.listed.organisation
    return Told(
        who=_say(organisation.name, reading),
        what=_say(service.name, reading),
        phone=entry.call.channel.phone if entry.call else "",
        hours=_hours(entry.call.channel.schedule, reading) if entry.call and entry.call_hours else "",
        visits=tuple(
            Visit(_where(way, reading), _hours(way.channel.schedule, reading)) for way in entry.ways
        ),
        bring=_say(service.bring, reading),
    )


def _where(way: Way, reading: Reading) -> str:
    if way.place and way.municipality:
        name, town = _say(way.place.name, reading), _say(way.municipality.name, reading)
        return ", ".join(filter(None, (name, way.place.street, town)))
    mode = capfirst(_say(directory_choices.label("mode", way.channel.mode), reading))
    address = way.channel.booking_url or way.channel.url or way.channel.email
    return f"{mode}: {address}" if address else mode


def _hours(schedule: Schedule, reading: Reading) -> str:
    lines = printed_lines(schedule, local(reading.now).date())
    return "; ".join(f"{days} {times}" + (f" ({season})" if season else "") for days, times, season in lines)


def _say(words: Words, reading: Reading) -> str:
    return str(words.pick(reading.lang))
