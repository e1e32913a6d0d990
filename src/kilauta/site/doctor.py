"""What `kilauta doctor` looks at: everything that keeps the service from starting, and what would hurt later."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max

from kilauta.domains.directory.models import Channel, Organisation, Service
from kilauta.kit.audit.models import Change
from kilauta.kit.search import index
from kilauta.kit.store import health
from kilauta.kit.store.backup import keeping
from kilauta.kit.store.health import Finding
from kilauta.site import backup, start

EARLIEST = datetime(2026, 11, 22, tzinfo=UTC)  # the program did not exist before
LATEST = EARLIEST + timedelta(days=365 * 30)
SKEW = timedelta(minutes=5)  # two machines of one database may differ so much
FEW = 3


def findings(now: datetime) -> Iterator[Finding]:
    """Look at everything; never fails, whatever state the installation is in."""
    obstacles = start.obstacles()
    yield from (Finding(False, sentence.removesuffix(".")) for sentence in obstacles)
    if not obstacles:
        yield Finding(True, "the service may be started: settings, data folder, migrations")
    yield from _disk()
    yield from _backups(now)
    try:
        yield from health.findings()
        yield from _clock(now)
        yield from _directory()
    except DatabaseError as error:
        yield Finding(False, f"the database cannot be read: {error}".strip())


def _disk() -> Iterator[Finding]:
    if settings.DATA.is_dir():
        yield Finding(
            True, f"free on the disk of {settings.DATA}: {backup.size(shutil.disk_usage(settings.DATA).free)}"
        )


def _backups(now: datetime) -> Iterator[Finding]:
    last = keeping.last(settings.DATA)
    if last is None:
        yield Finding(False, "there is no backup; run: kilauta backup")
        return
    is_late = backup.is_late(now)
    when = backup.instant(last.made_at)
    yield Finding(
        not is_late, f"the last good backup is of {when}" + ("; run: kilauta backup" if is_late else "")
    )
    if not last.encrypted:
        yield Finding(False, f"the last backup is not encrypted. {backup.HOW_TO_ENCRYPT}".removesuffix("."))


def _clock(now: datetime) -> Iterator[Finding]:
    """The clock must not stand before what has been written by it."""
    written = [
        MigrationRecorder.Migration.objects.aggregate(at=Max("applied"))["at"],
        Change.objects.aggregate(at=Max("at"))["at"],
    ]
    newest = max((at for at in written if at), default=EARLIEST)
    is_good = max(EARLIEST, newest - SKEW) <= now < LATEST
    told = f"the clock says {backup.instant(now)}"
    yield Finding(
        is_good, told if is_good else f"{told}, and something was written at {backup.instant(newest)}"
    )


def _directory() -> Iterator[Finding]:
    counts = {
        "organisations": Organisation.objects.filter(state="published").count(),
        "services": Service.objects.filter(state="published").count(),
        "channels": Channel.objects.filter(service__state="published").count(),
    }
    yield Finding(True, "published: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    faults = sorted(index.faults())
    if faults:
        some = "; ".join(faults[:FEW]) + (" …" if len(faults) > FEW else "")
        yield Finding(
            False, f"the search index is wrong in {len(faults)} places ({some}); run: kilauta reindex"
        )
    else:
        yield Finding(True, "the search index is right")
