"""Making a backup: dump, file, and the trial that shows it can be restored, before it gets its name."""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kilauta.kit.refusals import Refused

from . import archive, keeping
from .archive import Manifest
from .keeping import Last

NAME = re.compile(r"kilauta-\d{8}T\d{6}Z\.backup")
DRAFT = ".part"
FOLDER = "backups"  # in the data folder, unless another is named
KEEP = 35  # with one a day: five weeks


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was tried by restoring it, and the older ones that went for it."""

    path: Path
    manifest: Manifest
    size: int  # bytes
    encrypted: bool
    removed: tuple[Path, ...]


def make(folder: Path, *, data: Path, key: str, keep: int, now: datetime) -> Made:
    """Back up the database into one file in the folder while others write, and try it by restoring.

    A backup that does not stand the trial is deleted and refused. Of the backups in the folder the `keep` newest stay.
    """
    keeping.check_key(key)
    with keeping.alone(data) as scratch:
        made = write(folder, scratch=scratch, key=key, now=now)
        keeping.remember(data, Last(now, str(made.path), made.size, made.encrypted))
        removed = _remove_old(folder, keep)
    return Made(made.path, made.manifest, made.size, made.encrypted, removed)


def write(folder: Path, *, scratch: Path, key: str, now: datetime) -> Made:
    """Write one backup and try it; the caller has made sure to be alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob(f"kilauta-*.backup{DRAFT}"):  # by one that was killed
        left.unlink()
    path = folder.absolute() / f"kilauta-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.backup"
    if path.exists():
        raise Refused("backup-exists", f"There is a backup {path} already.")
    draft, dump = path.with_name(path.name + DRAFT), scratch / archive.DUMP
    try:
        manifest = _dump(dump, now)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            archive.pack(file, dump, manifest, key=key)
            file.flush()
            keeping.sync(file.fileno())
        dump.unlink()
        _try_out(draft, dump, manifest, key)
        keeping.put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)
        dump.unlink(missing_ok=True)
    return Made(path, manifest, path.stat().st_size, bool(key), ())


def _dump(dump: Path, now: datetime) -> Manifest:
    database = keeping.database()
    tables, migrations = database.take(dump)
    return Manifest(
        made_at=now,
        product=keeping.product(),
        database=database.vendor,
        schema=database.schema,
        migrations=migrations,
        tables=tables,
        size=dump.stat().st_size,
        sha256=archive.sum_of(dump),
    )


def _try_out(draft: Path, dump: Path, manifest: Manifest, key: str) -> None:
    """Read the file back from the disk and restore it into a scratch place."""
    if archive.unpack(draft, dump, key=key) != manifest:
        raise Refused("backup-unsound", "The backup does not say of itself what was written.")
    keeping.database().try_out(dump, manifest)


def _remove_old(folder: Path, keep: int) -> tuple[Path, ...]:
    held = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    old = tuple(held[:-keep])
    for path in old:
        path.unlink()
    return old
