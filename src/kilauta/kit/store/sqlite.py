"""SQLite as the house uses it: a version without the WAL-reset fault, and safe pragmas."""

import sys

# SQLite before this version may lose committed data in WAL mode with two or more connections.
SAFE_VERSION = (3, 51, 3)

# WAL for readers beside a writer; FULL so that an answered write survives a power cut;
# secure_delete so that erased bytes are gone; 64 MB as the ceiling of the WAL file.
INIT_COMMAND = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
    "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16000"
)


def use_bundled_sqlite() -> None:
    """Let Django use the SQLite that comes in a wheel; called before any connection is made."""
    import pysqlite3  # noqa: PLC0415 -- must replace the module before Django's backend looks for it

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def version_is_safe(version: tuple[int, ...]) -> bool:
    """Return whether this SQLite may run in WAL mode with more than one process."""
    return version >= SAFE_VERSION or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
