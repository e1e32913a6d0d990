"""Kinds of columns: what a cell may hold, how it is read, how it is written again, how it is explained."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kilauta.lib.words import LANGUAGES

from . import cells
from .problems import Bad
from .spoken import listed

# What a kind makes of a cell: text, a date, a thing of some table … Only the table's own `save` knows which.
Value: TypeAlias = Any
Words: TypeAlias = str | Promise

# The codes of a list with their labels, asked for once in each load.
Codes: TypeAlias = Callable[[], Mapping[str, object]]


class Known(Protocol):
    """What the cells of one load may refer to."""

    def codes(self, source: Codes) -> Mapping[str, object]:
        """Return the codes of a list."""

    def thing(self, table: str, key: str) -> Value:
        """Return the thing with this key, or raise `Bad`."""

    def code_of(self, source: Codes, text: str) -> str:
        """Return the code that has this code or name, in any of the three languages; "" if none has."""

    def key_of(self, table: str, text: str) -> str:
        """Return the key of the thing that has this key or name; "" if none has, `Bad` if several have."""


class Kind:
    """What stands in a column."""

    empty: ClassVar[Value] = ""
    # A number or a day, which a workbook holds as such.
    typed: ClassVar[bool] = False
    # Begins as a formula does and is none, since nothing but a number may follow in this column.
    harmless: ClassVar[re.Pattern[str] | None] = None
    # Accepted from a person's hand, though it is written out with the mark that says "text".
    accepted: ClassVar[re.Pattern[str] | None] = None

    def within(self, _row: Mapping[str, str]) -> "Kind | None":
        """Return the kind for a cell of this row, which is all still text; None if the row does not say."""
        return self

    def parse(self, text: str, _known: Known) -> Value:
        """Return the value of a cell that is not empty, or raise `Bad`."""
        return self.read(text)

    def read(self, text: str) -> Value:
        """Do the same, where neither other rows nor lists of codes matter."""
        raise NotImplementedError

    def spoken(self, text: str, _known: Known) -> str:
        """Return what people write ("klo 9", "kirjasto") as the tables write it; raise `Bad` for a part."""
        return text

    def format(self, value: Value) -> str:
        """Return the cell that `parse` reads as this value."""
        return str(value)

    def same(self, _text: str, value: Value) -> str:
        """Return the one way of writing what this text was read as: what `format` makes of a stored row."""
        return self.format(value)

    def words(self) -> str:
        """Say what may stand in the cell."""
        raise NotImplementedError


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind
    about: Words
    required: bool = False
    default: Value = None  # what an empty cell means, where it is not simply nothing

    @property
    def blank(self) -> Value:
        return self.kind.empty if self.default is None else self.default

    def plain(self, value: Value) -> str:
        return "" if value is None else self.kind.format(value)

    def format(self, value: Value) -> str:
        return cells.quoted(self.plain(value), self.kind.harmless)

    def words(self) -> str:
        """Say in words what belongs in the column."""
        said = [f"{self.about}", self.kind.words()]
        if self.required:
            said.append(_("Must be given."))
        if self.default is not None:
            said.append(_("Empty means %(default)s.") % {"default": self.format(self.default)})
        return " ".join(said)


def in_three_languages(name: str, kind: Kind, about: Words, *, required: bool = False) -> tuple[Column, ...]:
    """Return the columns name_fi, name_sv and name_en; if required, then in Finnish."""
    return tuple(
        Column(f"{name}_{language}", kind, about, required=required and language == "fi")
        for language in LANGUAGES
    )


@dataclass(frozen=True)
class Code(Kind):
    """One code of a list."""

    values: Codes

    def parse(self, text: str, known: Known) -> str:
        return known_code(text, known.codes(self.values))

    def spoken(self, text: str, known: Known) -> str:
        return known.code_of(self.values, text) or text

    def words(self) -> str:
        return _("One of: %(codes)s.") % {"codes": explained(self.values())}


@dataclass(frozen=True)
class CodeList(Kind):
    """Any number of codes of a list, with a space between them."""

    values: Codes
    empty: ClassVar[Value] = ()

    def parse(self, text: str, known: Known) -> tuple[str, ...]:
        codes = known.codes(self.values)
        return tuple(sorted({known_code(each, codes) for each in text.split()}))

    def spoken(self, text: str, known: Known) -> str:
        codes = known.codes(self.values)
        found = listed(text, lambda part: known.code_of(self.values, part))
        return " ".join(code or known_code(part, codes) for part, code in found)

    def format(self, value: Value) -> str:
        return " ".join(sorted(value))

    def words(self) -> str:
        return _("Any number of these, with a space between them: %(codes)s.") % {
            "codes": explained(self.values())
        }


@dataclass(frozen=True)
class Reference(Kind):
    """The key of a row of another table (or of the same one: then rows may stand in any order)."""

    table: str
    empty: ClassVar[Value] = None

    def parse(self, text: str, known: Known) -> Value:
        return known.thing(self.table, text)

    def spoken(self, text: str, known: Known) -> str:
        return known.key_of(self.table, text) or text

    def same(self, text: str, value: Value) -> str:
        return "" if value is None else text

    def words(self) -> str:
        return _("The id of a row of %(table)s.csv.") % {"table": self.table}


@dataclass(frozen=True)
class ReferenceList(Kind):
    """Any number of keys of rows of another table, with a space between them."""

    table: str
    empty: ClassVar[Value] = ()

    def parse(self, text: str, known: Known) -> tuple[Value, ...]:
        return tuple(known.thing(self.table, key) for key in dict.fromkeys(text.split()))

    def spoken(self, text: str, known: Known) -> str:
        for part, key in (found := listed(text, lambda part: known.key_of(self.table, part))):
            if not key:
                known.thing(self.table, part)
        return " ".join(key for _part, key in found)

    def same(self, text: str, _value: Value) -> str:
        return " ".join(sorted(set(text.split())))

    def format(self, value: Value) -> str:
        return " ".join(sorted(value))

    def words(self) -> str:
        return _("The ids of rows of %(table)s.csv, with a space between them.") % {"table": self.table}


@dataclass(frozen=True)
class ReferenceBy(Kind):
    """The key of a row of the table that another column of the same row names."""

    column: str
    tables: Mapping[str, str]  # by what stands in the other column
    empty: ClassVar[Value] = None

    def within(self, row: Mapping[str, str]) -> Kind | None:
        table = self.tables.get(row.get(self.column, ""))
        return Reference(table) if table else None

    def words(self) -> str:
        return _("The id of the row that %(column)s says: of %(tables)s.") % {
            "column": self.column,
            "tables": ", ".join(f"{table}.csv" for table in self.tables.values()),
        }


MANY_CODES = 40


def known_code(text: str, codes: Mapping[str, object]) -> str:
    if text in codes:
        return text
    message = _("There is no such code.")
    if len(codes) <= MANY_CODES:
        message = _("There is no such code. Use one of: %(codes)s.") % {"codes": ", ".join(codes)}
    raise Bad("unknown-code", message, text)


def explained(codes: Mapping[str, object]) -> str:
    if len(codes) > MANY_CODES:
        first, label = next(iter(codes.items()))
        return _("%(count)s codes such as %(code)s (%(label)s)") % {
            "count": len(codes),
            "code": first,
            "label": label,
        }
    return ", ".join(
        f"{code} ({label})" if str(label or code) != code else code for code, label in codes.items()
    )
