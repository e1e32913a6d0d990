"""What is reckoned from counts. No share without its base, no change without what it is a change of."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

# Help that nobody went anywhere for.
REMOTE = frozenset({"phone", "remote", "chat"})


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How many by code, and how many of whom it is not known.

    `base`: of how many it is told. Where each has one answer it is the sum of the cells; where one may have several
    (topics of a session) the cells add up to more, and shares to more than 100 %.
    """

    cells: Mapping[str, int]
    base: int
    untold: int

    @property
    def whole(self) -> int:
        return self.base + self.untold

    def share(self, code: str) -> int | None:
        """Return how many per cent of those of whom it is told have this; None where nothing is told."""
        return per_cent(self.cells.get(code, 0), self.base)


def told_once(cells: Mapping[str, int], whole: int) -> Breakdown:
    """Return the counts of what each has one of, with the rest as not told. The empty code is not told either."""
    known = {code: number for code, number in cells.items() if code and number}
    base = sum(known.values())
    return Breakdown(known, base, whole - base)


def told_often(told: Iterable[tuple[Collection[str], int]]) -> Breakdown:
    """Return the counts of what each may have several of, from so many that have the same ones; none is not told."""
    cells: dict[str, int] = {}
    base = untold = 0
    for codes, number in told:
        base, untold = (base + number, untold) if codes else (base, untold + number)
        for code in codes:
            cells[code] = cells.get(code, 0) + number
    return Breakdown(cells, base, untold)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is compared from one time to another. Of no sessions everything is nought, and nothing is missing."""

    sessions: int = 0
    visits: int = 0
    remote: int = 0
    near: int = 0
    near_visits: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """So many sessions and visits that are alike in all of this."""

    organisation: str
    kind: str
    mode: str
    given_by: str
    is_near: bool
    sessions: int
    visits: int


def counted(groups: Iterable[Group]) -> Counted:
    groups = tuple(groups)
    return Counted(
        sessions=sum(each.sessions for each in groups),
        visits=sum(each.visits for each in groups),
        remote=sum(each.sessions for each in groups if each.mode in REMOTE),
        near=sum(each.sessions for each in groups if each.is_near),
        near_visits=sum(each.visits for each in groups if each.is_near),
        kinds=sums((each.kind, each.sessions) for each in groups),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """How a number has come from an earlier one; None where there is no earlier time."""

    now: int
    before: int | None

    @property
    def difference(self) -> int | None:
        return None if self.before is None else self.now - self.before

    @property
    def per_cent(self) -> int | None:
        """Return the growth in per cent; from nothing there is none."""
        if not self.before:
            return None
        difference = self.now - self.before
        return _rounded(abs(difference), self.before) * (1 if difference >= 0 else -1)


@dataclass(frozen=True, slots=True)
class Minutes:
    """Of the sessions that told how long they took."""

    told: int
    untold: int
    total: int
    median: int | None


def minutes(sessions: Mapping[int, int], untold: int) -> Minutes:
    """Return the sum and the median of a count by minutes; between two minutes the median is rounded up."""
    told = sum(sessions.values())
    total = sum(each * number for each, number in sessions.items())
    return Minutes(told, untold, total, _median(sessions, told) if told else None)


def _median(sessions: Mapping[int, int], told: int) -> int:
    lower, upper = (_at(sessions, place) for place in ((told - 1) // 2, told // 2))
    return (lower + upper + 1) // 2


def _at(sessions: Mapping[int, int], place: int) -> int:
    """Return the minutes of the session at this place, the shortest first."""
    passed = 0
    for each in sorted(sessions):
        passed += sessions[each]
        if place < passed:
            return each
    raise IndexError(place)


def per_cent(part: int, base: int) -> int | None:
    """Return how many per cent of a base a part is; of nothing there is no share."""
    return _rounded(part, base) if base else None


def _rounded(part: int, base: int) -> int:
    return (200 * part + base) // (2 * base)


def sums(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the sum of the numbers of each code."""
    found: dict[str, int] = {}
    for code, number in pairs:
        found[code] = found.get(code, 0) + number
    return found


def followed(onward: Mapping[str, str], key: str) -> str:
    """Return what has come of a thing that was joined to another, and that one perhaps to a third."""
    seen = set()
    while key in onward and key not in seen:
        seen.add(key)
        key = onward[key]
    return key
