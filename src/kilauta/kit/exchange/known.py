"""What the rows of one load may refer to."""

import re
from collections.abc import Iterable, Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from kilauta.lib.text import slugify
from kilauta.lib.words import LANGUAGES

from .columns import Codes, Value
from .problems import Bad
from .spoken import label
from .tables import Table

_EITHER = re.compile(r"\s(?:tai|eller|or)\s")


class KnownThings:
    """Things and codes, each asked for once in a load; a thing whose own row failed is not to be had."""

    def __init__(self, tables: Mapping[str, Table], source: str) -> None:
        self._tables = tables
        self._source = source
        self._codes: dict[Codes, Mapping[str, object]] = {}
        self._labels: dict[Codes, dict[str, str]] = {}
        self._things: dict[str, dict[str, Value]] = {}
        self._names: dict[str, dict[str, str]] = {}
        self._failed: set[tuple[str, str]] = set()

    def codes(self, source: Codes) -> Mapping[str, object]:
        if source not in self._codes:
            self._codes[source] = source()
        return self._codes[source]

    def code_of(self, source: Codes, text: str) -> str:
        codes = self.codes(source)
        if text in codes:
            return text
        if source not in self._labels:
            self._labels[source] = _by_label(source)
        return self._labels[source].get(label(text), "")

    def thing(self, table: str, key: str) -> Value:
        if (table, key) in self._failed:
            raise Bad("unknown-parent", _("The row it refers to was not loaded."), key)
        try:
            return self._in(table)[key]
        except KeyError:
            message = _("No row of %(table)s.csv has this id.") % {"table": table}
            raise Bad("unknown-parent", message, key) from None

    def key_of(self, table: str, text: str) -> str:
        if text in self._in(table) or (table, text) in self._failed:
            return text
        by_name = self._named(table).get(label(text))
        if by_name is None and ((slug := slugify(text)) in self._in(table) or (table, slug) in self._failed):
            return slug
        if by_name == "":
            message = _("Several rows of %(table)s.csv have this name. Give the id.")
            raise Bad("unknown-parent", message % {"table": table}, text)
        return by_name or ""

    def name(self, table: str, key: str, names: Iterable[str]) -> None:
        """Remember what people call the thing of a row."""
        _call(self._named(table), key, names)

    def _named(self, table: str) -> dict[str, str]:
        if table not in self._names:
            self._names[table] = {}
            for key, thing in self._in(table).items():
                names = (getattr(thing, f"name_{language}", "") for language in LANGUAGES)
                _call(self._names[table], key, names)
        return self._names[table]

    def add(self, table: str, key: str, thing: Value) -> None:
        self._in(table)[key] = thing

    def fail(self, table: str, key: str) -> None:
        self._failed.add((table, key))

    def _in(self, table: str) -> dict[str, Value]:
        if table not in self._things:
            known = self._tables.get(table)
            self._things[table] = dict(known.things(self._source)) if known else {}
        return self._things[table]


def _by_label(source: Codes) -> dict[str, str]:
    """Return the codes by their names in each language, halves of an "or" too, and by digits without zeros."""
    found: dict[str, str] = {}
    parts: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for code, name in source().items():
                _call(found, code, (str(name), code.lstrip("0") if code.isdecimal() else ""))
                _call(parts, code, _EITHER.split(str(name)))
    return parts | found


def _call(held: dict[str, str], key: str, names: Iterable[str]) -> None:
    """Hold the key under its names; a name that two of them have says nothing."""
    for each in {label(name) for name in (*names, key) if name}:
        held[each] = key if held.get(each, key) == key else ""
