"""The lists of codes that the directory's columns draw on, and the columns that several tables have."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.choices import STATES, value_list
from kilauta.domains.directory.models import Audience, Device, Limit, Topic
from kilauta.domains.directory.models.vocabulary import Term
from kilauta.domains.territory.models import Locality, Municipality
from kilauta.kit.exchange.columns import Code, CodeList, Codes, Column, Reference
from kilauta.kit.exchange.kinds import Id
from kilauta.kit.translations import reader_language
from kilauta.lib.words import Words

from .names import CODES

NAMELESS = Words("")

# One source of codes for each list: a load asks each of them once.


@cache
def _closed(name: str) -> Codes:
    def read() -> Mapping[str, object]:
        return {code: value.name.pick(reader_language()) for code, value in value_list(name).items()}

    return read


@cache
def _editable(model: type[Term]) -> Codes:
    def read() -> Mapping[str, object]:
        terms: QuerySet[Term] = QuerySet(model)
        return {term.code: term.name.pick(reader_language()) for term in terms.order_by("position")}

    return read


@cache
def _fixed(*codes: str) -> Codes:
    return lambda: {code: CODES.get(code, NAMELESS).pick(reader_language()) for code in codes}


def municipalities() -> Mapping[str, object]:
    return _names_of(Municipality.objects.order_by("code"), "code")


def localities() -> Mapping[str, object]:
    return _names_of(Locality.objects.order_by("id"), "id")


def _names_of(rows: QuerySet[Any], key: str) -> Mapping[str, object]:
    """Return the names of places by their keys: the Swedish ones for those who read Swedish, if there are any."""
    name = "name_sv" if reader_language() == "sv" else "name_fi"
    return {code: own or finnish for code, own, finnish in rows.values_list(key, name, "name_fi")}


def municipalities_or_everywhere() -> Mapping[str, object]:
    return {EVERYWHERE: _("everywhere in Finland")} | dict(municipalities())


EVERYWHERE = "finland"


def one_of(name: str) -> Code:
    """Return the kind for a code of a list that is fixed in the table of values."""
    return Code(_closed(name))


def some_of(name: str) -> CodeList:
    return CodeList(_closed(name))


def exactly(*codes: str) -> Code:
    return Code(_fixed(*codes))


def codes_among(*codes: str) -> CodeList:
    return CodeList(_fixed(*codes))


TOPICS = CodeList(_editable(Topic))
AUDIENCES = CodeList(_editable(Audience))
LIMITS = CodeList(_editable(Limit))
DEVICES = CodeList(_editable(Device))
ONE_TOPIC = Code(_editable(Topic))

ID = Column("id", Id(60), _("The row's own id; other rows refer to it."), required=True)
STEWARD = Column("steward", Reference("networks"), _("The network that keeps the entry right."))
WITHDRAWN = {"state": "withdrawn"}
STATE = Column("state", exactly(*STATES), _("Only published entries are shown."), default="draft")
