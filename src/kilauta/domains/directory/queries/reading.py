"""What every public page reads by: the catalogue of now, the network of the address, the reader's language."""

from dataclasses import dataclass
from datetime import datetime

from kilauta.domains.directory.logic.facts import NetworkFacts
from kilauta.domains.directory.logic.status import Clockwork
from kilauta.lib.zone import local

from .catalogue import Catalogue, catalogue


@dataclass(frozen=True, slots=True)
class Reading:
    catalogue: Catalogue
    network: NetworkFacts
    lang: str
    now: datetime
    clockwork: Clockwork


def reading(*, host: str, lang: str, now: datetime) -> Reading:
    """Return what a page at this host, in this language, at this instant is made from."""
    held = catalogue()
    return Reading(held, held.network_at(host), lang, now, Clockwork(now, local(now).date()))
