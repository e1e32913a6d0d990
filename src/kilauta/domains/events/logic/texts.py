"""Texts that must fit: the least important left out first, and nothing cut where it cannot be."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# a tag stays whole, whatever spaces are in it
WORD = re.compile(r"(?:<[^<>]*>|\S)+")
DOTS = "…"
JOINER = "\u200d"
# stands with the letter before it: marks, the parts of one picture
_CLINGS = re.compile("[\ufe00-\ufe0f\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_LAST_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text. The highest `leave` is left out first, 0 never; one that `may_shorten` loses words before that.

    Nothing else is lost of what always stays: a text without its time and place is of no use.
    """

    text: str
    leave: int = 0
    may_shorten: bool = False


def length(text: str) -> int:
    """Return the letters as the strictest reader counts them: what needs two units in UTF-16 is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, limit: int) -> str:
    """Return the text in so many letters, cut between words, three dots for the rest.

    A word that alone is too long is cut between letters as they are seen: a mark stays on its letter.
    """
    clean = _LAST_HALF.sub("", unicodedata.normalize("NFC", text))
    whole = " ".join(bare for word in WORD.findall(clean) if (bare := word.strip(JOINER)))
    if length(whole) <= limit:
        return whole
    room = limit - length(DOTS)
    if room <= 0:
        return ""
    kept = ""
    for word in WORD.findall(whole):
        longer = f"{kept} {word}" if kept else word
        if length(longer) > room:
            break
        kept = longer
    kept = kept.rstrip(" ,;:–-") or _letters(whole, room)
    return f"{kept}{DOTS}" if kept else ""


def fitted(pieces: Sequence[Piece], limit: int, *, between: str = " ") -> str:
    """Return the pieces as one text of so many letters, in their order.

    What always stays is there even where it is longer than that: then nothing else is.
    """
    kept = [each for each in pieces if each.text]
    while length(_joined(kept, between)) > limit:
        last = max((each.leave for each in kept), default=0)
        if last == 0:
            break
        # of two alike the later goes first
        at = max(index for index, each in enumerate(kept) if each.leave == last)
        del kept[at]
    for at, each in enumerate(kept):
        over = length(_joined(kept, between)) - limit
        if over > 0 and each.may_shorten:
            ends = each.text[-1] if each.text[-1] in ":." else ""
            less = shortened(each.text.removesuffix(ends), length(each.text) - over - len(ends))
            kept[at] = Piece(f"{less}{ends}" if less else each.text)
    return _joined(kept, between)


def _joined(pieces: Sequence[Piece], between: str) -> str:
    return between.join(each.text for each in pieces)


def _letters(word: str, room: int) -> str:
    """Return the beginning of a word, whole letters only; nothing of what begins with a tag."""
    if word.startswith("<"):
        return ""
    ends = [
        at
        for at, (before, after) in enumerate(pairwise(word), start=1)
        if not _clings(before, after) and length(word[:at]) <= room and "<" not in word[:at]
    ]
    return word[: ends[-1]] if ends else ""


def _clings(before: str, after: str) -> bool:
    if unicodedata.category(after).startswith("M") or _CLINGS.match(after) or before == JOINER:
        return True
    return bool(_FLAG.match(before) and _FLAG.match(after))
