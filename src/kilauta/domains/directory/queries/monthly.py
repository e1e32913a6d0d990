"""The directory month by month: what stands now, what stood then, and what has changed between."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kilauta.domains.directory.logic.facts import NetworkFacts, ServiceFacts
from kilauta.domains.directory.models import MonthlyEntry, Planning

from .catalogue import Catalogue

Values = dict[str, Any]
KINDS = ("organisation", "place", "eservice", "service")


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry by kind and id, and what is kept of it."""

    kind: str
    entry: str
    values: Values


@dataclass(frozen=True, slots=True)
class Figures:
    """How many of each a network had. `covered`: pairs of a municipality and a topic somebody helps with there."""

    providers: int
    services: int
    ways: int
    places: int
    eservices: int
    topics: int
    municipalities: int
    covered: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month's figures, and those of the month before and of the year before, where they were kept."""

    month: date
    figures: Figures
    before: Figures | None = None
    year_before: Figures | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """Entries of one kind by name: come, gone, and changed with the fields that differ."""

    kind: str
    come: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]


def standing(catalogue: Catalogue, network: NetworkFacts) -> Iterator[Standing]:
    """Give every public entry of a network as it is now, with what its organisation tells of its resources."""
    services = [one for one in catalogue.services.values() if catalogue.in_network(one, network)]
    giving = {one.organisation for one in services}
    told = _resources(giving)
    for key in sorted(giving):
        organisation = catalogue.organisations[key]
        values = {"name": organisation.name.fi, "kind": organisation.kind, "resources": told.get(key, "")}
        yield Standing("organisation", key, values)
    for place in catalogue.places.values():
        if place.municipality in network.municipalities:
            yield Standing(
                "place",
                place.id,
                {"name": place.name.fi, "kind": place.kind, "municipality": place.municipality},
            )
    for eservice in catalogue.eservices.values():
        if any(eservice.id in one.eservices for one in services):
            about: Values = {"name": eservice.name.fi, "topics": sorted(eservice.topics)}
            yield Standing("eservice", eservice.id, about)
    for service in services:
        yield Standing("service", service.id, _service(catalogue, network, service))


def _resources(organisations: set[str]) -> dict[str, str]:
    rows = Planning.objects.filter(kind="resources", organisation__in=[UUID(key) for key in organisations])
    return {str(key): text for key, text in rows.values_list("organisation_id", "text")}


def _service(catalogue: Catalogue, network: NetworkFacts, service: ServiceFacts) -> Values:
    reaching = [channel for channel in service.channels if catalogue.reaches(channel, network)]
    everywhere = any(channel.everywhere for channel in reaching)
    areas = {code for channel in reaching for code in channel.area}
    return {
        "name": service.name.fi,
        "organisation": service.organisation,
        "topics": sorted(service.topics),
        "eservices": sorted(service.eservices),
        "audiences": sorted(service.audiences_only | service.audiences_also),
        "languages": sorted(service.language_codes),
        "fee": service.fee,
        "depth": service.depth,
        "ways": sorted(channel.mode for channel in reaching),
        "area": sorted(network.municipalities if everywhere else areas & network.municipalities),
    }


def months_kept(network: str) -> list[date]:
    """Return the months there are, the newest first."""
    kept = MonthlyEntry.objects.filter(network=network).order_by("-month")
    return list(kept.values_list("month", flat=True).distinct())


def months(network: str, most: int = 13) -> list[Month]:
    """Return the figures of the newest months, each beside the month before and the year before."""
    kept = months_kept(network)
    found: dict[date, list[Standing]] = {month: [] for month in kept[: most + 12]}
    rows = MonthlyEntry.objects.filter(network=network, month__in=list(found))
    for month, kind, entry, values in rows.values_list("month", "kind", "entry", "values").iterator():
        found[month].append(Standing(kind, entry, values))
    all_figures = {month: figures(entries) for month, entries in found.items()}
    return [
        Month(
            month,
            all_figures[month],
            all_figures.get(_earlier(month, 1)),
            all_figures.get(_earlier(month, 12)),
        )
        for month in kept[:most]
    ]


def _earlier(month: date, number: int) -> date:
    whole = month.year * 12 + month.month - 1 - number
    return date(whole // 12, whole % 12 + 1, 1)


def figures(entries: list[Standing]) -> Figures:
    """Count what there is among these entries."""
    services = [one.values for one in entries if one.kind == "service"]
    number = {kind: sum(one.kind == kind for one in entries) for kind in KINDS}
    return Figures(
        providers=number["organisation"],
        services=number["service"],
        ways=sum(len(one["ways"]) for one in services),
        places=number["place"],
        eservices=number["eservice"],
        topics=len({topic for one in services for topic in one["topics"]}),
        municipalities=len({code for one in services for code in one["area"]}),
        covered=len({(code, topic) for one in services for code in one["area"] for topic in one["topics"]}),
    )


def differences(network: str, month: date, before: date) -> list[Differences]:
    """Return what came, went and changed between two months, for each kind; by name."""
    new, old = _by_entry(network, month), _by_entry(network, before)
    found = []
    for kind in KINDS:
        here = {key: values for (its, key), values in new.items() if its == kind}
        then = {key: values for (its, key), values in old.items() if its == kind}
        changed = [
            (
                str(here[key]["name"]),
                tuple(field for field in here[key] if here[key][field] != then[key].get(field)),
            )
            for key in here.keys() & then.keys()
            if here[key] != then[key]
        ]
        come = sorted(str(here[key]["name"]) for key in here.keys() - then.keys())
        gone = sorted(str(then[key]["name"]) for key in then.keys() - here.keys())
        found.append(Differences(kind, tuple(come), tuple(gone), tuple(sorted(changed))))
    return found


def _by_entry(network: str, month: date) -> Mapping[tuple[str, str], Values]:
    rows = MonthlyEntry.objects.filter(network=network, month=month)
    return {(kind, entry): values for kind, entry, values in rows.values_list("kind", "entry", "values")}
