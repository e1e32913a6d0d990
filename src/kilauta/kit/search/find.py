"""Asking the index: documents that have the words, with the terms they have them by."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import backends
from .models import SearchDocument
from .tokens import titled

# What our own logic then puts in order; more than this nobody reads (docs/decisions).
CANDIDATES = 200

# So many documents each process keeps as they were read (a few kilobytes each).
MOST_READ = 4000

Groups = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A document that matched, with its tokens by field."""

    kind: str
    key: str
    title: frozenset[str]
    about: frozenset[str]
    body: frozenset[str]


_read: dict[int, Found] = {}


def find(
    groups: Groups, *, required: Groups = (), limit: int = CANDIDATES, whole_only: bool = False
) -> tuple[list[Found], int]:
    """Return documents with a token of every group, those in their title first; then those with some; at most `limit`.

    Return also how many of them, the first ones, have a token of every group.

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
    found = _documents(rowids)
    return [found[rowid] for rowid in rowids if rowid in found], sum(rowid in found for rowid in whole)


def _documents(rowids: Sequence[int]) -> dict[int, Found]:
    """Return the documents by their row ids; one that has just been replaced is left out.

    A row id is never given twice, so what has been read once of a document stays true as long as it is found.
    """
    found = {rowid: document for rowid in rowids if (document := _read.get(rowid))}
    missing = [rowid for rowid in rowids if rowid not in found]
    if missing:
        if len(_read) > MOST_READ:
            _read.clear()
        for row in SearchDocument.objects.filter(id__in=missing):
            title, about, body = (frozenset(text.split()) for text in (row.title, row.about, row.body))
            found[row.id] = _read[row.id] = Found(row.kind, row.key, title, about, body)
    return found


def _more(held: list[int], groups: Groups, *, every: bool, required: Groups, limit: int) -> list[int]:
    if len(held) >= limit:
        return held
    seen = set(held)
    found = backends.match(groups, every=every, required=required, limit=limit + len(held))
    return held + [rowid for rowid in found if rowid not in seen][: limit - len(held)]
