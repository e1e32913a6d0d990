"""Typing a paper sheet in: what is the same for all its rows, then row by row, by the codes of the sheet."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kilauta.domains.guidance.choices import AGES, BEFORE, GIVERS
from kilauta.domains.guidance.logic.entry import MOST_MINUTES, MOST_PERSONS, Entry
from kilauta.domains.guidance.logic.sheet import read_topics
from kilauta.domains.guidance.queries.ground import Ground
from kilauta.domains.guidance.queries.sessions import giver_of
from kilauta.kit.components.templatetags.components import say
from kilauta.kit.forms import ChoiceField, DayField, Form, NumberField, OnceForm, SelectField, TextField

from .sessions import OUTCOMES, entry_key, grouped_places, listed

# What a pen writes for an outcome, an age, and whether somebody was here before.
OUTCOME_CODES = {str(n): code for n, code in enumerate(OUTCOMES, 1) if code != "not-recorded"}
AGE_CODES = {str(n): code for n, code in enumerate(AGES, 1)}
BEFORE_CODES = {str(n): code for n, code in enumerate(BEFORE, 1)}


class SheetForm(OnceForm):
    """What the head of the sheet says."""

    organisation = ChoiceField(label=_("For which organisation?"))
    held_on = DayField(label=_("Day"))
    place = SelectField(label=_("Place"), choices=[], required=False)
    mode = SelectField(label=pgettext_lazy("guidance", "How did you help?"), choices=[])
    given_by = ChoiceField(label=_("Who helped?"), choices=list(GIVERS.items()))

    def __init__(self, request: HttpRequest, ground: Ground) -> None:
        self.ground = ground
        body = ground.bodies[0].pk
        usual = {
            "organisation": str(body),
            "held_on": ground.today,
            "place": str(ground.habits.place or ""),
            "mode": ground.habits.mode,
            "given_by": giver_of(ground.person, body, ground.today),
        }
        super().__init__(request, initial=usual)
        offered: dict[str, list[Any]] = {
            "organisation": [(str(each.pk), say(each.name)) for each in ground.bodies],
            "place": [("", _("Choose")), *grouped_places(ground)],
            "mode": [("", _("Choose")), *listed("mode", but={"self-service"})],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices
        if len(ground.bodies) == 1:
            del self.fields["organisation"]

    def entry(self, number: int) -> Entry:
        """Return what the head says of every row; the row says the rest."""
        given, ground = self.cleaned_data, self.ground
        return Entry(
            key=entry_key(self.key, number),
            network=ground.network,
            organisation=UUID(given["organisation"]) if "organisation" in given else ground.bodies[0].pk,
            given_by=given["given_by"],
            way="paper",
            held_on=given["held_on"],
            place=UUID(given["place"]) if given["place"] else None,
            mode=given["mode"],
        )


class CodeField(TextField):
    """One of the codes that stand on the sheet, or nothing."""

    inputmode = "numeric"

    def __init__(self, codes: Mapping[str, str], *, label: str | Promise) -> None:
        super().__init__(label=label, max_length=4, required=False)
        self.codes = codes

    def clean(self, value: object) -> str:
        text = str(super().clean(value))
        if text and text not in self.codes:
            said = {"codes": ", ".join(self.codes)}
            raise ValidationError(_("Write one of these: %(codes)s."), "code", said)
        return self.codes.get(text, "")


class RowForm(Form):
    """One row of the sheet: a person, or a group of so many."""

    topics = TextField(label=_("Topics"), max_length=60, required=False)
    minutes = NumberField(label=_("Minutes"), min_value=1, max_value=MOST_MINUTES, required=False)
    outcome = CodeField(OUTCOME_CODES, label=_("Outcome"))
    age = CodeField(AGE_CODES, label=_("Age"))
    before = CodeField(BEFORE_CODES, label=_("Was here before"))
    persons = NumberField(label=_("Persons"), min_value=1, max_value=MOST_PERSONS, required=False)

    def __init__(self, data: Mapping[str, Any] | None, number: int, codes: Mapping[str, str]) -> None:
        self.number, self.codes = number, codes
        super().__init__(data, prefix=f"r{number}")
        for bound in self.visible_fields():
            bound.field.widget.attrs["aria-label"] = f"{number}. {bound.label}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written on the row."""
        return not any(str(bound.value() or "").strip() for bound in self.visible_fields())

    @property
    def faults(self) -> list[str]:
        """What is wrong on the row, each with its column."""
        if not self.is_bound:
            return []
        of_fields = [f"{each.label}: {words}" for each in self.visible_fields() for words in each.errors]
        return [*map(str, self.non_field_errors()), *of_fields]

    def clean_topics(self) -> tuple[str, ...]:
        found, wrong = read_topics(self.cleaned_data["topics"], self.codes)
        if wrong:
            said = {"codes": ", ".join(wrong)}
            raise ValidationError(_("These are not on the sheet: %(codes)s."), "code", said)
        if not found:
            raise ValidationError(_("Write at least one topic, such as a3."), "required")
        return tuple(found)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if (given.get("persons") or 1) > 1 and any(given.get(name) for name in ("outcome", "age", "before")):
            sentence = _("Of a group, write only the topics, the minutes and how many there were.")
            self.add_error("persons", forms.ValidationError(sentence, "group"))
        return given

    def entry(self, head: Entry) -> Entry:
        """Return the row as an entry, with what the head says."""
        given = self.cleaned_data
        persons = given["persons"] or 1
        return replace(
            head,
            shape="group" if persons > 1 else "one",
            kind="meeting" if persons > 1 else "session",
            persons=persons,
            topics=given["topics"],
            minutes=given["minutes"],
            outcome=given["outcome"] or "not-recorded",
            age=given["age"],
            was_before={"yes": True, "no": False}.get(given["before"]),
        )
