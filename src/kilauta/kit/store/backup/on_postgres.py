"""Dump and restore of PostgreSQL by its own programs: one snapshot is read, and one transaction is written.

A dump is tried in a schema of its own within the same database, in a transaction that is taken back: the database
user needs no right to make databases, and nothing is left behind whatever happens.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from kilauta.kit.refusals import Refused

from . import programs
from .archive import MARK, Manifest
from .weights import Weights, compare, weigh

PATIENCE = "20s"
# a row is weighed as text: what shapes that text is the same everywhere
SHAPES = (
    "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'iso_8601'; "
    "SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'"
)
# words for psql only, and a setting that older servers do not know
SKIPPED = (b"\\restrict ", b"\\unrestrict ", b"SET transaction_timeout ")
END_OF_ROWS = b"\\.\n"
AT_ONCE = 1 << 16  # bytes of rows

Connection = psycopg.Connection[tuple[Any, ...]]


class OnPostgres:
    """A database of a server; its tables lie in one schema. Its dump is an archive of pg_dump."""

    vendor = "postgresql"

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._address = {
            "PGDATABASE": settings["NAME"],
            "PGUSER": settings["USER"],
            "PGPASSWORD": settings["PASSWORD"],
            "PGHOST": settings["HOST"],
            "PGPORT": str(settings["PORT"]),
        }
        with self._opened() as held:
            self.schema = str(held.execute("SELECT current_schema()").fetchall()[0][0])

    def is_empty(self) -> bool:
        """Return whether no table holds a row."""
        with self._opened() as held:
            asked = [
                sql.SQL("SELECT 1 FROM {} LIMIT 1").format(each)
                for each in _tables(held, self.schema).values()
            ]
            return not any(held.execute(each).fetchone() for each in asked)

    def take(self, dump: Path) -> tuple[Weights, frozenset[tuple[str, str]]]:
        """Dump the database as it is at one instant, while others write; return what it held, and its migrations."""
        with self._opened() as held:
            held.isolation_level, held.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
            held.execute("SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0")
            snapshot = held.execute("SELECT pg_export_snapshot()").fetchall()[0][0]
            told = (f"--snapshot={snapshot}", f'--schema="{self.schema}"', f"--file={dump}")
            command = [
                programs.dumper(held),
                "--format=custom",
                "--compress=0",
                "--no-owner",
                "--no-privileges",
            ]
            programs.run([*command, *told], self._address)
            ran = held.execute("SELECT app, name FROM django_migrations").fetchall()
            migrations = frozenset((str(app), str(name)) for app, name in ran)
            return _weigh(held, self.schema), migrations

    def try_out(self, dump: Path, manifest: Manifest) -> None:
        """Refuse a dump that, restored, is not whole or holds other rows than its manifest says."""
        scratch = f"scratch_{uuid4().hex}"
        with self._opened() as held:
            try:
                held.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(scratch)))
            except psycopg.errors.InsufficientPrivilege:
                raise Refused(
                    "backup-schema",
                    "A backup is tried in a scratch schema, which the database user may not make; "
                    "let the owner of the database run: GRANT CREATE ON DATABASE … TO …",
                ) from None
            _load(held, dump, manifest, scratch)

    def put_in(self, dump: Path, manifest: Manifest) -> None:
        """Put the dump, marked as unfinished, in the place of what is there: in one transaction, so wholly or not."""
        with self._opened() as held:
            held.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            for table in _tables(held, self.schema).values():
                held.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(table))
            _load(held, dump, manifest, self.schema)
            held.execute(sql.SQL("SET LOCAL search_path = {}").format(sql.Identifier(self.schema)))
            held.execute(MARK)
            held.commit()

    def set_aside(self, mark: str) -> Path:  # noqa: ARG002 -- the other database can
        raise Refused(
            "database-damaged", "Put the damaged database aside, make an empty one, and restore into that."
        )

    @contextmanager
    def _opened(self) -> Iterator[Connection]:
        """Give a connection within a transaction that is taken back unless it is committed."""
        kept = {name[2:].lower(): value for name, value in self._address.items() if value}
        kept["dbname"] = kept.pop("database")
        try:
            with psycopg.connect(**kept) as held:
                yield held
                held.rollback()
        except psycopg.errors.LockNotAvailable as error:
            raise Refused(
                "database-busy", "The database is in use; stop the service and try again."
            ) from error
        except psycopg.Error as error:
            raise Refused("database-failed", f"The database says: {programs.first(str(error))}") from error


def _tables(held: Connection, schema: str) -> dict[str, sql.Identifier]:
    found = held.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", [schema])
    return {name: sql.Identifier(schema, name) for (name,) in found.fetchall()}


def _weigh(held: Connection, schema: str) -> Weights:
    held.execute(SHAPES)
    weights = {}
    for name, table in _tables(held, schema).items():
        with held.cursor(name="rows") as rows:
            rows.itersize = 5000
            rows.execute(sql.SQL("SELECT t::text FROM {} t").format(table))
            weights[name] = weigh(rows)
    return weights


def _load(held: Connection, dump: Path, manifest: Manifest, schema: str) -> None:
    """Restore the dump into the schema, within the transaction; refuse other rows than the manifest says."""
    command = [programs.restorer(held), "--file=-", "--no-owner", "--no-privileges"]
    with programs.reading([*command, f"--schema={manifest.schema}", str(dump)]) as lines:
        _follow(held, lines, _renaming(manifest.schema, schema))
    compare(_weigh(held, schema), manifest.tables)


def _follow(held: Connection, lines: Iterator[bytes], renamed: Callable[[bytes], bytes]) -> None:
    """Do what the script of pg_restore says, as psql would."""
    words: list[bytes] = []
    for line in lines:
        if line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
            held.execute(renamed(b"".join(words)), prepare=False)
            words.clear()
            with held.cursor().copy(renamed(line)) as rows:
                _copy(rows, lines)
        elif not line.startswith(SKIPPED):
            words.append(line)
    held.execute(renamed(b"".join(words)), prepare=False)


def _copy(rows: psycopg.Copy, lines: Iterator[bytes]) -> None:
    held = bytearray()
    for line in lines:
        if line == END_OF_ROWS:
            break
        held += line
        if len(held) > AT_ONCE:
            rows.write(bytes(held))
            held.clear()
    rows.write(bytes(held))


def _renaming(before: str, after: str) -> Callable[[bytes], bytes]:
    """Return what moves a statement to another schema; rows never pass through it."""
    if before == after:
        return lambda words: words
    name = re.escape(before).encode()
    pattern = re.compile(rb'(?<![\w.])(?:%b|"%b")\.' % (name, name))
    return lambda words: pattern.sub(f'"{after}".'.encode(), words)
