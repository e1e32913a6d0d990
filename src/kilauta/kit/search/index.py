"""The one indexer: it can rebuild the whole index, and say whether the index is right."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q

from kilauta.kit import ports
from kilauta.kit.store import editions

from . import backends
from .models import SearchDocument, SearchTerm

# Keys of things, by kind.
Only = Mapping[str, Collection[str]]


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


def findables(only: Only | None = None) -> Iterator[Findable]:
    """Read everything findable from the domains, in a stable order; or only the things of these kinds and keys."""
    for _label, module in ports.of("search"):
        yield from module.findables() if only is None else module.findables(only)


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


@transaction.atomic
def refresh(only: Only) -> int:
    """Index these things as they are now, or no longer; return how many documents that took.

    The rest of the index is not read. The caller has renewed the edition before, in the same transaction: so
    two who refresh at once wait for each other.
    """
    only = {kind: keys for kind, keys in only.items() if keys}
    if not only:
        return 0
    asked = Q(pk__in=())
    for kind, keys in only.items():
        asked |= Q(kind=kind, key__in=keys)
    now = {(found.kind, found.key): found for found in findables(only)}
    old = {(row.kind, row.key): row for row in SearchDocument.objects.filter(asked)}
    same = {
        key for key, row in old.items() if key in now and (row.title, row.about, row.body) == now[key].fields
    }
    gone = [row for key, row in old.items() if key not in same]
    SearchDocument.objects.filter(id__in=[row.id for row in gone]).delete()
    backends.remove([row.id for row in gone])
    made = [found for key, found in now.items() if key not in same]
    documents = [
        SearchDocument(id=number, kind=found.kind, key=found.key, title=title, about=about, body=body)
        for number, found in enumerate(made, start=_unused())
        for title, about, body in [found.fields]
    ]
    SearchDocument.objects.bulk_create(documents, batch_size=500)
    backends.put([(document.id, document.title, document.about, document.body) for document in documents])
    _count(gone, made)
    return len(gone) + len(made)


def _count(gone: Iterable[SearchDocument], made: Iterable[Findable]) -> None:
    """Keep the numbers of documents by term right; a term that no document has any more is none."""
    change, words = Counter[str](), set[str]()
    for row in gone:
        change.subtract({*row.title.split(), *row.about.split(), *row.body.split()})
    for found in made:
        change.update({*found.title, *found.about, *found.body})
        words |= found.words
    terms = [term for term, number in change.items() if number]
    known = set(SearchTerm.objects.filter(term__in=terms).values_list("term", flat=True))
    by_change: dict[int, list[str]] = {}
    for term in known:
        by_change.setdefault(change[term], []).append(term)
    for number, each in by_change.items():
        if number < 0:
            SearchTerm.objects.filter(term__in=each, documents__lte=-number).delete()
        SearchTerm.objects.filter(term__in=each).update(documents=F("documents") + number)
    SearchTerm.objects.filter(term__in=words & known, is_word=False).update(is_word=True)
    SearchTerm.objects.bulk_create(
        SearchTerm(term=term, documents=change[term], is_word=term in words)
        for term in sorted(set(terms) - known)
    )


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
