"""What a query means: its place, its words with all they may stand for, and what was probably mistyped."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kilauta.domains.directory.logic.facts import NetworkFacts
from kilauta.domains.directory.queries import Catalogue
from kilauta.domains.finder.logic.text import Asked, rarity
from kilauta.domains.finder.models import Synonym
from kilauta.kit.search.models import SearchTerm
from kilauta.kit.search.tokens import token
from kilauta.lib.finnish import WordTerms, by_word, lemma_forms
from kilauta.lib.spelling import Suggester
from kilauta.lib.words import LANGUAGES

from .gazetteer import gazetteer

LONGEST_QUERY = 100
# What a synonym, a guess at a misspelling, and the same word read in another language are worth beside the word itself.
SYNONYM, GUESS, OTHER_LANGUAGE = 0.9, 0.7, 0.8
# Below this a word (apua, miten, haluan) says too little to decide anything.
TELLING = 0.3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the index: how many documents have each, and which ones people could have meant."""

    documents: int
    counts: dict[str, int]
    suggester: Suggester
    synonyms: dict[str, dict[str, tuple[tuple[str, ...], ...]]]

    def rarity(self, tokens: Sequence[str]) -> dict[str, float]:
        return {token: rarity(self.documents, self.counts.get(token, 0)) for token in tokens}


@dataclass(frozen=True, slots=True)
class Understood:
    """A query taken apart. `place` is a code of the gazetteer; `guessed` the words read instead of mistyped ones."""

    written: str
    place: str = ""
    asked: tuple[Asked, ...] = ()
    guessed: dict[str, str] = field(default_factory=dict)

    @property
    def telling(self) -> tuple[Asked, ...]:
        """The words that decide; all of them when none says much."""
        return tuple(word for word in self.asked if word.weight >= TELLING) or self.asked


_held: dict[str, tuple[Catalogue, Vocabulary]] = {}


def vocabulary(catalogue: Catalogue) -> Vocabulary:
    """Return the vocabulary of this edition."""
    held = _held.get("")
    if held is not None and held[0] is catalogue:
        return held[1]
    rows = list(SearchTerm.objects.order_by("term").values_list("term", "documents", "is_word"))
    made = Vocabulary(
        documents=max((documents for _term, documents, _word in rows), default=0),
        counts={term: documents for term, documents, _word in rows},
        suggester=Suggester((term, documents) for term, documents, is_word in rows if is_word),
        synonyms=_synonyms(),
    )
    _held[""] = (catalogue, made)
    return made


def _synonyms() -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """For each language and token, the meanings as tuples of tokens that stand for one word each."""
    found: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {language: {} for language in LANGUAGES}
    for row in Synonym.objects.order_by("id"):
        keys = [word.terms[0].text for word in by_word(row.word, row.lang) if word.terms]
        meanings = tuple(
            tuple(term.text for word in by_word(meaning, row.lang) for term in word.terms[:1])
            for meaning in row.means.split(";")
            if meaning.strip()
        )
        if keys:
            key = " ".join(token(text) for text in keys)
            found[row.lang][key] = found[row.lang].get(key, ()) + meanings
    return found


def understand(catalogue: Catalogue, network: NetworkFacts, text: str, lang: str) -> Understood:
    """Take the query apart: the place it names, then its words."""
    written = " ".join(text.split())[:LONGEST_QUERY]
    lemmas = lemma_forms(written)
    words = by_word(written, lang)
    place = ""
    recognised = gazetteer(catalogue, network).recognise(lemmas)
    if recognised:
        place, span = recognised
        named = {lemmas[number].token for number in span}
        words = [word for word in words if word.token not in named]
    known = vocabulary(catalogue)
    asked, guessed = [], {}
    for word in words:
        found, guess = _asked(word, known, lang)
        if found.tokens:
            asked.append(found)
        if guess:
            guessed[word.token] = guess
    return Understood(written, place, tuple(_with_phrases(asked, words, known, lang)), guessed)


def _asked(word: WordTerms, known: Vocabulary, lang: str) -> tuple[Asked, str]:
    """Return all that the word may stand for, and the word guessed in its place if it is in no document."""
    tokens: dict[str, float] = {}
    strongest = max((term.weight for term in word.terms), default=0.0)
    for term in word.terms:
        _add(tokens, token(term.text), term.weight / (strongest or 1.0))
        for meaning in known.synonyms[lang].get(token(term.text), ()):
            for text in meaning:
                _add(tokens, token(text), SYNONYM * term.weight / (strongest or 1.0))
    for other in LANGUAGES:
        if other != lang:
            for found in by_word(word.token, other):
                _add(tokens, token(found.terms[0].text) if found.terms else "", OTHER_LANGUAGE)
    guess = ""
    if not any(known.counts.get(candidate) for candidate in tokens):
        guess = next((found.word for found in known.suggester.suggest(word.token, 1)), "")
        if guess:
            _add(tokens, token(guess), GUESS)
            for found in by_word(guess, lang):
                for term in found.terms:
                    _add(tokens, token(term.text), GUESS * term.weight)
                    for meaning in known.synonyms[lang].get(token(term.text), ()):
                        for text in meaning:
                            _add(tokens, token(text), GUESS * SYNONYM)
    recognised = next((token for token in tokens if known.counts.get(token)), "")
    return Asked(word.token, tokens, min(strongest, 1.0), recognised), guess


def _with_phrases(asked: list[Asked], words: list[WordTerms], known: Vocabulary, lang: str) -> list[Asked]:
    """Let synonyms of two words ("langaton verkko") stand for both of them."""
    for first, second in zip(asked, asked[1:], strict=False):
        key = f"{next(iter(first.tokens), '')} {next(iter(second.tokens), '')}"
        for meaning in known.synonyms[lang].get(key, ()):
            for text in meaning:
                _add(first.tokens, token(text), SYNONYM)  # type: ignore[arg-type]
                _add(second.tokens, token(text), SYNONYM)  # type: ignore[arg-type]
    return asked


def _add(tokens: dict[str, float], found: str, weight: float) -> None:
    if found:
        tokens[found] = max(tokens.get(found, 0.0), weight)
