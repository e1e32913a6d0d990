"""Installations that live as long as a bench: an empty data folder, a database, the settings of production."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools import postgres

ROOT = Path(__file__).resolve().parents[1]
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Installation:
    folder: Path
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def surroundings(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KILAUTA_")}
        kept.pop("DATABASE_URL", None)
        return {
            **kept,
            "KILAUTA_DATA": str(self.folder),
            "KILAUTA_SECRET_KEY": secrets.token_urlsafe(60),
            "DJANGO_SETTINGS_MODULE": "kilauta.site.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            **self.more,
        }

    def run(self, module: str, *options: str) -> str:
        """Run a module in the installation; return what it says."""
        command = [sys.executable, "-m", module, *options]
        done = subprocess.run(
            command, env=self.surroundings, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout


@contextmanager
def installations(databases: Sequence[str]) -> Iterator[dict[str, tuple[Installation, ...]]]:
    """Give an empty installation on each of these databases."""
    with ExitStack() as held:
        found = {}
        for database in databases:
            folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
            more = (
                {"DATABASE_URL": held.enter_context(postgres.running())} if database == "postgresql" else {}
            )
            found[database] = (Installation(folder, more),)
        yield found


def wait(port: int, path: str) -> None:
    """Wait until a server answers at this path, for a minute at most."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not answer within a minute")
