"""Answers in counts: every number with its base, the reasons for no answer apart, small cells hidden."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from kilauta.lib.disclosure import LEAST, crossed, disclosed
from kilauta.lib.words import Words

from . import choices
from .asked import Asked, Item
from .models import Answer, Response
from .versions import comparable

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many chose one thing. None: the number is small, or tells of a small one, and stays hidden."""

    code: str
    label: Words
    number: int | None
    # of those who answered the question, in whole per cent
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one question: of `base` people `given` answered; `missing` tells why the others did not."""

    item: Item
    base: int
    given: int
    cells: tuple[Cell, ...]
    missing: tuple[tuple[str, int | None], ...]
    # an earlier version asked otherwise: its answers are not among these
    apart: bool = False

    def cell(self, code: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.code == code), None)


@dataclass(frozen=True, slots=True)
class Row:
    """The answers of one part of the people: how many answered, and each choice in its order."""

    key: str
    given: int | None
    numbers: tuple[int | None, ...]


def tallies(asked: Asked, responses: QuerySet[Response]) -> tuple[Tally, ...]:
    """Return the counts of every question with choices over these responses, to all versions that can be compared."""
    counted = _counted(asked, responses)
    return tuple(_tally(item, counted[item.code]) for item in asked.items if item.is_chosen)


def crossed_with(
    asked: Asked,
    code: str,
    responses: QuerySet[Response],
    along: str,
    *,
    key: Callable[[Any], str] = str,
) -> tuple[Row, ...]:
    """Return the answers to one question by a property of the responses, hidden so that no line tells of a small cell.

    `along` is the path from a response to the property, "answers:<code>" for the answer to another question. Those of
    whom the property is not known are a row of their own, without a key: else what is left over would tell of them.
    """
    versions = comparable(asked.code).get(code, [])
    rows = Answer.objects.filter(
        response__in=responses,
        question__code=code,
        question__set__code=asked.code,
        question__set__version__in=versions,
        state=choices.GIVEN,
    )
    codes = [choice.code for choice in asked.by_code[code].choices]
    table: dict[str, Counts] = defaultdict(lambda: dict.fromkeys(codes, 0))
    left = dict(rows.order_by().values_list("code").annotate(number=Count("pk")))
    for value, chosen, number in _along(rows, along).annotate(number=Count("pk")):
        if value is not None:
            cells = table[key(value)]
            cells[chosen] = cells.get(chosen, 0) + number
            left[chosen] -= number
    if any(left.values()):
        table[""] |= left
    totals = {name: sum(cells.values()) for name, cells in table.items()}
    told, shown = disclosed(totals), crossed(table)
    return tuple(
        Row(name, told.get(name), tuple(shown[name].get(each) if name in told else None for each in codes))
        for name in table
    )


def _along(rows: QuerySet[Answer], along: str) -> QuerySet[Answer, tuple[Any, ...]]:
    """Return pairs of the property and the choice."""
    other = along.removeprefix("answers:")
    if other == along:
        return rows.order_by().values_list(f"response__{along}", "code")
    theirs = rows.filter(response__answers__question__code=other, response__answers__state=choices.GIVEN)
    return theirs.order_by().values_list("response__answers__code", "code")


@dataclass(slots=True)
class _Counted:
    """What was counted of one question: responses by state, and choices."""

    states: Counts
    codes: Counts
    apart: bool = False


def _counted(asked: Asked, responses: QuerySet[Response]) -> dict[str, _Counted]:
    found = {item.code: _Counted({}, {}) for item in asked.items}
    versions = comparable(asked.code)
    rows = Answer.objects.filter(
        response__in=responses, question__set__code=asked.code, question__code__in=tuple(found)
    ).order_by()
    by = ("question__code", "question__set__version", "state")
    for code, version, state, number in rows.values_list(*by).annotate(n=Count("response", distinct=True)):
        if version in versions.get(code, ()):
            found[code].states[state] = found[code].states.get(state, 0) + number
        else:
            found[code].apart = True
    chosen = rows.filter(state=choices.GIVEN).exclude(code="")
    for code, version, value, number in chosen.values_list(*by[:2], "code").annotate(n=Count("pk")):
        if version in versions.get(code, ()):
            found[code].codes[value] = found[code].codes.get(value, 0) + number
    return found


def _tally(item: Item, counted: _Counted) -> Tally:
    given = counted.states.get(choices.GIVEN, 0)
    # what is no longer among the choices was one when it was chosen
    labels = {choice.code: choice.label for choice in item.choices}
    labels |= {code: Words(code, code, code) for code in counted.codes if code not in labels}
    numbers = {code: counted.codes.get(code, 0) for code in labels}
    if item.kind == "multiple":
        shown = {code: number for code, number in numbers.items() if number >= LEAST}
    else:
        shown = disclosed(numbers)
    missing = {state: number for state, number in counted.states.items() if state != choices.GIVEN}
    told = disclosed(missing)
    return Tally(
        item=item,
        base=sum(counted.states.values()),
        given=given,
        cells=tuple(_cell(code, label, shown.get(code), given) for code, label in labels.items()),
        missing=tuple((state, told.get(state)) for state in choices.MISSING if missing.get(state)),
        apart=counted.apart,
    )


def _cell(code: str, label: Words, number: int | None, given: int) -> Cell:
    """Return the cell with its share in whole per cent, half rounded up."""
    share = None if number is None or not given else (200 * number + given) // (2 * given)
    return Cell(code, label, number, share)
