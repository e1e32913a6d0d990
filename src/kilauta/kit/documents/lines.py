"""Texts as a printed page takes them: on one line, divided where compounds meet, numbers as they are dialled."""

import re

from kilauta.kit.documents.printing import legible
from kilauta.lib import finnish

LONG_WORD = re.compile(r"[^\W\d_]{20,}")
LONGEST_TEXT = 600  # more does not fit on any sheet
BLANK = re.compile(r"[ \t\r\n\f\v]+")
DIALLED = re.compile(r"\+?\d[\d \u00a0-]*")
NOT_DIALLED = re.compile(r"[^+\d]")


def line(text: str) -> str:
    """Lay a text on one line, without what no font has a shape for."""
    return BLANK.sub(" ", legible(text[:LONGEST_TEXT])).strip()


def parted(text: str, lang: str) -> str:
    """Mark where long compounds may part. The dictionary takes a second to load: only long words are asked about."""
    if lang != "fi":
        return text
    return LONG_WORD.sub(lambda word: finnish.hyphenate(word.group()), text)


def dial(phone: str) -> str:
    """Return what a telephone dials for the number as it is printed, or nothing."""
    found = DIALLED.search(phone)
    return NOT_DIALLED.sub("", found.group()) if found else ""


def shown(url: str) -> str:
    """Write the address as a person says it: browsers add the rest."""
    return url.removeprefix("https://").removesuffix("/")
