"""Asking the index: documents that have the words, with the terms they have them by."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import backends
from .models import SearchDocument

# What our own logic then puts in order; more than this nobody reads (docs/decisions).
CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A document that matched, with its tokens by field."""

    kind: str
    key: str
    title: frozenset[str]
    about: frozenset[str]
    body: frozenset[str]


def find(
    groups: Sequence[Sequence[str]], *, required: Sequence[Sequence[str]] = (), limit: int = CANDIDATES
) -> list[Found]:
    """Return documents with a token of every group first, then those with some; at most `limit`.

    A group holds the tokens that are as good as each other for one word; every document found has a token of each
    `required` group (its kind, its area). The same on both databases.
    """
    filled = [group for group in groups if group]
    rowids = backends.match(filled, every=True, required=required, limit=limit)
    if len(rowids) < limit and len(filled) > 1:
        seen = set(rowids)
        some = backends.match(filled, every=False, required=required, limit=limit + len(rowids))
        rowids += [rowid for rowid in some if rowid not in seen][: limit - len(rowids)]
    rows = SearchDocument.objects.in_bulk(rowids)
    return [
        Found(row.kind, row.key, *(frozenset(text.split()) for text in (row.title, row.about, row.body)))
        for row in (rows[rowid] for rowid in rowids if rowid in rows)
    ]
