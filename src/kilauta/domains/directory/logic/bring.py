"""What to bring: a few things as ticks, then a sentence of one's own, kept as one text in each language.

The text begins with the things, a comma between them and a full stop after them; whatever does not begin so is
altogether a sentence.
"""

from collections.abc import Iterable, Mapping

from kilauta.lib.words import LANGUAGES, Words


def joined(things: Iterable[Words], sentence: Words) -> Words:
    """Return the text in each language: the things in all of them, the sentence where it is written."""
    ticked = list(things)
    texts = []
    for number in range(len(LANGUAGES)):
        listed = ", ".join(words[number] for words in ticked)
        first = f"{listed[:1].upper()}{listed[1:]}." if listed else ""
        texts.append(" ".join(filter(None, (first, sentence[number]))))
    return Words(*texts)


def parted(text: Words, known: Mapping[str, Words]) -> tuple[tuple[str, ...], Words]:
    """Return the codes of the things the text begins with, and the sentence after them."""
    codes: tuple[str, ...] = ()
    rests = []
    for number, written in enumerate(text):
        found, rest = _parted(written, {words[number].lower(): code for code, words in known.items()})
        codes = codes or found
        rests.append(rest)
    return codes, Words(*rests)


def _parted(text: str, known: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    first, stop, rest = text.partition(".")
    things = [thing.strip().lower() for thing in first.split(",")]
    if not stop or any(thing not in known for thing in things):
        return (), text
    return tuple(known[thing] for thing in things), rest.strip()
