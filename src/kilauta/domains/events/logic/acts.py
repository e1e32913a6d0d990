"""What is pressed on the day, in one short word: the same from a button and from a device without a network.

tick:SIGNUP:MODE · undo:ARRIVAL · count:ROLE:MODE · number · next · next:TICKET · again:TICKET · helped:TICKET ·
skip:TICKET:WHY · back:TICKET · handout
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from kilauta.domains.events.choices import MODES, ROLES, SKIPPED

# Nobody comes so long before the beginning; a device whose clock says otherwise has a wrong one.
EARLIEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Act:
    """One press. `key` is made where it was pressed; `at` is when by the device's clock; `of`: whom it is about."""

    key: UUID
    at: datetime
    what: str
    of: UUID | None = None
    role: str = ""
    mode: str = ""
    why: str = ""
    # told at a count
    age: str = ""
    audience: str = ""
    how_found: str = ""
    # on the paper that was handed out, and the booked time of who got it
    number: int | None = None
    due: time | None = None


class NoActError(ValueError):
    """No button says this."""


def read_deed(deed: str) -> dict[str, Any]:
    """Return what a button says, as parts of an act; raise NoActError for what none says."""
    match deed.split(":"):
        case ["number" | "next" | "handout" as what]:
            return {"what": what}
        case ["undo" | "next" | "again" | "helped" | "back" as what, of]:
            return {"what": what, "of": _key(of)}
        case ["tick", of, mode] if mode in MODES:
            return {"what": "tick", "of": _key(of), "mode": mode}
        case ["skip", of, why] if why in SKIPPED:
            return {"what": "skip", "of": _key(of), "why": why}
        case ["count", role, mode] if role in ROLES and mode in MODES:
            return {"what": "count", "role": role, "mode": mode}
    raise NoActError(deed)


def clamped(at: datetime, *, starts_at: datetime, now: datetime) -> datetime:
    """Return the instant of an act: never yet to come, and not of another day by a clock that is wrong."""
    return min(max(at, starts_at - EARLIEST), now)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NoActError(text) from None
