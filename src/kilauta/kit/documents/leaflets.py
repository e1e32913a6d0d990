"""What is taken along or hangs on a notice board of one gathering: a leaflet, or a poster."""

from dataclasses import dataclass
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext

from kilauta.kit.documents.lines import dial, line, parted, shown
from kilauta.kit.documents.printing import pdf
from kilauta.kit.documents.qr import bare_qr_svg

MOST_TIMES = 8
WORDS = ("title", "notice", "summary", "place", "street", "directions", "ask", "organisers")


@dataclass(frozen=True, slots=True)
class LeafletTime:
    """One time in words. `note` says what became of it: cancelled, a new time; `gone`: nobody should come then."""

    words: str
    note: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Leaflet:
    """All that stands on it, in the words of its language. Anything but the title and the address may be empty.

    `url` is opened by the QR code and printed below it: it leads to what is so when somebody reads the paper.
    """

    lang: str
    size: Literal["a5", "a4", "a3"]
    title: str
    url: str
    notice: str = ""
    summary: str = ""
    times: tuple[LeafletTime, ...] = ()
    # there are more of them than these
    is_cut: bool = False
    place: str = ""
    street: str = ""
    directions: str = ""
    facts: tuple[str, ...] = ()
    ask: str = ""
    phone: str = ""
    organisers: str = ""
    accent: str = "#0B4A6F"


def leaflet_pdf(leaflet: Leaflet) -> bytes:
    """Print the leaflet on one page, as large as it fits; nothing on it is under 16 pt.

    Times that do not fit are left out from the end, and the page says that there are others.
    """
    address = shown(leaflet.url)
    with translation.override(leaflet.lang):
        words = {
            "others": gettext("and other times"),
            "state": gettext("See that it is still so:"),
            "qr": gettext("QR code that opens the address %(address)s") % {"address": address},
        }

    def said(text: str) -> str:
        return parted(line(text), leaflet.lang)

    data = {
        "size": leaflet.size,
        "accent": leaflet.accent,
        **{name: said(getattr(leaflet, name)) for name in WORDS},
        "times": [
            {"words": said(each.words), "note": said(each.note), "gone": each.gone}
            for each in leaflet.times[:MOST_TIMES]
        ],
        "cut": leaflet.is_cut or len(leaflet.times) > MOST_TIMES,
        "facts": [said(fact) for fact in leaflet.facts if fact],
        "phone": line(leaflet.phone),
        "dial": dial(leaflet.phone),
        "url": leaflet.url,
        "shown_url": address,
        "qr": bare_qr_svg(leaflet.url, title=words["qr"]),
        "words": words,
    }
    return pdf("leaflet", data, lang=leaflet.lang)
