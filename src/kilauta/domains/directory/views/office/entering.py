"""The things that are there in the office of a network."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse

from kilauta.domains.directory import rules

WORDS = {"organisaatio": "organisation", "paikka": "place", "palvelu": "service", "tapa": "channel"}
KINDS = {kind: word for word, kind in WORDS.items()}


def editor_of(kind: str, key: object) -> str:
    """Return where an entry is changed; "" for what has no editor."""
    return reverse(f"directory:own-{kind}", args=[key]) if kind in KINDS else ""


def entry_of(network: str, word: str, key: UUID) -> rules.Editable:
    """Return an entry that the network looks after."""
    kind = WORDS.get(word, "")
    found = rules.entry_for(rules.Reach(regions=frozenset({network})), kind, key) if kind else None
    if found is None:
        raise Http404
    return found
