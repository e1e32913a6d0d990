"""What is written without a network: the same fields in the browser and when they arrive, and a bundle of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kilauta.domains.directory.queries.catalogue import Catalogue
from kilauta.domains.guidance.logic.entry import MOST_MINUTES, MOST_PERSONS, Entry
from kilauta.domains.guidance.queries.ground import Ground
from kilauta.domains.guidance.queries.sessions import giver_of
from kilauta.kit.components.templatetags.components import plain
from kilauta.kit.forms import ChoiceField, ChoicesField, DayField, Form, NumberField, SelectField
from kilauta.kit.refusals import Refused
from kilauta.kit.translations import reader_language
from kilauta.lib.text import sort_key

from .sessions import QUESTIONS, listed

# What is older has been logged otherwise by now, or is forgotten.
OLDEST = timedelta(days=30)
MOST_ENTRIES = 50
NOT_READ = gettext_lazy("We could not read what this device sent. Open the page anew and send again.")


@dataclass(frozen=True, slots=True)
class Written:
    """One entry as the device keeps it: its own key, and the values of the form by field."""

    key: UUID
    values: MultiValueDict[str, str]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a device sends at once; `writer` is the mark of whoever wrote it."""

    writer: str
    entries: tuple[Written, ...]


def read_bundle(raw: bytes) -> Bundle:
    """Return the entries that a device sends; refuse what is no such thing, or more than one sending holds."""
    try:
        sent: Any = json.loads(raw)
        writer, rows = sent["writer"], sent["entries"]
        entries = tuple(Written(UUID(row["key"]), _values(row["values"])) for row in rows)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused("unreadable", str(NOT_READ)) from None
    if not isinstance(writer, str) or len(entries) > MOST_ENTRIES:
        raise Refused("unreadable", str(NOT_READ))
    return Bundle(writer, entries)


def _values(row: Mapping[str, list[str]]) -> MultiValueDict[str, str]:
    values = {name: list(found) for name, found in row.items()}
    if not all(isinstance(each, str) for found in values.values() for each in found):
        raise TypeError(row)
    return MultiValueDict(values)


class OfflineForm(Form):
    """The short log, for a page that knows nobody: it offers what the whole network has."""

    day = DayField(label=gettext_lazy("Day"))
    mode = SelectField(label=pgettext_lazy("guidance", "How did you help?"), choices=())
    place = SelectField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("Leave it empty for a telephone call, remote help or a visit at home."),
        choices=(),
        required=False,
    )
    practised = ChoicesField(label=QUESTIONS["practised"][1], required=False)
    matter = ChoicesField(label=QUESTIONS["matter"][1], required=False)
    outcome = ChoiceField(label=gettext_lazy("How did it go?"), initial="not-recorded")
    minutes = NumberField(
        label=gettext_lazy("How many minutes did it take?"),
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
    )
    persons = NumberField(
        label=gettext_lazy("How many persons were there?"),
        help_text=gettext_lazy("What you say of a group is of all its persons."),
        initial=1,
        min_value=1,
        max_value=MOST_PERSONS,
    )

    def __init__(
        self, values: MultiValueDict[str, str] | None, *, catalogue: Catalogue, network: str, today: date
    ) -> None:
        super().__init__(values)
        self.today = today
        # the browser's own field for a day says the same in every language: 2026-11-24
        self.fields["day"].widget = forms.DateInput(attrs={"type": "date", "required": True})
        self.fields["mode"].widget.attrs["required"] = True
        offered: dict[str, list[Any]] = {
            "mode": [("", _("Choose")), *listed("mode", but={"self-service"})],
            "place": [("", _("Choose")), *_places(catalogue, network)],
            "outcome": listed("outcome", but={"no-show"}),
        }
        for name, (letters, _words) in QUESTIONS.items():
            topics = catalogue.topics.items()
            offered[name] = [(code, plain(each.name)) for code, each in topics if code[0] in letters]
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError(_("This day is yet to come."), "future")
        if self.today - day > OLDEST:
            raise ValidationError(
                _("This day is more than 30 days ago. Log it on the ordinary page, or ask your coordinator."),
                "too-old",
            )
        return day

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and not (given["practised"] or given["matter"]):
            self.add_error("practised", ValidationError(_("Choose at least one topic."), "required"))
        return given

    @property
    def fault(self) -> str:
        """Return in one line what is wrong."""
        return " ".join(
            " ".join([f"{self.fields[name].label}:" if name in self.fields else "", *map(str, found)]).strip()
            for name, found in self.errors.items()
        )

    def entry(self, key: UUID, ground: Ground) -> Entry:
        """Return what the filled form says, of somebody who helps for these organisations."""
        given = self.cleaned_data
        place = UUID(given["place"]) if given["place"] else None
        body = _body(ground, place)
        is_group = given["persons"] > 1
        told = given["outcome"] != "not-recorded"
        return Entry(
            key=key,
            network=ground.network,
            organisation=body,
            given_by=giver_of(ground.person, body, given["day"]),
            shape="group" if is_group else "one",
            kind="meeting" if is_group else "session",
            way="offline",
            held_on=given["day"],
            place=place,
            mode=given["mode"],
            persons=given["persons"],
            minutes=given["minutes"],
            topics=(*given["practised"], *given["matter"]),
            outcome="not-recorded" if is_group else given["outcome"],
            shares={"outcome": {given["outcome"]: given["persons"]}} if is_group and told else {},
        )


def _body(ground: Ground, place: UUID | None) -> UUID:
    """Return for whom somebody helped: the organisation whose place it is, else the one they last logged for."""
    host = next((each.host_id for each in ground.places if each.pk == place), None)
    return host if host in {each.pk for each in ground.bodies} else ground.bodies[0].pk


def _places(catalogue: Catalogue, network: str) -> list[tuple[str, str]]:
    near = catalogue.networks[network].municipalities
    lang = reader_language()
    names = [(each.id, plain(each.name)) for each in catalogue.places.values() if each.municipality in near]
    return sorted(names, key=lambda row: (sort_key(row[1], lang), row[0]))
