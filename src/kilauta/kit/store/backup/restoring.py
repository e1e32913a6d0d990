"""Putting a backup back: into the database of the settings, whole or not at all, and brought up to date."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kilauta.kit import ports
from kilauta.kit.refusals import Refused
from kilauta.kit.store import editions

from . import archive, keeping, making
from .archive import UNFINISHED, Manifest
from .on_postgres import OnPostgres
from .on_sqlite import OnSqlite

# what says that the database itself, and not the disk or the key, keeps it from being backed up
PAST_SAVING = {"database-damaged", "backup-unsound"}


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; the backup of what was there before, or where that lies if it could not be read."""

    manifest: Manifest
    encrypted: bool
    older: bool  # than the program, so that migrations were run
    before: Path | None
    aside: Path | None


def restore(file: Path, *, data: Path, key: str, replace: bool, backups: Path, now: datetime) -> Restored:
    """Put the backup in the place of the database, bring it up to date, and let every port `restore` follow.

    Refuses a file with any fault, one of a newer version or another kind of database, and a database that holds
    rows unless `replace`; those are backed up into `backups` first. Files of the data folder stay as they are.
    """
    keeping.check_key(key)
    if not file.is_file():
        raise Refused("backup-missing", f"There is no file {file}.")
    with keeping.alone(data) as scratch:
        dump = scratch / "restored"
        manifest = archive.unpack(file, dump, key=key)
        database = keeping.database()
        older = _check(manifest, database)
        before, aside = _clear_the_way(
            database, replace=replace, backups=backups, scratch=scratch, key=key, now=now
        )
        connection.close()
        database.put_in(dump, manifest)
        _follow_up(now)
    return Restored(manifest, archive.is_sealed(file), older, before, aside)


def is_unfinished() -> bool:
    """Return whether a restore has landed and its follow-up was cut off; until it is done anew, serve nobody."""
    return UNFINISHED in connection.introspection.table_names()


def _check(manifest: Manifest, database: OnSqlite | OnPostgres) -> bool:
    """Refuse what this program cannot restore; return whether it is older than the program."""
    if manifest.database != database.vendor:
        raise Refused(
            "backup-other-database",
            f"This backup is of {manifest.database}, and the settings name {database.vendor}.",
        )
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = {old for each in found.values() for old in each.replaces}
    if not manifest.migrations <= {*found, *replaced}:
        raise Refused(
            "backup-newer",
            f"This backup was made by a newer version ({manifest.product}; this is {keeping.product()}). "
            "Install that version, and restore again.",
        )
    return not manifest.migrations >= set(found)


def _clear_the_way(
    database: OnSqlite | OnPostgres, *, replace: bool, backups: Path, scratch: Path, key: str, now: datetime
) -> tuple[Path | None, Path | None]:
    """Back up what is there, or set it aside where it cannot even be read."""
    try:
        empty = database.is_empty()
        if replace and not empty:
            return making.write(backups, scratch=scratch, key=key, now=now).path, None
    except Refused as refusal:
        if refusal.code not in PAST_SAVING:
            raise
        if not replace:
            raise Refused(refusal.code, f"{refusal} Add --replace to set it aside and restore.") from None
        return None, database.set_aside(f"damaged-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    if not empty:
        raise Refused(
            "database-not-empty",
            "The database holds data. Add --replace to put the backup in its place; it is backed up first.",
        )
    return None, None


def _follow_up(now: datetime) -> None:
    """Bring the database up to date, and do again what must not be undone by going back."""
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    for _label, module in ports.of("restore"):
        module.after_restore(now)
    editions.renew()  # no process may go on with what it has read before
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {UNFINISHED}")
