"""The two cards that hang on a fridge door."""

import re
from dataclasses import asdict, dataclass
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext, pgettext

from kilauta.kit.documents.printing import legible, pdf
from kilauta.kit.documents.qr import bare_qr_svg
from kilauta.lib import finnish

WORDS = {"title", "subtitle", "network_name", "safety", "name", "what", "address", "note"}
LONG_WORD = re.compile(r"[^\W\d_]{20,}")
ACCENT = re.compile(r"#[0-9a-fA-F]{6}")
LONGEST_TEXT = 600  # more does not fit on any card
BLANK = re.compile(r"[ \t\r\n\f\v]+")
DIALLED = re.compile(r"\+?\d[\d \u00a0-]*")
NOT_DIALLED = re.compile(r"[^+\d]")


@dataclass(frozen=True, slots=True)
class CardEntry:
    """One that helps. Anything but the name may be empty."""

    name: str
    what: str
    phone: str
    address: str
    hours: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that stands on one card, in the words of its language."""

    kind: Literal["fridge", "service"]
    lang: str
    title: str
    subtitle: str
    network_name: str
    network_phone: str
    network_hours: str
    entries: tuple[CardEntry, ...]
    safety: str
    dated: str
    url: str
    size: Literal["a4", "a5"]
    accent: str

    def __post_init__(self) -> None:
        if not ACCENT.fullmatch(self.accent):
            raise ValueError(self.accent)


def card_pdf(card: Card) -> bytes:
    """Print the card on one page; entries that do not fit are left out from the end, and the card says so."""
    with translation.override(card.lang):
        words = _fixed_words(card)
    data = {
        **_tidy(asdict(card), card.lang),
        "entries": [
            {**_tidy(asdict(entry), card.lang), "dial": _dial(entry.phone)} for entry in card.entries
        ],
        "network_dial": _dial(card.network_phone),
        "shown_url": _shown(card.url),
        "qr": bare_qr_svg(card.url, title=words["qr"]),
        "words": words,
    }
    return pdf("card", data, lang=card.lang)


def _fixed_words(card: Card) -> dict[str, str]:
    shown = _shown(card.url)
    return {
        "call": pgettext("printed card", "Call"),
        "open": pgettext("printed card", "Open"),
        "where": pgettext("printed card", "Where"),
        "ask": gettext("Not sure whom to ring?") if card.kind == "fridge" else gettext("Ask us more"),
        "more": gettext("More: %(address)s") % {"address": shown},
        "qr": gettext("QR code that opens the address %(address)s") % {"address": shown},
    }


def _tidy(fields: dict[str, object], lang: str) -> dict[str, object]:
    """Lay every text on one line, mark where long compounds may part, drop empty lines of hours."""
    tidy: dict[str, object] = {}
    for name, value in fields.items():
        if isinstance(value, str):
            tidy[name] = _parted(_line(value), lang) if name in WORDS else _line(value)
        elif isinstance(value, tuple):
            lines = [_line(item) for item in value if isinstance(item, str)]
            tidy[name] = [line for line in lines if line]
    return tidy


def _line(text: str) -> str:
    return BLANK.sub(" ", legible(text[:LONGEST_TEXT])).strip()


def _parted(text: str, lang: str) -> str:
    """Ask the dictionary only about words that may not fit: it takes a second to load."""
    if lang != "fi":
        return text
    return LONG_WORD.sub(lambda word: finnish.hyphenate(word.group()), text)


def _dial(phone: str) -> str:
    """Return what a telephone dials for the number as it is printed, or nothing."""
    found = DIALLED.search(phone)
    return NOT_DIALLED.sub("", found.group()) if found else ""


def _shown(url: str) -> str:
    """Write the address as a person says it: browsers add the rest."""
    return url.removeprefix("https://").removesuffix("/")
