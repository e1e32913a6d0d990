"""What an event can be made of: organisers, places and lists of this network."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from kilauta.domains.directory.models import Audience, Device, Organisation, Place, Topic
from kilauta.domains.directory.models.vocabulary import Term
from kilauta.domains.events import rules
from kilauta.domains.events.models import Event
from kilauta.domains.territory.models import Network
from kilauta.kit.access.holdings import Holdings
from kilauta.kit.translations import reader_language
from kilauta.lib.text import sort_key
from kilauta.lib.words import Words

Rows = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """Each list as (key, name), by name in the reader's language; those of one's own organisations come first."""

    network: str
    own: Rows
    organisations: Rows
    places: Rows
    towns: Rows
    topics: Rows
    audiences: Rows
    devices: Rows
    # where one's own organisations usually are
    usual_place: str = ""


def choice(mine: Holdings, region: str, *, held: Event | None = None) -> Choice:
    """Return what may be chosen here; what an event has already stays to be chosen."""
    network = Network.objects.get(pk=region)
    towns = list(network.municipalities.all())
    organisers = rules.organisers_for(mine).filter(steward=network, state="published")
    if held is not None:
        organisers = organisers | Organisation.objects.filter(pk__in=_organisers(held))
    own = list(organisers.distinct())
    # whose only organisation is theirs holds events at its place
    hosts = [each.pk for each in own] if len(own) == 1 else []
    places = Place.objects.filter(state="published", municipality__in=towns).select_related("municipality")
    usual = next((str(each.pk) for each in places.filter(host__in=hosts).order_by("name_fi", "pk")), "")
    others = Organisation.objects.filter(state="published", steward=network)
    return Choice(
        network=region,
        own=_named((each.pk, each.name) for each in own),
        organisations=_named((each.pk, each.name) for each in others),
        places=_named((each.pk, _with_town(each)) for each in places),
        towns=_named((each.pk, each.name) for each in towns),
        topics=_terms(Topic),
        audiences=_terms(Audience),
        devices=_terms(Device),
        usual_place=usual,
    )


def _organisers(event: Event) -> list[UUID]:
    return list(event.parts.filter(part="organiser").values_list("organisation", flat=True))


def _with_town(place: Place) -> Words | str:
    lang = reader_language()
    name, town = (str(each.pick(lang)) for each in (place.name, place.municipality.name))
    return name if town in name else f"{name}, {town}"


def _named(rows: Iterable[tuple[object, Words | str]]) -> Rows:
    lang = reader_language()
    named = [(str(key), str(name.pick(lang)) if isinstance(name, Words) else name) for key, name in rows]
    return sorted(named, key=lambda row: (sort_key(row[1], lang), row[0]))


def _terms(kind: type[Term]) -> Rows:
    rows = kind._default_manager.filter(retired_on__isnull=True)  # noqa: SLF001 -- Django's documented API
    return _named((each.code, each.name) for each in rows)
