import os
from datetime import datetime
from pathlib import Path
from uuid import UUID


class Journal:
    """A file of what was sent and when, one line for each message; it holds no words and no addresses.

    It lies beside the database and is not put back with it: what an older database still holds as waiting is known
    here as sent. Several workers may write one file. A line is on the disk before `note` returns.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_to = 0
        self._sent: dict[UUID, datetime] = {}

    def sent_at(self, key: UUID) -> datetime | None:
        """Return when the message was sent, if it was, by whichever worker."""
        self._catch_up()
        return self._sent.get(key)

    def note(self, key: UUID, *, now: datetime) -> None:
        """Write down that the message has been sent."""
        fresh = not self.path.exists()
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # a line that a power cut has torn must not swallow ours
            size = os.fstat(file).st_size
            torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
            start = "\n" if torn else ""
            os.write(file, f"{start}{key} {now.isoformat()}\n".encode())
            os.fsync(file)
        finally:
            os.close(file)
        if fresh:
            folder = os.open(self.path.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)

    def _catch_up(self) -> None:
        """Read what has been written since the last time."""
        try:
            with self.path.open("rb") as file:
                file.seek(self._read_to)
                new = file.read()
        except FileNotFoundError:
            return
        whole = new.rfind(b"\n") + 1
        self._read_to += whole
        for line in new[:whole].decode("ascii", "replace").splitlines():
            key, _space, instant = line.partition(" ")
            try:
                self._sent[UUID(key)] = datetime.fromisoformat(instant)
            except ValueError:  # a torn line
                continue
