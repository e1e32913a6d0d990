"""Which entries may be the same thing twice: likely pairs, with the reasons, without comparing all with all.

Two entries are compared only when they share a *key*: a word of their names that few have, a number, an address.
A key that many share says nothing and is passed over, so the work grows with the entries, not with their square.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz

from kilauta.lib.text import fold_bare

# Points by reason; from LIKELY on two entries are told as a pair.
POINTS: Final = {
    "same-identifier": 100,
    "same-name": 60,
    "like-name": 40,
    "same-address": 30,
    "same-number": 30,
    "same-email": 30,
    "same-website": 25,
}
LIKELY: Final = 60
NAME_ALIKE: Final = 88
# So many entries may share a key before it says nothing.
MANY: Final = 30
DIGITS: Final = 7
SHORTEST_WORD: Final = 4

_WORDS = re.compile(r"[a-z0-9]+")
# What tells nothing of who somebody is.
_COMMON: Final = frozenset(
    (
        "ry", "rf", "oy", "ab", "oyj", "sr", "abp", "kirjasto", "yhdistys", "kunta", "kaupunki", "digituki", "palvelu",
        "neuvonta", "association", "library",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is compared of an entry; empty where it has none."""

    id: str
    names: tuple[str, ...]
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    website: str = ""
    address: str = ""
    identifiers: frozenset[str] = frozenset()
    # Entries are the same only within one of these: the organisation of a service, the municipality of a place.
    within: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    first: str
    second: str
    points: int
    reasons: tuple[str, ...]


def pairs(candidates: Iterable[Candidate]) -> tuple[Pair, ...]:
    """Return the likely pairs, the likeliest first; the ids of a pair are in order."""
    by_id = {each.id: _Folded.of(each) for each in candidates}
    shared: dict[str, list[str]] = defaultdict(list)
    for each in by_id.values():
        for key in each.keys_to_meet():
            shared[key].append(each.id)
    seen: set[tuple[str, str]] = set()
    for ids in shared.values():
        if len(ids) <= MANY:
            seen.update(combinations(sorted(ids), 2))
    found = (_pair(by_id[first], by_id[second]) for first, second in seen)
    likely = (pair for pair in found if pair.points >= LIKELY)
    return tuple(sorted(likely, key=lambda pair: (-pair.points, pair.first, pair.second)))


@dataclass(frozen=True, slots=True)
class _Folded:
    """A candidate as it is compared."""

    id: str
    names: tuple[str, ...]
    marks: frozenset[tuple[str, str]]
    within: str

    @staticmethod
    def of(candidate: Candidate) -> "_Folded":
        digits = (re.sub(r"\D", "", phone)[-DIGITS - 2 :].lstrip("0") for phone in candidate.phones)
        marks = {("same-number", number) for number in digits if len(number) >= DIGITS}
        marks |= {("same-identifier", each) for each in candidate.identifiers}
        marks |= {("same-email", each.lower()) for each in candidate.emails}
        if candidate.website:
            marks.add(("same-website", _site(candidate.website)))
        if candidate.address:
            marks.add(("same-address", fold_bare(candidate.address)))
        names = tuple(
            dict.fromkeys(" ".join(_WORDS.findall(fold_bare(name))) for name in candidate.names if name)
        )
        return _Folded(candidate.id, names, frozenset(marks), candidate.within)

    def keys_to_meet(self) -> Iterator[str]:
        """What brings two together: what they must share to be compared at all."""
        for kind, value in self.marks:
            yield f"{kind} {value}"
        words = {word for name in self.names for word in name.split() if word not in _COMMON}
        for word in words:
            if len(word) >= SHORTEST_WORD:
                # the beginning is right in most slips, and so is the end
                yield f"starts {self.within} {word[:5]}"
                yield f"ends {self.within} {word[-5:]}"
        for name in self.names:
            yield f"name {self.within} {name}"


def _site(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address.lower()).rstrip("/")


def _pair(first: _Folded, second: _Folded) -> Pair:
    reasons = {kind for kind, _value in first.marks & second.marks}
    if first.within == second.within:
        if set(first.names) & set(second.names):
            reasons.add("same-name")
        elif any(
            fuzz.token_sort_ratio(one, other) >= NAME_ALIKE for one in first.names for other in second.names
        ):
            reasons.add("like-name")
    said = tuple(reason for reason in POINTS if reason in reasons)
    return Pair(first.id, second.id, sum(POINTS[reason] for reason in said), said)
