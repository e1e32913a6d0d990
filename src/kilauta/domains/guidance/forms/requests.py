"""What somebody who asks for help is asked: one question on a page, or all of them for a caller."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kilauta.domains.guidance.choices import CLOSINGS, ONLY_BY, WHEN, WHOSE, WISHED
from kilauta.kit.forms import ChoiceField, ContactField, Form, NumberField, OnceForm, SelectField, TextField

# The questions in their order, each with its fields; then everything is read back.
QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "about": ("about",),
    "place": ("town", "village"),
    "whose": ("whose",),
    "way": ("way",),
    "when": ("when",),
    "contact": ("contact", "only_by"),
}
CHECK: Final = "check"
STEPS: Final = (*QUESTIONS, CHECK)
# What is not said has a sign of its own: an empty choice would be none.
UNSAID: Final = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """An answer as it is read back: of which question, its name, and what was chosen."""

    step: str
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Choosable:
    """What there is to choose from: topics, municipalities and villages, each with its name."""

    about: Sequence[tuple[str, str]]
    towns: Sequence[tuple[str, str]]
    villages: Sequence[tuple[str, str]]
    # the municipality of each village
    homes: Mapping[str, str]


def _with_sign(choices: Mapping[str, str | Promise]) -> list[tuple[str, str | Promise]]:
    return [(code or UNSAID, name) for code, name in choices.items()]


class AskForm(OnceForm):
    """The whole request. On a page of one question the other answers travel unseen; later ones may be missing."""

    about = ChoiceField(label=_("What do you need help with?"))
    town = ChoiceField(label=_("Where are you?"))
    village = SelectField(
        label=_("Village or part of town"),
        help_text=_("A helper nearby is easier to find."),
        choices=[],
        required=False,
        autocomplete="off",
    )
    whose = ChoiceField(label=_("Whom is the help for?"), choices=list(WHOSE.items()))
    way = ChoiceField(label=_("How would you like help?"), choices=_with_sign(WISHED))
    when = ChoiceField(label=_("When does it suit you?"), choices=list(WHEN.items()))
    contact = ContactField(
        label=_("Your phone number or e-mail address"),
        help_text=_("Only the helper sees it. It is erased a week after you have been helped."),
    )
    only_by = ChoiceField(
        label=_("How may we reach you?"),
        help_text=_("We keep to this."),
        choices=_with_sign(ONLY_BY),
        initial=UNSAID,
    )

    def __init__(
        self,
        request: HttpRequest,
        *,
        choosable: Choosable,
        step: str = "",
        fresh: bool = False,
        initial: dict[str, object] | None = None,
    ) -> None:
        """`step`: the one question that is shown; `fresh`: nobody has been asked it yet."""
        super().__init__(request, initial=initial)
        self.step, self.is_fresh = step, fresh
        self.fields["about"].choices = list(choosable.about)  # type: ignore[attr-defined]  # both are choices
        nowhere = (UNSAID, _("Somewhere else, or I would rather not say"))
        self.fields["town"].choices = [*choosable.towns, nowhere]  # type: ignore[attr-defined]
        villages = list(choosable.villages)
        self.fields["village"].choices = [("", _("Choose")), *villages]  # type: ignore[attr-defined]
        if step:
            self._show(step)
        self.homes = choosable.homes
        if self.is_bound:
            self._begin()

    def _show(self, step: str) -> None:
        for question, names in QUESTIONS.items():
            for name in names:
                if question != step:
                    self.fields[name].widget = forms.HiddenInput()
                if STEPS.index(question) > STEPS.index(step):
                    self.fields[name].required = False

    def _begin(self) -> None:
        """Fill in what follows from what was sent: the municipality of a village, and any way of being reached."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # what was sent
        if self.is_fresh:
            self.data.setdefault("only_by", UNSAID)  # type: ignore[attr-defined]
        home = self.homes.get(self.data.get("village", ""))
        if home and self.data.get("town") in (None, "", UNSAID):
            self.data["town"] = home  # type: ignore[index]

    def full_clean(self) -> None:
        """On a page whose question is new nothing is wrong yet: a wrong answer that was left behind is dropped."""
        super().full_clean()
        if self.is_bound and self.is_fresh and not self.refusal:
            for name in list(self.errors):
                if name not in QUESTIONS.get(self.step, ()):
                    self.data.pop(name, None)  # type: ignore[attr-defined]
                elif self.data.get(name):
                    continue
                del self.errors[name]

    def clean(self) -> None:
        village, town = self.cleaned_data.get("village", ""), self.cleaned_data.get("town", "")
        if village and town and self.homes.get(village) != town:
            self.add_error("village", gettext("This village is in another municipality. Choose again."))
        way, contact = self.cleaned_data.get("only_by", UNSAID), self.cleaned_data.get("contact", "")
        if contact and "@" in contact and way in ("call", "sms"):
            words = gettext("You left an e-mail address. Choose “Any way” or “By e-mail only”.")
            self.add_error("only_by", words)
        if contact and "@" not in contact and way == "mail":
            self.add_error("only_by", gettext("You left a phone number. Choose how we may use it."))

    def answered(self, question: str) -> bool:
        """Return whether there is an answer to the question, right or wrong."""
        return any(self[name].value() for name in QUESTIONS[question] if name != "only_by")

    def wrong_step(self) -> str:
        """Return the first question whose answer is wrong; "" where it is none of them."""
        return next(
            (step for step, names in QUESTIONS.items() if any(each in self.errors for each in names)), ""
        )

    def rows(self) -> list[Row]:
        """Return all answers in words, to be read back."""
        return [
            Row(step, str(self.fields[names[0]].label), self._said(step)) for step, names in QUESTIONS.items()
        ]

    def _said(self, step: str) -> str:
        words = [self._words(name) for name in QUESTIONS[step]]
        if step == "place" and words[1]:
            return words[1]
        return ". ".join(filter(None, words))

    def _words(self, name: str) -> str:
        value = self[name].value() or ""
        if name == "contact":
            return str(value)
        choices = dict(self.fields[name].choices)  # type: ignore[attr-defined]  # all the others are choices
        return str(choices.get(value, "")) if value else ""

    def values(self) -> dict[str, str]:
        """Return what was said, without the signs for what was not."""
        said = {name: value if value != UNSAID else "" for name, value in self.cleaned_data.items()}
        return {
            "mode": said["way"],
            "whose": said["whose"],
            "wanted": said["when"],
            "contact": said["contact"],
            "only_by": said["only_by"],
        }


class WithdrawForm(OnceForm):
    """A button."""


class NumberForm(OnceForm):
    number = TextField(
        label=_("Number of the request"),
        help_text=_("Eight digits. The customer has them on paper or in a message."),
        max_length=20,
        autocomplete="off",
    )


class CloseForm(Form):
    reason = ChoiceField(label=_("How did it end?"), choices=list(CLOSINGS.items()))


class PassForm(Form):
    """To whom a request goes: a person or an organisation."""

    whom = SelectField(label=_("To whom?"), choices=[])

    def __init__(self, data: QueryDict | None = None, *, whom: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["whom"].choices = [("", _("Choose")), *whom]  # type: ignore[attr-defined]


class PromiseForm(Form):
    working_days = NumberField(
        label=_("Working days within which somebody takes a request"), min_value=1, max_value=20
    )
