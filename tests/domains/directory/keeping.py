"""One small helper in Kuhmo, looked after by Kainuu, to be edited; and those who edit it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kilauta.domains.directory.models import Channel, Organisation, Place, Service
from kilauta.domains.territory.models import Municipality, Network, Region
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.audit.recording import history
from tests import factories
from tests.cast import NOW

WAY = {"mode": "phone", "phone": "050 555 0177"}
NINE_TO_FOUR = {"weekdays": "12345", "opens": "09:00", "closes": "16:00", "state": "open"}


@dataclass
class Helper:
    network: Network
    giver: Organisation
    place: Place
    service: Service
    line: Channel
    desk: Channel


def helper(key: str = "a") -> Helper:
    """Make a published helper with a line and a desk; needs the demo's lists, or makes the least there must be."""
    network = Network.objects.filter(pk="kainuu").first() or _network()
    giver = factories.organisation(key, steward=network)
    place = factories.place(key, host=giver, steward=network)
    service = factories.service(key, giver, ["a-laite"], steward=network)
    line = factories.channel(f"{key}-line", service, ["290"])
    desk = factories.channel(f"{key}-desk", service, mode="walk-in", phone="", place=place)
    return Helper(network, giver, place, service, line, desk)


def _network() -> Network:
    region, _ = Region.objects.get_or_create(code="18", defaults={"name_fi": "Kainuu"})
    for code, name in (("290", "Kuhmo"), ("205", "Kajaani")):
        Municipality.objects.get_or_create(code=code, defaults={"name_fi": name, "region": region})
    made = Network.objects.create(pk="kainuu", is_default=True, name_fi="Kainuu", region=region, phone="112")
    made.municipalities.set(["290", "205"])
    return made


def person(name: str) -> Person:
    return Person.objects.get_or_create(email=f"{name.lower()}@kirjasto.example", defaults={"name": name})[0]


def by(name: str = "Aino", now: Any = NOW) -> dict[str, Any]:
    return {"actor": person(name), "now": now}


def told(thing: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return what was done to the thing, the first first."""
    changes: list[Change] = list(history(thing._meta.label, thing.pk))
    return [(change.verb, change.values) for change in reversed(changes)]
