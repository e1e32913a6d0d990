"""One text in three languages, and what a reader of one of them is shown."""

from dataclasses import dataclass
from typing import NamedTuple

LANGUAGES = ("fi", "sv", "en")

# Who lacks a text reads the next one in this order; the page marks the foreign part with its language.
FALLBACK = {"fi": ("fi", "sv", "en"), "sv": ("sv", "fi", "en"), "en": ("en", "fi", "sv")}


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it will be shown, and the language it is really in ("" when there is none)."""

    value: str
    lang: str

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)


class Words(NamedTuple):
    """The same words in Finnish, Swedish and English; empty where nobody has written them."""

    fi: str
    sv: str = ""
    en: str = ""

    def pick(self, lang: str) -> Text:
        """Return the text for a reader of `lang`, falling back to a language that has one."""
        for candidate in FALLBACK[lang]:
            value = self[LANGUAGES.index(candidate)]
            if value:
                return Text(value, candidate)
        return Text("", "")

    def __bool__(self) -> bool:
        return any(self)

    @property
    def everything(self) -> str:
        """All languages after each other, for an index."""
        return " ".join(part for part in self if part)
