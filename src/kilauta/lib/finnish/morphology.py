"""Reading Voikko's lines: base forms, the parts of compounds, the verb behind a noun.

A line is letters of the word with tags between them. `[L…]` opens a part of speech, `[Xp]…[X]` holds a base
form, `[Xj]…[X]` the base form of an ending that makes a new word (päivit+ys from päivittää); at `[Bc]` the
parts of a compound meet.
"""

import re
from dataclasses import dataclass

_PIECE = re.compile(r"\[([^\]]*)\]|([^\[]+)")
_VERB, _SURNAME, _FIRST_NAME, _PLACE = "t", "es", "ee", "ep"
_RANK = {"n": 0, "nl": 0, "ep": 1, "em": 1, "l": 2, "u": 2, _VERB: 3, _FIRST_NAME: 5, _SURNAME: 6}
_OTHER_RANK = 4


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One word inside a compound, or the whole word when it is no compound."""

    form: str  # as it stands in the word
    lemma: str
    verb: str  # the verb a noun was made from, or ""
    kind: str  # Voikko's letter for the part of speech

    @property
    def is_name(self) -> bool:
        return self.kind in {_SURNAME, _FIRST_NAME}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word."""

    parts: tuple[Part, ...]
    breaks: tuple[int, ...]  # where compound parts meet, counted in letters of the word
    unlikely: int  # how far from what people mostly mean: plural, "your"

    @property
    def lemma(self) -> str:
        return "".join(part.form for part in self.parts[:-1]) + self.parts[-1].lemma

    @property
    def kind(self) -> str:
        return self.parts[-1].kind

    @property
    def is_place(self) -> bool:
        return any(part.kind == _PLACE for part in self.parts)

    @property
    def is_nominal(self) -> bool:
        return self.kind in {"n", "nl"}

    @property
    def rank(self) -> tuple[int, int, str]:
        return (_RANK.get(self.kind, _OTHER_RANK), self.unlikely, self.lemma)


def readings(lines: list[str]) -> list[Reading]:
    """Return the ways to read a word, the likeliest first, in an order that does not depend on the engine."""
    distinct = {reading for line in lines if (reading := _read(line))}
    found = sorted(distinct, key=lambda reading: (reading.rank, reading.parts, reading.breaks))
    fewest = min((len(reading.parts) for reading in found), default=0)
    found = [reading for reading in found if len(reading.parts) == fewest]  # no luu "bone" in videopuheluita
    if any(reading.kind != _VERB for reading in found):  # etätuki is no form of "etätukkia"
        found = [reading for reading in found if reading.kind != _VERB or fewest == 1]
    if any(not reading.parts[-1].is_name for reading in found):
        found = [reading for reading in found if not reading.parts[-1].is_name]
    return found


def _read(line: str) -> Reading | None:
    segments: list[list[tuple[str, str]]] = [[]]
    for tag, letters in _PIECE.findall(line):
        if tag == "Bc":
            segments.append([])
        else:
            segments[-1].append((tag, letters))
    parts: list[Part] = []
    breaks: list[int] = []
    start = 0
    for segment in segments:
        part, inner = _part(segment)
        if part is None:
            continue
        if parts:
            breaks.append(start)
        breaks += [start + place for place in inner]
        parts.append(part)
        start += len(part.form)
    if not parts:
        return None
    tags = {tag for tag, _letters in segments[-1]}
    return Reading(tuple(parts), tuple(breaks), ("Nm" in tags) + 2 * ("O2y" in tags))


def _part(segment: list[tuple[str, str]]) -> tuple[Part | None, list[int]]:
    form = base = derived = kind = first_kind = inside = ""
    inner: list[int] = []
    for tag, letters in segment:
        if letters:
            if inside == "Xp":
                base = letters
            elif inside == "Xj":
                derived = form + letters
            elif not inside:
                form += letters
        elif tag.startswith("X"):
            inside = "" if tag == "X" else tag
        elif tag.startswith("L"):
            kind = tag[1:]
            first_kind = first_kind or kind
        elif tag == "Bm":
            inner.append(len(form))
    lemma = _plain(derived or base or form)
    if not kind or not lemma:
        return None, []
    verb = _plain(base) if first_kind == _VERB and kind != _VERB else ""
    return Part(form, lemma, verb, kind), inner


def _plain(lemma: str) -> str:
    return lemma.replace("=", "").lower().strip("-")
