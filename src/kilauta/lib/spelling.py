"""Words that may have been meant: the nearest ones of a vocabulary, for a query that found nothing.

Whether to use a suggestion is the asker's decision. A vocabulary of both base forms and the forms that occur
in the texts serves best: a typo may stand in an ending.
"""

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kilauta.lib.text import fold_bare, fold_plain

LONGEST_WORD = 60
_SILENT, _SHORT = 2, 4  # words of so many letters are not corrected; are corrected by one letter
_CANDIDATES = 40
_MARK, _FIRST_LETTER = 0.25, 0.5


class Suggestion(NamedTuple):
    """A word of the vocabulary and how far from it the writer was: about one for each wrong letter."""

    word: str
    distance: float


class _Entry(NamedTuple):
    word: str
    plain: str
    frequency: int


class Suggester:
    """A vocabulary, folded and sorted by length once. Safe to share between threads."""

    def __init__(self, vocabulary: Iterable[tuple[str, int]]) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        for word, frequency in vocabulary:
            bare = fold_bare(word)
            if bare:
                self._entries.setdefault(bare, []).append(_Entry(word, fold_plain(word), frequency))
        self._by_length: dict[int, list[str]] = {}
        for bare in sorted(self._entries):
            self._by_length.setdefault(len(bare), []).append(bare)

    def suggest(self, word: str, limit: int = 3) -> list[Suggestion]:
        """Return the nearest words, best first; never the word itself.

        Up to two letters wrong, missing, extra or swapped; one in a word of three or four, none in shorter.
        Dots and rings (sahkoposti) and a right first letter count little, then the commoner word goes first.
        """
        bare, plain = fold_bare(word), fold_plain(word)
        if len(bare) <= _SILENT or len(bare) > LONGEST_WORD:
            return []
        allowed = 1 if len(bare) <= _SHORT else 2
        ranked = sorted(
            (_distance(plain, bare, entry, near, errors), -entry.frequency, entry.word)
            for near, errors in self._near(bare, allowed)
            for entry in self._entries[near]
            if entry.plain != plain
        )
        return [Suggestion(known, distance) for distance, _frequency, known in ranked[:limit]]

    def _near(self, bare: str, allowed: int) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for length in range(len(bare) - allowed, len(bare) + allowed + 1):
            choices = self._by_length.get(length, ())
            matches = process.extract(
                bare, choices, scorer=OSA.distance, score_cutoff=allowed, limit=_CANDIDATES
            )
            found += [(near, int(errors)) for near, errors, _place in matches]
        return found


def _distance(plain: str, bare: str, entry: _Entry, near: str, errors: int) -> float:
    """Count wrong letters, and a little for each å, ä or ö written without its marks."""
    marks = max(0, OSA.distance(plain, entry.plain) - errors)
    return errors + marks * _MARK + (_FIRST_LETTER if bare[0] != near[0] else 0.0)
