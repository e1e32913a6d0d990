"""What `kilauta backup` and `kilauta restore` do and say."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from kilauta.kit.accounts.models import Person
from kilauta.kit.search import index
from kilauta.kit.store.backup import keeping, making, restoring
from kilauta.site.reference import load_reference_data

# One a day, and an hour for one that takes long.
OLDEST = timedelta(hours=25)


def make(folder: Path | None, *, keep: int, now: datetime) -> Iterator[str]:
    """Back up, and say what came of it."""
    made = making.make(
        folder or settings.DATA / making.FOLDER,
        data=settings.DATA,
        key=settings.BACKUP_KEY,
        keep=keep,
        now=now,
    )
    yield f"{made.path}: {size(made.size)}, {len(made.manifest.tables)} tables, {made.manifest.rows} rows"
    yield "It was tried by restoring it, and is whole."
    if not made.encrypted:
        yield f"It is not encrypted. {HOW_TO_ENCRYPT}"
    if made.removed:
        yield f"Older backups removed: {len(made.removed)}"


def put_back(file: Path, *, replace: bool, now: datetime) -> Iterator[str]:
    """Restore, and say what came of it."""
    data = settings.DATA
    restored = restoring.restore(
        file, data=data, key=settings.BACKUP_KEY, replace=replace, backups=data / making.FOLDER, now=now
    )
    if restored.older:
        load_reference_data(actor=Person.objects.system(), now=now)
        index.rebuild()
    if restored.before:
        yield f"What was there before is in {restored.before}"
    if restored.aside:
        yield f"What was there before could not be read; it lies in {restored.aside}"
    manifest = restored.manifest
    yield f"Restored as it was at {instant(manifest.made_at)}: {len(manifest.tables)} tables, {manifest.rows} rows"
    if restored.older:
        yield f"The backup was made by an older version ({manifest.product}); it was brought up to date."
    yield "Erasures since then were repeated. Start the service."


HOW_TO_ENCRYPT = "Name a file with a key in KILAUTA_BACKUP_KEY_FILE."


def is_late(now: datetime) -> bool:
    """Return whether the last good backup is missing or older than a day."""
    last = keeping.last(settings.DATA)
    return last is None or now - last.made_at > OLDEST


def instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def size(count: int) -> str:
    """Say a number of bytes as people do."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"  # noqa: PLR2004 -- a billion
