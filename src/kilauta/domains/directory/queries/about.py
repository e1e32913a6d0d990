"""The public entry that somebody tells something about."""

from collections.abc import Mapping
from dataclasses import dataclass

from kilauta.domains.directory.logic.facts import EServiceFacts, OrganisationFacts, PlaceFacts, ServiceFacts
from kilauta.lib.words import Words

from .reading import Reading

Facts = EServiceFacts | OrganisationFacts | PlaceFacts | ServiceFacts


@dataclass(frozen=True, slots=True)
class About:
    """An entry, with what the page says now of the things that are most often wrong."""

    kind: str
    id: str
    address: str
    name: Words
    says: Mapping[str, str]


def about(reading: Reading, kind: str, short_id: str) -> About | None:
    """Return the public entry of this kind behind a short id, also behind one it once had."""
    held = reading.catalogue
    key = held.by_short_id[kind].get(short_id, "")
    things: Mapping[str, Facts] = {
        "eservice": held.eservices,
        "organisation": held.organisations,
        "place": held.places,
        "service": held.services,
    }[kind]  # type: ignore[assignment]  # each is a mapping of one of them
    thing = things.get(key)
    return About(kind, thing.id, thing.address, thing.name, _says(thing, reading.lang)) if thing else None


def _says(thing: Facts, lang: str) -> dict[str, str]:
    name = {"name": str(thing.name.pick(lang))}
    if isinstance(thing, OrganisationFacts):
        return {**name, "phone": thing.phone, "email": thing.email}
    if isinstance(thing, PlaceFacts):
        return {**name, "address": thing.street}
    if isinstance(thing, EServiceFacts):
        return name
    numbers = dict.fromkeys(way.phone for way in thing.channels if way.phone)
    return {**name, "phone": ", ".join(numbers)}
