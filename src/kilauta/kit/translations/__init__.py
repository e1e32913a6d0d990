"""Texts that exist in three languages as columns name_fi, name_sv, name_en, read as one."""

from typing import overload

from django.db import models
from django.utils.translation import get_language

from kilauta.lib.words import LANGUAGES, Words

__all__ = ["Translated", "reader_language"]


def reader_language() -> str:
    """Return the language of the page being made: fi, sv or en."""
    language = (get_language() or "fi")[:2]
    return language if language in LANGUAGES else "fi"


class Translated:
    """`name = Translated()` on a model reads its columns name_fi, name_sv and name_en as `Words`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.columns = tuple(f"{name}_{language}" for language in LANGUAGES)

    @overload
    def __get__(self, instance: None, owner: type) -> "Translated": ...
    @overload
    def __get__(self, instance: models.Model, owner: type) -> Words: ...
    def __get__(self, instance: models.Model | None, owner: type) -> "Translated | Words":
        if instance is None:
            return self
        return Words(*(getattr(instance, column, "") for column in self.columns))
