"""The forms of the log: one screen for one person, one for a group. All that can be known is filled in already."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kilauta.domains.directory import choices as directory
from kilauta.domains.directory.models import Place, Topic
from kilauta.domains.guidance.choices import AGES, BEFORE, KINDS, REFERRED, SHARED
from kilauta.domains.guidance.logic.entry import MOST_MINUTES, MOST_PERSONS, Entry
from kilauta.domains.guidance.logic.habits import TOPICS
from kilauta.domains.guidance.queries.ground import Ground
from kilauta.domains.guidance.queries.sessions import giver_of
from kilauta.kit.components.templatetags.components import plain, say
from kilauta.kit.forms import (
    ChoiceField,
    ChoicesField,
    DayField,
    NumberField,
    OnceForm,
    SelectField,
    TextField,
    TickField,
)
from kilauta.kit.refusals import Refused

# The two questions, by the first letter of a topic's code; what is in no list belongs to the second.
QUESTIONS: dict[str, tuple[str, Promise]] = {
    "practised": ("a", _("What did you practise?")),
    "matter": ("bx", _("Which matter was it about?")),
}
NOT_TOLD = ("", _("Not told"))
OUTCOMES = tuple(code for code in directory.codes("outcome") if code != "no-show")
AROUND = ("organisation", "held_on", "place", "mode")


def entry_key(form_key: str, row: int = 0) -> UUID:
    """Return the key of the entry that a form makes: of one form always the same."""
    return uuid5(NAMESPACE_URL, f"kilauta:log:{form_key}:{row}")


def listed(name: str, *, but: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return a value list for a form, in the reader's language."""
    return [
        (code, plain(value.name)) for code, value in directory.value_list(name).items() if code not in but
    ]


def grouped_places(ground: Ground) -> list[tuple[object, object]]:
    """Return the places for a list that opens: one's own, then the others of the network."""
    own = [_placed(each) for each in ground.places if each.pk in ground.own]
    elsewhere = [_placed(each) for each in ground.places if each.pk not in ground.own]
    groups = ((_("Our places"), own), (_("Elsewhere"), elsewhere))
    return [(name, places) for name, places in groups if places]


@dataclass(frozen=True, slots=True)
class Question:
    """One of the two questions: the topics that are usual here, and the others."""

    bound: BoundField
    first: tuple[Mapping[str, Any], ...]
    more: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ShareGroup:
    """One property by which a group may be told."""

    name: Promise
    fields: tuple[BoundField, ...]
    is_told: bool


class LogForm(OnceForm):
    """What the two shapes share. `entry` gives what is said; `ground` is what may be said and what is usual."""

    shape: ClassVar[str] = "one"

    organisation = ChoiceField(label=_("For which organisation?"))
    held_on = DayField(label=_("Day"))
    place = SelectField(
        label=_("Place"),
        help_text=_("Leave it empty for a telephone call, remote help or a visit at home."),
        choices=[],
        required=False,
    )
    mode = SelectField(label=pgettext_lazy("guidance", "How did you help?"), choices=[])
    practised = ChoicesField(label=QUESTIONS["practised"][1], required=False)
    matter = ChoicesField(label=QUESTIONS["matter"][1], required=False)
    minutes = ChoiceField(label=_("How long did it take?"), required=False)
    other_minutes = NumberField(
        label=_("Another length, in minutes"), required=False, min_value=1, max_value=MOST_MINUTES
    )
    devices = ChoicesField(label=_("With which device?"), required=False)
    kind = ChoiceField(label=_("What kind of guidance?"), choices=list(KINDS.items()))
    municipality = SelectField(
        label=_("Municipality"),
        help_text=_("Where you helped, or where the caller lives. A place tells it by itself."),
        choices=[],
        required=False,
    )
    is_near = TickField(label=_("This was near support or help from a neighbour"), required=False)
    tags = ChoicesField(label=_("Own tags"), required=False)
    new_tag = TextField(
        label=_("A new tag of your own"), help_text=_("No names of people."), max_length=40, required=False
    )
    note = TextField(
        label=_("Note"),
        help_text=_("At most 200 characters, no names. It is erased after 30 days."),
        max_length=200,
        required=False,
    )

    def __init__(self, request: HttpRequest, ground: Ground, *, of: Entry | None = None) -> None:
        """`of`: the entry that the form begins with; else with what is usual."""
        self.ground, self.of = ground, of
        super().__init__(request, initial=self.begun(of) if of else self.usual())
        self._offer()
        if len(ground.bodies) == 1:
            del self.fields["organisation"]
        if not ground.tags:
            del self.fields["tags"]
        if not ground.has_notes and not (of and of.note):
            del self.fields["note"]

    def usual(self) -> dict[str, object]:
        """Return what an entry of today is likely to say."""
        ground = self.ground
        return {
            "organisation": str(ground.bodies[0].pk),
            "held_on": ground.today,
            "place": str(ground.habits.place or ""),
            "mode": ground.habits.mode,
            "kind": "session",
        }

    def begun(self, entry: Entry) -> dict[str, object]:
        """Return what this entry says, by field."""
        minutes = entry.minutes or ""
        offered = entry.minutes in self.ground.habits.minutes
        return {
            "organisation": str(entry.organisation),
            "held_on": entry.held_on,
            "place": str(entry.place or ""),
            "mode": entry.mode,
            "practised": [code for code in entry.topics if code[0] in QUESTIONS["practised"][0]],
            "matter": [code for code in entry.topics if code[0] not in QUESTIONS["practised"][0]],
            "minutes": str(minutes) if offered else "",
            "other_minutes": "" if offered else minutes,
            "devices": list(entry.devices),
            "kind": entry.kind,
            "municipality": "" if entry.place else entry.municipality,
            "is_near": entry.is_near,
            "tags": [str(key) for key in entry.tags],
            "note": entry.note,
        }

    def _offer(self) -> None:
        ground = self.ground
        offered: dict[str, list[Any]] = {
            "organisation": [(str(each.pk), say(each.name)) for each in ground.bodies],
            "place": grouped_places(ground),
            "mode": listed("mode", but={"self-service"} - {self.of.mode if self.of else ""}),
            "minutes": [(str(each), f"{each} min") for each in ground.habits.minutes],
            "devices": [(each.pk, say(each.name)) for each in ground.devices],
            "municipality": [(each.pk, plain(each.name)) for each in ground.municipalities],
            "tags": [(str(each.pk), each.name) for each in ground.tags],
        }
        for name, (letters, _words) in QUESTIONS.items():
            offered[name] = [(each.pk, _told(each)) for each in ground.topics if each.pk[0] in letters]
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = [("", _("Choose")), *choices] if isinstance(field, SelectField) else choices

    @property
    def questions(self) -> tuple[Question, ...]:
        """The two questions: the topics that are usual here, filled up with the first of the list; then the others."""
        return tuple(self._question(self[name]) for name in QUESTIONS)

    def _question(self, bound: BoundField) -> Question:
        options = [each.data for each in bound.subwidgets]
        order = {code: place for place, code in enumerate(self.ground.habits.topics)}
        likely = sorted((each["value"] for each in options), key=lambda code: order.get(code, len(order)))
        first = set(likely[:TOPICS])
        shown = [each for each in options if each["value"] in first or each["selected"]]
        return Question(bound, tuple(shown), tuple(each for each in options if each not in shown))

    @property
    def around(self) -> list[str]:
        """What is filled in already, in a few words: the day, the place, the way, for whom."""
        return [str(words) for words in self._around() if words]

    def _around(self) -> Iterator[object]:
        day = self["held_on"].value()
        if isinstance(day, date):
            yield f"{day.day}.{day.month}.{day.year}"
        else:
            yield day
        place = str(self["place"].value() or "")
        yield next((plain(each.name) for each in self.ground.places if str(each.pk) == place), "")
        yield dict(listed("mode")).get(str(self["mode"].value() or ""), "")
        if "organisation" in self.fields:
            body = str(self["organisation"].value() or "")
            yield next((plain(each.name) for each in self.ground.bodies if str(each.pk) == body), "")

    @property
    def around_fields(self) -> list[BoundField]:
        return [self[name] for name in AROUND if name in self.fields]

    @property
    def around_is_open(self) -> bool:
        """Whether something of it is to be looked at."""
        return not self["mode"].value() or any(self.errors.get(name) for name in AROUND)

    @property
    def folded(self) -> list[BoundField]:
        """What nobody has to say."""
        return [self[name] for name in self.FOLDED if name in self.fields]

    FOLDED: ClassVar[tuple[str, ...]] = (
        "devices", "kind", "municipality", "is_near", "tags", "new_tag", "note",
    )  # fmt: skip

    @property
    def folded_is_open(self) -> bool:
        return any(self.errors.get(name) for name in self.FOLDED)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not ({"practised", "matter"} & self.errors.keys()) and not (
            given.get("practised") or given.get("matter")
        ):
            self.add_error("practised", ValidationError(_("Choose at least one topic."), "required"))
        if given.get("outcome") != "referred":
            given["referred_to"] = ""
        return given

    def entry(self) -> Entry:
        """Return what the filled form says; an entry that is corrected keeps its key and how it came to be."""
        given, ground = self.cleaned_data, self.ground
        body = UUID(given["organisation"]) if "organisation" in given else ground.bodies[0].pk
        return Entry(
            key=entry_key(self.key),
            network=ground.network,
            organisation=body,
            given_by=giver_of(ground.person, body, ground.today),
            shape=self.shape,
            kind=given["kind"],
            held_on=given["held_on"],
            place=UUID(given["place"]) if given["place"] else None,
            municipality=given["municipality"],
            mode=given["mode"],
            minutes=given["other_minutes"] or (int(given["minutes"]) if given["minutes"] else None),
            topics=(*given["practised"], *given["matter"]),
            devices=tuple(given["devices"]),
            tags=tuple(int(key) for key in given.get("tags", ())),
            is_near=given["is_near"],
            note=given.get("note", ""),
        )


class OneForm(LogForm):
    """Help to one person, without a word of who it was."""

    outcome = ChoiceField(label=_("How did it go?"))
    referred_to = SelectField(label=_("Referred to whom?"), choices=list(REFERRED.items()), required=False)
    age = ChoiceField(label=_("Age"), choices=[NOT_TOLD, *AGES.items()], required=False)
    language = SelectField(label=_("Language"), choices=[], required=False)
    was_before = ChoiceField(
        label=_("Has the person been here before?"), choices=[NOT_TOLD, *BEFORE.items()], required=False
    )
    FOLDED = (
        "devices", "age", "was_before", "language", "kind", "municipality", "is_near", "tags", "new_tag", "note",
    )  # fmt: skip

    def usual(self) -> dict[str, object]:
        return {**super().usual(), "outcome": "not-recorded", "age": "", "was_before": ""}

    def begun(self, entry: Entry) -> dict[str, object]:
        before = {True: "yes", False: "no", None: ""}[entry.was_before]
        return {
            **super().begun(entry),
            "outcome": entry.outcome,
            "referred_to": entry.referred_to,
            "age": entry.age,
            "language": entry.language,
            "was_before": before,
        }

    def _offer(self) -> None:
        super()._offer()
        outcome: Any = self.fields["outcome"]
        outcome.choices = listed("outcome", but={"no-show"})
        language: Any = self.fields["language"]
        language.choices = [("", _("Not told")), *listed("language")]

    def entry(self) -> Entry:
        given = self.cleaned_data
        return replace(
            super().entry(),
            outcome=given["outcome"],
            referred_to=given["referred_to"],
            age=given["age"],
            language=given["language"],
            was_before={"yes": True, "no": False}.get(given["was_before"]),
        )


class GroupForm(LogForm):
    """Help to a group, in totals: of what nobody told, the rest is reckoned."""

    shape = "group"

    persons = NumberField(label=_("How many persons were there?"), min_value=1, max_value=MOST_PERSONS)

    def __init__(self, request: HttpRequest, ground: Ground, *, of: Entry | None = None) -> None:
        super().__init__(request, ground, of=of)
        for by, rows in self._shared().items():
            for code, words in rows:
                number = NumberField(label=words, required=False, min_value=0, max_value=MOST_PERSONS)
                number.initial = of.shares.get(by, {}).get(code) if of else None
                self.fields[f"shares-{by}-{code}"] = number

    def _shared(self) -> dict[str, list[tuple[str, Any]]]:
        return {
            "age": list(AGES.items()),
            "before": list(BEFORE.items()),
            "outcome": [*listed("outcome", but={"no-show", "not-recorded"})],
            "language": [*listed("language")],
            "municipality": [(each.pk, plain(each.name)) for each in self.ground.municipalities],
        }

    def usual(self) -> dict[str, object]:
        return {**super().usual(), "mode": "group", "kind": "meeting"}

    def begun(self, entry: Entry) -> dict[str, object]:
        return {**super().begun(entry), "persons": entry.persons}

    @property
    def shares(self) -> list[ShareGroup]:
        return [
            ShareGroup(name, fields, any(each.value() for each in fields))
            for by, name in SHARED.items()
            if (fields := tuple(self[f"shares-{by}-{code}"] for code, _words in self._shared()[by]))
        ]

    def refuse(self, refused: Refused) -> None:
        """Say what is too much of a property at its first field."""
        first = next((name for name in self.fields if name.startswith(f"{refused.field}-")), refused.field)
        super().refuse(Refused(refused.code, refused.message, first))

    def entry(self) -> Entry:
        given = self.cleaned_data
        shares = {
            by: {code: given[f"shares-{by}-{code}"] for code, _words in rows if given[f"shares-{by}-{code}"]}
            for by, rows in self._shared().items()
        }
        return replace(
            super().entry(),
            persons=given["persons"],
            shares={by: told for by, told in shares.items() if told},
        )


def _told(topic: Topic) -> str:
    if not topic.examples:
        return say(topic.name)
    return format_html('{} <span class="hint">{}</span>', say(topic.name), say(topic.examples))


def _placed(place: Place) -> tuple[str, str]:
    return str(place.pk), plain(place.name)
