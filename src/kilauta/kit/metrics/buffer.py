"""The buffer, one in each process; a flush runs in the background when it is old or full, and when the worker stops."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

FULL = 500
OLD = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Note:
    """What happened in an hour: names and short values of our own vocabulary, in a fixed order."""

    kind: str
    hour: datetime
    facts: tuple[tuple[str, str], ...]


Receiver = Callable[[Mapping[Note, int]], None]

_lock = threading.Lock()
_counts: Counter[Note] = Counter()
_receivers: dict[str, Receiver] = {}
_oldest: list[datetime] = []
_writing = threading.Lock()


def receive(kind: str, receiver: Receiver) -> None:
    """Let `receiver` write the counts of one kind."""
    _receivers[kind] = receiver


def note(kind: str, *, now: datetime, **facts: str) -> None:
    """Count one happening. Never fails, never writes in the request that notes it."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    with _lock:
        _counts[Note(kind, hour, tuple(sorted(facts.items())))] += 1
        if not _oldest:
            _oldest.append(now)
        due = len(_counts) >= FULL or now - _oldest[0] >= OLD
    if due and not _writing.locked():
        threading.Thread(target=_flush_and_close, name="metrics-flush", daemon=True).start()


def flush() -> int:
    """Write what has been noted; return the number of happenings written. What cannot be written is kept."""
    with _writing:
        with _lock:
            counts = dict(_counts)
            _counts.clear()
            _oldest.clear()
        written = 0
        for kind in sorted({counted.kind for counted in counts}):
            part = {counted: n for counted, n in counts.items() if counted.kind == kind}
            try:
                _receivers[kind](part)
                written += sum(part.values())
            except (DatabaseError, KeyError):
                logger.warning("Counts of kind %s could not be written yet.", kind)
                with _lock:
                    _counts.update(part)
        return written


def _flush_and_close() -> None:
    try:
        flush()
    finally:
        connection.close()
