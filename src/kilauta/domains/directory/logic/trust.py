"""How far an entry can be trusted today, and when somebody should make sure of it again.

Each group of facts has a clock. When it has run out, the public is told so and the entry sinks; when it has run
out twice, the entry is no longer an answer to "whom shall I ring now?". Nothing is taken away by a clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Days until a group of facts is due again, where the network says nothing else.
CLOCKS = {"hours": 90, "contacts": 180, "content": 365}
SHORTEST_CLOCK, LONGEST_CLOCK = 7, 1095

# The groups that each kind of entry has.
GROUPS = {
    "organisation": ("contacts", "content"),
    "place": ("hours", "content"),
    "service": ("content",),
    "channel": ("hours", "contacts"),
}

# So many days before it is due the contact person is asked; what is due soon after is asked about in the same mail.
ASKED_DAYS_BEFORE = 14
ASKED_TOGETHER_DAYS = 45


class Trust(StrEnum):
    """What the public is told."""

    FRESH = "fresh"
    OVERDUE = "overdue"
    UNVERIFIED = "unverified"


class Stage(StrEnum):
    """What those are told who keep the entry, from the best to the worst."""

    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"
    LONG_OVERDUE = "long-overdue"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Check:
    """The newest verification of one field group."""

    group: str
    verified_on: date
    due_on: date
    method: str
    by_role: str

    @property
    def gone_on(self) -> date:
        """The last day of the second clock, which is twice the first."""
        return second_due(self.verified_on, self.due_on)

    def trust(self, today: date) -> Trust:
        return Trust.FRESH if today <= self.due_on else Trust.OVERDUE

    def stage(self, today: date) -> Stage:
        if today > self.gone_on:
            return Stage.LONG_OVERDUE
        if today > self.due_on:
            return Stage.OVERDUE
        return Stage.DUE if today >= self.due_on - timedelta(days=ASKED_DAYS_BEFORE) else Stage.FRESH


def long_overdue(checks: Iterable[Check], today: date) -> bool:
    """Return whether the second clock of some check has run out."""
    return any(check.due_on < today and check.gone_on < today for check in checks)


def second_due(verified_on: date, due_on: date) -> date:
    return due_on + (due_on - verified_on)


def weakest(checks: tuple[Check, ...]) -> Check | None:
    """Return the check that falls due first: a thing is as sure as its least sure part."""
    return min(checks, key=lambda check: (check.due_on, check.group), default=None)


def trust_of(checks: tuple[Check, ...], today: date) -> Trust:
    check = weakest(checks)
    return check.trust(today) if check else Trust.UNVERIFIED


def stage_of(checks: Iterable[Check], today: date) -> Stage:
    """Return the worst stage of the checks; without any, nobody has made sure yet."""
    stages = [check.stage(today) for check in checks]
    return max(stages, key=list(Stage).index) if stages else Stage.UNVERIFIED
