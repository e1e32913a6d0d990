"""Forms of those who give their time: what can be booked, in which weeks, days that are otherwise."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kilauta.domains.booking.choices import FACILITIES, WEEKS
from kilauta.domains.booking.models import Facility, Offer, Pattern
from kilauta.domains.booking.queries.offers import Choice
from kilauta.domains.directory.models import Channel
from kilauta.kit.accounts.models import Person
from kilauta.kit.forms import (
    ChoiceField,
    ChoicesField,
    DayField,
    Form,
    NumberField,
    SelectField,
    TextField,
    TickField,
    TimeField,
)

HOUR = 60
SPANS: Final = 2
MOST_WEEKS: Final = 4
ONE_DAY = timedelta(days=1)
DAY_NAMES: Final = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)


class OfferForm(Form):
    """How somebody can be booked: how long, how early, with what room around it."""

    minutes = NumberField(
        label=gettext_lazy("How many minutes one time lasts"), min_value=5, max_value=480, initial=30
    )
    before = NumberField(
        label=gettext_lazy("Minutes kept free before it"),
        help_text=gettext_lazy("For instance the way from another village."),
        min_value=0,
        max_value=240,
        initial=0,
    )
    after = NumberField(
        label=gettext_lazy("Minutes kept free after it"), min_value=0, max_value=240, initial=0
    )
    notice = NumberField(
        label=gettext_lazy("It must be booked at least so many hours before"),
        min_value=0,
        max_value=720,
        initial=2,
    )
    horizon = NumberField(
        label=gettext_lazy("It can be booked so many days ahead"), min_value=1, max_value=366, initial=42
    )
    capacity = NumberField(
        label=gettext_lazy("How many can come at the same time"), min_value=1, max_value=50, initial=1
    )
    needs_yes = TickField(
        label=gettext_lazy("I say yes to each booking first"),
        help_text=gettext_lazy("For home visits: nothing is agreed before you have said yes."),
        required=False,
    )
    closed_on_holidays = TickField(
        label=gettext_lazy("No times on public holidays"), initial=True, required=False
    )
    last_day = DayField(label=gettext_lazy("Last day on which help is given"), required=False)
    facilities = ChoicesField(
        label=gettext_lazy("Rooms and devices that are reserved with it"), choices=(), required=False
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        facilities: Iterable[Facility],
        initial: Mapping[str, object],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.things = {str(each.pk): each for each in facilities}
        if self.things:
            named = [(key, f"{each.place.name_fi}: {each.name}") for key, each in self.things.items()]
            self.fields["facilities"].choices = named  # type: ignore[attr-defined]  # a field of choices
        else:
            del self.fields["facilities"]

    def values(self) -> dict[str, object]:
        """Return the columns of an offer."""
        said = dict(self.cleaned_data)
        last = said.get("last_day")
        return {**said, "notice": said["notice"] * HOUR, "ends_on": last + ONE_DAY if last else None}

    def chosen(self) -> list[Facility]:
        return [self.things[key] for key in self.cleaned_data.get("facilities", ())]


class NewOfferForm(OfferForm):
    """The same, and what is offered of whom."""

    channel = SelectField(label=gettext_lazy("What is booked"), choices=())
    supporter = SelectField(label=gettext_lazy("Who gives the help"), choices=())
    field_order = ("channel", "supporter")

    def __init__(self, data: QueryDict | None, *, choice: Choice, initial: Mapping[str, object]) -> None:
        super().__init__(data, facilities=choice.facilities, initial=initial)
        self.choice = choice
        self.people = {str(each.pk): each for each in choice.people}
        named = [(key, str(person)) for key, person in self.people.items()]
        for name, rows in (("channel", choice.channels), ("supporter", named)):
            self.fields[name].choices = [("", _("Choose")), *rows]  # type: ignore[attr-defined]  # the same

    @property
    def way(self) -> Channel:
        return self.choice.ways[self.cleaned_data["channel"]]

    @property
    def person(self) -> Person:
        return self.people[self.cleaned_data["supporter"]]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("channel") and found.get("supporter") and not self.choice.suits(self.way, self.person):
            self.add_error("supporter", _("This person does not work there. Choose another one."))
        return found


def said_of(offer: Offer) -> dict[str, object]:
    """Return what the form of an offer begins with."""
    names = ("minutes", "before", "after", "horizon", "capacity", "needs_yes", "closed_on_holidays")
    held = {name: getattr(offer, name) for name in names}
    last = offer.ends_on - ONE_DAY if offer.ends_on else None
    keys = [
        str(each.facility.pk)
        for each in offer.resources.select_related("facility")
        if hasattr(each, "facility")
    ]
    return {**held, "notice": offer.notice // HOUR, "last_day": last, "facilities": keys}


@dataclass(frozen=True, slots=True)
class SpanRow:
    opens: BoundField
    closes: BoundField

    @property
    def fields(self) -> tuple[BoundField, ...]:
        return (self.opens, self.closes)

    @property
    def is_empty(self) -> bool:
        return not (self.opens.value() or self.closes.value() or self.opens.errors or self.closes.errors)


@dataclass(frozen=True, slots=True)
class DayRow:
    name: str
    spans: tuple[SpanRow, ...]


@dataclass(frozen=True, slots=True)
class WeekRows:
    number: int
    which: BoundField
    valid_from: BoundField
    valid_to: BoundField
    days: tuple[DayRow, ...]
    is_plain: bool


# What makes times of a week different from others: in which weeks, from when, until when.
When = tuple[str, date | None, date | None]
Span = tuple[int, int]


class WeekForm(Form):
    """The times of a week, and others that hold in some weeks or for a while."""

    def __init__(self, data: QueryDict | None, *, patterns: Iterable[Pattern]) -> None:
        self.weeks = _weeks(patterns)
        shown = max(1, len(self.weeks))
        if data is not None:
            sent = data.get("count", "")
            shown = int(sent) if sent.isascii() and sent.isdigit() else shown
            shown += data.get("do") == "add"
        # what there is, is always shown: what is not sent back is no longer held
        self.count = max(1, min(shown, max(MOST_WEEKS, len(self.weeks))))
        super().__init__(data, initial=self._opening())
        for number in range(self.count):
            self._add_week(number)

    @property
    def can_grow(self) -> bool:
        return self.count < MOST_WEEKS

    def _opening(self) -> dict[str, object]:
        shown: dict[str, object] = {}
        for number, ((which, starts_on, ends_on), days) in enumerate(self.weeks):
            last = ends_on - ONE_DAY if ends_on else None
            shown |= {f"w{number}_which": which, f"w{number}_from": starts_on, f"w{number}_to": last}
            for day, spans in enumerate(days):
                for place, (opens, closes) in enumerate(spans):
                    shown[f"w{number}_{day}_{place}_opens"] = _clock(opens)
                    shown[f"w{number}_{day}_{place}_closes"] = _clock(closes)
        return shown

    def _add_week(self, number: int) -> None:
        start = f"w{number}"
        which = ChoiceField(label=_("In which weeks?"), choices=list(WEEKS.items()), required=False)
        self.fields[f"{start}_which"] = which
        which.initial = "all"
        self.fields[f"{start}_from"] = DayField(label=_("From (leave empty: always)"), required=False)
        self.fields[f"{start}_to"] = DayField(label=_("Until (leave empty: for good)"), required=False)
        for day, name in enumerate(DAY_NAMES):
            for place in range(SPANS):
                said = {"day": name, "time": place + 1}
                at = f"{start}_{day}_{place}"
                self._add_time(f"{at}_opens", _("%(day)s, time %(time)s: from") % said)
                self._add_time(f"{at}_closes", _("%(day)s, time %(time)s: until") % said)

    def _add_time(self, name: str, label: str) -> None:
        self.fields[name] = TimeField(label=label, required=False)
        self.fields[name].widget.attrs |= {"aria-label": label, "size": 6}

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(self.count):
            for day in range(7):
                for place in range(SPANS):
                    self._check(f"w{number}_{day}_{place}")
            first, last = found.get(f"w{number}_from"), found.get(f"w{number}_to")
            if first and last and last < first:
                self.add_error(f"w{number}_to", _("It cannot end before it begins."))
        return found

    def _check(self, at: str) -> None:
        if f"{at}_opens" in self.errors or f"{at}_closes" in self.errors:
            return
        opens, closes = self.cleaned_data.get(f"{at}_opens"), self.cleaned_data.get(f"{at}_closes")
        if (opens is None) != (closes is None):
            missing = "opens" if opens is None else "closes"
            self.add_error(f"{at}_{missing}", _("Write both times: from and until."))
        elif opens is not None and closes is not None and _end(closes) <= minute_of(opens):
            self.add_error(f"{at}_closes", _("It cannot end before it begins."))

    def rows(self) -> list[dict[str, Any]]:
        """Return the times as rows: weekday, opens, closes, weeks, starts_on, ends_on."""
        said, rows = self.cleaned_data, []
        for number in range(self.count):
            last = said.get(f"w{number}_to")
            when = {
                "weeks": said.get(f"w{number}_which") or "all",
                "starts_on": said.get(f"w{number}_from"),
                "ends_on": last + ONE_DAY if last else None,
            }
            for day in range(7):
                for place in range(SPANS):
                    opens = said.get(f"w{number}_{day}_{place}_opens")
                    if opens is not None:
                        closes = _end(said[f"w{number}_{day}_{place}_closes"])
                        rows.append({"weekday": day, "opens": minute_of(opens), "closes": closes, **when})
        return rows

    def grids(self) -> Iterator[WeekRows]:
        """Yield the weeks as the page shows them."""
        for number in range(self.count):
            start = f"w{number}"
            days = tuple(
                DayRow(str(name), tuple(self._span(f"{start}_{day}_{place}") for place in range(SPANS)))
                for day, name in enumerate(DAY_NAMES)
            )
            which, first, last = self[f"{start}_which"], self[f"{start}_from"], self[f"{start}_to"]
            is_plain = number == 0 and which.value() in {"all", ""} and not (first.value() or last.value())
            yield WeekRows(number + 1, which, first, last, days, is_plain)

    def _span(self, at: str) -> SpanRow:
        return SpanRow(self[f"{at}_opens"], self[f"{at}_closes"])


def _weeks(patterns: Iterable[Pattern]) -> list[tuple[When, list[list[Span]]]]:
    """Return the times in weeks, those that always hold first; a day's third time stands in a week of its own."""
    found: dict[When, list[list[list[Span]]]] = {}
    for each in sorted(patterns, key=lambda row: (row.weekday, row.opens)):
        grids = found.setdefault((each.weeks, each.starts_on, each.ends_on), [])
        grid = next((grid for grid in grids if len(grid[each.weekday]) < SPANS), None)
        if grid is None:
            grid = [[] for _day in range(7)]
            grids.append(grid)
        grid[each.weekday].append((each.opens, each.closes))
    turns = sorted(found, key=lambda when: (when != ("all", None, None), when[0], str(when[1]), str(when[2])))
    return [(when, grid) for when in turns for grid in found[when]]


def minute_of(moment: time) -> int:
    return moment.hour * HOUR + moment.minute


def _end(moment: time) -> int:
    """Return the minute of an end: midnight is the end of the day."""
    return minute_of(moment) or 24 * HOUR


def _clock(minute: int) -> time:
    return time(minute // HOUR % 24, minute % HOUR)


class CloseForm(Form):
    """Days on which nothing is offered."""

    from_on = DayField(label=gettext_lazy("First day"))
    last_on = DayField(label=gettext_lazy("Last day (leave empty: this day only)"), required=False)

    def days(self) -> tuple[date, date]:
        first = self.cleaned_data["from_on"]
        return first, self.cleaned_data["last_on"] or first


class OpenForm(Form):
    """One more day, or other times on a day."""

    on = DayField(label=gettext_lazy("Day"))
    opens = TimeField(label=gettext_lazy("From"))
    closes = TimeField(label=gettext_lazy("Until"))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = found.get("opens"), found.get("closes")
        if opens is not None and closes is not None and _end(closes) <= minute_of(opens):
            self.add_error("closes", _("It cannot end before it begins."))
        return found

    def span(self) -> dict[str, int]:
        return {"opens": minute_of(self.cleaned_data["opens"]), "closes": _end(self.cleaned_data["closes"])}


class FacilityForm(Form):
    """A room or a device of a place."""

    place = SelectField(label=gettext_lazy("Place"), choices=())
    kind = ChoiceField(label=gettext_lazy("What is it?"), choices=list(FACILITIES.items()))
    name = TextField(
        label=gettext_lazy("What it is called"),
        help_text=gettext_lazy("For instance: the small meeting room, the tablets to lend."),
        max_length=60,
    )
    seats = NumberField(label=gettext_lazy("How many there are"), min_value=1, max_value=99, initial=1)

    def __init__(self, data: QueryDict | None, *, places: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]  # a field of choices
