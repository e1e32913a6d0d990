"""Whether the database is kept as the house promises: each fact as a sentence, and whether it is as it should be."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from .sqlite import SAFE_VERSION, version_is_safe

OLDEST_POSTGRES = 14
PATIENCE = 20_000  # milliseconds
# PRAGMA: what is wanted, and what happens otherwise
PRAGMAS = {
    "journal_mode": ("wal", "readers would wait for writers"),
    "synchronous": (2, "a power cut could undo an answered write"),
    "secure_delete": (1, "what is erased would stay in the file"),
    "foreign_keys": (1, "rows could lose what they belong to"),
}
SERVER = {
    "fsync": "a power cut could destroy the database",
    "full_page_writes": "a power cut could destroy the database",
    "synchronous_commit": "a power cut could undo an answered write",
}


@dataclass(frozen=True, slots=True)
class Finding:
    is_good: bool
    sentence: str


def findings() -> Iterator[Finding]:
    """Look at the settings of the database and at what it holds; reads all of SQLite's file."""
    yield from _sqlite() if connection.vendor == "sqlite" else _postgres()


def _ask(question: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found


def _sqlite() -> Iterator[Finding]:
    version = str(_ask("SELECT sqlite_version()")[0][0])
    is_safe = version_is_safe(tuple(int(part) for part in version.split(".")))
    safe = ".".join(str(part) for part in SAFE_VERSION)
    yield Finding(is_safe, f"SQLite is {version}" + ("" if is_safe else f"; {safe} or newer loses nothing"))
    for name, (wanted, otherwise) in PRAGMAS.items():
        value = _ask(f"PRAGMA {name}")[0][0]
        yield _setting(name, value, is_good=value == wanted, otherwise=otherwise)
    patience = int(str(_ask("PRAGMA busy_timeout")[0][0]))
    yield _setting(
        "busy_timeout", patience, is_good=patience >= PATIENCE, otherwise="writers would give up too soon"
    )
    mode = connection.settings_dict["OPTIONS"].get("transaction_mode")
    yield _setting(
        "transaction_mode", mode, is_good=mode == "IMMEDIATE", otherwise="two who write at once would fail"
    )
    told = [str(row[0]) for row in _ask("PRAGMA integrity_check(5)")]
    yield Finding(told == ["ok"], f"integrity_check says: {'; '.join(told)}")
    lost = len(_ask("PRAGMA foreign_key_check"))
    yield Finding(not lost, f"rows that refer to nothing: {lost}")


def _postgres() -> Iterator[Finding]:
    version = int(str(_ask("SHOW server_version_num")[0][0])) // 10_000
    is_known = version >= OLDEST_POSTGRES
    yield Finding(
        is_known, f"PostgreSQL is {version}" + ("" if is_known else f"; {OLDEST_POSTGRES} or newer is needed")
    )
    for name, otherwise in SERVER.items():
        value = _ask(f"SHOW {name}")[0][0]
        yield _setting(name, value, is_good=value != "off", otherwise=otherwise)
    encoding = _ask("SHOW server_encoding")[0][0]
    yield _setting(
        "server_encoding", encoding, is_good=encoding == "UTF8", otherwise="not every name could be written"
    )


def _setting(name: str, value: object, *, is_good: bool, otherwise: str) -> Finding:
    return Finding(is_good, f"{name} is {value}" + ("" if is_good else f": {otherwise}"))
