"""What a query means: its place, its words with all they may stand for, and what was probably mistyped."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kilauta.domains.directory.logic.facts import NetworkFacts
from kilauta.domains.directory.queries import Catalogue
from kilauta.domains.finder.logic.text import (
    LIGHT,
    LIGHT_WEIGHT,
    SURE,
    TELLING,
    Asked,
    Name,
    Tokens,
    best,
    rarity,
    scaled,
)
from kilauta.domains.finder.models import Synonym
from kilauta.kit.search.guessing import Guesser
from kilauta.kit.search.models import SearchDocument, SearchTerm
from kilauta.kit.search.tokens import inside, is_scope, token
from kilauta.lib.finnish import Term, WordLemmas, WordTerms, by_word, lemma_forms
from kilauta.lib.finnish.stems import stem
from kilauta.lib.finnish.wordlists import WEIGHTS
from kilauta.lib.words import LANGUAGES, Words

from .gazetteer import gazetteer, where

LONGEST_QUERY = 100
# What a synonym, a guess at a misspelling, and the same word read in another language are worth beside the word itself.
SYNONYM, GUESS, OTHER_LANGUAGE = 0.9, 0.7, 0.8
# What the parts of a compound are worth when the whole is a word of ours, and when it is not.
PART_OF_KNOWN, PART_OF_UNKNOWN = 0.4, 0.8
# What a word is worth as a part of a longer one of ours (pankki, verkkopankki).
INSIDE = 0.6
# Of a synonym of several words (langaton verkko), what those that say less are worth beside the one that says most.
REST_OF_PHRASE = 0.4
# What a word of such a phrase is worth by itself.
BESIDE_PHRASE = 0.5
# Below this a word says nothing at all.
HOLLOW = 0.1
# A place in the words draws what has its name a little.
PLACE_NAMED, REGION_NAMED = 0.3, 0.15
LONGEST_PHRASE = 3
# In a name of ours these join what can be meant each by itself: "Pankki, maksut ja verkko-ostokset".
JOINTS = {"fi": (" ja ", " tai "), "sv": (" och ", " eller "), "en": (" and ", " or ")}
# A Finnish word takes one of these and is still read as itself.
ENDINGS = ("n", "ta", "tä")

Meanings = dict[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the index, and which ones people could have meant; the names of topics and e-services."""

    documents: int
    counts: dict[str, int]
    guesser: Guesser
    synonyms: dict[str, Meanings]
    said_for: dict[str, Guesser]
    names: dict[str, tuple[Name, ...]]

    def rarity(self, tokens: Iterable[str]) -> dict[str, float]:
        return {token: rarity(self.documents, self.counts.get(token, 0)) for token in tokens}

    def has(self, tokens: Tokens) -> bool:
        """Return whether the index has one of the tokens that surely stand for the word, if only in longer words."""
        return any(
            weight >= SURE and (self.counts.get(text) or self.counts.get(inside(text)))
            for text, weight in tokens.items()
        )


@dataclass(frozen=True, slots=True)
class Understood:
    """A query taken apart. `place` is a code of the gazetteer; `guessed` the words read instead of mistyped ones."""

    written: str
    place: str = ""
    asked: tuple[Asked, ...] = ()
    guessed: dict[str, str] = field(default_factory=dict)
    # The name of the place as words: what has it comes before what only serves it.
    local: tuple[Asked, ...] = ()

    @property
    def telling(self) -> tuple[Asked, ...]:
        """The words that decide; all of them when none says much."""
        return tuple(word for word in self.asked if word.weight >= TELLING) or self.asked

    @property
    def speaking(self) -> tuple[Asked, ...]:
        """The words that say anything at all, for when those that decide are none of ours."""
        return tuple(word for word in self.asked if word.weight >= HOLLOW)


_held: dict[str, tuple[Catalogue, Vocabulary]] = {}
_places: dict[str, tuple[Catalogue, Guesser]] = {}


def vocabulary(catalogue: Catalogue) -> Vocabulary:
    """Return the vocabulary of this edition."""
    held = _held.get("")
    if held is not None and held[0] is catalogue:
        return held[1]
    terms = SearchTerm.objects.values_list("term", "documents", "is_word")
    rows = [row for row in terms if not is_scope(row[0])]
    synonyms = _synonyms()
    made = Vocabulary(
        documents=SearchDocument.objects.count(),
        counts={term: documents for term, documents, _word in rows},
        guesser=Guesser((term, documents) for term, documents, is_word in rows if is_word),
        synonyms=synonyms,
        said_for={
            language: Guesser((word, 1) for word in meanings if " " not in word)
            for language, meanings in synonyms.items()
        },
        names=_by_token(_names(catalogue)),
    )
    _held[""] = (catalogue, made)
    return made


def _synonyms() -> dict[str, Meanings]:
    """For each language and token, the meanings as tuples of tokens that stand for one word each."""
    found: dict[str, Meanings] = {language: {} for language in LANGUAGES}
    for row in Synonym.objects.order_by("id"):
        keys = [word.terms[0].text for word in by_word(row.word, row.lang) if word.terms]
        meanings = tuple(
            tuple(token(term.text) for word in by_word(meaning, row.lang) for term in word.terms[:1])
            for meaning in row.means.split(";")
            if meaning.strip()
        )
        if keys:
            key = " ".join(token(text) for text in keys)
            found[row.lang][key] = found[row.lang].get(key, ()) + meanings
    return found


def _names(catalogue: Catalogue) -> Iterator[Name]:
    for eservice in catalogue.eservices.values():
        for lang, name, listed in zip(LANGUAGES, eservice.name, eservice.words, strict=True):
            yield from _name("eservice", eservice.id, lang, name, own=True)
            for word in listed.split(";"):
                yield from _name("eservice", eservice.id, lang, word, own=False)
    for topic in catalogue.topics.values():
        for lang, name, listed in zip(LANGUAGES, topic.name, topic.examples, strict=True):
            for joint in JOINTS[lang]:
                name = name.replace(joint, ",")  # noqa: PLW2901 -- the same name, cut further
            for part in name.split(","):
                yield from _name("topic", topic.code, lang, part, own=True)
            for word in listed.split(";"):
                yield from _name("topic", topic.code, lang, word, own=False)


def _name(kind: str, key: str, lang: str, text: str, *, own: bool) -> Iterator[Name]:
    words = [word for word in by_word(text, lang) if _weight(word, lang) >= HOLLOW]
    if any(_weight(word, lang) >= TELLING for word in words):
        met = (
            frozenset(text for text, share in _itself(word, lang).items() if share >= SURE) for word in words
        )
        yield Name(kind, key, tuple(met), own)


def _by_token(names: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    found: dict[str, list[Name]] = {}
    for name in names:
        for text in frozenset().union(*name.words):
            found.setdefault(text, []).append(name)
    return {text: tuple(listed) for text, listed in found.items()}


# Queries


def understand(catalogue: Catalogue, network: NetworkFacts, text: str, lang: str) -> Understood:
    """Take the query apart: the place it names, then its words."""
    written = " ".join(text.split())[:LONGEST_QUERY]
    known = vocabulary(catalogue)
    words, lemmas = by_word(written, lang), lemma_forms(written)
    recognised = gazetteer(catalogue, network).recognise(lemmas)
    if not recognised:
        lemmas = _as_places(catalogue, network, known, lemmas)
        recognised = gazetteer(catalogue, network).recognise(lemmas)
    place = ""
    if recognised:
        place, span = recognised
        named = {lemmas[number].token for number in span}
        words = [word for word in words if word.token not in named]
    asked: list[Asked] = []
    guessed: dict[str, str] = {}
    phrases = _phrases(words, known, lang)
    for number, word in enumerate(words):
        found, guess = _meant(word, known, lang, phrases.get(number, {}))
        asked += found
        if guess:
            guessed[word.token] = guess
    if written and not asked and not place:
        asked.append(Asked(written, {}))  # nothing that could be a word is nothing that could be found
    return Understood(written, place, tuple(asked), guessed, _place_words(catalogue, known, place))


def _meant(word: WordTerms, known: Vocabulary, lang: str, phrase: Tokens) -> tuple[list[Asked], str]:
    """Return all that the word may stand for, and the word guessed in its place if it is none of ours."""
    own = best(_with_synonyms(_itself(word, lang), known, lang), _elsewhere(word, known, lang))
    # What two words mean together counts before what each means alone.
    tokens = best(phrase, scaled(own, BESIDE_PHRASE if phrase else 1.0))
    weight = _weight(word, lang)
    if weight < TELLING or known.has(tokens):
        parts = _with_synonyms(_parts(word, lang), known, lang) if known.has(tokens) else {}
        return [_asked(word.token, best(tokens, scaled(parts, PART_OF_KNOWN)), weight, known)], ""
    split = _split(word, known, lang)
    guess = _guess(word, known, lang, whole=bool(split))
    if guess:
        for read in by_word(guess, lang)[:1]:
            meant = _with_synonyms(_itself(read, lang), known, lang)
            parts = scaled(_with_synonyms(_parts(read, lang), known, lang), PART_OF_KNOWN)
            tokens = best(tokens, scaled(best(meant, parts, {token(guess): 1.0}), GUESS))
            weight = min(weight, _weight(read, lang))
        return [_asked(word.token, tokens, weight, known)], guess
    return split or [_asked(word.token, tokens, weight, known)], ""


def _asked(written: str, tokens: Tokens, weight: float, known: Vocabulary) -> Asked:
    recognised = next((text for text in tokens if known.counts.get(text)), "")
    sure = [(share, text) for text, share in tokens.items() if share >= SURE and known.counts.get(text)]
    own = [text for share, text in sure if share == max(sure)[0]]
    limit = {"rarest": min(known.rarity(own).values())} if own else {}
    within = {inside(text): share * INSIDE for text, share in tokens.items()}
    met = {text: share for text, share in (*within.items(), *tokens.items()) if known.counts.get(text)}
    return Asked(written, met or tokens, min(weight, 1.0), recognised, **limit)


def _split(word: WordTerms, known: Vocabulary, lang: str) -> list[Asked]:
    """Return the parts of a compound that is none of our words, each asked for by itself, the longest that we know."""
    texts = [term.text for term in word.terms if term.kind == "part"]
    found: list[Asked] = []
    for text in sorted(texts, key=lambda each: (-len(each), each)):
        if any(text in longer.written for longer in found):
            continue
        for part in by_word(text, lang)[:1]:
            tokens = best(
                _with_synonyms(_itself(part, lang), known, lang),
                scaled(_parts(part, lang), PART_OF_KNOWN),
            )
            if known.has(tokens):
                found.append(_asked(text, tokens, _weight(part, lang) * PART_OF_UNKNOWN, known))
    return found


def _guess(word: WordTerms, known: Vocabulary, lang: str, *, whole: bool) -> str:
    """Return the word of ours that was meant perhaps; none for words that are right but not ours.

    `whole` says that all of it can be read as a compound of our words: then only one letter may be wrong.
    """
    if lang == "fi" and _in_dictionary(word) and not _parts(word, lang):
        return ""
    near = []
    for guesser in (known.said_for[lang], known.guesser):
        for found, distance in guesser.mistyped(word.token):
            ours = lang != "fi" or all(map(_in_dictionary, by_word(found, lang)))
            if distance <= (1 if whole or not ours else distance):
                near.append((round(distance), not ours, -known.counts.get(found, 0), found))
    if near:
        return min(near)[-1]
    if whole:
        return ""
    said_for = known.said_for[lang]
    bases = [token(text) for text in _itself(word, lang)]
    heard = (guesser.heard(text) for text in bases for guesser in (said_for, known.guesser))
    return next(filter(None, heard), "") or known.guesser.beginning(token(word.token))


def _in_dictionary(word: WordTerms) -> bool:
    """Return whether the Finnish dictionary has the word: one that it lacks has no base form, only its stem."""
    written = token(word.token)
    if any(term.kind == "word" and term.text != written for term in word.terms):
        return True
    base = stem(written, "fi")
    if base != written:
        return all(term.text != base for term in word.terms)
    inflected = [read for ending in ENDINGS for read in by_word(word.token + ending, "fi")]
    return any(term.kind == "word" and term.text == written for read in inflected for term in read.terms)


# Tokens of a word


def _itself(word: WordTerms, lang: str) -> Tokens:
    """Return the base forms of the word and its verb, as tokens with their shares of it."""
    return _shares(_read(word, lang), {"word", "stem"})


def _parts(word: WordTerms, lang: str) -> Tokens:
    return _shares(_read(word, lang), {"part"})


def _shares(terms: Sequence[Term], kinds: set[str]) -> Tokens:
    strongest = max((term.weight for term in terms), default=0.0) or 1.0
    return best({}, *({token(term.text): term.weight / strongest} for term in terms if term.kind in kinds))


def _weight(word: WordTerms, lang: str) -> float:
    read = _read(word, lang)
    light = any(term.kind == "word" and term.text in LIGHT[lang] for term in read)
    return max((term.weight for term in read), default=0.0) * (LIGHT_WEIGHT if light else 1.0)


def _read(word: WordTerms, lang: str) -> Sequence[Term]:
    """Return the terms of a word; of one that may be read as one that says little ("tuki", "toimi"), only those."""
    weak = [term for term in word.terms if term.kind == "word" and term.text in WEIGHTS[lang]]
    return weak or word.terms


def _with_synonyms(tokens: Tokens, known: Vocabulary, lang: str) -> Tokens:
    """Add what the tokens mean; of a meaning that is no word of the index itself, what that means."""
    meanings = known.synonyms[lang]
    found = dict(tokens)
    for text, share in tokens.items():
        for meaning in meanings.get(text, ()):
            found = best(found, scaled(_phrase(meaning, known), share))
            if len(meaning) == 1 and not known.counts.get(meaning[0]):
                further = (_phrase(each, known) for each in meanings.get(meaning[0], ()))
                found = best(found, *(scaled(each, share * SYNONYM) for each in further))
    return found


def _phrase(meaning: Sequence[str], known: Vocabulary) -> Tokens:
    """Return the tokens of a synonym: of several words the rarest stands for it, the others say little."""
    seldom = min(meaning, key=lambda text: (known.counts.get(text, 0), text), default="")
    return {text: SYNONYM if text == seldom else SYNONYM * REST_OF_PHRASE for text in meaning}


def _phrases(words: Sequence[WordTerms], known: Vocabulary, lang: str) -> dict[int, Tokens]:
    """For each word by its number, what a synonym of several words ("langaton verkko") lets it stand for."""
    found: dict[int, Tokens] = {}
    keys = [token(word.terms[0].text) for word in words]
    for length in range(2, LONGEST_PHRASE + 1):
        for start in range(len(keys) - length + 1):
            for meaning in known.synonyms[lang].get(" ".join(keys[start : start + length]), ()):
                for number in range(start, start + length):
                    found[number] = best(found.get(number, {}), _phrase(meaning, known))
    return found


def _elsewhere(word: WordTerms, known: Vocabulary, lang: str) -> Tokens:
    """Return what the word may be in the other languages; a Finnish word that is in the dictionary is Finnish."""
    if lang == "fi" and _in_dictionary(word):
        return {}
    found: Tokens = {}
    for other in LANGUAGES:
        for read in by_word(word.token, other)[:1]:
            if other == lang or (other == "fi" and not _in_dictionary(read)):
                continue
            found = best(found, _with_synonyms(_itself(read, other), known, other))
    return scaled(found, OTHER_LANGUAGE)


# Places


def _as_places(
    catalogue: Catalogue, network: NetworkFacts, known: Vocabulary, lemmas: Sequence[WordLemmas]
) -> list[WordLemmas]:
    """Return the words, unknown ones with the names of places they are nearly (suomusalmella)."""
    held = _places.get(network.id)
    if held is None or held[0] is not catalogue:
        names = gazetteer(catalogue, network).names
        held = _places[network.id] = (catalogue, Guesser((name, 1) for name in names))
    return [
        word if any(known.counts.get(token(lemma)) for lemma in word.lemmas) else _as_place(word, held[1])
        for word in lemmas
    ]


def _as_place(word: WordLemmas, names: Guesser) -> WordLemmas:
    near = [found for lemma in word.lemmas for found, distance in names.mistyped(lemma) if distance <= 1]
    return WordLemmas(word.token, (*word.lemmas, *near))


def _place_words(catalogue: Catalogue, known: Vocabulary, place: str) -> tuple[Asked, ...]:
    spot = where(catalogue, place)
    if not place or spot is None:
        return ()
    municipality = catalogue.municipalities[spot.municipality].name
    locality = catalogue.localities.get(place)
    named = (
        [(locality.name, PLACE_NAMED), (municipality, REGION_NAMED)]
        if locality
        else [(municipality, PLACE_NAMED)]
    )
    return tuple(_asked(place, _name_tokens(name), weight, known) for name, weight in named)


def _name_tokens(name: Words) -> Tokens:
    named = zip(LANGUAGES, name, strict=True)
    return best({}, *(_itself(word, lang) for lang, text in named for word in by_word(text, lang)))
