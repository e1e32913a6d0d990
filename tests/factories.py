"""Things a test needs many or plain ones of. They do nothing surprising: what is not asked for is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kilauta.domains.booking.models import Offer, Pattern
from kilauta.domains.directory.models import Channel, Organisation, Place, Service, Topic
from kilauta.domains.territory.models import Municipality, Network, Region
from kilauta.kit.accounts.models import Person
from kilauta.kit.search import index
from kilauta.kit.store import editions

from .cast import NOW

if TYPE_CHECKING:
    from collections.abc import Iterable

ENTRY = {"state": "published", "changed_at": NOW}


def network(key: str, **more: Any) -> Network:
    region, _made = Region.objects.get_or_create(code="18", defaults={"name_fi": "Kainuu"})
    given = {
        "name_fi": f"Verkosto {key}",
        "host": f"{key}.localhost",
        "phone": "050 555 0100",
        "region": region,
        **more,
    }
    return Network.objects.create(id=key, **given)


def organisation(key: str, **more: Any) -> Organisation:
    given = {"kind": "association", "name_fi": f"Yhdistys {key}", **ENTRY, **more}
    return Organisation.objects.create(external_id=key, short_id=f"y{key}", **given)


def place(key: str, **more: Any) -> Place:
    given = {"kind": "library", "name_fi": f"Paikka {key}", "municipality_id": "290", **ENTRY, **more}
    return Place.objects.create(external_id=key, short_id=f"p{key}", **given)


def service(key: str, of: Organisation, topics: Iterable[str] = (), **more: Any) -> Service:
    given = {
        "name_fi": f"Palvelu {key}",
        "summary_fi": "Autamme.",
        "depth": "guided",
        "fee": "free",
        **ENTRY,
        **more,
    }
    made = Service.objects.create(external_id=key, short_id=f"s{key}", organisation=of, **given)
    made.topics.set(Topic.objects.filter(code__in=topics))
    return made


def channel(key: str, of: Service, area: Iterable[str] = (), **more: Any) -> Channel:
    given = {"mode": "phone", "phone": "050 555 0199", **ENTRY, **more}
    made = Channel.objects.create(external_id=key, service=of, **given)
    made.area.set(Municipality.objects.filter(code__in=area))
    return made


def person(name: str, **more: Any) -> Person:
    return Person.objects.create(email=f"{name.lower()}@work.example", name=name, **more)


def offer(of: Channel, supporter: Person, *, at: Place | None = None, **more: Any) -> Offer:
    """Make an offer that is open every weekday from nine to twelve."""
    given = {"minutes": 30, "notice": 0, **more}
    network = given.pop("network", None) or Network.objects.order_by("-is_default", "id")[0]
    giver = of.service.organisation
    made = Offer.objects.create(
        channel=of, supporter=supporter, network=network, organisation=giver, place=at, **given
    )
    Pattern.objects.bulk_create(Pattern(offer=made, weekday=day, opens=540, closes=720) for day in range(5))
    return made


def many_services(first: int, last: int) -> None:
    """Make the services of these numbers, each with a line of its own in the whole of the default network."""
    numbers = range(first, last)
    giver = Organisation.objects.filter(state="published", kind="association").order_by("short_id").first()
    topics = list(Topic.objects.filter(retired_on=None).order_by("code"))
    area = list(Network.objects.get(is_default=True).municipalities.all())
    services = Service.objects.bulk_create(
        Service(
            external_id=f"many-{n}",
            short_id=f"m{n}",
            organisation=giver,
            name_fi=f"Neuvonta {n}",
            summary_fi="Autamme puhelimessa.",
            depth="guided",
            fee="free",
            **ENTRY,
        )
        for n in numbers
    )
    Service.topics.through.objects.bulk_create(
        Service.topics.through(service=each, topic=topics[n % len(topics)])
        for n, each in zip(numbers, services, strict=True)
    )
    lines = Channel.objects.bulk_create(
        Channel(external_id=f"many-{n}", service=each, mode="phone", phone=f"050 555 {n:04d}", **ENTRY)
        for n, each in zip(numbers, services, strict=True)
    )
    Channel.area.through.objects.bulk_create(
        Channel.area.through(channel=line, municipality=each) for line in lines for each in area
    )
    shown()


def shown() -> None:
    """Let the public see what has been written."""
    editions.renew()
    index.rebuild()
