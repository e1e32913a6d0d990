import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from kilauta.domains.directory.choices import VALUES
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.folder import packaged
from kilauta.kit.exchange.loading import load_folder
from kilauta.kit.exchange.problems import Report
from kilauta.site.demo.events import bring_in_events
from kilauta.site.demo.feedback import bring_in_feedback
from kilauta.site.demo.guidance import bring_in_sessions
from kilauta.site.demo.offers import bring_in_offers
from kilauta.site.demo.own_words import bring_in_own_words
from kilauta.site.demo.personas import bring_in_personas
from kilauta.site.demo.requests import bring_in_requests

FOLDER = Path(__file__).parent
NETWORKS = ("kainuu", "kaakko")  # the second one leans on organisations of the first
MARK = "demo-loaded"


def load_demo(*, actor: Person, now: datetime) -> Report:
    """Bring both example networks in."""
    report = Report().join(load_folder(FOLDER / name, actor=actor, now=now) for name in NETWORKS)
    bring_in_personas(actor=actor, now=now)
    bring_in_own_words(actor=actor, now=now)
    bring_in_requests(actor=actor, now=now)
    bring_in_offers(actor=actor, now=now)
    bring_in_events(actor=actor, now=now)
    bring_in_sessions(now=now)
    bring_in_feedback(now=now)
    return report


def is_loaded(data: Path) -> bool:
    """Return whether the database holds the example networks as the package has them now."""
    mark = data / MARK
    held = Network.objects.filter(id__in=NETWORKS).count()
    return mark.exists() and mark.read_text() == fingerprint() and held == len(NETWORKS)


def remember(data: Path) -> None:
    """Say that what the package has now has been loaded."""
    (data / MARK).write_text(fingerprint())


def fingerprint() -> str:
    """Return a number that changes with the packaged tables."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in _tables())).hexdigest()


def _tables() -> Iterator[Path]:
    for name in NETWORKS:
        yield from sorted((FOLDER / name).glob("*.csv"))
    yield VALUES
    yield from (folder / table.file for table, folder in packaged())
