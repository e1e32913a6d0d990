"""What events came to, in numbers; each time is counted once."""

from collections.abc import Iterable
from dataclasses import dataclass

from .counting import Attendance

# What somebody saves who takes part from afar, where nobody knows better. The page states them beside the numbers.
KILOMETRES = 30  # there and back
MINUTES = 45
CENTS_A_KILOMETRE = 30
GRAMS_A_KILOMETRE = 140


@dataclass(frozen=True, slots=True)
class Held:
    """One time that was held: how many came, None where that is not known."""

    came: Attendance | None
    had_queue: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over times. Mean and empty ones are of those that were counted; None: there are none."""

    held: int
    counted: int
    residents: int
    here: int
    afar: int
    supporters: int
    empty: int
    queues: int

    @property
    def mean(self) -> int | None:
        return round(self.residents / self.counted) if self.counted else None


@dataclass(frozen=True, slots=True)
class Saved:
    """What remote participations saved: kilometres, hours, euros, kilograms of carbon dioxide."""

    times: int

    @property
    def kilometres(self) -> int:
        return self.times * KILOMETRES

    @property
    def hours(self) -> int:
        return round(self.times * MINUTES / 60)

    @property
    def euros(self) -> int:
        return round(self.kilometres * CENTS_A_KILOMETRE / 100)

    @property
    def kilograms(self) -> int:
        return round(self.kilometres * GRAMS_A_KILOMETRE / 1000)


def tally(times: Iterable[Held]) -> Tally:
    """Return the sums of these times."""
    held = list(times)
    came = [each.came for each in held if each.came is not None]
    return Tally(
        held=len(held),
        counted=len(came),
        residents=sum(each.residents for each in came),
        here=sum(each.residents_here for each in came),
        afar=sum(each.residents_afar for each in came),
        supporters=sum(each.supporters for each in came),
        empty=sum(each.residents == 0 for each in came),
        queues=sum(each.had_queue for each in held),
    )
