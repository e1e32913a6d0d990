"""The ready texts of an event as its holders copy them: each for one outlet, in one language."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kilauta.domains.events.models import Event, Outlet
from kilauta.lib.words import LANGUAGES

from .texts import NEWSPAPER, texts_of


@dataclass(frozen=True, slots=True)
class Block:
    title: str
    outlet: str
    lang: str
    text: str


def blocks_of(event: Event, *, now: datetime) -> list[Block]:
    """Return the texts in every language the event has words in; newspapers by the letters each of them takes."""
    papers = Outlet.objects.filter(network=event.network_id, kind="newspaper", retired_on=None)
    limits = [(str(each.name_fi), each.letters or NEWSPAPER) for each in papers.order_by("name_fi", "pk")]
    made = []
    for lang in LANGUAGES:
        if not getattr(event, f"name_{lang}"):
            continue
        texts = texts_of(event, lang, now=now)
        told = [
            (_("Newspaper"), name, texts_of(event, lang, now=now, letters=letters).newspaper)
            for name, letters in limits or [("", NEWSPAPER)]
        ]
        told += [
            (_("Social media"), "", texts.social),
            (_("Mail"), "", f"{texts.subject}\n\n{texts.mail}"),
            (_("Press notice"), "", texts.press),
        ]
        made += [Block(title, outlet, lang, text) for title, outlet, text in told]
    return made
