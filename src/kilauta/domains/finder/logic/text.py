"""How well a document says what was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

TITLE, ABOUT, BODY = 4.0, 3.0, 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a query: the tokens that stand for it with their weights, and whether it says much.

    `weight` is small for words such as *apua* that nearly every service has; `known` is the token of ours it was
    recognised by, empty when our index has no such word.
    """

    written: str
    tokens: Mapping[str, float]
    weight: float = 1.0
    known: str = ""


def score(
    asked: Sequence[Asked],
    *,
    title: frozenset[str],
    about: frozenset[str],
    body: frozenset[str],
    rarity: Mapping[str, float],
) -> float:
    """Return the sum over the words of their best token: field × rarity × how surely the token is the word."""
    total = 0.0
    for word in asked:
        best = 0.0
        for token, weight in word.tokens.items():
            field = TITLE if token in title else ABOUT if token in about else BODY if token in body else 0.0
            best = max(best, field * weight * rarity.get(token, 1.0))
        total += best * word.weight
    return round(total, 1)


def rarity(documents: int, having: int) -> float:
    """Return how much it says that a document has a token: 1 for a token of every document, more for a rare one."""
    return 1.0 + log((documents + 1) / (having + 1))
