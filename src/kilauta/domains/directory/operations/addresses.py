"""The short id in the public address of an entry: the same on every installation that holds the entry."""

import hashlib
from collections.abc import Iterator
from typing import TypeVar

from django.db.models import QuerySet

from kilauta.domains.directory.models.entries import Entry

# Crockford's letters: none that is mistaken for another when an address is read aloud or typed from paper.
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 6

E = TypeVar("E", bound=Entry)


def candidates(source: str, kind: str, external_id: str) -> Iterator[str]:
    """Yield short ids for an entry, the usual one first; the later ones are for when it is taken."""
    key = f"{source}:{kind}:{external_id}"
    attempt = 1
    while True:
        number = int.from_bytes(hashlib.sha256(key.encode()).digest())
        yield "".join(LETTERS[(number >> 5 * place) & 31] for place in range(LENGTH))
        attempt += 1
        key = f"{source}:{kind}:{external_id}:{attempt}"


def free_short_id(model: type[E], source: str, external_id: str) -> str:
    """Return the entry's short id, or the next one that nobody has."""
    taken: QuerySet[E] = QuerySet(model)
    wished = candidates(source, model.__name__.lower(), external_id)
    return next(each for each in wished if not taken.filter(short_id=each).exists())
