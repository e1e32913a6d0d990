"""Words of the index that a writer may have meant by a word that is not in it: mistyped, or written as it sounds."""

import re
from bisect import bisect
from collections.abc import Iterable
from itertools import takewhile

from kilauta.lib.spelling import Suggester
from kilauta.lib.text import fold_bare

# So far from a known word a written one may be, by its length: å for a counts a quarter, a wrong first letter half.
_ALLOWED = ((4, 0.5), (6, 1.5), (60, 2.6))
_LISTED = 8
_SHORTEST_SOUND = 5
# Of an unknown word this share, and so many letters, must stand at the beginning of a known one.
_BEGINNING, _SHORTEST_BEGINNING = 0.65, 5

# Letters that Finns hear alike, and so write for one another in words of other languages: fesebuuk, vatsäppi.
_PAIRS = ((re.compile("wh|w"), "v"), (re.compile("c(?=[eiy])|sh|z"), "s"), (re.compile("ck|c|q"), "k"),
          (re.compile("x"), "ks"), (re.compile("ph"), "f"), (re.compile("^y"), "i"))  # fmt: skip
_LETTERS = str.maketrans("bdgeuyj", "ptkaooi")
_RUNS = re.compile(r"(.)\1+")


class Guesser:
    """The words of one index, to be compared with. Safe to share between threads."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        held = list(words)
        self._documents = dict(held)
        self._near = Suggester(held)
        self._sorted = sorted(self._documents)
        self._sounding: dict[str, str] = {}
        for word, _documents in sorted(held, key=lambda each: (-each[1], each[0])):
            self._sounding.setdefault(sound(word), word)

    def mistyped(self, word: str) -> list[tuple[str, float]]:
        """Return the words it may be a slip for, each with about how many letters are wrong, the likeliest first."""
        allowed = next((most for length, most in _ALLOWED if len(word) <= length), 0.0)
        near = self._near.suggest(word, _LISTED)
        return [(each.word, each.distance) for each in near if each.distance <= allowed]

    def heard(self, word: str) -> str:
        """Return the word of ours that sounds the same, if any."""
        key = sound(word)
        return self._sounding.get(key, "") if len(key) >= _SHORTEST_SOUND else ""

    def beginning(self, word: str) -> str:
        """Return the commonest word that goes on differently only towards its end (pankkitunnarit), if any."""
        place = bisect(self._sorted, word)
        neighbours = self._sorted[max(place - 1, 0) : place + 1]
        start = max((_common_start(word, each) for each in neighbours), key=len, default="")
        if len(start) < max(_SHORTEST_BEGINNING, _BEGINNING * len(word)):
            return ""
        first = bisect(self._sorted, start[:-1] + chr(ord(start[-1]) - 1) + "\uffff")
        alike = takewhile(lambda each: each.startswith(start), self._sorted[first:])
        return min(alike, key=lambda each: (-self._documents[each], len(each), each), default="")


def sound(word: str) -> str:
    """Return how a word sounds to a Finn, roughly: voiced and voiceless, e and a, o and u alike, no long sounds."""
    heard = fold_bare(word)
    for letters, alike in _PAIRS:
        heard = letters.sub(alike, heard)
    heard = _RUNS.sub(r"\1", heard.translate(_LETTERS))
    return heard[:-1] if len(heard) > _SHORTEST_SOUND and heard[-1] in "aio" else heard


def _common_start(first: str, second: str) -> str:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    return "".join(letter for letter, _other in same)
