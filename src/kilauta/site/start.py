"""What keeps the service from being started safely, each as one plain sentence."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from kilauta.kit.store.backup import restoring
from kilauta.kit.store.sqlite import SAFE_VERSION, version_is_safe

DEFAULT_SECRET = "not-for-production"  # noqa: S105 -- the value that is refused
SHORTEST_SECRET = 50
FEWEST_LETTERS = 10
LEAST_SPACE = 1_000_000_000  # bytes


def obstacles() -> list[str]:
    """Return everything that must be put right before the first visitor comes."""
    folder = list(_folder(settings.DATA))
    # without its folder there is no database file either
    return [*_settings(), *folder, *([] if folder else _database())]


def _settings() -> Iterator[str]:
    if settings.DEBUG:
        yield "KILAUTA_DEBUG is on; a service for the public runs without it."
    secret = settings.SECRET_KEY
    if secret == DEFAULT_SECRET:
        yield "KILAUTA_SECRET_KEY is not set."
    elif len(secret) < SHORTEST_SECRET:
        yield f"KILAUTA_SECRET_KEY is shorter than {SHORTEST_SECRET} characters."
    elif len(set(secret)) < FEWEST_LETTERS:
        yield "KILAUTA_SECRET_KEY repeats a few characters; make it random."
    if not settings.ALLOWED_HOSTS:
        yield "KILAUTA_HOSTS names no host."
    elif "*" in settings.ALLOWED_HOSTS:
        yield "KILAUTA_HOSTS allows every host (*); name the hosts of the service."


def _folder(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        yield f"The data folder {folder} does not exist."
        return
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        yield f"The data folder {folder} cannot be written to by user {os.getuid()}."
    if shutil.disk_usage(folder).free < LEAST_SPACE:
        yield f"The disk of the data folder {folder} has less than 1 GB left."


def _database() -> Iterator[str]:
    try:
        if connection.vendor == "sqlite":
            yield from unsafe_sqlite(_sqlite_version())
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        is_unfinished = restoring.is_unfinished()
    except DatabaseError:
        yield "The database cannot be reached."
        return
    if is_unfinished:
        yield "A restore was cut off before its end; run it again: kilauta restore FILE --replace"
    if missing:
        yield f"The database is {len(missing)} migrations behind; run: kilauta setup"


def _sqlite_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        return str(cursor.fetchone()[0])


def unsafe_sqlite(version: str) -> Iterator[str]:
    if not version_is_safe(tuple(int(part) for part in version.split("."))):
        safe = ".".join(str(part) for part in SAFE_VERSION)
        yield f"SQLite {version} may lose data when several processes write; {safe} or newer is needed."
