"""What is sent from the day of an event: one press by a button, many from a device, the log, and the closing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kilauta.domains.directory import choices as directory
from kilauta.domains.directory.models import Audience, HowFound, Topic
from kilauta.domains.events.choices import AGES
from kilauta.domains.events.logic.acts import Act, NoActError, read_deed
from kilauta.domains.events.logic.counting import MOST, NUMBERS, Attendance
from kilauta.domains.events.logic.queue import MOST_NUMBERS
from kilauta.domains.events.models import Occurrence
from kilauta.domains.events.queries.day import Tally
from kilauta.kit.components.templatetags.components import plain
from kilauta.kit.forms import ChoiceField, Form, NumberField, OnceForm, SelectField, TickField, TimeField
from kilauta.kit.refusals import Refused

# A device sends what has gathered in bundles of so many.
MOST_ACTS = 60
# What a second tap at the log says; the rest is told on the page of the entry.
OUTCOMES = ("not-recorded", "solved", "continues-alone", "will-return", "not-solved")
NOT_READ = gettext_lazy("We could not read what this device sent. Open the page anew and send again.")


class DeedForm(Form):
    """One press on the page itself: what its button says, and what is told at a count or a number.

    The same button of one page is one press; the next page counts anew.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    deed = forms.CharField(widget=forms.HiddenInput)
    age = SelectField(label=gettext_lazy("Age"), required=False, choices=())
    audience = SelectField(label=gettext_lazy("Group"), required=False, choices=())
    how_found = SelectField(label=gettext_lazy("How did they hear of this?"), required=False, choices=())
    number = NumberField(
        label=gettext_lazy("Number on the pad"),
        help_text=gettext_lazy("Leave it empty: then the next one is given."),
        required=False,
        min_value=1,
        max_value=MOST_NUMBERS,
    )
    due = TimeField(label=gettext_lazy("Booked time, if there is one"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, asked: tuple[list[Audience], list[HowFound]]
    ) -> None:
        super().__init__(data, initial={"key": uuid4()})
        audiences, ways = asked
        offered: dict[str, list[Any]] = {
            "age": list(AGES.items()),
            "audience": [(each.pk, plain(each.name)) for each in audiences],
            "how_found": [(each.pk, plain(each.name)) for each in ways],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = [("", _("Not asked")), *choices]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        try:
            given["parts"] = read_deed(given.get("deed", ""))
        except NoActError:
            raise ValidationError(str(NOT_READ), "deed") from None
        return given

    def act(self, now: datetime) -> Act:
        """Return the press, at this instant."""
        given = self.cleaned_data
        told: dict[str, Any] = {name: given[name] or None for name in ("number", "due")}
        told |= {name: given[name] for name in ("age", "audience", "how_found")}
        return Act(uuid5(given["key"], given["deed"]), now, **given["parts"], **told)

    @property
    def fault(self) -> str:
        """Return in one line what is wrong."""
        return " ".join(str(each) for found in self.errors.values() for each in found)


@dataclass(frozen=True, slots=True)
class Unread:
    """A press of a device that says nothing; it is answered by its key."""

    key: UUID
    sentence: str


def read_bundle(raw: bytes, asked: tuple[list[Audience], list[HowFound]]) -> list[Act | Unread]:
    """Return the presses that a device sends, in their order; refuse what is no such thing, or too much."""
    try:
        rows: Any = json.loads(raw)["acts"]
        sent = [(UUID(row["key"]), _instant(row["at"]), _texts(row)) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused("unreadable", str(NOT_READ)) from None
    if len(sent) > MOST_ACTS:
        raise Refused("unreadable", str(NOT_READ))
    return [_read(key, at, row, asked) for key, at, row in sent]


def _read(
    key: UUID, at: datetime, row: dict[str, str], asked: tuple[list[Audience], list[HowFound]]
) -> Act | Unread:
    form = DeedForm({**row, "key": str(key)}, asked=asked)
    if not form.is_valid():
        return Unread(key, form.fault)
    # the device has made the key of each press itself
    return replace(form.act(at), key=key)


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    texts = {name: row.get(name, "") for name in ("deed", "age", "audience", "how_found", "number", "due")}
    if not all(isinstance(each, str) for each in texts.values()):
        raise TypeError(row)
    return texts


class HereForm(Form):
    """One person helped at the event: the topic is the button, how it went may be told before."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    outcome = ChoiceField(label=gettext_lazy("How did it go?"), initial="not-recorded")
    topic = forms.ChoiceField()

    def __init__(self, data: Mapping[str, Any] | None, *, topics: tuple[Topic, ...]) -> None:
        super().__init__(data, initial={"key": uuid4(), "outcome": "not-recorded"})
        topic: Any = self.fields["topic"]
        outcome: Any = self.fields["outcome"]
        topic.choices = [(each.pk, each.pk) for each in topics]
        outcome.choices = [(code, plain(directory.label("outcome", code))) for code in OUTCOMES]

    @property
    def entry_key(self) -> UUID:
        return uuid5(self.cleaned_data["key"], self.cleaned_data["topic"])


class CloseForm(OnceForm):
    """How many came: as the ticks and counts say, one way or the other, another number, or not known."""

    came = ChoiceField(label=gettext_lazy("How many came?"))
    residents_here = NumberField(
        label=gettext_lazy("Residents on site"), required=False, min_value=0, max_value=MOST
    )
    residents_afar = NumberField(
        label=gettext_lazy("Residents remotely"), required=False, min_value=0, max_value=MOST
    )
    supporters_here = NumberField(
        label=gettext_lazy("Supporters on site"), required=False, min_value=0, max_value=MOST
    )
    supporters_afar = NumberField(
        label=gettext_lazy("Supporters remotely"), required=False, min_value=0, max_value=MOST
    )
    had_queue = TickField(label=gettext_lazy("Somebody waited longer than ten minutes"), required=False)
    handouts = NumberField(label=gettext_lazy("Hand-outs given"), min_value=0, max_value=MOST)

    def __init__(self, request: HttpRequest, *, occurrence: Occurrence, says: Tally, had_queue: bool) -> None:
        super().__init__(request, initial=_initial(occurrence, says, had_queue=had_queue))
        self.occurrence, self.says = occurrence, says
        field: Any = self.fields["came"]
        field.choices = _ways(says)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("came") == "own" and not self.errors:
            for name in NUMBERS:
                if given.get(name) is None:
                    self.add_error(name, ValidationError(_("Write a number; nobody is 0."), "required"))
        return given

    @property
    def attendance(self) -> Attendance | None:
        """Return how many came; None: not known."""
        given = self.cleaned_data
        ways = {"together": self.says.together, "everybody": self.says.everybody, "unknown": None}
        if given["came"] in ways:
            return ways[given["came"]]
        return Attendance(*(given[name] for name in NUMBERS))

    @property
    def counted_all(self) -> bool | None:
        return {"together": False, "everybody": True}.get(self.cleaned_data["came"])


def _ways(says: Tally) -> list[tuple[str, str]]:
    rows = [("together", _("%(number)d: as ticked and counted") % {"number": _total(says.together)})]
    if says.differ:
        rows = [
            ("together", _("%(number)d: ticks and counts together; the counter was for others only")
             % {"number": _total(says.together)}),
            ("everybody", _("%(number)d: the counter counted everybody, those ticked too")
             % {"number": _total(says.everybody)}),
        ]  # fmt: skip
    return [*rows, ("own", _("Another number: I write it below")), ("unknown", _("It is not known"))]


def _total(came: Attendance) -> int:
    return came.residents + came.supporters


def _initial(occurrence: Occurrence, says: Tally, *, had_queue: bool) -> dict[str, object]:
    proposed = says.everybody if occurrence.counted_all else says.together
    way = "everybody" if occurrence.counted_all and says.differ else "together"
    held = {name: getattr(proposed, name) for name in NUMBERS}
    if occurrence.closed_as == "counted":
        held = {name: getattr(occurrence, name) for name in NUMBERS}
        way = way if Attendance(**held) == proposed else "own"
    elif occurrence.closed_as == "unknown":
        way = "unknown"
    elif not (says.ticked or says.counted):
        way = ""
    return {
        **held,
        "came": way,
        "had_queue": bool(occurrence.had_queue or had_queue),
        "handouts": occurrence.handouts,
    }
