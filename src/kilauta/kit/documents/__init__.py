"""The house's one way to print.

A *document* is a PDF/UA-1 made by Typst from a packaged page (``pages/<template>.typ``) and plain data.
A *card* is one sheet for a fridge door: a *fridge* card lists the nearest help, a *service* card shows one
provider in large. A *QR code* always has its address in words beside it.

Invariants: data reaches the page only as JSON, never as Typst source; the same data give the same bytes;
a card is one page, no text on it is under 16 pt, and what does not fit is left out and said to be elsewhere.
"""

from kilauta.kit.documents.cards import Card, CardEntry, card_pdf
from kilauta.kit.documents.printing import pdf
from kilauta.kit.documents.qr import qr_svg

__all__ = ["Card", "CardEntry", "card_pdf", "pdf", "qr_svg"]
