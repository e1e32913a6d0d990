"""The log on paper: a sheet to print, and the page where it is typed in, row by row."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.domains.guidance import operations
from kilauta.domains.guidance.forms.paper import AGE_CODES, BEFORE_CODES, OUTCOME_CODES, RowForm, SheetForm
from kilauta.domains.guidance.logic.sheet import ROWS
from kilauta.domains.guidance.queries.sheet import Sheet, sheet_of
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

from .log import ground_of, nobody


@room(Verb.WORK)
@require_safe
def sheet(request: WorkRequest) -> HttpResponse:
    """The sheet to print, in the language of the page."""
    codes = {"outcomes": OUTCOME_CODES, "ages": AGE_CODES, "before": BEFORE_CODES}
    context = {"sheet": sheet_of(**codes), "rows": range(1, ROWS + 1)}
    return render(request, "guidance/desk/log_sheet.html", context)


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: WorkRequest) -> HttpResponse:
    """Type a sheet in: the good rows are logged once, those with a fault stay and say what it is."""
    ground = ground_of(request)
    if not ground.bodies:
        return nobody(request)
    codes = sheet_of(outcomes=OUTCOME_CODES, ages=AGE_CODES, before=BEFORE_CODES)
    head = SheetForm(request, ground)
    rows = [RowForm(request.POST or None, number, codes.topics) for number in range(1, ROWS + 1)]
    logged: list[int] = []
    if head.is_valid():
        written = [row for row in rows if not row.is_empty]
        logged = _log(request, head, written)
        if logged and len(logged) == len(written):
            words = ngettext("%(number)d row is logged.", "%(number)d rows are logged.", len(logged))
            messages.success(request, words % {"number": len(logged)})
            return redirect("guidance:log-paper")
        head.renew_key()
    return _typed(request, head, codes, [_shown(row, logged, codes) for row in rows], len(logged))


def _log(request: WorkRequest, head: SheetForm, written: list[RowForm]) -> list[int]:
    """Log the rows without a fault; return the numbers of those that are logged, and let the others say why not."""
    entries = {row.number: row.entry(head.entry(row.number)) for row in written if row.is_valid()}
    done = operations.log_sheet(entries, actor=request.person, now=clock.now())
    for row in written:
        outcome = done.get(row.number)
        if isinstance(outcome, Refused):
            row.refuse(outcome)
    return [number for number, outcome in done.items() if not isinstance(outcome, Refused)]


def _shown(row: RowForm, logged: list[int], codes: Sheet) -> RowForm:
    """Return the row as it is to be typed on: one that is logged or empty begins anew."""
    return RowForm(None, row.number, codes.topics) if row.number in logged or row.is_empty else row


def _typed(
    request: WorkRequest, head: SheetForm, codes: Sheet, rows: list[RowForm], logged: int
) -> HttpResponse:
    wrong = [row for row in rows if row.faults]
    context = {
        "form": head,
        "rows": rows,
        "sheet": codes,
        "wrong": wrong,
        "logged": logged,
        "is_bare": head.is_bound and not head.errors and not wrong,
    }
    return render(request, "guidance/desk/log_paper.html", context)
