"""Hours as they are stored, read into schedules."""

from collections import defaultdict

from kilauta.domains.directory.models import OpeningRule
from kilauta.lib.hours import Rule, Schedule, State
from kilauta.lib.words import Words


class Schedules:
    """Hours by owner. Equal hours share one schedule and its number, so that its state is reckoned once."""

    def __init__(self) -> None:
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        self._notes: dict[str, dict[Words, None]] = defaultdict(dict)
        self._known: dict[tuple[Rule, ...], tuple[Schedule, int]] = {}
        for row in OpeningRule.objects.order_by("id"):
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
