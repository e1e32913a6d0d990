"""Opening hours as a person fills them in: a week, or several that hold at different times. Nobody writes rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kilauta.domains.directory.logic import week as weekly
from kilauta.domains.directory.logic.week import EMPTY, MOST_WEEKS, Row, Span, Week
from kilauta.domains.directory.queries.snapshots import Plain
from kilauta.domains.directory.queries.telling import hours_row
from kilauta.kit.forms import ChoiceField, DayField, TimeField, WordsField
from kilauta.kit.forms.fields import ChoicesField
from kilauta.lib.words import Words

from .entry import EntryForm
from .fields import OneField

WEEKLY, APPOINTMENT, UNKNOWN, OF_PLACE = "week", "appointment", "unknown", "place"
DAY_NAMES: Final = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
STATES: Final = (
    ("open", gettext_lazy("a helper is there")),
    ("self-service", gettext_lazy("self-service, no helper")),
    ("by-appointment", gettext_lazy("by appointment")),
)
WHICH: Final = (
    ("all", gettext_lazy("Every week")),
    ("odd", gettext_lazy("Odd weeks only")),
    ("even", gettext_lazy("Even weeks only")),
    ("1", gettext_lazy("Only the first such day of the month")),
    ("2", gettext_lazy("Only the second such day of the month")),
    ("3", gettext_lazy("Only the third such day of the month")),
    ("4", gettext_lazy("Only the fourth such day of the month")),
    ("5", gettext_lazy("Only the fifth such day of the month")),
    ("-1", gettext_lazy("Only the last such day of the month")),
)
# The button that makes the other weekdays like Monday, before the number of its week.
AS_MONDAY: Final = "as-monday-"
ALL_DAY: Final[Row] = {**EMPTY, "state": "by-appointment"}


@dataclass(frozen=True, slots=True)
class SpanRow:
    opens: BoundField
    closes: BoundField
    state: BoundField

    @property
    def fields(self) -> tuple[BoundField, ...]:
        return (self.opens, self.closes, self.state)

    @property
    def is_empty(self) -> bool:
        written = self.opens.value() or self.closes.value() or self.opens.errors or self.closes.errors
        # by appointment may be at any time of the day
        return not (written or self.state.value() == "by-appointment")


@dataclass(frozen=True, slots=True)
class DayRow:
    name: str
    spans: tuple[SpanRow, ...]


@dataclass(frozen=True, slots=True)
class WeekRows:
    number: int
    as_monday: str
    which: BoundField
    valid_from: BoundField
    valid_to: BoundField
    note: BoundField
    days: tuple[DayRow, ...]


class HoursForm(EntryForm):
    """The ordinary hours of a place or a way to get help."""

    count = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MOST_WEEKS)
    kind = ChoiceField(label=gettext_lazy("When is help given?"))
    drop = ChoicesField(label=gettext_lazy("Take these away"), required=False)

    def __init__(
        self, request: HttpRequest, *, held: Plain, changed_at: datetime | None, has_place: bool
    ) -> None:
        rows: Any = held["hours"]
        self.has_place = has_place
        self.of_holidays = [row for row in rows if row["holiday"]]
        self.rows = [row for row in rows if not row["holiday"]]
        self.weeks, self.kept = weekly.weeks_of(self.rows)
        super().__init__(request, held=held, changed_at=changed_at)

    def prepare(self) -> None:
        kinds = [
            (WEEKLY, _("At certain times of the week")),
            (APPOINTMENT, _("By appointment, at any time")),
            (UNKNOWN, _("We do not know")),
        ]
        if self.has_place:
            kinds.insert(0, (OF_PLACE, _("Whenever the place is open")))
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a field of choices
        self.fields["drop"].choices = [(str(n), hours_row(row)) for n, row in enumerate(self.kept)]  # type: ignore[attr-defined]  # the same
        if not self.kept:
            del self.fields["drop"]
        self.number = self._number()
        for number in range(self.number):
            self._add_week(number)

    def _number(self) -> int:
        """Return how many weeks the page shows: those there are, and one more each time the button is pressed."""
        shown = max(1, len(self.weeks))
        if self.sent:
            sent = str(self.sent.get("count", ""))
            shown = int(sent) if sent.isascii() and sent.isdigit() else shown
            shown += self.action == "add"
        shown = max(1, min(shown, MOST_WEEKS))
        if self.sent:
            typed = self.sent.copy()
            typed["count"] = str(shown)
            week = self.action.removeprefix(AS_MONDAY)
            if week != self.action:
                _repeat_monday(typed, week)
            self.data = typed
        return shown

    def _add_week(self, number: int) -> None:
        start = f"w{number}"
        self.fields[f"{start}_which"] = OneField(label=_("In which weeks?"), choices=WHICH, required=False)
        self.fields[f"{start}_from"] = DayField(label=_("From (leave empty: always)"), required=False)
        self.fields[f"{start}_to"] = DayField(label=_("Until (leave empty: for good)"), required=False)
        self.fields[f"{start}_note"] = WordsField(
            label=_("A word beside these hours"), max_length=120, required=False
        )
        for day, name in enumerate(DAY_NAMES):
            for span in range(weekly.SPANS):
                at = f"{start}_{day}_{span}"
                said = {"day": name, "time": span + 1}
                self._add_time(f"{at}_opens", _("%(day)s, time %(time)s: from") % said)
                self._add_time(f"{at}_closes", _("%(day)s, time %(time)s: until") % said)
                self.fields[f"{at}_state"] = OneField(choices=STATES, required=False)
                self.fields[f"{at}_state"].widget.attrs["aria-label"] = (
                    _("%(day)s, time %(time)s: what") % said
                )

    def _add_time(self, name: str, label: str) -> None:
        self.fields[name] = TimeField(label=label, required=False)
        self.fields[name].widget.attrs |= {"aria-label": label, "size": 6}

    def opening(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"kind": self._kind(), "count": self.number}
        for number in range(self.number):
            week = self.weeks[number] if number < len(self.weeks) else Week()
            shown |= _of_week(f"w{number}", week)
        return shown

    def _kind(self) -> str:
        if self.held.get("hours_of_place") and self.has_place:
            return OF_PLACE
        if self.rows and weekly.same(self.rows, [ALL_DAY]):
            return APPOINTMENT
        # a new week is filled in more often than it is said that nothing is known
        return WEEKLY

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("kind") != WEEKLY:
            return found
        for number in range(self.number):
            for day in range(7):
                for span in range(weekly.SPANS):
                    self._check_span(f"w{number}_{day}_{span}")
            first, last = found.get(f"w{number}_from"), found.get(f"w{number}_to")
            if first and last and last < first:
                self.add_error(f"w{number}_to", _("It cannot end before it begins."))
        if not self.errors and all(week.is_empty for week in self._weeks()) and not self._still_kept():
            self.add_error("kind", _("Write the hours of one day at least, or choose “We do not know”."))
        return found

    def _check_span(self, at: str) -> None:
        found = self.cleaned_data
        opens, closes = found.get(f"{at}_opens"), found.get(f"{at}_closes")
        if f"{at}_opens" in self.errors or f"{at}_closes" in self.errors:
            return
        if (opens is None) != (closes is None):
            missing = "opens" if opens is None else "closes"
            self.add_error(f"{at}_{missing}", _("Write both times: from and until."))

    def values(self) -> dict[str, object]:
        """Return the hours as rows; rows that say the same as before are left as they were cut."""
        kind = self.cleaned_data["kind"]
        rows = self._weekly() if kind == WEEKLY else [ALL_DAY] if kind == APPOINTMENT else []
        if weekly.same(rows, self.rows):
            rows = self.rows
        found: dict[str, object] = {"hours": [*rows, *self.of_holidays]}
        if "hours_of_place" in self.held:
            found["hours_of_place"] = kind == OF_PLACE
        return found

    def _weekly(self) -> list[Row]:
        return weekly.rows_of(self._weeks(), self._still_kept())

    def _still_kept(self) -> list[Row]:
        dropped = self.cleaned_data.get("drop", [])
        return [row for number, row in enumerate(self.kept) if str(number) not in dropped]

    def _weeks(self) -> list[Week]:
        found = []
        for number in range(self.number):
            start = f"w{number}"
            held = self.weeks[number] if number < len(self.weeks) else Week()
            get = self.cleaned_data.get
            which = get(f"{start}_which") or "all"
            found.append(
                Week(
                    tuple(self._spans(f"{start}_{day}") for day in range(7)),
                    weeks=which if which in ("odd", "even") else "all",
                    nth=int(which) if which.lstrip("-").isdigit() else None,
                    valid_from=_iso(get(f"{start}_from")),
                    valid_to=_iso(get(f"{start}_to")),
                    note=tuple(get(f"{start}_note") or Words("")),
                    noted=held.noted,
                )
            )
        return found

    def _spans(self, day: str) -> tuple[Span, ...]:
        spans = []
        for number in range(weekly.SPANS):
            opens, closes, state = (
                self.cleaned_data.get(f"{day}_{number}_{name}") for name in ("opens", "closes", "state")
            )
            state = state or "open"
            if opens is not None and closes is not None:
                spans.append(Span(f"{opens:%H:%M}", f"{closes:%H:%M}", state))
            elif state == "by-appointment":
                spans.append(Span("", "", state))
        return tuple(sorted(spans))

    def grids(self) -> Iterator[WeekRows]:
        """Yield the weeks as the page writes them."""
        for number in range(self.number):
            start = f"w{number}"
            yield WeekRows(
                number + 1,
                f"{AS_MONDAY}{number}",
                self[f"{start}_which"],
                self[f"{start}_from"],
                self[f"{start}_to"],
                self[f"{start}_note"],
                tuple(self._day(f"{start}_{day}", str(name)) for day, name in enumerate(DAY_NAMES)),
            )

    def _day(self, at: str, name: str) -> DayRow:
        spans = range(weekly.SPANS)
        return DayRow(
            name,
            tuple(
                SpanRow(*(self[f"{at}_{n}_{what}"] for what in ("opens", "closes", "state"))) for n in spans
            ),
        )

    @property
    def can_grow(self) -> bool:
        return self.number < MOST_WEEKS

    @property
    def exact(self) -> Sequence[str]:
        """Return the rules that no week can show, in words."""
        return [hours_row(row) for row in self.kept]


def _repeat_monday(typed: QueryDict, week: str) -> None:
    """Let Tuesday to Friday be as Monday, in the week whose button was pressed."""
    for span in range(weekly.SPANS):
        for part in ("opens", "closes", "state"):
            for day in range(1, 5):
                typed[f"w{week}_{day}_{span}_{part}"] = typed.get(f"w{week}_0_{span}_{part}", "")


def _of_week(start: str, week: Week) -> dict[str, Any]:
    shown: dict[str, Any] = {
        f"{start}_which": str(week.nth) if week.nth is not None else week.weeks,
        f"{start}_from": _day(week.valid_from),
        f"{start}_to": _day(week.valid_to),
        f"{start}_note": Words(*week.note),
    }
    for day, spans in enumerate(week.days):
        for number, span in enumerate(spans):
            at = f"{start}_{day}_{number}"
            shown |= {
                f"{at}_opens": _time(span.opens),
                f"{at}_closes": _time(span.closes),
                f"{at}_state": span.state,
            }
    return shown


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
