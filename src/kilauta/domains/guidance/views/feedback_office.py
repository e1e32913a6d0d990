"""Feedback in the office: of the whole network, its words, and what other systems bring in."""

import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.guidance.forms.feedback import Fault, FeedbackFileForm, headings_of, read_row
from kilauta.domains.guidance.operations import feedback as operations
from kilauta.domains.guidance.operations.feedback import Brought
from kilauta.domains.guidance.queries import feedback as queries
from kilauta.domains.guidance.queries.feedback import Scope
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Scope as Place
from kilauta.kit.access.roles import Verb
from kilauta.kit.exchange.problems import HEADER
from kilauta.kit.exchange.sheets import Book, Sheet, open_book
from kilauta.kit.questions.given import Given
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

from .feedback import questions
from .feedback_told import told_file, told_page

SALT = "kilauta.guidance.feedback-file"
# A preview is brought in on the same day, or looked at again.
LOOKED_AT_FOR = 24 * 60 * 60
SHOWN = 50
MOST_ROWS = 3_000


@room(Verb.NUMBERS)
@require_safe
def results(request: WorkRequest) -> HttpResponse:
    """What is said of help in the whole network."""
    network = here(request, Verb.NUMBERS)
    may_read = request.holdings.may(Verb.COORDINATE, Place.REGION, network)
    return told_page(request, Scope(network=network), "guidance/office/feedback.html", may_read=may_read)


@room(Verb.NUMBERS)
@require_safe
def results_file(request: WorkRequest, form: str) -> HttpResponse:
    return told_file(request, Scope(network=here(request, Verb.NUMBERS)), form)


@room(Verb.COORDINATE, pledged=True)
@require_safe
def words(request: WorkRequest) -> HttpResponse:
    """The words people wrote: read here, published nowhere."""
    said = queries.words_of(Scope(network=here(request, Verb.COORDINATE)))
    return render(request, "guidance/office/feedback_words.html", {"rows": said})


@room(Verb.COORDINATE, pledged=True)
@require_POST
def erase(request: WorkRequest, key: UUID) -> HttpResponse:
    held = queries.feedback_in(Scope(network=here(request, Verb.COORDINATE)), key)
    if held is None:
        raise Http404
    operations.erase_words(held, actor=request.person, now=clock.now())
    messages.success(request, _("The words are erased."))
    return redirect("guidance:feedback-words")


@room(Verb.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: WorkRequest) -> HttpResponse:
    """Hand in a file, and see what would come of it; nothing is kept until it is brought in."""
    network = here(request, Verb.COORDINATE)
    form = FeedbackFileForm(request.POST, request.FILES) if request.method == "POST" else FeedbackFileForm()
    context: dict[str, object] = {"form": form, "files": queries.files_of(network), "asked": questions()}
    if form.is_valid():
        given = form.cleaned_data["file"]
        book = open_book(given.name, given.read())
        context |= _looked_at(book, form.cleaned_data["source"], form.cleaned_data["dated_on"])
    return render(request, "guidance/office/feedback_files.html", context)


@room(Verb.COORDINATE)
@require_POST
def bring(request: WorkRequest) -> HttpResponse:
    """Bring in what was looked at: the page itself carries the rows, sealed."""
    network = here(request, Verb.COORDINATE)
    try:
        sealed = signing.loads(request.POST.get("rows", ""), salt=SALT, max_age=LOOKED_AT_FOR)
        operations.bring_feedback(
            network, _unsealed(sealed), lang=_reading(request).lang, actor=request.person, now=clock.now()
        )
    except signing.BadSignature:
        messages.error(request, _("It is too long since you looked at the file. Hand it in again."))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The feedback is brought in. It is shown apart, with its source."))
    return redirect("guidance:feedback-files")


def _looked_at(book: Book, source: str, dated_on: date) -> dict[str, object]:
    """Return what the page shows of a file: the rows that can come in, and what is wrong with the others."""
    asked, sheet = questions(), book.sheets[0] if book.sheets else Sheet("", (), ())
    heads, day_head = headings_of(asked, sheet)
    good: list[tuple[date, dict[str, Given]]] = []
    faults = [(each.row, each.message) for each in book.problems]
    for row in sheet.rows[:MOST_ROWS]:
        try:
            good.append(read_row(row, heads, day_head, dated_on))
        except Fault as fault:
            faults.append((row.number, str(fault)))
    if len(sheet.rows) > MOST_ROWS:
        too_many = _("The file has more than %(most)s rows; the rest was not read.") % {"most": MOST_ROWS}
        faults.append((MOST_ROWS + HEADER, too_many))
    rows = [(day.isoformat(), _sealed(answers)) for day, answers in good]
    sealed = {"source": source, "dated_on": dated_on.isoformat(), "rows": rows}
    return {
        "looked": True,
        "good": len(good),
        "faults": faults[:SHOWN],
        "more_faults": max(len(faults) - SHOWN, 0),
        "known": list(heads),
        "left": [head for head in sheet.headings if head not in heads and head != day_head],
        "source": source,
        "dated_on": dated_on,
        "sealed": signing.dumps(sealed, salt=SALT, compress=True) if good else "",
    }


def _sealed(answers: Mapping[str, Given]) -> dict[str, list[object]]:
    return {code: [list(given.codes), given.text] for code, given in answers.items() if given.is_given}


def _unsealed(sealed: dict[str, object]) -> Brought:
    whole = json.loads(json.dumps(sealed))
    rows = [
        (
            date.fromisoformat(day),
            {code: Given("given", codes=tuple(codes), text=text) for code, (codes, text) in answers.items()},
        )
        for day, answers in whole["rows"]
    ]
    return Brought(whole["source"], date.fromisoformat(whole["dated_on"]), rows)


def _reading(request: WorkRequest) -> Reading:
    reading: Reading = request.reading  # type: ignore[attr-defined]  # given by the site
    return reading
