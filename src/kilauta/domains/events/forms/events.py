"""One form for every gathering: what, when, where, by whom; the rest is folded and can wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kilauta.domains.events.choices import KINDS
from kilauta.domains.events.logic import times
from kilauta.domains.events.logic.told import EventTold, PartOf
from kilauta.domains.events.models.events import SUMMARY_LONGEST, Event
from kilauta.domains.events.queries.choice import Choice
from kilauta.kit.forms import (
    ChoicesField,
    DayField,
    MailField,
    NumberField,
    OnceForm,
    PhoneField,
    SelectField,
    TextField,
    TickField,
    TimeField,
    WordsField,
)

AGAIN: Final = {
    "once": gettext_lazy("Once"),
    "weeks": gettext_lazy("Each week"),
    "fortnights": gettext_lazy("Every second week"),
    "months": gettext_lazy("Each month, on the same weekday"),
    "days": gettext_lazy("Each day"),
}
FIELDS: Final = {
    "what": ("kind", "name", "summary"),
    "when": ("day", "begins", "ends", "again", "number"),
    "days": ("all_day", "last_day"),
    "where": ("place", "remote_url"),
    "elsewhere": ("where", "municipality"),
    "who": ("organiser",),
    "others": ("others", "partners", "present", "by_others"),
    "seats": ("capacity", "waiting_places", "is_whole"),
    "more": ("text", "fee", "bring", "phone", "email", "guides_needed", "on_view"),
    "about": ("topics", "audiences", "devices"),
}


@dataclass(frozen=True, slots=True)
class FormPart:
    """Some fields under a heading; one that is folded opens by itself where something in it is wrong or said."""

    title: str | Promise
    fields: list[BoundField]
    is_folded: bool
    is_open: bool


# the field, and what its organisations are
PARTS: Final = (("others", "organiser"), ("partners", "partner"), ("present", "present"))
TITLES: Final[Mapping[str, tuple[str | Promise, bool]]] = {
    "what": (gettext_lazy("What"), False),
    "when": (gettext_lazy("When"), False),
    "days": (gettext_lazy("It lasts whole days"), True),
    "where": (gettext_lazy("Where"), False),
    "elsewhere": (gettext_lazy("The place is not in the list"), True),
    "who": (gettext_lazy("Who organises it"), False),
    "others": (gettext_lazy("Partners and others who are there"), True),
    "seats": (gettext_lazy("Sign-up"), False),
    "more": (gettext_lazy("More for the page and the leaflet"), True),
    "about": (gettext_lazy("Topics, for whom, devices"), True),
}


class TimeForm(OnceForm):
    """When one time is."""

    day = DayField(label=gettext_lazy("Day"))
    begins = TimeField(label=pgettext_lazy("time", "Begins"))
    ends = TimeField(label=pgettext_lazy("time", "Ends"))
    all_day = TickField(label=gettext_lazy("Whole days, without a time"), required=False)
    last_day = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Only if it lasts several days."),
        required=False,
    )

    def full_clean(self) -> None:
        if self.is_bound and self.data.get("all_day"):
            # a whole day begins and ends by itself
            self.fields["begins"].required = self.fields["ends"].required = False
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("day") and not self.errors:
            self._find_spans(found)
        return found

    def _find_spans(self, said: Mapping[str, Any]) -> None:
        try:
            self.spans = self.asked(said)
        except times.NoSuchTimeError:
            self.add_error(
                "begins", _("On this night the clocks go forward: there is no such time. Choose another.")
            )

    def asked(self, said: Mapping[str, Any]) -> list[times.Span]:
        """Return the times that were written; raises `NoSuchTimeError`."""
        if said["all_day"]:
            return [times.whole_days(said["day"], said.get("last_day") or said["day"])]
        return [times.span(said["day"], said["begins"], said["ends"])]


class MoveForm(TimeForm):
    """When and where a time is from now on."""

    place = SelectField(label=gettext_lazy("Place"), choices=(), required=False)

    def __init__(
        self, request: HttpRequest, choice: Choice, *, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(request, initial=initial)
        self.fields["place"].choices = [("", _("As the others")), *choice.places]  # type: ignore[attr-defined]


class EventForm(OnceForm):
    """All of an event but its times."""

    kind = SelectField(label=gettext_lazy("What kind of event"), choices=tuple(KINDS.items()))
    name = WordsField(label=gettext_lazy("Name"), max_length=80)
    summary = WordsField(
        label=gettext_lazy("In one or two sentences"),
        help_text=gettext_lazy("This stands in lists, newspapers and on the leaflet."),
        max_length=SUMMARY_LONGEST,
        required=False,
    )
    place = SelectField(label=gettext_lazy("Place"), choices=(), required=False)
    where = TextField(
        label=gettext_lazy("Where, if not in the list"),
        help_text=gettext_lazy("For instance: the market square."),
        max_length=120,
        required=False,
    )
    municipality = SelectField(label=gettext_lazy("Municipality"), choices=(), required=False)
    remote_url = TextField(label=gettext_lazy("Link to take part on the web"), max_length=300, required=False)
    organiser = SelectField(label=gettext_lazy("Organiser"), choices=())
    others = ChoicesField(label=gettext_lazy("Also organised by"), choices=(), required=False)
    partners = ChoicesField(label=gettext_lazy("Partners"), choices=(), required=False)
    present = ChoicesField(label=gettext_lazy("Providers who are present"), choices=(), required=False)
    by_others = TickField(label=gettext_lazy("Others organise this; we take part"), required=False)
    capacity = NumberField(
        label=gettext_lazy("Seats"),
        help_text=gettext_lazy("Leave this empty if nobody needs to sign up."),
        min_value=1,
        max_value=2000,
        required=False,
    )
    waiting_places = NumberField(
        label=gettext_lazy("Places in the waiting line"), min_value=0, max_value=500, required=False
    )
    is_whole = TickField(label=gettext_lazy("One sign-up is for all times (a course)"), required=False)
    text = WordsField(label=gettext_lazy("What happens there"), max_length=3000, rows=4, required=False)
    fee = TextField(
        label=gettext_lazy("Fee"),
        help_text=gettext_lazy("Leave this empty if it is free of charge."),
        max_length=60,
        required=False,
    )
    bring = TextField(label=gettext_lazy("What to bring along"), max_length=160, required=False)
    phone = PhoneField(label=gettext_lazy("Phone number for questions"), required=False)
    email = MailField(
        label=gettext_lazy("E-mail address for questions"),
        help_text=gettext_lazy("Reminders about the event come here as well."),
        required=False,
    )
    guides_needed = NumberField(
        label=gettext_lazy("How many supporters are needed"), min_value=0, max_value=100, required=False
    )
    on_view = TickField(
        label=gettext_lazy("Digital support is on view here, the event is about something else"),
        required=False,
    )
    topics = ChoicesField(label=gettext_lazy("Topics"), choices=(), required=False)
    audiences = ChoicesField(label=gettext_lazy("For whom"), choices=(), required=False)
    devices = ChoicesField(label=gettext_lazy("Devices"), choices=(), required=False)

    def __init__(
        self, request: HttpRequest, choice: Choice, *, initial: dict[str, object] | None = None
    ) -> None:
        own = [key for key, _name in choice.own]
        usual: dict[str, object] = {"organiser": own[0] if len(own) == 1 else "", "place": choice.usual_place}
        super().__init__(request, initial=initial if initial is not None else usual)
        lists = {
            "place": choice.places, "municipality": choice.towns, "organiser": choice.own,
            "others": choice.organisations,
            "partners": choice.organisations, "present": choice.organisations, "topics": choice.topics,
            "audiences": choice.audiences, "devices": choice.devices,
        }  # fmt: skip
        for name, rows in lists.items():
            one = isinstance(self.fields[name], SelectField)
            self.fields[name].choices = [("", _("Choose")), *rows] if one else list(rows)  # type: ignore[attr-defined]

    @property
    def parts(self) -> list[FormPart]:
        """The form as it is shown."""
        return [part for word in FIELDS if (part := self._part(word)).fields]

    def _part(self, word: str) -> FormPart:
        title, is_folded = TITLES[word]
        mine = [self[name] for name in FIELDS[word] if name in self.fields]
        said = any(each.errors or _is_said(each.value()) for each in mine)
        return FormPart(title, mine, is_folded, said)

    def clean_remote_url(self) -> str:
        text: str = self.cleaned_data["remote_url"]
        if text and not text.startswith(("https://", "http://")):
            text = f"https://{text}"
        if text and ("." not in text or " " in text):
            self.add_error("remote_url", _("Check the link. It looks like this: https://example.fi/room."))
        return text

    def told(self) -> EventTold:
        """Return what the form tells."""
        said = self.cleaned_data
        parts = [PartOf(UUID(said["organiser"]))]
        for name, part in PARTS:
            parts += [PartOf(UUID(key), part) for key in said[name] if PartOf(UUID(key), part) not in parts]
        return EventTold(
            kind=said["kind"], name=said["name"], parts=tuple(parts), summary=said["summary"], text=said["text"],
            place=UUID(said["place"]) if said["place"] else None, where=said["where"],
            municipality=said["municipality"], remote_url=said["remote_url"], fee=said["fee"], bring=said["bring"],
            phone=said["phone"], email=said["email"], topics=tuple(said["topics"]),
            audiences=tuple(said["audiences"]), devices=tuple(said["devices"]), capacity=said["capacity"],
            waiting_places=(said["waiting_places"] or 0) if said["capacity"] else 0, is_whole=said["is_whole"],
            guides_needed=said["guides_needed"], on_view=said["on_view"], by_others=said["by_others"],
        )  # fmt: skip


class NewEventForm(EventForm, TimeForm):
    """An event with its first times: one form, and it can be published at once."""

    again = SelectField(label=gettext_lazy("How often"), choices=tuple(AGAIN.items()), required=False)
    number = NumberField(
        label=gettext_lazy("How many times"), min_value=1, max_value=times.MOST_TIMES, required=False
    )

    def asked(self, said: Mapping[str, Any]) -> list[times.Span]:
        if said["all_day"]:
            return super().asked(said)
        again: times.Again = said["again"] or "once"
        return times.spans(said["day"], said["begins"], said["ends"], again=again, number=said["number"] or 1)


def opening(event: Event) -> dict[str, object]:
    """Return what the form shows of an event."""
    found: dict[str, object] = {
        name: getattr(event, name)
        for name in (
            "kind", "name", "summary", "text", "where", "remote_url", "fee", "bring", "phone", "email", "capacity",
            "waiting_places", "is_whole", "guides_needed", "on_view",
        )
    }  # fmt: skip
    parts = list(event.parts.order_by("pk").values_list("part", "organisation"))
    for name, part in PARTS:
        found[name] = [str(key) for word, key in parts if word == part]
    found["organiser"], *found["others"] = found["others"]  # type: ignore[misc]  # one at least
    for name in ("topics", "audiences", "devices"):
        found[name] = list(getattr(event, name).values_list("pk", flat=True))
    found |= {
        "place": str(event.place_id or ""),
        "municipality": event.municipality_id or "",
        "by_others": event.organised == "others",
    }
    return found


def _is_said(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_is_said, value))
    return bool(value) and not isinstance(value, date | time)
