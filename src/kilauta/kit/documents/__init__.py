"""The house's one way to print.

A *document* is a PDF/UA-1 made by Typst from a packaged page (``pages/<template>.typ``) and plain data.
A *card* is one sheet for a fridge door: a *fridge* card lists the nearest help, a *service* card shows one
provider in large. A *leaflet* tells of one gathering, on a table or a notice board. A *slip* is one sheet to take
home from a desk. A *QR code* always has beside it, in words, its address or another way to the same.

Invariants: data reaches the page only as JSON, never as Typst source; the same data give the same bytes;
a card and a leaflet are one page, no text on them is under 16 pt, and what does not fit is left out and said to be
elsewhere.
"""

from kilauta.kit.documents.cards import Card, CardEntry, card_pdf
from kilauta.kit.documents.leaflets import Leaflet, LeafletTime, leaflet_pdf
from kilauta.kit.documents.printing import pdf
from kilauta.kit.documents.qr import qr_svg
from kilauta.kit.documents.slips import Slip, SlipPart, slip_pdf

__all__ = [
    "Card",
    "CardEntry",
    "Leaflet",
    "LeafletTime",
    "Slip",
    "SlipPart",
    "card_pdf",
    "leaflet_pdf",
    "pdf",
    "qr_svg",
    "slip_pdf",
]
