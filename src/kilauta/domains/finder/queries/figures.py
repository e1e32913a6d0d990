"""What was counted, as it may be told: by whole months, small numbers hidden.

A month of a network is the smallest piece. Its cells are told as `disclosed` lets them; what is told of a longer time
is the sum of what is told of its months. So nothing can be reckoned by taking one period from another, and the same
cell has the same answer on every page. Cells of one table share no total with those of another, or only the network's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from kilauta.domains.finder.choices import MISSED, OUTCOMES
from kilauta.domains.finder.logic.periods import Month
from kilauta.domains.finder.models import Finding
from kilauta.lib.disclosure import LEAST, disclosed
from kilauta.lib.zone import HELSINKI

# What is measured. No two of them count the same happening.
FOUND, NOTHING, ANSWERS, PAGES, CALLS, YES, NO = "found", "nothing", "answers", "pages", "calls", "yes", "no"
MEASURES = (FOUND, NOTHING, ANSWERS, PAGES, CALLS, YES, NO)
# Those that know a place.
PLACED = (FOUND, NOTHING, ANSWERS, YES, NO)
SEARCHES, OUTCOME_KINDS, MISSED_KINDS = (
    ("search", "desk"),
    ("outcome", "desk-outcome"),
    ("missed", "desk-missed"),
)
_OF_KIND = {"answer": ANSWERS, "view": PAGES, "call": CALLS}

Cells = dict[str, int]
ByMonth = Mapping[Month, Cells]


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of one table: by month the cells that are not hidden."""

    months: ByMonth = field(default_factory=dict)

    def total(self, key: str) -> int | None:
        """Return the sum of the months in which the cell is told; None if it is in none."""
        numbers = [cells[key] for cells in self.months.values() if key in cells]
        return sum(numbers) if numbers else None

    def all(self) -> list[tuple[str, int]]:
        """Return every cell that is told in some month, the greatest first."""
        sums: dict[str, int] = defaultdict(int)
        for cells in self.months.values():
            for key, number in cells.items():
                sums[key] += number
        return sorted(sums.items(), key=lambda item: (-item[1], item[0]))


def told(counted: ByMonth) -> Told:
    """Hide what must be hidden in the cells of each month, which add up to a number that is told."""
    return Told({month: disclosed(cells) for month, cells in counted.items()})


def measures(
    network: str, months: tuple[Month, ...], municipality_of: Callable[[str], str]
) -> dict[str, Told]:
    """Return each measure by municipality; the key "" is the whole network, which counts what has no place too."""
    counted: dict[str, dict[Month, Cells]] = {
        each: defaultdict(lambda: defaultdict(int)) for each in MEASURES
    }
    for month, facts, times in _grouped(network, months, "kind", "results", "outcome", "place"):
        kind, results, outcome, place = facts
        measure = _measure(kind, results, outcome)
        if measure:
            counted[measure][month][municipality_of(place) or _NOWHERE] += times
    return {
        measure: Told({m: _with_whole(cells) for m, cells in by.items()}) for measure, by in counted.items()
    }


# A place that nobody named; no code of a municipality.
_NOWHERE = "-"


def _with_whole(cells: Cells) -> Cells:
    whole = sum(cells.values())
    if whole < LEAST:
        return {}
    shown = disclosed(cells)
    shown.pop(_NOWHERE, None)
    return {"": whole, **shown}


def _measure(kind: str, results: str, outcome: str) -> str:
    if kind in SEARCHES:
        return NOTHING if results == "0" else FOUND
    if kind in OUTCOME_KINDS and outcome in OUTCOMES:
        return YES if outcome == "yes" else NO
    return _OF_KIND.get(kind, "")


def needs(network: str, months: tuple[Month, ...]) -> Told:
    """Return how often each need was answered."""
    return told(_cells(network, months, "need", kinds=("answer",)))


def words(network: str, months: tuple[Month, ...], *, found: bool) -> Told:
    """Return which of our words were searched, with results or without; "" is a search with none of our words."""
    cells: dict[Month, Cells] = defaultdict(lambda: defaultdict(int))
    for month, (results, asked), times in _grouped(network, months, "results", "words", kinds=SEARCHES):
        if (results != "0") == found:
            cells[month][asked] += times
    return told(cells)


def reasons(network: str, months: tuple[Month, ...]) -> Told:
    """Return why help was not found, by the codes of MISSED."""
    cells = _cells(network, months, "outcome", kinds=MISSED_KINDS)
    return told({month: {code: n for code, n in by.items() if code in MISSED} for month, by in cells.items()})


def pages(network: str, months: tuple[Month, ...]) -> tuple[Told, Told]:
    """Return how often pages were opened, by kind, and by kind and short id ("service abc123").

    The pages of a kind are told only where the kind itself is: they add up to it.
    """
    by_kind: dict[Month, Cells] = defaultdict(lambda: defaultdict(int))
    by_page: dict[Month, dict[str, Cells]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for month, (kind, address), times in _grouped(network, months, "filters", "chosen", kinds=("view",)):
        by_kind[month][kind] += times
        by_page[month][kind][f"{kind} {address.split('-', 1)[0]}"] += times
    kinds = told(by_kind)
    single = {
        month: {key: n for kind in shown for key, n in disclosed(by_page[month][kind]).items()}
        for month, shown in kinds.months.items()
    }
    return kinds, Told(single)


def chosen(network: str, months: tuple[Month, ...], kind: str) -> Told:
    """Return how often each way of help stood first in an answer ("answer"), or its number was tapped ("call")."""
    return told(_cells(network, months, "chosen", kinds=(kind,)))


def _cells(network: str, months: tuple[Month, ...], name: str, *, kinds: Iterable[str]) -> ByMonth:
    cells: dict[Month, Cells] = defaultdict(lambda: defaultdict(int))
    for month, (value,), times in _grouped(network, months, name, kinds=kinds):
        cells[month][value] += times
    return cells


def _grouped(
    network: str, months: tuple[Month, ...], *names: str, kinds: Iterable[str] = ()
) -> list[tuple[Month, tuple[str, ...], int]]:
    """Return month, facts and number of happenings, added up by the database."""
    rows = Finding.objects.filter(
        network=network, hour__gte=_begins(months[0]), hour__lt=_begins(months[-1].later(1))
    )
    if kinds:
        rows = rows.filter(kind__in=tuple(kinds))
    grouped = rows.annotate(month=TruncMonth("hour", tzinfo=HELSINKI)).values("month", *names)
    found = grouped.annotate(number=Sum("times")).order_by("month", *names)
    return [
        (
            Month(row["month"].year, row["month"].month),
            tuple(str(row[name]) for name in names),
            int(row["number"]),
        )
        for row in found
    ]


def _begins(month: Month) -> datetime:
    return datetime.combine(month.first_on, time(), HELSINKI)
