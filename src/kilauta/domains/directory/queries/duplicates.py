"""Likely duplicates among the entries that some networks look after."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.translation import gettext

from kilauta.domains.directory.choices import LIKENESS
from kilauta.domains.directory.logic.duplicates import Candidate, Pair, pairs
from kilauta.domains.directory.models import Apart, Organisation, Place, Service
from kilauta.kit.translations import reader_language

from .verifying import stewarded

# Stands for the key of what is not made yet.
NEW = "new"


@dataclass(frozen=True, slots=True)
class Likely:
    """Two entries that may be the same, and why."""

    kind: str
    first: str
    second: str
    first_name: str
    second_name: str
    points: int
    reasons: tuple[str, ...]


def likely_pairs(networks: Collection[str], kind: str) -> tuple[Likely, ...]:
    """Return the pairs of a kind that nobody has told apart, the likeliest first; three queries at most."""
    candidates, names = _CANDIDATES[kind](networks)
    apart = {
        (str(one), str(two)) for one, two in Apart.objects.filter(kind=kind).values_list("first", "second")
    }
    return tuple(
        Likely(kind, pair.first, pair.second, names[pair.first], names[pair.second], pair.points, _why(pair))
        for pair in pairs(candidates)
        if (pair.first, pair.second) not in apart
    )


def like_new(network: str, parts: Mapping[str, Any]) -> tuple[Likely, ...]:
    """Return the organisations of the network that a proposed one (its values by part) may already be."""
    candidates, names = _organisations([network])
    values = parts["organisation"]
    numbers = [values.get("phone"), *(way.get("phone") for way in parts.get("channels", ()))]
    new = Candidate(
        NEW,
        (values.get("name_fi", ""), values.get("name_sv", "")),
        phones=frozenset(filter(None, numbers)),
        emails=frozenset(filter(None, [values.get("email")])),
        website=values.get("website", ""),
    )
    found = []
    for pair in pairs([*candidates, new]):
        if NEW in (pair.first, pair.second):
            (other,) = {pair.first, pair.second} - {NEW}
            found.append(
                Likely("organisation", NEW, other, new.names[0], names[other], pair.points, _why(pair))
            )
    return tuple(found)


def _why(pair: Pair) -> tuple[str, ...]:
    return tuple(gettext(str(LIKENESS[reason])) for reason in pair.reasons)


Read = tuple[list[Candidate], dict[str, str]]


def _organisations(networks: Collection[str]) -> Read:
    rows = Organisation.objects.filter(stewarded("organisation", networks), merged_into__isnull=True)
    rows = rows.exclude(state="withdrawn").prefetch_related("identifiers")
    return _read(
        rows,
        lambda row: Candidate(
            str(row.pk),
            (row.name_fi, row.name_sv, row.former_name),
            phones=frozenset(filter(None, [row.phone])),
            emails=frozenset(filter(None, [row.email])),
            website=row.website,
            identifiers=frozenset(
                chain(
                    [f"y={row.business_id}"] if row.business_id else [],
                    (f"{each.source}={each.value}" for each in row.identifiers.all()),
                )
            ),
        ),
    )


def _places(networks: Collection[str]) -> Read:
    rows = Place.objects.filter(stewarded("place", networks), merged_into__isnull=True)
    return _read(
        rows.exclude(state="withdrawn"),
        lambda row: Candidate(
            str(row.pk),
            (row.name_fi, row.name_sv),
            address=f"{row.address} {row.municipality_id}" if row.address else "",
            within=row.municipality_id,
        ),
    )


def _services(networks: Collection[str]) -> Read:
    rows = Service.objects.filter(stewarded("service", networks), merged_into__isnull=True)
    rows = rows.exclude(state="withdrawn").prefetch_related("channels")
    return _read(
        rows,
        lambda row: Candidate(
            str(row.pk),
            (row.name_fi, row.name_sv),
            phones=frozenset(each.phone for each in row.channels.all() if each.phone),
            within=str(row.organisation_id),
        ),
    )


def _read(rows: Any, candidate: Callable[[Any], Candidate]) -> Read:  # noqa: ANN401 -- a queryset of one kind
    found, names = [], {}
    for row in rows:
        found.append(candidate(row))
        names[str(row.pk)] = str(row.name.pick(reader_language()))
    return found, names


_CANDIDATES: dict[str, Callable[[Collection[str]], Read]] = {
    "organisation": _organisations,
    "place": _places,
    "service": _services,
}


def pairs_of(networks: Collection[str]) -> Iterator[Likely]:
    """Yield the pairs of every kind."""
    for kind in _CANDIDATES:
        yield from likely_pairs(networks, kind)
