"""How many came, each counted once."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST = 2_000  # people at one time
NUMBERS = ("residents_here", "residents_afar", "supporters_here", "supporters_afar")


@dataclass(frozen=True, slots=True)
class Came:
    """Some who came: residents or supporters, here or from afar; whether they had signed up."""

    role: str
    mode: str
    persons: int
    signed_up: bool


@dataclass(frozen=True, slots=True)
class Attendance:
    residents_here: int = 0
    residents_afar: int = 0
    supporters_here: int = 0
    supporters_afar: int = 0

    @property
    def residents(self) -> int:
        return self.residents_here + self.residents_afar

    @property
    def supporters(self) -> int:
        return self.supporters_here + self.supporters_afar


def attendance(came: Iterable[Came], *, counted_all: bool) -> Attendance:
    """Return how many came.

    Who signed up is ticked by name, who just came is counted. Where the counter at the door counted everybody
    (`counted_all`), those ticked are among them: the larger number is right, not the sum.
    """
    ticked: dict[tuple[str, str], int] = {}
    counted: dict[tuple[str, str], int] = {}
    for each in came:
        into = ticked if each.signed_up else counted
        into[each.role, each.mode] = into.get((each.role, each.mode), 0) + each.persons

    def number(role: str, mode: str) -> int:
        one, other = ticked.get((role, mode), 0), counted.get((role, mode), 0)
        return max(one, other) if counted_all else one + other

    return Attendance(
        number("resident", "here"), number("resident", "afar"),
        number("supporter", "here"), number("supporter", "afar"),
    )  # fmt: skip
