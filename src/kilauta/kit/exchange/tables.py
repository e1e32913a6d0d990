"""A table of the exchange: its columns, how its rows are written into the database and read from it again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeAlias

from django.db import models
from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.translations import reader_language
from kilauta.lib.words import LANGUAGES
from kilauta.lib.words import Words as Named

from .columns import Column, Known, Reference, Value, Words
from .problems import Finding
from .saving import Saved

UNNAMED = Named("")
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows of a load come from, who brings them, and when."""

    source: str
    actor: Person
    now: datetime
    # whoever brings them may change what this region looks after, and nothing else; "": everything
    region: str = ""


# Writes one row whose cells are all good, through an operation of the domain; may refuse.
Save: TypeAlias = Callable[[Row, Origin], Saved[Any]]


@dataclass(frozen=True)
class Check:
    """Cells that must go together. Asked only when each of these columns could be read."""

    columns: tuple[str, ...]
    find: Callable[[Row], Iterable[Finding]]


# Which region looks after a row, of which the cells are as the tables write them; "": none does.
RegionOf: TypeAlias = Callable[[Mapping[str, str], Known], str]


def nobodys(_row: Mapping[str, str], _known: Known) -> str:
    return ""


def no_rows(_source: str) -> Iterable[Row]:
    return ()


def nothing_there(_source: str) -> Mapping[str, models.Model]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Table:
    """One file of the folder.

    `rows` yields what the database holds, with the keys of other tables in place of things. `things` are
    those that other rows may refer to though the folder does not bring them. A row is known by its `key`
    columns, and the file is sorted by them. `kept` is the label of the model, where people change here what comes
    with the product: rows that somebody has touched are theirs, and a new version leaves them alone.
    `title` and `headings` are what people call the table and its columns in workbooks of their own, "; " between
    the words, the usual one first; "name" is that of name_fi, name_sv and name_en.

    `region` says which region looks after a row by its cells, `keeper` the same of a thing that stands here; `claim`
    is the column by which a region takes a row that would be nobody's. `over` is what the cells of a row say that
    is over.
    """

    name: str
    about: Words
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    save: Save
    rows: Callable[[str], Iterable[Row]] = no_rows
    things: Callable[[str], Mapping[str, models.Model]] = nothing_there
    checks: tuple[Check, ...] = ()
    kept: str = ""
    region: RegionOf = nobodys
    keeper: Callable[[Any], str] | None = None
    claim: str = ""
    over: Mapping[str, str] = field(default_factory=dict)
    title: Named = UNNAMED
    headings: Mapping[str, Named] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = self.names
        used = [*self.key, *(name for check in self.checks for name in check.columns)]
        if len(set(names)) < len(names) or not set(used) <= set(names):
            raise ValueError(f"The table {self.name} names a column twice, or one it does not have.")

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def called(self) -> str:
        """Return the usual name of the table, in the language of the reader."""
        return _usual(self.title) or self.name

    def heading(self, name: str) -> str:
        """Return the usual name of a column, in the language of the reader; "Nimi (sv)" where it has one."""
        stem, mark, language = name.rpartition("_")
        if name not in self.headings and mark and language in LANGUAGES and stem in self.headings:
            return f"{_usual(self.headings[stem])} ({language})"
        return _usual(self.headings.get(name, UNNAMED)) or name

    def sorted_by_key(self, row: Row) -> tuple[str, ...]:
        return tuple(str(row[name]) for name in self.key)

    @cached_property
    def parent(self) -> str | None:
        """Return the column by which a row refers to another row of the same table."""
        own = (c.name for c in self.columns if isinstance(c.kind, Reference) and c.kind.table == self.name)
        return next(own, None)


def _usual(names: Named) -> str:
    usual = names.pick(reader_language()).value.split(";")[0]
    return usual[:1].upper() + usual[1:]


def in_order(first: str, last: str) -> Check:
    """Hold two days in order; the same day is in order."""

    def find(row: Row) -> Iterable[Finding]:
        if row[first] is not None and row[last] is not None and row[last] < row[first]:
            yield Finding(last, "end-before-start", _("The end is before the beginning."))

    return Check((first, last), find)


def together(one: str, other: str) -> Check:
    """Hold two cells filled in together or not at all."""

    def find(row: Row) -> Iterable[Finding]:
        if (row[one] is None) is not (row[other] is None):
            lacking, given = (one, other) if row[one] is None else (other, one)
            message = _("This belongs together with %(column)s: give both or neither.") % {"column": given}
            yield Finding(lacking, "missing", message)

    return Check((one, other), find)


def needed_with(given: str, lacking: str) -> Check:
    """Hold that the second cell is filled in whenever the first one is."""

    def find(row: Row) -> Iterable[Finding]:
        if row[given] and not row[lacking]:
            yield Finding(
                lacking, "missing", _("This must be given because %(column)s is.") % {"column": given}
            )

    return Check((given, lacking), find)


def fields(thing: models.Model, table: Table, /, **others: Value) -> Row:
    """Return a row of the thing's own fields, with the others where column and field are not the same."""
    own = (name for name in table.names if name not in others)
    return {name: getattr(thing, name) for name in own} | others
