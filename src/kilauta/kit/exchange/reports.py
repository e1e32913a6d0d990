"""What an import would do or has done, as a page shows it: all the numbers, and so much of the rest as one can read."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from .cells import one_line
from .listed import Listed, csv_file
from .preview import Conflict, Outcome, RowOutcome, TableOutcome
from .problems import Problem

MOST_PROBLEMS = 5_000
MOST_ROWS = 100  # rows whose changes are shown one by one; of new ones, in which everything is new, fewer
MOST_MADE = 20

# It is kept as JSON and shown by a template.
Report: TypeAlias = dict[str, Any]


def report_of(outcome: Outcome, of_file: Iterable[Problem]) -> Report:
    """Return the report, in the language of now. `of_file` is what is wrong with the file as a whole."""
    problems = [*of_file, *outcome.problems]
    changed = [row for row in outcome.rows if row.outcome == "changed"]
    made = [row for row in outcome.rows if row.outcome == "created"]
    gone = [
        {"called": table.called, "title": each.title or each.key}
        for table in outcome.tables
        for each in table.gone
    ]
    conflicts = [_conflict(row, each) for row, each in outcome.conflicts]
    return {
        "tables": [_table(table) for table in outcome.tables],
        "numbers": {
            "created": outcome.created,
            "changed": outcome.changed,
            "unchanged": outcome.unchanged,
            "failed": sum(table.failed for table in outcome.tables),
            "gone": len(gone),
            "conflicts": len(conflicts),
            "problems": len(problems),
        },
        "problems": [_problem(each) for each in problems[:MOST_PROBLEMS]],
        "changed": _some([_row(row) for row in changed[:MOST_ROWS]], len(changed)),
        "made": _some([_row(row) for row in made[:MOST_MADE]], len(made)),
        "gone": _some(gone[:MOST_ROWS], len(gone)),
        "conflicts": _some(conflicts[:MOST_ROWS], len(conflicts)),
    }


def as_csv(problems: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the problems as a table for a spreadsheet, in which nothing is calculated."""
    heads = (_("Sheet"), _("Row"), _("Column"), _("What is there"), _("What is wrong, and what to do"))
    names = ("sheet", "row", "column", "value", "message")
    return csv_file(Listed("", heads, [[one_line(str(each[name])) for name in names] for each in problems]))


def _some(shown: list[Any], of: int) -> Report:
    return {"shown": shown, "more": of - len(shown)}


def _table(table: TableOutcome) -> Report:
    return {
        "called": table.called,
        "created": table.created,
        "changed": table.changed,
        "unchanged": table.unchanged,
        "failed": table.failed,
        "gone": len(table.gone),
    }


def _conflict(row: RowOutcome, each: Conflict) -> Report:
    return {
        "title": row.title or row.key,
        "column": each.heading,
        "here": each.here,
        "theirs": each.theirs,
    }


def _problem(each: Problem) -> Report:
    return {
        "sheet": each.file,
        "row": each.row,
        "column": each.column,
        "value": each.value,
        "message": each.message,
    }


def _row(row: RowOutcome) -> Report:
    return {
        "sheet": row.sheet,
        "row": row.number,
        "title": row.title or row.key,
        "fields": [
            {"column": each.heading, "before": each.before, "after": each.after} for each in row.changes
        ],
    }
