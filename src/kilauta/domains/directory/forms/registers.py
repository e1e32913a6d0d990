"""The forms of the lists of words, the rules, the e-services and the clocks."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.choices import ROUTE_NAMES, value_list
from kilauta.domains.directory.logic.trust import CLOCKS, LONGEST_CLOCK, SHORTEST_CLOCK
from kilauta.domains.directory.models import Device, Limit, Theme, Topic
from kilauta.domains.directory.queries import registers as queries
from kilauta.kit.forms import ChoiceField, ChoicesField, NumberField, SelectField, WordsField
from kilauta.kit.registers.form import RegisterForm
from kilauta.kit.translations import reader_language

from .fields import LinkField

LAST: Final = 999
# The question that a topic answers, by how its code begins.
SIDES: Final[tuple[tuple[str, Promise], ...]] = (
    ("a", _("How a device or the internet is used")),
    ("b", _("Which matter or e-service is taken care of")),
)
CLOCK_NAMES: Final[dict[str, Promise]] = {
    "hours": _("Opening hours, in days"),
    "contacts": _("Contact details, in days"),
    "content": _("Descriptions, in days"),
}


class TermForm(RegisterForm):
    """A value of a list: its name, what it means, what it is searched with, and its place in the list."""

    name = WordsField(label=_("Name"), max_length=100)
    description = WordsField(label=_("Description"), max_length=300, rows=3, required=False)
    examples = WordsField(
        label=_("Words people search with"),
        help_text=_("Put a semicolon between them, like this: laptop; tablet."),
        max_length=300,
        rows=3,
        required=False,
    )
    position = NumberField(
        label=_("Place in the list"),
        help_text=_("The smallest number comes first."),
        min_value=0,
        max_value=LAST,
        initial=LAST,
    )


class TopicForm(TermForm):
    side = ChoiceField(label=_("What the topic is about"), choices=SIDES)
    theme = SelectField(label=_("Theme"), choices=())

    field_order = ("side", "theme", "name", "description", "examples", "position")

    def prepare(self) -> None:
        if self.thing is not None:
            del self.fields["side"]
        held = [getattr(self.thing, "theme_id", None)]
        self.fields["theme"].choices = [("", _("Choose")), *queries.choices_of(Theme, *held)]  # type: ignore[attr-defined]  # a field of choices

    def values(self) -> dict[str, object]:
        found = super().values()
        return {**{name: found[name] for name in found if name != "theme"}, "theme_id": found["theme"]}


class GroupForm(TermForm):
    """A big choice of the first page; help with a device is looked for where one is chosen."""

    topics = ChoicesField(label=_("Topics"), help_text=_("What is meant when somebody chooses this."))
    device = SelectField(label=_("Device"), choices=(), required=False)

    field_order = ("name", "topics", "device", "description", "examples", "position")

    def prepare(self) -> None:
        held = [str(key) for key in self.initial.get("topics", ())]
        self.fields["topics"].choices = queries.choices_of(Topic, *held)  # type: ignore[attr-defined]  # the same
        self.fields["device"].choices = [("", _("No device")), *queries.choices_of(Device)]  # type: ignore[attr-defined]  # the same

    def values(self) -> dict[str, object]:
        found = super().values()
        device = found.pop("device") or None
        return {**found, "device_id": device}


class RuleForm(RegisterForm):
    """Whom to ring about a topic, and what to say."""

    topic = SelectField(label=_("Topic"), choices=())
    prefer = ChoiceField(label=_("Who is rung first"), choices=tuple(ROUTE_NAMES.items()))
    fallback = ChoiceField(
        label=_("Who is rung next"), choices=(("", _("Nobody in particular")), *ROUTE_NAMES.items()), required=False
    )  # fmt: skip
    forbidden_kinds = ChoicesField(
        label=_("Who is never the answer"),
        help_text=_("Organisations of these kinds are never named for this topic."),
        required=False,
    )
    forbidden_limits = ChoicesField(
        label=_("Which limits rule a helper out"),
        help_text=_("Whoever has said one of these is never named for this topic."),
        required=False,
    )
    reason = WordsField(label=_("Why just them"), max_length=200, rows=3, required=False)
    say = WordsField(label=_("What to say on the phone"), max_length=200, rows=3, required=False)
    bring = WordsField(label=_("What to have at hand"), max_length=200, rows=3, required=False)
    warn = WordsField(label=_("A warning"), max_length=200, rows=3, required=False)

    def prepare(self) -> None:
        if self.thing is not None:
            del self.fields["topic"]
        else:
            self.fields["topic"].choices = [("", _("Choose")), *queries.topics_without_rule()]  # type: ignore[attr-defined]  # a field of choices
        language = reader_language()
        kinds = value_list("organisation_kind").items()
        named = [(code, str(value.name.pick(language))) for code, value in kinds]
        self.fields["forbidden_kinds"].choices = named  # type: ignore[attr-defined]  # the same
        held = [str(key) for key in self.initial.get("forbidden_limits", ())]
        self.fields["forbidden_limits"].choices = queries.choices_of(Limit, *held)  # type: ignore[attr-defined]  # the same


class EServiceForm(RegisterForm):
    name = WordsField(label=_("Name"), max_length=100)
    owner = SelectField(label=_("Whose e-service it is"), choices=())
    url = LinkField(label=_("Web address"), required=False)
    topics = ChoicesField(label=_("Topics"))
    words = WordsField(
        label=_("Words people search with"),
        help_text=_("Put a semicolon between them, like this: laptop; tablet."),
        max_length=300,
        rows=3,
        required=False,
    )
    description = WordsField(label=_("Description"), max_length=600, rows=4, required=False)

    def prepare(self) -> None:
        self.fields["owner"].choices = [("", _("Choose")), *queries.owners()]  # type: ignore[attr-defined]  # a field of choices
        held = [str(key) for key in self.initial.get("topics", ())]
        self.fields["topics"].choices = queries.choices_of(Topic, *held)  # type: ignore[attr-defined]  # the same


class ClocksForm(RegisterForm):
    """How many days each group of facts stands before somebody is asked to make sure of it again."""

    def prepare(self) -> None:
        for group in CLOCKS:
            self.fields[group] = NumberField(
                label=CLOCK_NAMES[group], min_value=SHORTEST_CLOCK, max_value=LONGEST_CLOCK
            )
