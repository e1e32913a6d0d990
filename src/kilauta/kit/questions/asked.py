"""A version of a set as it is asked: frozen, with the values of every question found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kilauta.lib.words import Words

from . import choices
from .models import Question, QuestionSet

# The values of a kind, by code, in their order.
Source = Callable[[], Mapping[str, Words]]
Sources = Mapping[str, Source]
# What is typed from paper: a key for each choice, and one for each reason why there is none.
LETTERS = "123456789abcdefghjkmnpqrstuvwxyz"
KEYS_OF_MISSING = {
    "0": choices.DONT_KNOW,
    "-": choices.WONT_SAY,
    "?": choices.ILLEGIBLE,
    "+": choices.TWO_BOXES,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be chosen, and the key by which it is typed from paper."""

    code: str
    label: Words
    key: str


@dataclass(frozen=True)
class Item:
    """One question as it is asked."""

    pk: int
    number: int
    code: str
    kind: str
    label: Words
    help: Words
    required: bool
    offers: tuple[str, ...]
    lowest: int | None
    highest: int | None
    only_if: str
    only_codes: frozenset[str]
    choices: tuple[Choice, ...] = ()

    @property
    def is_chosen(self) -> bool:
        return self.kind in choices.CHOSEN

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(choice.code for choice in self.choices)

    @cached_property
    def by_key(self) -> dict[str, str]:
        return {choice.key: choice.code for choice in self.choices}

    @cached_property
    def written(self) -> dict[str, str]:
        """The code behind each way a choice may be written in a file: its words in any language, or the code itself."""
        words = {text.casefold(): choice.code for choice in self.choices for text in choice.label if text}
        return {**words, **{choice.code: choice.code for choice in self.choices}}

    def said(self) -> list[tuple[str, str]]:
        """Return what may be said instead of an answer: key and state."""
        return [(key, state) for key, state in KEYS_OF_MISSING.items() if state in self.offers]

    def said_in_words(self) -> list[tuple[str, str]]:
        """Return the same with the words that stand beside the box."""
        return [(key, str(choices.MISSING[state])) for key, state in self.said()]


@dataclass(frozen=True)
class Asked:
    """A published version: its questions in their order."""

    pk: int
    code: str
    version: int
    title: Words
    intro: Words
    items: tuple[Item, ...]

    @cached_property
    def by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}


def newest(code: str, sources: Sources) -> Asked | None:
    """Return the newest published version of a set, in three queries and those of the sources; None where none is."""
    held = QuestionSet.objects.filter(code=code, published_at__isnull=False).order_by("-version").first()
    return asked(held, sources) if held else None


def asked(held: QuestionSet, sources: Sources) -> Asked:
    questions = held.questions.order_by("position").prefetch_related("options")
    items = tuple(_item(number, question, sources) for number, question in enumerate(questions, start=1))
    return Asked(held.pk, held.code, held.version, held.title, held.intro, items)


def _item(number: int, question: Question, sources: Sources) -> Item:
    values = _values(question, sources)
    return Item(
        pk=question.pk,
        number=number,
        code=question.code,
        kind=question.kind,
        label=question.label,
        help=question.help,
        required=question.required,
        offers=tuple(state for state in choices.SAID if state in question.offers),
        lowest=question.lowest,
        highest=question.highest,
        only_if=question.only_if,
        only_codes=frozenset(question.only_codes),
        choices=tuple(
            Choice(code, label, key)
            for key, (code, label) in zip(_keys(len(values)), values.items(), strict=True)
        ),
    )


def _values(question: Question, sources: Sources) -> Mapping[str, Words]:
    if question.kind in choices.SOURCED:
        return sources[question.kind]()
    own = {each.code: each.label for each in sorted(question.options.all(), key=lambda each: each.position)}
    if question.kind == "scale" and question.lowest is not None and question.highest is not None:
        numbers = [str(number) for number in range(question.lowest, question.highest + 1)]
        return {number: own.get(number, Words(number, number, number)) for number in numbers}
    return own if question.kind in choices.OWN_CHOICES else {}


def _keys(number: int) -> list[str]:
    """Return so many keys: a digit or a letter, and two of them where there are more values than those."""
    if number <= len(LETTERS):
        return list(LETTERS[:number])
    return [f"{first}{second}" for first in LETTERS for second in LETTERS][:number]
