"""A scratch installation to measure: its folder, its database, its environment. Gone afterwards."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Installation:
    """The environment of one installation; whatever runs in it is a process of its own."""

    folder: Path
    url: str = ""
    more: dict[str, str] = field(default_factory=dict)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(64))

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("KILAUTA_") and name != "DATABASE_URL"
        }
        ours = {
            "KILAUTA_DATA": str(self.folder),
            "KILAUTA_SECRET_KEY": self.secret,
            "KILAUTA_HOSTS": "127.0.0.1 localhost",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            "DJANGO_SETTINGS_MODULE": "kilauta.site.settings",
            "PYTHONUNBUFFERED": "1",
        }
        return {**kept, **ours, **({"DATABASE_URL": self.url} if self.url else {}), **self.more}

    def start(self, module: str, *arguments: str, output: int | None = None) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=output, text=True)

    def run(self, module: str, *arguments: str) -> str:
        """Run a module to its end and return what it printed."""
        process = self.start(module, *arguments, output=subprocess.PIPE)
        printed, _nothing = process.communicate()
        if process.returncode:
            raise SystemExit(f"{module} {' '.join(arguments)} failed.")
        return printed


@contextmanager
def installations(databases: Sequence[str], number: int = 1) -> Iterator[dict[str, list[Installation]]]:
    """Give for each database so many empty installations."""
    with tempfile.TemporaryDirectory(prefix="kilauta-bench-") as name:

        def folder(label: str) -> Path:
            made = Path(name, label)
            made.mkdir()
            return made

        found = {"sqlite": [Installation(folder(f"sqlite-{n}")) for n in range(number)]}
        if "postgresql" not in databases:
            yield {database: found[database] for database in databases}
            return
        with postgres.running() as url, _databases(url, number) as urls:
            found["postgresql"] = [
                Installation(folder(f"postgresql-{n}"), each) for n, each in enumerate(urls)
            ]
            yield {database: found[database] for database in databases}


@contextmanager
def _databases(url: str, number: int) -> Iterator[list[str]]:
    """Make databases of our own beside the one of the address, and drop them afterwards."""
    names = [f"kilauta_bench_{os.getpid()}_{n}" for n in range(number)]
    with psycopg.connect(url, autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
        try:
            parts = urlsplit(url)
            yield [urlunsplit(parts._replace(path=f"/{name}")) for name in names]
        finally:
            for name in names:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[call-overload]
