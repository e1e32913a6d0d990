"""Bringing a folder of tables in, all of it or, when something of ours breaks, none of it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import together, touched
from kilauta.kit.refusals import Refused
from kilauta.kit.store import editions

from .folder import packaged, tables
from .known import KnownThings
from .memory import Memory, written
from .parsing import ParsedRow, check, parents_first, parse, report_duplicates, resolve_parent, same
from .problems import Counts, Report
from .reading import read
from .saving import Saved
from .tables import Origin, Table

SOURCE = "kilauta"


def load_folder(path: Path, *, actor: Person, now: datetime, source: str = SOURCE) -> Report:
    """Bring in the tables of a folder: every good row is written, every bad cell is told.

    A row is known by its id within its source. It is made, changed where it differs, or left alone; so a
    second load of the same folder writes nothing. Rows that an earlier load brought and this folder does not
    have are left as they are, and a file that is not there says nothing: to take something away, set its
    state to `withdrawn`. What was changed here since is written over: the folder counts. All is one
    transaction: a fault of ours or of the database leaves nothing behind.
    """
    report = Report()
    present = [(table, path / table.file) for table in tables() if (path / table.file).exists()]
    ours = {table.file for table in tables()}
    for file in sorted(each.name for each in path.glob("*.csv") if each.name not in ours):
        report.about_file(file, "unknown-file", _("There is no table of this name; the file was left out."))
    if not present:
        report.about_file(path.name, "no-tables", _("The folder has none of the tables."))
    return load_tables(present, Origin(source, actor, now), report)


def load_packaged(*, actor: Person, now: datetime) -> Report:
    """Bring in the tables that come with the product, as `load_folder` does; what people changed here stays."""
    files = [(table, folder / table.file) for table, folder in packaged()]
    return load_tables(files, Origin(SOURCE, actor, now))


@transaction.atomic
def load_tables(files: Sequence[tuple[Table, Path]], origin: Origin, report: Report | None = None) -> Report:
    """Bring in these files in this order; rows may refer to each other and to what is there already."""
    report = report or Report()
    every = (*tables(), *(table for table, _folder in (*packaged(), *files)))
    known = KnownThings({table.name: table for table in every}, origin.source)
    with together():
        for table, path in files:
            for row in _load(table, path, known, origin, report):
                report.problems.extend(row.sorted_problems())
    if report.wrote:
        editions.renew()
    return report


def _load(
    table: Table, path: Path, known: KnownThings, origin: Origin, report: Report
) -> Sequence[ParsedRow]:
    """Bring in one file; return its rows, with what is wrong with each."""
    counts = report.tables.setdefault(table.name, Counts())
    memory = Memory(table.name, origin) if any(table is each for each in tables()) else None
    theirs = touched(table.kept, but=origin.actor) if table.kept else frozenset()
    rows = [parse(raw, table, known) for raw in read(path, table, report)]
    if theirs:
        rows = [row for row in rows if row.key[0] not in theirs]
    report_duplicates(rows)
    for row in parents_first(rows) if table.parent else rows:
        resolve_parent(row, known)
        check(row)
        saved = None if row.problems else save_row(row, origin)
        if saved:
            counts.add(saved.outcome)
            known.add(table.name, row.key[0], saved.thing)
            if memory:
                said = {column.name: same(row, column) for column in table.columns}
                memory.hear(written(said[name] for name in table.key), said)
        elif not row.repeats:
            known.fail(table.name, row.key[0])
    if memory:
        memory.write()
    return rows


def save_row(row: ParsedRow, origin: Origin) -> Saved[Model] | None:
    """Write one row, or say why it could not be; a row that is refused half-way leaves nothing."""
    try:
        with transaction.atomic(), together():
            return row.table.save(row.values, origin)
    except Refused as refusal:
        known = refusal.field in row.table.names
        row.wrong(refusal.field if known else row.table.key[0], refusal.code, refusal.message)
    except (IntegrityError, DataError):
        message = _("The row contradicts something that is there already.")
        row.wrong(row.table.key[0], "refused", message)
    return None
