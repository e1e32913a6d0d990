"""Words as meant: the terms a text is indexed and searched by, in Finnish, Swedish and English.

- *term*: letters and digits that stand for a word in every form it takes: its base form (`word`), a part of a
  compound (`part`), the verb behind a noun or the likely base of a brand name (`stem`), or three letters of a
  word (`trigram`, only without a dictionary; they begin with x3). Its weight says how much it tells.
- *engine*: where Finnish inflection is known from; see `engines`. It loads on first use, once in a process:
  call `backend()` before forking, so that the dictionary is shared.
- Index and query must have met the same engine: keep `backend()` beside an index.
- Terms keep å, ä and ö apart from a and o: the index must not fold them (FTS5: `remove_diacritics 0`).
- No text is kept, only single words, in a bounded cache.
"""

import os
from functools import cache
from threading import Lock
from typing import Final

from kilauta.lib.finnish.analyser import Analyser, Term, TermKind, WordLemmas, WordTerms
from kilauta.lib.finnish.engines import EngineName, load

__all__ = [
    "Term",
    "TermKind",
    "WordLemmas",
    "WordTerms",
    "analyse",
    "backend",
    "by_word",
    "hyphenate",
    "lemma_forms",
]

_loading: Final = Lock()


def analyse(text: str, lang: str) -> list[Term]:
    """Return the terms of a text, each once with its greatest weight, in the order met."""
    return _analyser().analyse(text, lang)


def by_word(text: str, lang: str) -> list[WordTerms]:
    """Return the terms of a text word by word, for a query in which every word should be met somehow."""
    return _analyser().by_word(text, lang)


def lemma_forms(text: str) -> list[WordLemmas]:
    """Return for every word what it may be a form of, in Finnish or Swedish, to look places up by.

    Ask the same of the names in the gazetteer: a place is meant where every word of its name shares a form.
    """
    return _analyser().lemma_forms(text)


def hyphenate(text: str) -> str:
    """Put soft hyphens where the parts of long Finnish compounds meet; never in addresses or numbers."""
    return _analyser().hyphenate(text)


def backend() -> EngineName:
    """Name the engine in use, loading it if need be."""
    return _analyser().engine.name


def _analyser() -> Analyser:
    with _loading:
        return _shared()


@cache
def _shared() -> Analyser:
    return Analyser(load(os.environ.get("KILAUTA_ANALYSER", "")))
