"""Places by the names people use, also inflected and in the middle of a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from kilauta.domains.directory.logic.facts import NetworkFacts
from kilauta.domains.directory.queries import Catalogue
from kilauta.domains.finder.logic.need import Where
from kilauta.lib.finnish import WordLemmas, lemma_forms

ANYWHERE = "missa-vain"
LONGEST_NAME = 3

Key = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class PlaceName:
    forms: Key
    code: str


@dataclass(frozen=True)
class Gazetteer:
    """The municipalities and localities of one network by their first word's forms."""

    names: dict[str, tuple[PlaceName, ...]]

    def recognise(self, words: Sequence[WordLemmas]) -> tuple[str, range] | None:
        """Return the code of the first, longest place named, and which words named it."""
        for start in range(len(words)):
            for length in range(min(LONGEST_NAME, len(words) - start), 0, -1):
                code = self._named(words[start : start + length])
                if code:
                    return code, range(start, start + length)
        return None

    def _named(self, words: Sequence[WordLemmas]) -> str:
        for lemma in words[0].lemmas:
            for name in self.names.get(lemma, ()):
                if len(name.forms) == len(words) and all(
                    not forms.isdisjoint(word.lemmas) for forms, word in zip(name.forms, words, strict=True)
                ):
                    return name.code
        return ""


_held: dict[str, tuple[Catalogue, Gazetteer]] = {}


def gazetteer(catalogue: Catalogue, network: NetworkFacts) -> Gazetteer:
    """Return the names of the network's places, municipalities before the localities of the same name."""
    held = _held.get(network.id)
    if held is not None and held[0] is catalogue:
        return held[1]
    found: dict[str, list[PlaceName]] = {}
    named = [(m.code, m.name) for m in catalogue.municipalities.values() if m.code in network.municipalities]
    named += [
        (locality.id, locality.name)
        for locality in catalogue.localities.values()
        if locality.municipality in network.municipalities
    ]
    for code, name in named:
        for text in {part for part in name if part}:
            forms = tuple(frozenset(word.lemmas) for word in lemma_forms(text))
            for lemma in sorted(forms[0]) if forms else ():
                found.setdefault(lemma, []).append(PlaceName(forms, code))
    made = Gazetteer({lemma: tuple(names) for lemma, names in found.items()})
    _held[network.id] = (catalogue, made)
    return made


def where(catalogue: Catalogue, code: str) -> Where | None:
    """Return the place behind a code of an address ("290", "290-kuhmo", a locality's id); None if there is none."""
    if code in {"", ANYWHERE}:
        return Where()
    locality = catalogue.localities.get(code)
    if locality:
        return Where(code, locality.municipality, locality.point)
    municipality = catalogue.municipalities.get(code.split("-", 1)[0])
    if municipality:
        return Where(municipality.code, municipality.code, municipality.point)
    return None


def points(catalogue: Catalogue, network: NetworkFacts) -> list[tuple[str, float, float]]:
    """Return code, latitude and longitude of the network's places, for the browser to find the nearest by itself."""
    found = [
        (locality.id, locality.point.lat, locality.point.lon)
        for locality in catalogue.localities.values()
        if locality.municipality in network.municipalities
    ]
    found += [
        (m.code, m.point.lat, m.point.lon)
        for m in catalogue.municipalities.values()
        if m.point and m.code in network.municipalities
    ]
    return found
