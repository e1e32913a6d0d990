"""How far an entry can be trusted today."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Trust(StrEnum):
    FRESH = "fresh"
    OVERDUE = "overdue"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Check:
    """The newest verification of one field group."""

    group: str
    verified_on: date
    due_on: date
    method: str
    by_role: str

    def trust(self, today: date) -> Trust:
        return Trust.FRESH if today <= self.due_on else Trust.OVERDUE


def weakest(checks: tuple[Check, ...]) -> Check | None:
    """Return the check that falls due first: a thing is as sure as its least sure part."""
    return min(checks, key=lambda check: (check.due_on, check.group), default=None)


def trust_of(checks: tuple[Check, ...], today: date) -> Trust:
    check = weakest(checks)
    return check.trust(today) if check else Trust.UNVERIFIED
