"""The number of rows of a table and a sum over them: equal before a backup and after a restore, in any order of rows.

A sum is no guard against malice (that is the seal's work); it tells a row that was lost, doubled or changed.
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from kilauta.kit.refusals import Refused

SIZE = 16  # bytes of a sum


class Weight(NamedTuple):
    rows: int
    sum: str


Weights = dict[str, Weight]


def weigh(rows: Iterable[object]) -> Weight:
    count = total = 0
    for row in rows:
        # `ascii`, unlike `repr`, says the same in every version of Python
        digest = hashlib.blake2b(ascii(row).encode(), digest_size=SIZE).digest()
        total += int.from_bytes(digest, "big")
        count += 1
    return Weight(count, f"{total % (1 << 8 * SIZE):032x}")


def compare(found: Weights, expected: Weights) -> None:
    """Refuse when a table has other rows than it should."""
    wrong = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
    if wrong:
        tables = ", ".join(wrong[:5]) + (" …" if len(wrong) > 5 else "")  # noqa: PLR2004 -- enough to begin with
        raise Refused(
            "backup-unsound", f"Restoring the backup gives other rows than it should have: {tables}."
        )
