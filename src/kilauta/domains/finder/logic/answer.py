"""From a ranking to one answer: whom to ring now, who next, and who is open if nobody above is."""

from collections.abc import Sequence
from dataclasses import dataclass

from .ranking import Ranked

CHOICES = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """The first choice, the next ones, and one that is open now when none of those is. Empty: the network's line."""

    choices: tuple[Ranked, ...]
    open_now: Ranked | None

    @property
    def first(self) -> Ranked | None:
        return self.choices[0] if self.choices else None


def answer(ranked: Sequence[Ranked]) -> Answer:
    """Choose up to three that are truly different: another provider first, never the same number twice.

    One of them has a number whenever anybody has.
    """
    chosen: list[Ranked] = []
    for other_provider in (True, False):
        for candidate in ranked:
            if len(chosen) == CHOICES:
                break
            if candidate not in chosen and _differs(candidate, chosen, other_provider=other_provider):
                chosen.append(candidate)
    if chosen and not any(one.offer.channel.phone for one in chosen):
        # an answer is somebody to ring
        rung = next((one for one in ranked if one.offer.channel.phone), None)
        chosen = [*chosen[: CHOICES - 1], rung] if rung else chosen
    chosen.sort(key=ranked.index)
    spare = None
    if chosen and not any(one.offer.status.helps_now for one in chosen):
        spare = next((one for one in ranked if one.offer.status.helps_now), None)
    return Answer(tuple(chosen), spare)


def _differs(candidate: Ranked, chosen: Sequence[Ranked], *, other_provider: bool) -> bool:
    mine = candidate.offer
    for one in chosen:
        theirs = one.offer
        same_number = mine.channel.phone == theirs.channel.phone
        if same_number and mine.channel.phone:
            return False
        if mine.service.organisation == theirs.service.organisation and (other_provider or same_number):
            return False
    return True
