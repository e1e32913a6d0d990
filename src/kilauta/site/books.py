"""A workbook, or one CSV file, brought in from the command line as the page of the importer does it."""

from argparse import Namespace
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange import mapping
from kilauta.kit.exchange.bringing import carry_out, plan
from kilauta.kit.exchange.preview import Outcome
from kilauta.kit.exchange.problems import Counts, Problem, Report
from kilauta.kit.exchange.sheets import open_book
from kilauta.lib import clock


def bring_book(options: Namespace) -> tuple[Report, list[str]]:
    """Bring in a file, or say what would happen (`--preview`); return the report and what else is to be told."""
    book = open_book(options.folder.name, options.folder.read_bytes())
    choices = mapping.guess(book, options.source)
    act = plan if options.preview else carry_out
    outcome = act(
        mapping.apply(book, choices), source=options.source, actor=Person.objects.system(), now=clock.now()
    )
    return as_report(outcome, book.problems), [*map(_chosen, choices), *_changes(outcome), *_left(outcome)]


def as_report(outcome: Outcome, problems: list[Problem]) -> Report:
    report = Report(problems=[*problems, *outcome.problems])
    for table in outcome.tables:
        report.tables[table.table] = Counts(table.created, table.changed, table.unchanged)
    return report


def _chosen(choice: mapping.Choice) -> str:
    if not choice.table:
        return _("Sheet %(sheet)s: no table of ours is like it; it was left out.") % {"sheet": choice.sheet}
    pairs = ", ".join(f"{heading} → {column or '–'}" for heading, column in choice.columns.items())
    return _("Sheet %(sheet)s is taken for %(table)s: %(columns)s") % {
        "sheet": choice.sheet,
        "table": choice.table,
        "columns": pairs,
    }


def _changes(outcome: Outcome) -> Iterator[str]:
    for row in outcome.rows:
        if row.outcome == "changed":
            for change in row.changes:
                yield f"{row.sheet} {row.number}, {change.heading}: {change.before!r} → {change.after!r}"


def _left(outcome: Outcome) -> Iterator[str]:
    """Yield what is left to the coordinator."""
    for row, conflict in outcome.conflicts:
        yield _(
            "%(key)s, %(column)s: changed here and in the source. Here stays: %(here)s. Source: %(theirs)s"
        ) % {
            "key": row.key,
            "column": conflict.heading,
            "here": conflict.here or "–",
            "theirs": conflict.theirs or "–",
        }
    for table in outcome.tables:
        for gone in table.gone:
            yield _("%(table)s, %(key)s: the source does not have it any more. It stays here.") % {
                "table": table.table,
                "key": gone.key,
            }
