"""The journal of erasures: a file beside the database, which a restored copy of the database reads again.

A line tells in JSON what one erasure was about: keys of rows, and keyed hashes of addresses. No name and no address
stands in it. Each line has a number; the database knows up to which number it has followed (`Carried`), so that a
copy from before an erasure follows it again, and one from after it leaves in peace the rows that came later.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

Line = dict[str, object]

NAME = "erased.jsonl"


def append(line: Line, *, at_least: int) -> int:
    """Write the line under the next number, not under `at_least`; return the number once the disk has it.

    The caller holds the row of `Carried`: nobody else writes meanwhile.
    """
    path = _path()
    number = max([at_least, *(held for held, _line in lines(after=0))]) + 1
    fresh = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        # a line that a power cut has torn must not swallow ours
        size = os.fstat(file).st_size
        torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
        text = json.dumps({"n": number, **line}, separators=(",", ":"))
        os.write(file, b"\n" * torn + text.encode("ascii") + b"\n")
        os.fsync(file)
    finally:
        os.close(file)
    if fresh:
        _sync_folder(path.parent)
    return number


def lines(*, after: int) -> Iterator[tuple[int, Line]]:
    """Yield the lines with a greater number than this, in their order."""
    try:
        text = _path().read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return
    for written in text.splitlines():
        try:
            line = json.loads(written)
        except ValueError:  # torn by a power cut: its erasure has not been done either
            continue
        if isinstance(line, dict) and isinstance(number := line.get("n"), int) and number > after:
            yield number, line


def _path() -> Path:
    return Path(settings.DATA) / NAME


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
