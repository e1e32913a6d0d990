"""The programs of PostgreSQL, wherever they are installed: of the server's version or newer."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from kilauta.kit.refusals import Refused

DEBIAN = Path("/usr/lib/postgresql")
Connection = psycopg.Connection[tuple[Any, ...]]


def dumper(held: Connection) -> str:
    """Return the pg_dump of the server's version, else of the nearest newer one."""
    return min(_found("pg_dump", held).items())[1]


def restorer(held: Connection) -> str:
    """Return the newest pg_restore: it reads what every older pg_dump has written."""
    return max(_found("pg_restore", held).items())[1]


def _found(name: str, held: Connection) -> dict[int, str]:
    """Return programs by version, none older than the server."""
    wanted = held.info.server_version // 10_000
    found = {version: each for each in _candidates(name, held) if (version := _version(each)) >= wanted}
    if not found:
        raise Refused(
            "backup-programs",
            f"No {name} of PostgreSQL {wanted} or newer is found; on Debian install postgresql-client-{wanted}.",
        )
    return found


def _candidates(name: str, held: Connection) -> Iterator[str]:
    on_path = shutil.which(name)
    yield from [on_path] if on_path else []
    yield from (str(each) for each in sorted(DEBIAN.glob(f"*/bin/{name}")))
    allowed = held.execute("SELECT has_function_privilege('pg_config()', 'EXECUTE')").fetchone()
    if allowed and allowed[0]:
        beside = held.execute("SELECT setting FROM pg_config() WHERE name = 'BINDIR'").fetchone()
        yield from [str(Path(beside[0], name))] if beside else []


def _version(program: str) -> int:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    except OSError:
        return 0
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0


def run(command: Sequence[str], surroundings: Mapping[str, str]) -> None:
    """Run a program with the database's address in its surroundings, where no list of processes shows a password."""
    given = {**os.environ, **{name: value for name, value in surroundings.items() if value}}
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise _failed(command, done.stderr)


@contextmanager
def reading(command: Sequence[str]) -> Iterator[Iterator[bytes]]:
    """Give the lines a program says; refuse when it ends badly."""
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as program:  # noqa: S603
            if program.stdout is None:  # never: it was asked for
                raise LookupError(command)
            with program.stdout as lines:
                yield iter(lines)
        if program.returncode:
            said.seek(0)
            raise _failed(command, said.read().decode(errors="replace"))


def _failed(command: Sequence[str], said: str) -> Refused:
    return Refused("backup-program", f"{Path(command[0]).name} says: {first(said)}")


def first(said: str) -> str:
    """Return the first line of what a program says."""
    return said.strip().split("\n", maxsplit=1)[0]
