"""What goes into a backup file is encrypted piece by piece, or without a key only summed: damage never passes.

The first line of the file is text: the format, PLAIN or SEALED, and 64 digits. Those are the SHA-256 of the rest,
or the salt and the check of the key. Without a key the rest is an ordinary tar.gz. With one it is pieces of 1 MiB,
each AES-256-GCM under a key made for this file; its number and whether it is the last stand in the nonce, so that
no piece can be missing, doubled or moved.
"""

import hashlib
import io
import os
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kilauta.kit.refusals import Refused

FORMAT: Final = b"KILAUTA BACKUP "
VERSION: Final = b"1 "
PLAIN: Final = b"PLAIN  "
SEALED: Final = b"SEALED "
DIGITS: Final = 64
HEAD: Final = len(FORMAT + VERSION + PLAIN) + DIGITS + 1
PIECE: Final = 1 << 20
TAG: Final = 16
SALT: Final = 16
SHORTEST_KEY: Final = 32  # characters


class Unsealed:
    """A file without a key: what is written, after the sum of it all."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sum = hashlib.sha256()
        file.write(_head(PLAIN, bytes(DIGITS // 2)))

    def write(self, data: bytes) -> int:
        self._sum.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def finish(self) -> None:
        self._file.seek(0)
        self._file.write(_head(PLAIN, self._sum.digest()))


class Sealed:
    """A file with a key."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        salt = os.urandom(SALT)
        self._file = file
        self._cipher, check = _derived(key, salt)
        self._head = _head(SEALED, salt + check)
        self._number = 0
        self._waiting = bytearray()
        file.write(self._head)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:  # what may be the last piece waits for `finish`
            self._put(last=False)
        return len(data)

    def flush(self) -> None:
        """Nothing goes before its piece is full."""

    def finish(self) -> None:
        self._put(last=True)

    def _put(self, *, last: bool) -> None:
        piece = bytes(self._waiting[:PIECE])
        del self._waiting[:PIECE]
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, self._head))
        self._number += 1


class Opened(io.BufferedIOBase):
    """A backup file as it is read. Nothing of it may be used before its end has been read without a refusal."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        """Refuse what is no backup, what is newer than this program, and what another key has sealed."""
        self._file = file
        self._head = file.read(HEAD)
        kind, digits = _read_head(self._head)
        self.sealed = kind == SEALED
        self._wanted = digits
        self._sum = hashlib.sha256()
        self._number = 0
        self._held = bytearray()
        self._next = b""
        if self.sealed:
            self._cipher, check = _derived(_sound(key), digits[:SALT])
            if check != digits[SALT:]:
                raise Refused("backup-key", "The key of KILAUTA_BACKUP_KEY is not the one of this backup.")
            self._next = file.read(PIECE + TAG)
        self._ended = False

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        wanted = PIECE if size is None or size < 0 else size
        while len(self._held) < wanted and not self._ended:
            self._held += self._piece() if self.sealed else self._part()
        given = bytes(self._held[:wanted])
        del self._held[:wanted]
        return given

    def _part(self) -> bytes:
        part = self._file.read(PIECE)
        self._sum.update(part)
        self._ended = not part
        if self._ended and self._sum.digest() != self._wanted:
            raise damaged()
        return part

    def _piece(self) -> bytes:
        piece, self._next = self._next, self._file.read(PIECE + TAG)
        self._ended = not self._next
        try:
            opened = self._cipher.decrypt(_nonce(self._number, last=self._ended), piece, self._head)
        except InvalidTag:
            raise damaged() from None
        self._number += 1
        return opened


def damaged() -> Refused:
    return Refused("backup-damaged", "This backup is damaged or cut short. Take another one.")


def _head(kind: bytes, digits: bytes) -> bytes:
    return b"".join((FORMAT, VERSION, kind, digits.hex().encode(), b"\n"))


def _read_head(head: bytes) -> tuple[bytes, bytes]:
    start = len(FORMAT)
    version, kind = head[start : start + len(VERSION)], head[start + len(VERSION) : -DIGITS - 1]
    if not head.startswith(FORMAT):
        raise Refused("backup-unknown", "This file is no backup of Kilauta, or its beginning is damaged.")
    if version != VERSION:
        raise Refused("backup-newer", "This backup is of a form that this version does not know.")
    try:
        digits = bytes.fromhex(head[-DIGITS - 1 : -1].decode())
    except ValueError:
        raise damaged() from None
    if kind not in {PLAIN, SEALED} or head != _head(kind, digits):
        raise damaged()
    return kind, digits


def _derived(key: str, salt: bytes) -> tuple[AESGCM, bytes]:
    """Return the cipher of one file, and what tells another key from this one."""
    made = HKDF(SHA256(), 32 + SALT, salt, b"kilauta backup").derive(key.encode())
    return AESGCM(made[:32]), made[32:]


def _sound(key: str) -> str:
    if not key:
        raise Refused("backup-key", "This backup is encrypted; name its key in KILAUTA_BACKUP_KEY_FILE.")
    return key


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
