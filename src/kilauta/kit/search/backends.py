"""The only place that asks which database it is."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from .tokens import titled

FIELDS = ("title", "about", "body")

SQLITE_CREATE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(title, about, body, content='', contentless_delete=1, "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
)
POSTGRES_CREATE = (
    "CREATE TABLE search_fts (rowid bigint PRIMARY KEY, terms tsvector NOT NULL); "
    "CREATE INDEX search_fts_terms ON search_fts USING gin (terms)"
)

Document = tuple[int, str, str, str]


def create(schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(SQLITE_CREATE if schema_editor.connection.vendor == "sqlite" else POSTGRES_CREATE)


def drop(schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE search_fts")


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_fts")


def put(documents: Iterable[Document]) -> None:
    """Index the documents (row id and the tokens of the three fields); those of the title can be asked for alone."""
    marked = [
        (rowid, " ".join((title, *map(titled, title.split()))), about, body)
        for rowid, title, about, body in documents
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "INSERT INTO search_fts(rowid, title, about, body) VALUES (%s, %s, %s, %s)", marked
            )
        else:
            rows = [(rowid, sorted(set(" ".join(fields).split()))) for rowid, *fields in marked]
            cursor.executemany(
                "INSERT INTO search_fts(rowid, terms) VALUES (%s, array_to_tsvector(%s))", rows
            )


def remove(rowids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_fts WHERE rowid = %s", [(rowid,) for rowid in rowids])


def rowids() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM search_fts")
        return {row[0] for row in cursor.fetchall()}


def match(
    groups: Sequence[Sequence[str]], *, every: bool, required: Sequence[Sequence[str]], limit: int
) -> list[int]:
    """Return row ids, smallest first, of documents with a token of every group (or of any group).

    A document must besides have a token of each `required` group.
    """
    sqlite = connection.vendor == "sqlite"
    both, either, quote = (" AND ", " OR ", '"') if sqlite else (" & ", " | ", "'")

    def one_of(group: Sequence[str]) -> str:
        return "(" + either.join(f"{quote}{token}{quote}" for token in group) + ")"

    words = (both if every else either).join(one_of(group) for group in groups)
    expression = both.join([*([f"({words})"] if words else []), *(one_of(group) for group in required)])
    if not expression:
        return []
    condition = "search_fts MATCH %s" if sqlite else "terms @@ %s::tsquery"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM search_fts WHERE {condition} ORDER BY rowid LIMIT %s",  # noqa: S608 -- no input in it
            [expression, limit],
        )
        return [row[0] for row in cursor.fetchall()]
