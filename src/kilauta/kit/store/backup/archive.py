"""A backup as a file: the manifest first, then the dump, in a tar.gz that is sealed or summed."""

import gzip
import hashlib
import json
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from .sealing import HEAD, SEALED, Opened, Sealed, Unsealed, damaged
from .weights import Weight, Weights

# In a database whose restore has landed and has not been followed up: nobody may be served from it.
UNFINISHED = "restore_unfinished"
MARK = f"CREATE TABLE IF NOT EXISTS {UNFINISHED} (id integer)"
MANIFEST, DUMP = "manifest.json", "dump"
BROKEN = (
    EOFError,
    StopIteration,
    gzip.BadGzipFile,
    zlib.error,
    tarfile.TarError,
    ValueError,
    LookupError,
    TypeError,
)
LONGEST_MANIFEST = 4_000_000  # bytes
QUICK = 1  # of gzip's levels


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    made_at: datetime
    product: str  # its version
    database: str  # sqlite or postgresql
    schema: str  # of the tables; empty where there is none
    migrations: frozenset[tuple[str, str]]  # app and name
    tables: Weights
    size: int  # of the dump, in bytes
    sha256: str  # of the dump

    def written(self) -> bytes:
        migrations = sorted(self.migrations)
        facts = {**asdict(self), "made_at": self.made_at.isoformat(), "migrations": migrations}
        return json.dumps(facts, indent=1).encode()

    @property
    def rows(self) -> int:
        return sum(weight.rows for weight in self.tables.values())


def read_manifest(text: bytes) -> Manifest:
    facts = json.loads(text)
    facts["made_at"] = datetime.fromisoformat(facts["made_at"])
    facts["migrations"] = frozenset((app, name) for app, name in facts["migrations"])
    facts["tables"] = {name: Weight(*weight) for name, weight in facts["tables"].items()}
    return Manifest(**facts)


def is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(HEAD).find(SEALED) > 0


def sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(file: BinaryIO, dump: Path, manifest: Manifest, *, key: str) -> None:
    """Write manifest and dump as one stream; neither is ever held in memory whole."""
    outer: Sealed | Unsealed = Sealed(file, key) if key else Unsealed(file)
    with (
        gzip.GzipFile(fileobj=outer, mode="wb", compresslevel=QUICK, filename="") as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        text = manifest.written()
        about = tarfile.TarInfo(MANIFEST)
        about.size, about.mtime = len(text), int(manifest.made_at.timestamp())
        tar.addfile(about, BytesIO(text))
        about = tarfile.TarInfo(DUMP)
        about.size, about.mtime = manifest.size, int(manifest.made_at.timestamp())
        with dump.open("rb") as source:
            tar.addfile(about, source)
    outer.finish()


def unpack(path: Path, dump: Path, *, key: str) -> Manifest:
    """Write the dump of a backup to a file and return the manifest; refuse a backup with any fault in it."""
    with path.open("rb") as file, closing(Opened(file, key)) as opened, _faults_told():
        with gzip.GzipFile(fileobj=opened, mode="rb") as packed:
            with tarfile.open(fileobj=packed, mode="r|") as tar:
                members = iter(tar)
                manifest = _manifest(tar, next(members))
                _write(tar, next(members), dump)
            while packed.read(1 << 20):
                pass  # only at its end a file is known to be whole
        if opened.read(1) or dump.stat().st_size != manifest.size or sum_of(dump) != manifest.sha256:
            raise damaged()
    return manifest


def _manifest(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Manifest:
    content = tar.extractfile(member)
    if member.name != MANIFEST or member.size > LONGEST_MANIFEST or content is None:
        raise damaged()
    return read_manifest(content.read())


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, dump: Path) -> None:
    content = tar.extractfile(member)
    if member.name != DUMP or content is None:
        raise damaged()
    with dump.open("wb") as target:
        shutil.copyfileobj(content, target, 1 << 20)


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except BROKEN:
        raise damaged() from None
