"""What somebody answered, before it is kept: checked against what was asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from . import choices
from .asked import Asked, Item


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to one question, or why there is none."""

    state: str = choices.UNANSWERED
    codes: tuple[str, ...] = ()
    number: int | None = None
    day: date | None = None
    text: str = ""

    @property
    def is_given(self) -> bool:
        return self.state == choices.GIVEN


NOTHING = Given()
SKIPPED = Given(choices.NOT_ASKED)
Answers = Mapping[str, Given]


def chosen(codes: Iterable[str]) -> Given:
    """Return choices as an answer; none is no answer, and a reason among them is that reason."""
    found = tuple(dict.fromkeys(code for code in codes if code))
    said = next((code for code in found if code in choices.MISSING), "")
    if said:
        return Given(said)
    return Given(choices.GIVEN, codes=found) if found else NOTHING


def complete(asked: Asked, answers: Answers) -> dict[str, Given]:
    """Return an answer to every question; what a branch leaves out was not asked, whatever was sent."""
    found: dict[str, Given] = {}
    for item in asked.items:
        is_asked = not item.only_if or bool(item.only_codes & set(found[item.only_if].codes))
        found[item.code] = answers.get(item.code, NOTHING) if is_asked else SKIPPED
    return found


def objection(item: Item, given: Given) -> str:
    """Return why an answer does not fit its question, as a code; "" when it does."""
    if not given.is_given:
        return ""
    if item.is_chosen:
        many = len(given.codes) > 1 and item.kind != "multiple"
        return "several" if many else "" if item.codes.issuperset(given.codes) else "unknown"
    if item.kind == "number":
        fits = (
            given.number is not None
            and item.lowest is not None
            and item.highest is not None
            and item.lowest <= given.number <= item.highest
        )
        return "" if fits else "bounds"
    return "" if (given.day if item.kind == "day" else given.text) else "empty"
