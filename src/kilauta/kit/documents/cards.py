"""The two cards that hang on a fridge door."""

import re
from dataclasses import asdict, dataclass
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext, pgettext

from kilauta.kit.documents.lines import dial, line, parted, shown
from kilauta.kit.documents.printing import pdf
from kilauta.kit.documents.qr import bare_qr_svg

WORDS = {"title", "subtitle", "network_name", "safety", "name", "what", "address", "note"}
ACCENT = re.compile(r"#[0-9a-fA-F]{6}")


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
        "entries": [{**_tidy(asdict(entry), card.lang), "dial": dial(entry.phone)} for entry in card.entries],
        "network_dial": dial(card.network_phone),
        "shown_url": shown(card.url),
        "qr": bare_qr_svg(card.url, title=words["qr"]),
        "words": words,
    }
    return pdf("card", data, lang=card.lang)


def _fixed_words(card: Card) -> dict[str, str]:
    address = shown(card.url)
    return {
        "call": pgettext("printed card", "Call"),
        "open": pgettext("printed card", "Open"),
        "where": pgettext("printed card", "Where"),
        "ask": gettext("Not sure whom to ring?") if card.kind == "fridge" else gettext("Ask us more"),
        "more": gettext("More: %(address)s") % {"address": address},
        "qr": gettext("QR code that opens the address %(address)s") % {"address": address},
    }


def _tidy(fields: dict[str, object], lang: str) -> dict[str, object]:
    """Lay every text on one line, mark where long compounds may part, drop empty lines of hours."""
    tidy: dict[str, object] = {}
    for name, value in fields.items():
        if isinstance(value, str):
            tidy[name] = parted(line(value), lang) if name in WORDS else line(value)
        elif isinstance(value, tuple):
            lines = [line(item) for item in value if isinstance(item, str)]
            tidy[name] = [each for each in lines if each]
    return tidy
