"""Which rules speak for a day, and what they add up to on its wall clock."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from kilauta.lib.hours.holidays_fi import ANY, PUBLIC, holidays_on
from kilauta.lib.hours.rules import CLOSED, DAY, UNKNOWN, Rule, Stretch

# A day's wall clock from 0 to DAY: where each state begins, and its rank. The first begins at 0.
Shape: TypeAlias = tuple[tuple[int, int], ...]

_ROOM_FOR: Final = 1500  # days remembered, some four years; then the memory is emptied


class Plan(NamedTuple):
    """What the rules say about the spans that start on one day."""

    own: tuple[Stretch, ...]
    tails: tuple[Stretch, ...]  # the parts that run past midnight, on the wall clock of the next day
    gaps: int  # rank of the time no span reaches
    exceptional: bool  # not told by the ordinary rules


class Days:
    """Rules sorted by kind, and each day worked out once."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.ordinary = tuple(rule for rule in rules if rule.holiday is None and not rule.exception)
        self._exceptions = tuple(rule for rule in rules if rule.holiday is None and rule.exception)
        self._holidays = tuple(rule for rule in rules if rule.holiday not in (None, ANY))
        self._any_holiday = tuple(rule for rule in rules if rule.holiday == ANY)
        self._by_weekday = tuple(
            tuple(rule for rule in self.ordinary if not rule.weekdays or weekday in rule.weekdays)
            for weekday in range(8)
        )
        self._plans: dict[int, Plan] = {}
        self._shapes: dict[tuple[tuple[Stretch, ...], tuple[Stretch, ...], int], Shape] = {}

    def plan(self, day: int) -> Plan:
        plan = self._plans.get(day)
        if plan is None:
            if len(self._plans) > _ROOM_FOR:
                self._plans.clear()
                self._shapes.clear()
            plan = self._plans[day] = self._planned(date.fromordinal(day))
        return plan

    def shape(self, day: int) -> Shape:
        """Return the day's states, with what runs over from the evening before."""
        plan = self.plan(day)
        # Few shapes serve a whole year, and adding one up is the dearest part of the work.
        key = (self.plan(day - 1).tails, plan.own, plan.gaps)
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._shapes[key] = _added_up((*key[0], *plan.own), plan.gaps)
        return shape

    def _planned(self, day: date) -> Plan:
        names = holidays_on(day)
        kinds = (self._exceptions, self._holidays, self._any_holiday) if names else (self._exceptions,)
        for kind in kinds:
            picked = [rule for rule in kind if rule.picks(day)]
            if picked:
                return _plan(_stretches(picked), CLOSED if _give_hours(picked) else UNKNOWN, exceptional=True)
        picked = [rule for rule in self._by_weekday[day.isoweekday()] if rule.picks(day)]
        if names and not PUBLIC.isdisjoint(names) and _give_hours(picked):
            # Also the hours after midnight, which the next day would otherwise call closed.
            doubtful = tuple((start, end, UNKNOWN) for start, end, _ in _stretches(picked))
            return _plan(doubtful, UNKNOWN, exceptional=True)
        told = any(rule.gives_hours and rule.valid_on(day) for rule in self.ordinary)
        return _plan(_stretches(picked), CLOSED if told else UNKNOWN, exceptional=False)


def _plan(own: tuple[Stretch, ...], gaps: int, *, exceptional: bool) -> Plan:
    tails = tuple((0, end - DAY, rank) for _, end, rank in own if end > DAY)
    return Plan(own, tails, gaps, exceptional)


def _stretches(rules: Iterable[Rule]) -> tuple[Stretch, ...]:
    return tuple([rule.stretch for rule in rules])


def _give_hours(rules: Iterable[Rule]) -> bool:
    return any(rule.gives_hours for rule in rules)


def _added_up(stretches: tuple[Stretch, ...], gaps: int) -> Shape:
    edges = {0, *(start for start, _, _ in stretches), *(end for _, end, _ in stretches if end < DAY)}
    shape: list[tuple[int, int]] = []
    for edge in sorted(edges):
        rank = max((rank for start, end, rank in stretches if start <= edge < end), default=gaps)
        if not shape or shape[-1][1] != rank:
            shape.append((edge, rank))
    return tuple(shape)
