from pathlib import Path
from typing import Any

from kilauta.domains.finder import operations
from kilauta.kit.exchange.columns import Code, Column
from kilauta.kit.exchange.kinds import Id, Text
from kilauta.kit.exchange.saving import Saved
from kilauta.kit.exchange.tables import Origin, Row, Table
from kilauta.lib.words import LANGUAGES


def _languages() -> dict[str, object]:
    return dict.fromkeys(LANGUAGES, "")


def _save(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row}
    return operations.save_synonym(details.pop("id"), actor=origin.actor, now=origin.now, **details)


SYNONYMS = Table(
    name="synonyms",
    about="",
    key=("id",),
    columns=(
        Column("id", Id(80), "", required=True),
        Column("lang", Code(_languages), "", required=True),
        Column("word", Text(60), "", required=True),
        Column("means", Text(200), "", required=True),
    ),
    save=_save,
    kept="finder.Synonym",
)

PACKAGED = ((SYNONYMS, Path(__file__).parent.parent / "data"),)
