"""The slip one takes home from a desk: when and where, what to take along, and how to say that one cannot come."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext

from kilauta.kit.documents.printing import pdf
from kilauta.kit.documents.qr import bare_qr_svg


@dataclass(frozen=True, slots=True)
class SlipPart:
    """A heading, and lines under it; large ones are to be typed or read aloud."""

    heading: str
    lines: tuple[str, ...]
    large: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """All that stands on one slip, in the words of its language. `url` is opened by the QR code and shown nowhere."""

    lang: str
    title: str
    headline: str
    parts: tuple[SlipPart, ...]
    url: str
    beside_code: str
    foot: str


def slip_pdf(slip: Slip) -> bytes:
    """Print the slip on A5, on as few pages as it takes."""
    with translation.override(slip.lang):
        code = bare_qr_svg(slip.url, title=gettext("QR code"))
        words = {"qr": gettext("QR code")}
    data = {
        "title": slip.title,
        "headline": slip.headline,
        "parts": [
            {"heading": each.heading, "lines": [line for line in each.lines if line], "large": each.large}
            for each in slip.parts
            if any(each.lines)
        ],
        "qr": code,
        "beside": slip.beside_code,
        "foot": slip.foot,
        "words": words,
    }
    return pdf("slip", data, lang=slip.lang)
