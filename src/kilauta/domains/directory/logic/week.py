"""Rows of hours as a person fills them in: weeks of seven days with at most two times each, and what is left over.

A *row* is a row of hours as a history holds it: texts by column. A *week* holds always, or in some weeks of the year
or month, or in a season. What no week can show is kept as it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

Row = Mapping[str, Any]

DAYS: Final = "1234567"
SPANS: Final = 2
MOST_WEEKS: Final = 4
STATES: Final = ("open", "self-service", "by-appointment")
NOTES: Final = ("note_fi", "note_sv", "note_en")
NO_NOTE: Final = ("", "", "")
WHEN: Final = ("weeks", "nth", "valid_from", "valid_to")
EMPTY: Final[Row] = {
    "weekdays": "", "opens": None, "closes": None, "state": "", "weeks": "all", "nth": None, "valid_from": None,
    "valid_to": None, "holiday": "", "note_fi": "", "note_sv": "", "note_en": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From when to when, and what: helpers are there, one is alone, or by appointment (then perhaps at any time)."""

    opens: str
    closes: str
    state: str


@dataclass(frozen=True)
class Week:
    """The times of Monday to Sunday, when they hold, and a word beside them."""

    days: tuple[tuple[Span, ...], ...] = ((),) * 7
    weeks: str = "all"
    nth: int | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    note: tuple[str, str, str] = NO_NOTE
    # The states whose rows carry the note; none: all of them.
    noted: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_empty(self) -> bool:
        return not any(self.days)


def weeks_of(rows: Iterable[Row]) -> tuple[tuple[Week, ...], tuple[Row, ...]]:
    """Return the weeks that show the rows, the one that always holds first, and the rows that no week can show."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    kept: list[Row] = []
    for row in sorted(rows, key=_turn):
        if _is_plain(row):
            groups[tuple(row[name] for name in WHEN)].append(row)
        else:
            kept.append(row)
    weeks = []
    for number, (when, group) in enumerate(sorted(groups.items(), key=lambda item: _when_turn(item[0]))):
        if number >= MOST_WEEKS:
            kept += group
            continue
        week, over = _week(when, group)
        weeks.append(week)
        kept += over
    return tuple(weeks), tuple(kept)


def rows_of(weeks: Iterable[Week], kept: Iterable[Row] = ()) -> list[Row]:
    """Return the rows that say what the weeks show: days with the same time stand in one row."""
    return [*(row for week in weeks for row in _rows(week)), *kept]


def same(some: Iterable[Row], others: Iterable[Row]) -> bool:
    """Tell whether two lists of rows say the same, however they are cut into rows."""
    return _atoms(some) == _atoms(others)


def _is_plain(row: Row) -> bool:
    timed = row["opens"] is not None or row["state"] == "by-appointment"
    one_turn = row["weeks"] == "all" or row["nth"] is None
    return not row["holiday"] and row["state"] in STATES and timed and one_turn


def _turn(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in ("weekdays", "opens", "closes", "state", *NOTES))


def _when_turn(when: tuple[Any, ...]) -> tuple[str, ...]:
    weeks, nth, valid_from, valid_to = when
    return (str(valid_from or ""), str(valid_to or ""), str(weeks), str(nth or ""))


def _week(when: tuple[Any, ...], rows: Sequence[Row]) -> tuple[Week, list[Row]]:
    days: list[set[Span]] = [set() for _day in DAYS]
    notes: dict[str, tuple[str, ...]] = {}
    over = []
    for row in rows:
        said = tuple(str(row[name]) for name in NOTES)
        span = Span(_short(row["opens"]), _short(row["closes"]), row["state"])
        held = [days[int(day) - 1] for day in (row["weekdays"] or DAYS)]
        if any(len(spans | {span}) > SPANS for spans in held) or not _fits(said, span.state, notes):
            over.append(row)
            continue
        notes[span.state] = said
        for spans in held:
            spans.add(span)
    note = next(filter(any, notes.values()), NO_NOTE)
    noted = frozenset(state for state, said in notes.items() if any(said))
    weeks, nth, valid_from, valid_to = when
    fixed = tuple(tuple(sorted(spans)) for spans in days)
    return Week(fixed, weeks, nth, valid_from, valid_to, note, noted), over  # type: ignore[arg-type]  # three texts


def _fits(said: tuple[str, ...], state: str, notes: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether one note of the week, beside all times of the same state, can say this too."""
    others = [note for note in notes.values() if any(note)]
    return notes.get(state, said) == said and (not any(said) or not others or said in others)


def _rows(week: Week) -> Iterable[Row]:
    found: dict[Span, str] = {}
    for number, spans in enumerate(week.days, start=1):
        for span in spans:
            found[span] = found.get(span, "") + str(number)
    for span, weekdays in found.items():
        noted = (
            not week.noted or span.state in week.noted or not (week.noted & {each.state for each in found})
        )
        yield {
            **EMPTY,
            "weekdays": weekdays,
            "opens": _long(span.opens),
            "closes": _long(span.closes),
            "state": span.state,
            **{name: getattr(week, name) for name in WHEN},
            **dict(zip(NOTES, week.note if noted else NO_NOTE, strict=True)),
        }


def _atoms(rows: Iterable[Row]) -> frozenset[tuple[Any, ...]]:
    names = [name for name in EMPTY if name != "weekdays"]
    return frozenset(
        (day, *(row.get(name, EMPTY[name]) for name in names))
        for row in rows
        for day in (row["weekdays"] or (DAYS if _is_plain(row) else "-"))
    )


def _short(moment: str | None) -> str:
    return moment[:5] if moment else ""


def _long(moment: str) -> str | None:
    return f"{moment}:00" if moment else None
