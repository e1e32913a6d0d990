"""Asking the queries of the two sets, and judging the answers. Needs Django with the demo loaded."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from django.test import Client

from kilauta.domains.directory.models import Service
from kilauta.domains.directory.queries.reading import Reading, reading
from kilauta.domains.finder.queries.searching import search

FOLDER = Path(__file__).parent
SETS = {"tuned": FOLDER / "queries_tuned.csv", "held-out": FOLDER / "queries_held_out.csv"}
KINDS = ("inflected", "compound", "colloquial", "misspelt", "place", "sentence", "swedish", "english")
FIRST = 5

# Open doors move rows up and down: a query is hit only if it is at each of these hours (UTC).
INSTANTS = (
    datetime(2026, 11, 25, 8, 30, tzinfo=UTC),  # Wednesday morning
    datetime(2026, 11, 26, 16, 0, tzinfo=UTC),  # Thursday evening
    datetime(2026, 11, 29, 1, 0, tzinfo=UTC),  # the small hours of Sunday
)
# A row's title leads to its service; nothing else on the page stands in an <h3> with a link.
_TITLE = re.compile(r'<h3><a href="[^"]*/palvelut/([^/"-]+)-')


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, in which language, perhaps with a place chosen; and which services would be right."""

    text: str
    lang: str
    place: str
    expected: frozenset[str]
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    query: Query
    # The services of the first rows at each instant, by their ids in the tables.
    answers: tuple[tuple[str, ...], ...]

    @property
    def hit(self) -> bool:
        return all(not self.query.expected.isdisjoint(first) for first in self.answers)


def queries(name: str) -> list[Query]:
    with SETS[name].open(encoding="utf-8", newline="") as file:
        return [
            Query(row["query"], row["lang"], row["place"], frozenset(row["expected"].split()), row["kind"])
            for row in csv.DictReader(file)
        ]


def unknown_services(every: Iterable[Query]) -> set[str]:
    """Return expected services that the demo does not have: a slip in the table would count as a miss."""
    held = set(Service.objects.filter(state="published").values_list("external_id", flat=True))
    return {wanted for query in every for wanted in query.expected} - held


def ask(every: Iterable[Query], instants: Iterable[datetime] = INSTANTS) -> list[Asked]:
    readings = {
        (lang, now): reading(host="localhost", lang=lang, now=now)
        for lang in ("fi", "sv", "en")
        for now in instants
    }
    return [
        Asked(query, tuple(rows(query, held) for (lang, _), held in readings.items() if lang == query.lang))
        for query in every
    ]


def rows(query: Query, held: Reading) -> tuple[str, ...]:
    """Return the services of the first rows of the search page."""
    found = search(
        held.catalogue, held.network, text=query.text, lang=query.lang, filters={}, place=query.place, page=1,
        now=held.now,
    )  # fmt: skip
    return tuple(row.service.external_id for row in found.rows[:FIRST])


def compare_pages(every: Iterable[Query]) -> tuple[int, list[str]]:
    """Ask the real pages too, all at the same instant; return how many were asked and which differ."""
    client, count, differences = Client(), 0, []
    with mock.patch("kilauta.lib.clock.now", return_value=INSTANTS[0]):
        for query in every:
            held = reading(host="localhost", lang=query.lang, now=INSTANTS[0])
            count += 1
            if rows(query, held) != rows_of_page(query, client, held):
                differences.append(query.text)
    return count, differences


def rows_of_page(query: Query, client: Client, held: Reading) -> tuple[str, ...]:
    """Return the services of the first rows as the page is sent to the browser."""
    prefix = "" if query.lang == "fi" else f"/{query.lang}"
    asked = {"q": query.text, **({"paikka": query.place} if query.place else {})}
    answer = client.get(f"{prefix}/haku/", asked, headers={"host": "localhost"})
    if answer.status_code != 200:
        raise AssertionError(f"{answer.status_code} for {query.text!r}")
    by_short = held.catalogue.by_short_id["service"]
    keys = [by_short[short] for short in _TITLE.findall(answer.content.decode())[:FIRST]]
    return tuple(held.catalogue.services[key].external_id for key in keys)


def recall(asked: Iterable[Asked]) -> float:
    every = list(asked)
    return sum(each.hit for each in every) / len(every)


def by_kind(asked: Iterable[Asked]) -> Iterator[tuple[str, int, int]]:
    """Yield each kind of query with its hits and its number."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for each in asked:
        counts[each.query.kind][0] += each.hit
        counts[each.query.kind][1] += 1
    yield from ((kind, *counts[kind]) for kind in KINDS if kind in counts)
