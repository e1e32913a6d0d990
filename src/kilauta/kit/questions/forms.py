"""A set as a form, and as the form into which paper is typed."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from kilauta.kit.forms import (
    ChoiceField,
    ChoicesField,
    DayField,
    LongTextField,
    NumberField,
    OnceForm,
    SelectField,
    TextField,
)
from kilauta.kit.translations import reader_language
from kilauta.lib.words import Words

from . import choices
from .asked import KEYS_OF_MISSING, Asked, Item
from .given import NOTHING, Given, chosen
from .keeping import field_of
from .models import LONGEST_SHORT

# More than so many choices are a list that opens.
SEEN_AT_ONCE = 12
LONGEST_LINE = 300


class QuestionsForm(OnceForm):
    """The questions, each a field; further fields of a page come before them."""

    def __init__(
        self, request: HttpRequest, *, asked: Asked, initial: dict[str, object] | None = None
    ) -> None:
        self.asked = asked
        super().__init__(request, initial=initial)
        for item in asked.items:
            self.fields[field_of(item.code)] = self.field_for(item)

    def field_for(self, item: Item) -> forms.Field:
        return _field(item)

    def answers(self) -> dict[str, Given]:
        """Return what was answered, by question, once the form is valid."""
        return {
            item.code: self._given(item, self.cleaned_data.get(field_of(item.code)))
            for item in self.asked.items
        }

    def _given(self, item: Item, value: object) -> Given:
        if item.is_chosen:
            return chosen(value if isinstance(value, list) else [str(value or "")])
        if value in (None, ""):
            return NOTHING
        name = {"number": "number", "day": "day"}.get(item.kind, "text")
        return Given(choices.GIVEN, **{name: value})  # type: ignore[arg-type]  # the field has made it what it must be


class TypingForm(QuestionsForm):
    """The same questions as keys: what is ticked on paper is typed as the key that stands beside its box."""

    def field_for(self, item: Item) -> forms.Field:
        if not item.is_chosen:
            field = _field(item)
            field.required = False
            return field
        boxes = [*((choice.key, _said(choice.label)) for choice in item.choices), *item.said_in_words()]
        # a key and its words stay on one line
        keys = [f"{key}\u00a0{words}" for key, words in boxes]
        return KeysField(item, label=f"{item.number}. {_said(item.label)}", help_text=" · ".join(keys))


class KeysField(TextField):
    """Keys of choices; gives the codes, or the reason why there is none, as a list."""

    default_error_messages = {"key": gettext_lazy("There is no such key here: %(key)s")}

    def __init__(self, item: Item, *, label: str, help_text: str) -> None:
        super().__init__(max_length=60, label=label, help_text=help_text, required=False)
        self.item = item
        self.widget.attrs |= {"autocomplete": "off", "data-key": "many" if item.kind == "multiple" else "one"}

    def clean(self, value: object) -> list[str]:
        typed = super().clean(value).lower()
        width = len(self.item.choices[0].key) if self.item.choices else 1
        keys = (
            [typed]
            if typed in KEYS_OF_MISSING
            else typed.split()
            if width > 1
            else list(typed.replace(" ", ""))
        )
        known = {**self.item.by_key, **KEYS_OF_MISSING}
        wrong = next((key for key in keys if key not in known), "")
        if wrong:
            raise forms.ValidationError(self.error_messages["key"], "key", {"key": wrong})
        if self.item.kind != "multiple" and len(keys) > 1:
            return [choices.TWO_BOXES]
        return [known[key] for key in keys]


def _field(item: Item) -> forms.Field:
    about = {"label": _said(item.label), "help_text": _said(item.help), "required": item.required}
    if item.is_chosen:
        return _choices(item, about)
    if item.kind == "number":
        return NumberField(min_value=item.lowest or 0, max_value=item.highest or 0, **about)  # type: ignore[arg-type]
    make: dict[str, Callable[[], forms.Field]] = {
        "day": lambda: DayField(**about),  # type: ignore[arg-type]
        "short": lambda: TextField(max_length=LONGEST_SHORT, **about),  # type: ignore[arg-type]
        "long": lambda: LongTextField(max_length=LONGEST_LINE, rows=3, **about),  # type: ignore[arg-type]
    }
    return make[item.kind]()


def _choices(item: Item, about: dict[str, object]) -> forms.Field:
    said = [(state, str(choices.MISSING[state])) for _key, state in item.said()]
    rows = [*((choice.code, _said(choice.label)) for choice in item.choices), *said]
    if item.kind == "multiple":
        return ChoicesField(choices=rows, **about)  # type: ignore[arg-type]
    if len(item.choices) > SEEN_AT_ONCE:
        return SelectField(choices=rows, **about)  # type: ignore[arg-type]
    return ChoiceField(choices=rows, **about)  # type: ignore[arg-type]


def _said(words: Words) -> str:
    return words.pick(reader_language()).value
