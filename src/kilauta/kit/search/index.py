"""The one indexer: it can rebuild the whole index, and say whether the index is right."""

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from kilauta.kit import ports
from kilauta.kit.store import editions

from . import backends
from .models import SearchDocument, SearchTerm


@dataclass(frozen=True, slots=True)
class Findable:
    """What a domain offers for one thing: tokens by field, and the whole words among them."""

    kind: str
    key: str
    title: tuple[str, ...]
    about: tuple[str, ...]
    body: tuple[str, ...]
    words: frozenset[str]

    @property
    def fields(self) -> tuple[str, str, str]:
        return " ".join(self.title), " ".join(self.about), " ".join(self.body)


def findables() -> Iterator[Findable]:
    """Read everything findable from the domains, in a stable order."""
    for _label, module in ports.of("search"):
        yield from module.findables()


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew in one transaction; readers see the old one until then. Return its size."""
    SearchDocument.objects.all().delete()
    SearchTerm.objects.all().delete()
    backends.clear()
    documents, counts, words = [], Counter[str](), set[str]()
    for number, found in enumerate(findables(), start=_unused()):
        title, about, body = found.fields
        documents.append(
            SearchDocument(id=number, kind=found.kind, key=found.key, title=title, about=about, body=body)
        )
        counts.update({*found.title, *found.about, *found.body})
        words |= found.words
    SearchDocument.objects.bulk_create(documents, batch_size=500)
    SearchTerm.objects.bulk_create(
        (SearchTerm(term=term, documents=n, is_word=term in words) for term, n in sorted(counts.items())),
        batch_size=1000,
    )
    backends.put([(document.id, document.title, document.about, document.body) for document in documents])
    editions.renew()  # what a process has learnt from the old index is out of date
    return len(documents)


def _unused() -> int:
    """Return a number from which on no document has ever been counted, not even in an index that was taken back."""
    return (secrets.randbelow(2**31) + 1) << 20


def faults() -> list[str]:
    """Say in words where the index differs from what the domains hold now; empty when it is right."""
    held = {(row.kind, row.key): row for row in SearchDocument.objects.all()}
    known, indexed, found = {row.id for row in held.values()}, backends.rowids(), []
    for thing in findables():
        row = held.pop((thing.kind, thing.key), None)
        if row is None:
            found.append(f"{thing.kind} {thing.key} is missing")
        elif (row.title, row.about, row.body) != thing.fields:
            found.append(f"{thing.kind} {thing.key} has old terms")
        elif row.id not in indexed:
            found.append(f"{thing.kind} {thing.key} is not in the full-text table")
    found += [f"{kind} {key} no longer exists" for kind, key in held]
    found += [f"row {rowid} of the full-text table is of no document" for rowid in sorted(indexed - known)]
    return found
