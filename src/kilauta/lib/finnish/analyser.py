"""From text to terms, with whichever engine there is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from sys import intern
from typing import Literal, NamedTuple

from kilauta.lib.finnish.engines import Engine
from kilauta.lib.finnish.morphology import Part, Reading, readings
from kilauta.lib.finnish.stems import CONSONANTS, guesses, stem
from kilauta.lib.finnish.wordlists import FINNISH_ELEMENTS, SWEDISH_ELEMENTS, VERBS_OF_NOUNS, WEIGHTS
from kilauta.lib.text import fold, fold_plain, tokens

TermKind = Literal["word", "part", "stem", "trigram"]

CACHED_WORDS = 50_000
LONGEST_TOKEN = 100
LONGEST_TERM = 64
MOST_TERMS = 24
TRIGRAM_MARK = "x3"

# How much of a word each term carries.
_SHARES = (1.0, 0.8, 0.7, 0.6)  # of the readings of an ambiguous word
_VERB, _GUESS, _STEM, _FALLBACK_STEM, _TRIGRAM = 0.6, 0.8, 0.5, 0.9, 0.1
_SUBCOMPOUND, _HEAD, _PART, _VERB_OF_PART = 0.7, 0.6, 0.5, 0.3
_JOINED = 0.6

_COMPOUND = 2
_SHORTEST_ELEMENT = 3
_SHORTEST_TAIL, _SHORTEST_LOOSE_TAIL, _LONGEST_LOOSE = 4, 6, 30
_SHORTEST_TRIGRAMMED, _MOST_TRIGRAMS = 4, 12
_LONG_WORD, _SHORTEST_SYLLABLES = 12, 3

_COLON_ENDING = re.compile(r":[^\W\d_]{1,6}$")
_DOTS = re.compile(r"[.,:]")
_TOP_LEVEL = re.compile(r"(fi|com|net|org|eu|se|info)[a-zåäö]{0,4}$")
_CHUNK = re.compile(r"\S+")
_CORE = re.compile(r"(\W*)([^\W\d_]+(?:-[^\W\d_]+)*-?)([.,;:!?)\]»”\"']*)")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """What a word is found by. Two terms are the same when their texts are."""

    text: str
    kind: TermKind
    weight: float


class WordTerms(NamedTuple):
    """A word as written and its terms, the most telling first."""

    token: str
    terms: tuple[Term, ...]


class WordLemmas(NamedTuple):
    """A word as written and all it may be a form of, folded, the likeliest first."""

    token: str
    lemmas: tuple[str, ...]


class Analyser:
    """One engine and what has been asked of it lately. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._word = lru_cache(CACHED_WORDS)(self._analyse_word)
        self._readings = lru_cache(4096)(self._look_up)
        self._hyphenated = lru_cache(4096)(self._hyphenate_word)

    def analyse(self, text: str, lang: str) -> list[Term]:
        return list(_best(term for word in self.by_word(text, lang) for term in word.terms))

    def by_word(self, text: str, lang: str) -> list[WordTerms]:
        found = ((token, self._word(fold(token)[:LONGEST_TOKEN], lang)) for token in tokens(text))
        return [WordTerms(token, terms) for token, terms in found if terms]

    def lemma_forms(self, text: str) -> list[WordLemmas]:
        return [WordLemmas(token, self._lemmas(fold(token)[:LONGEST_TOKEN])) for token in tokens(text)]

    def hyphenate(self, text: str) -> str:
        return _CHUNK.sub(lambda chunk: self._hyphenate_chunk(chunk[0]), text)

    # Words

    def _analyse_word(self, word: str, lang: str) -> tuple[Term, ...]:
        found = _best(_weighed(self._terms(_bare(word), lang), lang))
        return tuple(sorted(found, key=lambda term: -term.weight)[:MOST_TERMS])

    def _terms(self, word: str, lang: str) -> Iterator[Term]:
        """Yield the terms of a word that may have joints: e-palvelu, Suomi.fi-tunnistus, 9.30."""
        pieces = [piece for piece in word.split("-") if piece]
        if len(pieces) < _COMPOUND:
            yield from self._dotted(word.strip("-"), lang)
            return
        known = self._readings(word) if lang == "fi" else ()
        if known:
            yield from self._known(known)
        else:
            *front, last = pieces
            ends = (end for end in self._dotted(last, lang) if end.kind == "word")
            yield from (Term("".join(front) + end.text, "word", end.weight) for end in ends)
        for piece in () if any(reading.is_place for reading in known) else pieces:
            yield from (_as_part(term, _JOINED) for term in self._dotted(piece, lang))

    def _dotted(self, word: str, lang: str) -> Iterator[Term]:
        *labels, last = [piece for piece in _DOTS.split(word) if piece] or [""]
        top = _TOP_LEVEL.match(last)
        if labels and top:
            labels = [label for label in labels if label != "www"]
            yield Term("".join([*labels, top[1]]), "word", 1.0)
            for label in labels:
                yield from (_as_part(term, _JOINED) for term in self._simple(label, lang))
        elif labels:
            yield Term("".join([*labels, last]), "word", 1.0)
        else:
            yield from self._simple(word, lang)

    def _simple(self, word: str, lang: str) -> Iterator[Term]:
        if lang == "fi" and (known := self._readings(word)):
            yield from self._known(known)
        elif lang != "fi":
            yield from _foreign(word, lang)
        elif self.engine.name == "snowball":
            yield from _undictionaried(word)
        else:
            yield from self._unknown(word)

    # Finnish, with Voikko

    def _look_up(self, word: str) -> tuple[Reading, ...]:
        found = readings(self.engine.lookup(word))
        if not found and (plain := fold_plain(word)) != word:
            found = readings(self.engine.lookup(plain))
        found.sort(key=lambda reading: reading.lemma != word)  # who writes a base form mostly means it
        return tuple(found)

    def _known(self, known: tuple[Reading, ...]) -> Iterator[Term]:
        lemmas = list(dict.fromkeys(reading.lemma for reading in known))[: len(_SHARES)]
        for reading in known:
            if reading.lemma not in lemmas:
                continue
            share = _SHARES[lemmas.index(reading.lemma)]
            yield Term(reading.lemma, "word", share)
            if len(reading.parts) == 1:
                yield from _verbs(reading.parts[0], share * _VERB)
            elif not reading.is_place:  # whoever asks for "savo" does not mean all of Etelä-Savo
                yield from _parts(reading.parts, share)

    def _unknown(self, word: str) -> Iterator[Term]:
        yield Term(word, "word", 1.0)
        bases = guesses(word)
        if word[-1:] in CONSONANTS and any(known.lemma == f"{word}i" for known in self._readings(f"{word}i")):
            bases.insert(0, f"{word}i")  # who writes Android must meet Androidin, which is read as androidi
        for place, guess in enumerate(bases):
            yield Term(guess, "stem", _GUESS - place / 20)
        yield Term(stem(word, "fi"), "stem", _STEM)
        yield from self._loose_compound(word)

    def _loose_compound(self, word: str) -> Iterator[Term]:
        """Yield the halves of a compound whose beginning is unknown: zoomkokouksessa → zoom, kokous.

        Short endings are mistrusted: there is no kissa in tiktokissa.
        """
        if not word.isalpha() or len(word) > _LONGEST_LOOSE:
            return
        for cut in range(_SHORTEST_ELEMENT, len(word) - _SHORTEST_TAIL + 1):
            head, tail = word[:cut], word[cut:]
            nouns = [reading for reading in self._readings(tail) if reading.is_nominal]
            if nouns and (_is_weighty(nouns[0].lemma) or self._readings(head)):
                yield Term(head + nouns[0].lemma, "stem", _GUESS)
                yield Term(head, "part", _PART)
                yield Term(nouns[0].lemma, "part", _HEAD)
                yield from _parts(nouns[0].parts, _PART)
                return

    # Places

    def _lemmas(self, word: str) -> tuple[str, ...]:
        word = _bare(word)
        known = self._readings(word)
        names = sorted(known, key=lambda reading: not reading.is_place)
        found = [word, *(reading.lemma for reading in names)]
        if not known:
            found += guesses(word)
        if self.engine.name == "snowball":
            found.append(stem(word, "fi"))
        if word.endswith("s"):
            found.append(word.removesuffix("s"))  # Kajanas bibliotek
        return tuple(dict.fromkeys(filter(None, map(fold_plain, found))))

    # Soft hyphens

    def _hyphenate_chunk(self, chunk: str) -> str:
        core = _CORE.fullmatch(chunk)
        if core is None or len(core[2]) <= _LONG_WORD or chunk.startswith(("@", "#", "/")):
            return chunk
        return core[1] + _LETTERS.sub(lambda word: self._hyphenated(word[0]), core[2]) + core[3]

    def _hyphenate_word(self, word: str) -> str:
        lower = word.lower()
        if len(word) <= _LONG_WORD or len(lower) != len(word):
            return word
        known = self._readings(lower)
        if not known or sum(len(part.form) for part in known[0].parts) != len(word):
            return word
        inner = [
            place
            for place in known[0].breaks
            if _SHORTEST_SYLLABLES <= place <= len(word) - _SHORTEST_SYLLABLES
        ]
        cuts = [0, *inner, len(word)]
        return "\u00ad".join(word[start:end] for start, end in pairwise(cuts))


def _bare(word: str) -> str:
    """Take off what is written but not meant: apostrophes, odd hyphens, the ending in PDF:n."""
    return _COLON_ENDING.sub("", word.replace("‐", "-").replace("‑", "-").replace("'", "").replace("’", ""))


def _is_weighty(lemma: str) -> bool:
    return len(lemma) >= _SHORTEST_LOOSE_TAIL or lemma in FINNISH_ELEMENTS


def _foreign(word: str, lang: str) -> Iterator[Term]:
    yield Term(word, "word", 1.0)
    yield Term(stem(word, lang), "stem", _FALLBACK_STEM)
    if lang == "sv":
        yield from _elements(word, "sv", SWEDISH_ELEMENTS)


def _parts(parts: tuple[Part, ...], share: float) -> Iterator[Term]:
    """Yield the parts of a compound and every run of them: tieto, kone, apu, tietokone, koneapu."""
    last = len(parts) - 1
    for end in range(len(parts)):
        for start in range(max(0, end - 3), end + 1):
            run = parts[start : end + 1]
            if len(run) == len(parts):
                continue
            weight = _SUBCOMPOUND if len(run) > 1 else _HEAD if end == last else _PART
            yield Term("".join(part.form for part in run[:-1]) + run[-1].lemma, "part", share * weight)
        yield from _verbs(parts[end], share * _VERB_OF_PART)


def _verbs(part: Part, weight: float) -> Iterator[Term]:
    verb = part.verb or VERBS_OF_NOUNS.get(part.lemma, "")
    if verb:
        yield Term(verb, "stem", weight)


def _undictionaried(word: str) -> Iterator[Term]:
    """Yield what a Finnish word is found by when nothing knows its inflection."""
    base, bases = stem(word, "fi"), guesses(word)[:2]
    weak = WEIGHTS["fi"]
    share = 1.0 if word in weak else min(weak.get(each, 1.0) for each in (base, *bases))  # apua is but an apu
    yield Term(word, "word", share)
    yield Term(base, "stem", share * _FALLBACK_STEM)
    for place, guess in enumerate(bases):
        yield Term(guess, "stem", (1.0 if guess in weak else share) * (_STEM - place / 20))
    yield from _elements(word, "fi", FINNISH_ELEMENTS)
    if len(base) >= _SHORTEST_TRIGRAMMED:
        for start in range(min(len(base) - 2, _MOST_TRIGRAMS)):
            yield Term(TRIGRAM_MARK + base[start : start + 3], "trigram", _TRIGRAM)


def _elements(word: str, lang: str, elements: frozenset[str]) -> Iterator[Term]:
    """Yield the halves of a compound that ends or begins in a known element: nätbanken → nät, bank."""
    base = stem(word, lang)
    cuts = [(base[:cut], base[cut:]) for cut in range(_SHORTEST_ELEMENT, len(base) - _SHORTEST_ELEMENT + 1)]
    endings = _stemmed(elements, lang)
    by_tail = [pair for pair in cuts if pair[1] in endings]
    by_head = [pair for pair in cuts if pair[0] in elements and len(pair[1]) >= _SHORTEST_TAIL]
    for head, tail in by_tail[:1] or by_head[-1:]:
        unlinked = head.removesuffix("s") if lang == "sv" else head  # säkerhet-s-uppdatering
        yield Term(unlinked if unlinked in elements else head, "part", _PART)
        yield Term(tail, "part", _HEAD)


@lru_cache
def _stemmed(elements: frozenset[str], lang: str) -> frozenset[str]:
    return frozenset(stem(element, lang) for element in elements)


def _weighed(terms: Iterable[Term], lang: str) -> Iterator[Term]:
    weights = WEIGHTS.get(lang, {})
    for term in terms:
        text = _text(term.text)
        if len(text) > 1 or (text and term.kind == "word"):
            yield Term(text, term.kind, round(term.weight * weights.get(term.text, 1.0), 3))


def _best(terms: Iterable[Term]) -> Iterable[Term]:
    best: dict[str, Term] = {}
    for term in terms:
        if term.text not in best or best[term.text].weight < term.weight:
            best[term.text] = term
    return best.values()


def _as_part(term: Term, share: float) -> Term:
    return Term(term.text, "part" if term.kind == "word" else term.kind, term.weight * share)


def _text(lemma: str) -> str:
    """Letters and digits only, so that no database's own word splitter takes a term apart."""
    return intern("".join(character for character in fold_plain(lemma) if character.isalnum())[:LONGEST_TERM])
