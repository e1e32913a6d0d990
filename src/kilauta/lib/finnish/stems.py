"""Snowball stems, and guesses at the base form of words no dictionary knows (brands, loans, slang)."""

import re
from itertools import chain
from threading import local

import snowballstemmer

_ALGORITHM = {"fi": "finnish", "sv": "swedish", "en": "english"}
_SHORTEST_BASE = 3
MOST_GUESSES = 5
CONSONANTS = "bcdfghjklmnpqrstvwxzš"

_CLITIC = re.compile(r"(?<=...)(?:kaan|kään|kin|han|hän|ko|kö)$")
_POSSESSIVE = re.compile(r"(?<=...)(?:mme|nne|nsa|nsä|ni)$")
_ENDINGS = (
    # Longest first; what stands in the group stays.
    re.compile(r"(.+?)(?:e?i|oi|öi)(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|hin|ta|tä|den|tten)$"),
    re.compile(r"(.+)(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|tta|ttä|ksi)$"),
    re.compile(r"(.+?)(?:seen|siin|ssaan)$"),
    re.compile(r"(.+([aeiouyäö]))(?:\2|h\2)n$"),  # Kivraan, wlaniin, Pivoon, suomi.fihin
    re.compile(r"(.+?)(?:ien|jen|eja|ejä)$"),
    re.compile(r"(.+[aeiouyäö])(?:na|nä|ta|tä)$"),
    re.compile(r"(.+[aeiouyäö])(?:a|ä|n|t)$"),
    re.compile(r"(.+[lnrs])(?:ta|tä)$"),
)
_ACTION = re.compile(
    r"(.{3,})mi(?:nen|sen|sta|stä|seen|sessa|sessä|sella|sellä|sesta|sestä|seksi|set|sia|siä|s)$",
)
_DEFINITE = re.compile(r"(?<=..)([^aeiouyåäö](?=et$)|[ao](?=[nt]$))(?:et|n|t)$")
_ENDING_IN_ET = frozenset({"internet", "ethernet", "paket", "bluetooth", "enhet"})

# The grade a name has in its base form, by how its inflected stem ends.
_STRONG = (
    ("joe", "joki"),
    ("mäe", "mäki"),
    ("vede", "vesi"),
    ("lahde", "lahti"),
    ("lamme", "lampi"),
    ("korve", "korpi"),
    ("selä", "selkä"),
    ("nieme", "niemi"),
    ("saare", "saari"),
    ("salme", "salmi"),
    ("järve", "järvi"),
    ("isi", "inen"),
    ("nga", "nka"),
    ("ngo", "nko"),
    ("ngi", "nki"),
    ("nna", "nta"),
    ("nno", "nto"),
    ("mmu", "mpu"),
    ("odo", "oto"),
    ("hdi", "hti"),
    ("nki", "nkki"),
    ("iti", "itti"),
)


class _Stemmers(local):
    """A stemmer keeps its word in itself: every thread has its own."""

    def __init__(self) -> None:
        self.by_lang: dict[str, snowballstemmer.basestemmer.BaseStemmer] = {}

    def take(self, lang: str) -> "snowballstemmer.basestemmer.BaseStemmer":
        if lang not in self.by_lang:
            self.by_lang[lang] = snowballstemmer.stemmer(_ALGORITHM[lang])
        return self.by_lang[lang]


_stemmers = _Stemmers()


def stem(word: str, lang: str) -> str:
    """Return the Snowball stem; the word itself in a language without a stemmer."""
    if lang not in _ALGORITHM:
        return word
    if lang == "fi" and (action := _ACTION.match(word)):
        # kirjautuminen goes with kirjautua
        word = action[1] + ("a" if re.search("[aou]", action[1]) else "ä")
    elif lang == "sv" and word not in _ENDING_IN_ET:  # Snowball leaves these: lösenordet, surfplattan, kontot
        word = _DEFINITE.sub(r"\1", word)
    return str(_stemmers.take(lang).stemWord(word))


def guesses(word: str) -> list[str]:
    """Return what an unknown Finnish word may be a form of, the likeliest first (whatsappissa → whatsapp)."""
    forms = [word]
    for suffix in (_CLITIC, _POSSESSIVE):
        forms += [bare for form in forms if (bare := suffix.sub("", form)) != form]
    bases: list[str] = []
    for form in reversed(forms):
        matches = (ending.match(form) for ending in _ENDINGS)
        bases += [base for match in matches if match for base in _bases(match[1])][:4]
    bases += chain.from_iterable(map(_bases, forms[1:]))
    return [base for base in dict.fromkeys(bases) if base != word][:MOST_GUESSES]


def _bases(base: str) -> list[str]:
    found = [base[: -len(weak)] + strong for weak, strong in _STRONG if base.endswith(weak)]
    found.append(base)
    # Names that end in a consonant take an i before the ending: Facebook, Facebookissa.
    if len(base) > _SHORTEST_BASE and base[-1] in "ie" and base[-2] in CONSONANTS:
        found.append(base[:-1])
    return [each for each in found if len(each) >= _SHORTEST_BASE]
