"""What can be told of the network's own words without asking anybody."""

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Final

from kilauta.lib.outward import NO_ANSWER, NO_HOST

# A shared address is named after the matter; "first.last@" is one person's, and goes with that person.
_ONE_PERSON: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?\.[^\W\d_]+(?:-[^\W\d_]+)?\d?@")

# Once a week, and once more the day after a failure: a server may have been off for the night.
ASKED_EVERY: Final = timedelta(days=7)
ASKED_AGAIN: Final = timedelta(hours=20)
DEAD_AFTER: Final = 2
FEW: Final = 5


def is_of_one_person(email: str) -> bool:
    """Return whether a mail address looks like that of one person."""
    return _ONE_PERSON.match(email) is not None


def waits(failures: int) -> timedelta:
    """Return how long a web address is left in peace that has failed so many times in a row."""
    return ASKED_AGAIN if 0 < failures < DEAD_AFTER else ASKED_EVERY


def line_is_down(faults: Collection[str]) -> bool:
    """Return whether it is rather we who reach nobody: many were asked, and not one of them could be reached."""
    return len(faults) > FEW and set(faults) <= {NO_HOST, NO_ANSWER}
