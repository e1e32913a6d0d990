"""Dump and restore of SQLite: whole pages, read in one transaction and written in one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kilauta.kit.refusals import Refused
from kilauta.kit.store.sqlite import INIT_COMMAND

from .archive import MARK, Manifest
from .weights import Weights, compare, weigh

TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
    "AND (name = 'sqlite_sequence' OR name NOT LIKE 'sqlite\\_%' ESCAPE '\\') ORDER BY name"
)
PATIENCE = 20  # seconds
BESIDE = ("", "-wal", "-shm")


class OnSqlite:
    """The file of a database. Its dump is a file of the same kind."""

    vendor = "sqlite"
    schema = ""

    def __init__(self, path: Path) -> None:
        self._path = path

    def is_empty(self) -> bool:
        """Return whether no table holds a row."""
        if not self._path.exists():
            return True
        with _opened(self._path) as held:
            asked = [f'SELECT 1 FROM "{name}" LIMIT 1' for name in _names(held)]  # noqa: S608 -- our own tables
            return not any(held.execute(each).fetchone() for each in asked)

    def take(self, dump: Path) -> tuple[Weights, frozenset[tuple[str, str]]]:
        """Copy the database as it is at one instant, while others write; return what it held, and its migrations."""
        if not self._path.exists():
            raise Refused("database-missing", f"There is no database {self._path}.")
        with _opened(self._path) as held, _opened(dump, make=True) as copy:
            held.execute("BEGIN")
            weights = _weigh(held)  # the first read holds the instant for all that follow
            migrations = frozenset(held.execute("SELECT CAST(app AS TEXT), name FROM django_migrations"))
            held.backup(copy)
            held.execute("ROLLBACK")
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        return weights, frozenset((app.decode(), name.decode()) for app, name in migrations)

    def try_out(self, dump: Path, manifest: Manifest) -> None:
        """Refuse a dump that, restored, is not whole or holds other rows than its manifest says."""
        with _opened(dump) as tried:
            if tried.execute("PRAGMA integrity_check").fetchall() != [(b"ok",)]:
                raise Refused("backup-unsound", "The database in the backup is damaged inside.")
            compare(_weigh(tried), manifest.tables)

    def put_in(self, dump: Path, manifest: Manifest) -> None:
        """Put the dump, marked as unfinished, in the place of what is there: in one transaction, so wholly or not."""
        self.try_out(dump, manifest)
        with _opened(dump) as source:
            source.execute(MARK)
        with _opened(dump) as source, _opened(self._path, make=True) as target:
            target.executescript(INIT_COMMAND)
            target.execute(
                "BEGIN IMMEDIATE"
            )  # says that somebody else writes, where `backup` would wait for ever
            target.execute("ROLLBACK")
            source.backup(target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def set_aside(self, mark: str) -> Path:
        """Move a database that cannot be read out of the way; return where it is now."""
        aside = self._path.with_name(f"{self._path.name}.{mark}")
        for end in BESIDE:
            if (file := Path(f"{self._path}{end}")).exists():
                file.replace(f"{aside}{end}")
        return aside


@contextmanager
def _opened(path: Path, *, make: bool = False) -> Iterator[sqlite3.Connection]:
    """Give a connection that reads texts as bytes, as nothing of them is to be understood."""
    mode = "rwc" if make else "rw"
    try:
        held = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE, isolation_level=None
        )
        try:
            held.text_factory = bytes
            yield held
        finally:
            held.close()
    except sqlite3.OperationalError as error:
        raise Refused("database-busy", f"The database {path} cannot be used now: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise Refused("database-damaged", f"The database {path} is damaged: {error}.") from error


def _names(held: sqlite3.Connection) -> list[str]:
    return [name.decode() for (name,) in held.execute(TABLES)]


def _weigh(held: sqlite3.Connection) -> Weights:
    return {name: weigh(held.execute(f'SELECT * FROM "{name}"')) for name in _names(held)}  # noqa: S608 -- our own tables
