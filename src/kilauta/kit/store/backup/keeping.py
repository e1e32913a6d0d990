"""What both ways share: which database it is, one at a time, a scratch folder, and the record of the last backup."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from kilauta import __version__
from kilauta.kit.refusals import Refused

from .on_postgres import OnPostgres
from .on_sqlite import OnSqlite
from .sealing import SHORTEST_KEY

LOCK, SCRATCH, LAST = "backup.lock", "backup-scratch", "last-backup.json"


@dataclass(frozen=True, slots=True)
class Last:
    """The last backup that was tried and found whole."""

    made_at: datetime
    file: str
    size: int  # bytes
    encrypted: bool


def last(data: Path) -> Last | None:
    """Return the last good backup, as the data folder remembers it; a restore does not change that."""
    try:
        facts = json.loads((data / LAST).read_text(encoding="utf-8"))
        return Last(**{**facts, "made_at": datetime.fromisoformat(facts["made_at"])})
    except (OSError, ValueError, LookupError, TypeError):
        return None


def remember(data: Path, made: Last) -> None:
    facts = {
        "made_at": made.made_at.isoformat(),
        "file": made.file,
        "size": made.size,
        "encrypted": made.encrypted,
    }
    write_whole(data / LAST, json.dumps(facts))


def database() -> OnSqlite | OnPostgres:
    settings = connection.settings_dict
    return OnSqlite(Path(settings["NAME"])) if connection.vendor == "sqlite" else OnPostgres(settings)


def product() -> str:
    return __version__


def check_key(key: str) -> None:
    if 0 < len(key) < SHORTEST_KEY:
        raise Refused("backup-key", f"KILAUTA_BACKUP_KEY is shorter than {SHORTEST_KEY} characters.")


@contextmanager
def alone(data: Path) -> Iterator[Path]:
    """Give an empty folder that nobody else reads; refuse while another backup or restore runs."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("backup-running", "Another backup or restore is running.") from None
        scratch = data / SCRATCH
        shutil.rmtree(scratch, ignore_errors=True)  # of a run that was killed
        scratch.mkdir(mode=0o700)
        try:
            yield scratch
        except OSError as error:
            raise Refused("backup-disk", f"{error.strerror or error}: {error.filename or data}") from error
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that it is there whole or as it was."""
    draft = path.with_name(f"{path.name}.part")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        sync(file.fileno())
    put_in_place(draft, path)


def sync(number: int) -> None:
    os.fsync(number)


def put_in_place(draft: Path, path: Path) -> None:
    """Give a written file its name, and let both survive a power cut."""
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
