"""What is said of a session, before it is one: of one person, or of a group in totals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

# So long an entry may be changed or taken back after it was logged.
EDITABLE = timedelta(days=30)
# Further back a day is a slip of the finger.
OLDEST = timedelta(days=366)
MOST_PERSONS = 999
MOST_MINUTES = 1439

Shares = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: of whom, when, where and what was done. `key` is made before the entry is sent: it makes it one."""

    key: UUID
    network: str
    organisation: UUID
    held_on: date
    mode: str
    given_by: str = "staff"
    shape: str = "one"
    kind: str = "session"
    way: str = "form"
    place: UUID | None = None
    # of the caller, where nobody went anywhere; a place has its own
    municipality: str = ""
    persons: int = 1
    minutes: int | None = None
    topics: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    outcome: str = "not-recorded"
    referred_to: str = ""
    age: str = ""
    language: str = ""
    was_before: bool | None = None
    is_near: bool = False
    note: str = ""
    # of a group: by one property at a time, how many had it
    shares: Shares = field(default_factory=dict)

    def flat_shares(self) -> Iterator[tuple[str, str, int]]:
        """Yield each share that somebody has: property, code, persons."""
        for by, told in self.shares.items():
            for code, persons in told.items():
                if persons:
                    yield by, code, persons

    def overfull(self) -> list[str]:
        """Return the properties of which more persons are told than there were."""
        return [by for by, told in self.shares.items() if sum(told.values()) > self.persons]

    def again(self, day: date) -> "Entry":
        """Return the same help of another day to somebody else: nothing in it is of one person only."""
        return replace(
            self, held_on=day, age="", language="", was_before=None, note="", shares={}, way="form"
        )

    def instead_of(self, held: "Entry") -> "Entry":
        """Return this as the correction of an entry, which stays the same one and keeps how it came to be."""
        given_by = held.given_by if held.organisation == self.organisation else self.given_by
        return replace(self, key=held.key, way=held.way, given_by=given_by)


def not_told(persons: int, told: Mapping[str, int]) -> int:
    """Return of how many of a group nothing is told: the total less the sum."""
    return persons - sum(told.values())


def is_editable(age: timedelta) -> bool:
    """Return whether an entry logged so long ago may still be changed."""
    return age <= EDITABLE
