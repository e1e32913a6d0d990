"""Asking the index: documents that have the words, with the terms they have them by."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import backends
from .models import SearchDocument
from .tokens import titled

# What our own logic then puts in order; more than this nobody reads (docs/decisions).
CANDIDATES = 200

Groups = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A document that matched, with its tokens by field; `whole` when it has a token of every group."""

    kind: str
    key: str
    title: frozenset[str]
    about: frozenset[str]
    body: frozenset[str]
    whole: bool


def find(
    groups: Groups, *, required: Groups = (), limit: int = CANDIDATES, whole_only: bool = False
) -> list[Found]:
    """Return documents with a token of every group, those in their title first; then those with some; at most `limit`.

    A group holds the tokens that are as good as each other for one word; every document found has a token of each
    `required` group (its kind, its area). The same on both databases.
    """
    filled = [group for group in groups if group]
    titles = [[titled(text) for text in group] for group in filled]
    whole = _more([], titles, every=True, required=required, limit=limit)
    whole = _more(whole, filled, every=True, required=required, limit=limit)
    rowids = whole
    if len(filled) > 1 and not whole_only:
        rowids = _more(whole, filled, every=False, required=required, limit=limit)
    rows, complete = SearchDocument.objects.in_bulk(rowids), set(whole)
    return [
        Found(
            row.kind,
            row.key,
            *(frozenset(text.split()) for text in (row.title, row.about, row.body)),
            whole=row.id in complete,
        )
        for row in (rows[rowid] for rowid in rowids if rowid in rows)
    ]


def _more(held: list[int], groups: Groups, *, every: bool, required: Groups, limit: int) -> list[int]:
    if len(held) >= limit:
        return held
    seen = set(held)
    found = backends.match(groups, every=every, required=required, limit=limit + len(held))
    return held + [rowid for rowid in found if rowid not in seen][: limit - len(held)]
