"""Hours as they are stored, read into schedules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, time

from django.db.models import QuerySet

from kilauta.domains.directory.models import OpeningRule
from kilauta.lib.hours import Rule, Schedule, State
from kilauta.lib.words import LANGUAGES, Words


class Schedules:
    """Hours by owner. Equal hours share one schedule and its number, so that its state is reckoned once."""

    def __init__(self, rows: QuerySet[OpeningRule] | None = None) -> None:
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        self._notes: dict[str, dict[Words, None]] = defaultdict(dict)
        self._known: dict[tuple[Rule, ...], tuple[Schedule, int]] = {}
        for row in (OpeningRule.objects.all() if rows is None else rows).order_by("id"):
            owner = row.place_id or row.channel_id or row.network_id
            self._rules[str(owner)].append(hour_rule(row))
            if row.note:
                self._notes[str(owner)][row.note] = None

    def notes(self, owner: str) -> tuple[Words, ...]:
        """Return what is said beside the hours, each once."""
        return tuple(self._notes.get(owner, ()))

    def of(self, owner: str) -> tuple[Schedule, int]:
        rules = tuple(self._rules.get(owner, ()))
        if rules not in self._known:
            self._known[rules] = (Schedule(rules), len(self._known))
        return self._known[rules]


def hour_rule(row: OpeningRule) -> Rule:
    return Rule(
        weekdays=frozenset(int(day) for day in row.weekdays),
        opens=row.opens,
        closes=row.closes,
        state=State(row.state),
        weeks=row.weeks,
        nth=row.nth,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        holiday=row.holiday or None,
        exception=row.exception,
    )


def schedule_of(
    hours: Iterable[Mapping[str, object]], exceptions: Iterable[Mapping[str, object]]
) -> tuple[Schedule, tuple[Words, ...]]:
    """Return the hours that rows as a history holds them would mean, and what is said beside them."""
    rows = [(row, False) for row in hours] + [(row, True) for row in exceptions]
    rules = tuple(
        Rule(
            weekdays=frozenset(int(day) for day in str(row["weekdays"])),
            opens=_time(row["opens"]),
            closes=_time(row["closes"]),
            state=State(str(row["state"])),
            weeks=str(row["weeks"]),
            nth=int(str(row["nth"])) if row["nth"] is not None else None,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            holiday=str(row["holiday"]) or None,
            exception=exception,
        )
        for row, exception in rows
    )
    notes = (Words(*(str(row[f"note_{language}"]) for language in LANGUAGES)) for row, _exception in rows)
    return Schedule(rules), tuple(dict.fromkeys(note for note in notes if note))


def _time(value: object) -> time | None:
    return time.fromisoformat(str(value)) if value else None


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None
