"""What the rows of one load may refer to."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from .columns import Codes, Value
from .problems import Bad
from .tables import Table


class KnownThings:
    """Things and codes, each asked for once in a load; a thing whose own row failed is not to be had."""

    def __init__(self, tables: Mapping[str, Table], source: str) -> None:
        self._tables = tables
        self._source = source
        self._codes: dict[Codes, Mapping[str, object]] = {}
        self._things: dict[str, dict[str, Value]] = {}
        self._failed: set[tuple[str, str]] = set()

    def codes(self, source: Codes) -> Mapping[str, object]:
        if source not in self._codes:
            self._codes[source] = source()
        return self._codes[source]

    def thing(self, table: str, key: str) -> Value:
        if (table, key) in self._failed:
            raise Bad("unknown-parent", _("The row it refers to was not loaded."), key)
        try:
            return self._in(table)[key]
        except KeyError:
            message = _("No row of %(table)s.csv has this id.") % {"table": table}
            raise Bad("unknown-parent", message, key) from None

    def add(self, table: str, key: str, thing: Value) -> None:
        self._in(table)[key] = thing

    def fail(self, table: str, key: str) -> None:
        self._failed.add((table, key))

    def _in(self, table: str) -> dict[str, Value]:
        if table not in self._things:
            known = self._tables.get(table)
            self._things[table] = dict(known.things(self._source)) if known else {}
        return self._things[table]
