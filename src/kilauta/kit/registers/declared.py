# ruff: noqa: ARG002 -- what a register does not say is answered here without looking
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Generic, TypeVar

from django.db import models
from django.utils.functional import Promise

from kilauta.kit import ports
from kilauta.kit.forms.fields import TONGUES
from kilauta.lib.text import fold
from kilauta.lib.words import LANGUAGES, Words

from .at import At
from .form import RegisterForm

M = TypeVar("M", bound=models.Model)

Text = str | Promise
Values = Mapping[str, object]
# What becomes of a thing that is not wanted any more.
RETIRE: Final = "retire"
REMOVE: Final = "remove"


@dataclass(frozen=True, slots=True)
class Line:
    """A thing as its register lists it; `uses` is how many others hold on to it, None where nobody counts."""

    key: str
    name: Words | str
    facts: tuple[Words | str, ...] = ()
    uses: int | None = None
    ended: bool = False
    may_change: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which it has no name."""
        if not isinstance(self.name, Words):
            return ()
        return tuple(TONGUES[code] for code, text in zip(LANGUAGES, self.name, strict=True) if not text)

    def has(self, words: str) -> bool:
        """Return whether these folded words stand somewhere in the line."""
        texts = (part.everything if isinstance(part, Words) else part for part in (self.name, *self.facts))
        return words in fold(" ".join(texts))


class Register(Generic[M]):
    """A list that coordinators keep. One for each kind of thing, declared in a port; it holds no state."""

    word: ClassVar[str]  # in its address
    title: ClassVar[Text]
    about: ClassVar[Text]
    adding: ClassVar[Text] = ""  # the words of the button; "": nothing is added here
    headings: ClassVar[tuple[Text, ...]] = ()  # of the facts in a line
    used_by: ClassVar[Text] = ""  # the heading of `uses`
    ending: ClassVar[str] = ""
    looks: ClassVar[bool] = False  # `told` says what the form would do before it is saved
    elsewhere: ClassVar[str] = ""  # the name of a page of its own, for what is no list and needs another form
    form: ClassVar[type[RegisterForm]] = RegisterForm

    def only(self, at: At) -> str:
        """Return the key of the one thing there is; "" where the register is a list."""
        return ""

    def may_add(self, at: At) -> bool:
        return bool(self.adding)

    def lines(self, at: At) -> Iterable[Line]:
        """Return every line that may be read here, in the order in which people look for them."""
        return ()

    def find(self, at: At, key: str) -> M | None:
        """Return the thing of this key, if it may be changed here."""
        return None

    def name_of(self, thing: M) -> Words | str:
        return getattr(thing, "name", str(thing))

    def opening(self, thing: M) -> dict[str, object]:
        """Return what the form shows of a thing: fields of the same names."""
        found: dict[str, object] = {}
        for name in self.form.base_fields:
            value: Any = getattr(thing, name, None)
            if isinstance(value, models.Manager):
                value = [str(key) for key in value.order_by("pk").values_list("pk", flat=True)]
            found[name] = value.pk if isinstance(value, models.Model) else value
        return found

    def is_ended(self, thing: M) -> bool:
        return False

    def told(self, thing: M | None, values: Values | None = None) -> tuple[str, ...]:
        """Return sentences about the thing, or about what it would be with these values of the form."""
        return ()

    def shown_at(self, thing: M) -> str:
        """Return the address of the public page about the thing; "" where there is none."""
        return ""

    def add(self, at: At, values: Values) -> M:
        raise NotImplementedError

    def change(self, at: At, thing: M, values: Values) -> None:
        raise NotImplementedError

    def end(self, at: At, thing: M) -> None:
        raise NotImplementedError

    def bring_back(self, at: At, thing: M) -> None:
        raise NotImplementedError


def registers() -> dict[str, Register[Any]]:
    """Return every register by its word."""
    return {each.word: each for _label, module in ports.of("registers") for each in module.REGISTERS}
