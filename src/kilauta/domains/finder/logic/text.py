"""How well a document says what was asked for, and which things the words name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, log

TITLE, ABOUT, BODY = 4.0, 3.0, 1.5
# From this weight on a token is the word itself or means the same; below it is a part of it, or a distant reading.
SURE = 0.6
# Below this weight a word (apua, miten, haluan) says too little to decide anything.
TELLING = 0.3
# Words of a sentence that say what is done with the thing, not what it is, or who asks.
_LIGHT = {
    "fi": "aikoa alkaa asiakas jäädä joutua käydä käyttää kertoa kiitos laittaa lähteä mennä näyttää onnistua "
    "opetella oppia panna päästä sanoa tulla",
    "sv": "använda börja gå komma kommer kund lyckas lära sätta tack",
    "en": "client come customer go learn please start someone somebody thanks try use using",
}
LIGHT = {language: frozenset(words.split()) for language, words in _LIGHT.items()}
LIGHT_WEIGHT = 0.25
# A thing's own name says more surely that it is meant than one of the words listed beside it; an e-service's most.
OWN_NAME = {"topic": 1.2, "eservice": 1.6}

# Tokens and how surely each of them is the word.
Tokens = dict[str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a query: the tokens that stand for it with their weights, and whether it says much.

    `weight` is small for words such as *apua* that nearly every service has; `known` is the token of ours it was
    recognised by, empty when our index has no such word. No token of the word tells more than `rarest`: a seldom
    synonym must not beat the word itself.
    """

    written: str
    tokens: Mapping[str, float]
    weight: float = 1.0
    known: str = ""
    rarest: float = inf

    @property
    def sure(self) -> frozenset[str]:
        return frozenset(token for token, weight in self.tokens.items() if weight >= SURE)


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of a thing, as the tokens that each of its words may be met by."""

    kind: str
    key: str
    words: tuple[frozenset[str], ...]
    own: bool


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
            says = weight * min(rarity.get(token, 1.0), word.rarest)
            if says * TITLE <= best:
                continue
            field = TITLE if token in title else ABOUT if token in about else BODY if token in body else 0.0
            best = max(best, field * says)
        total += best * word.weight
    return round(total, 1)


def weighed(asked: Iterable[Asked], rarity: Mapping[str, float]) -> list[Asked]:
    """Return the words with the rarity of each token already in its weight, the weightiest first: quicker to score."""
    found = []
    for word in asked:
        weights = {
            token: weight * min(rarity.get(token, 1.0), word.rarest) for token, weight in word.tokens.items()
        }
        tokens = dict(sorted(weights.items(), key=lambda each: -each[1]))
        found.append(replace(word, tokens=tokens, rarest=inf))
    return found


def rarity(documents: int, having: int) -> float:
    """Return how much it says that a document has a token: 1 for a token of every document, more for a rare one."""
    return 1.0 + log((documents + 1) / (having + 1))


def named(
    asked: Sequence[Asked], names: Iterable[Name], rarity: Mapping[str, float]
) -> list[tuple[float, Name]]:
    """Return the names that are meant, each with how much they say, the most telling first.

    A name is meant when all its words are asked for; a thing's own name also when nothing else is asked for.
    """
    said = [word.sure for word in asked]
    everything = frozenset().union(*said)
    telling = [word.sure for word in asked if word.weight >= TELLING]
    found = []
    for name in names:
        tokens = frozenset().union(*name.words)
        met = [everything & word for word in name.words if everything & word]
        # One word asked for meets one word of the name, though it may mean two of them.
        complete = len(met) == len(name.words) and len(met) <= sum(
            not word.isdisjoint(tokens) for word in said
        )
        only = name.own and telling and not any(map(tokens.isdisjoint, telling))
        if complete or (met and only):
            says = sum(min(rarity.get(token, 1.0) for token in each) for each in met)
            says *= (OWN_NAME[name.kind] if name.own else 1.0) * len(met) / len(name.words)
            found.append((says, name))
    return sorted(
        found, key=lambda one: (-one[0], not one[1].own, one[1].kind, [sorted(w) for w in one[1].words])
    )


def best(first: Tokens, *others: Tokens) -> Tokens:
    """Return all the tokens, each with the greatest of its weights."""
    found = dict(first)
    for tokens in others:
        for text, share in tokens.items():
            if text and share > found.get(text, 0.0):
                found[text] = share
    return found


def scaled(tokens: Tokens, by: float) -> Tokens:
    return {text: share * by for text, share in tokens.items()}
