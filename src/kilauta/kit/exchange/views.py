"""The importer's pages: a file is handed in, its headings are put right, it is looked at, and then brought in."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.refusals import Refused
from kilauta.kit.search import index
from kilauta.lib import clock

from . import settling, uploads
from .folder import tables, template_workbook
from .forms import SheetForm, UploadForm, examples
from .listed import XLSX
from .mapping import Choice, columns_for, lacking
from .models import LONGEST_SOURCE, Review, Upload
from .reports import as_csv
from .sheets import Sheet
from .tables import Table

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """A sheet and what it is taken for: each heading with our column and some of its cells."""

    name: str
    rows: int
    table: str
    headings: list[tuple[str, str, str]]
    left_out: int
    lacking: list[str]


@dataclass(frozen=True, slots=True)
class Question:
    """Something an import has left to a person, in words."""

    number: int
    title: str
    table: str
    column: str
    here: str
    theirs: str
    source: str
    can_end: bool


@room(Verb.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: WorkRequest) -> HttpResponse:
    """Hand a file in, or go on with one."""
    region, now = here(request, Verb.COORDINATE), clock.now()
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = uploads.receive(
                file.name, file.read(), source=form.cleaned_data["source"], region=region,
                actor=request.person, now=now,
            )  # fmt: skip
            return redirect("exchange:upload", made.pk)
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "sources": uploads.sources_of(region),
        "uploads": uploads.uploads_of(request.person, region, now=now),
        "questions": Review.objects.waiting().of(region).count(),
    }
    return render(request, "exchange/start.html", context)


@room(Verb.COORDINATE)
@require_safe
def template(request: WorkRequest) -> HttpResponse:
    """An empty workbook, with a sheet that explains it."""
    here(request, Verb.COORDINATE)
    return _file(template_workbook(), XLSX, "kilauta.xlsx")


@room(Verb.COORDINATE)
@require_safe
def standing(request: WorkRequest, source: str) -> HttpResponse:
    """What stands here of a source and is the network's own, to be changed and brought in again."""
    region = here(request, Verb.COORDINATE)
    if source not in uploads.sources_of(region):
        raise Http404
    return _file(uploads.workbook_of(source, region), XLSX, f"{source[:LONGEST_SOURCE]}.xlsx")


@room(Verb.COORDINATE)
@require_safe
def upload(request: WorkRequest, key: UUID) -> HttpResponse:
    """What each sheet and each heading is taken for."""
    held = _own(request, key)
    if held.brought_at:
        return redirect("exchange:report", key)
    book, choices = uploads.book_of(held), uploads.choices_of(held)
    taken = [_taken(sheet, choice) for sheet, choice in zip(book.sheets, choices, strict=True)]
    context = {
        "upload": held,
        "sheets": taken,
        "problems": book.problems,
        "ready": any(each.table for each in taken),
        "rows": sum(each.rows for each in taken if each.table),
    }
    return render(request, "exchange/upload.html", context)


@room(Verb.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: WorkRequest, key: UUID, number: int) -> HttpResponse:
    """Put right what a sheet and its headings are taken for."""
    held = _own(request, key)
    if held.brought_at or number >= len(held.choices):
        raise Http404
    one, choice = uploads.book_of(held).sheets[number], uploads.choices_of(held)[number]
    form = SheetForm(request.POST if request.method == "POST" else None, sheet=one, choice=choice)
    if form.is_valid():
        try:
            return _chosen(held, number, choice, form)
        except Refused as refused:
            form.add_error(form.field_of(refused.field), refused.message)
    return render(request, "exchange/sheet.html", {"upload": held, "sheet": one, "form": form})


def _chosen(held: Upload, number: int, before: Choice, form: SheetForm) -> HttpResponse:
    wanted = form.chosen()
    table = _tables().get(wanted.table)
    if table is None or wanted.table == before.table:
        uploads.choose(held, number, wanted)
        return redirect("exchange:upload", held.pk)
    uploads.choose(held, number, Choice(wanted.sheet, table.name, columns_for(form.sheet, table)))
    return redirect("exchange:sheet", held.pk, number)


@room(Verb.COORDINATE)
@require_POST
def look(request: WorkRequest, key: UUID) -> HttpResponse:
    """Find out what would change, and show it."""
    held = _own(request, key)
    try:
        uploads.look(held, actor=request.person, now=clock.now())
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("exchange:upload", key)
    return redirect("exchange:report", key)


@room(Verb.COORDINATE)
@require_safe
def report(request: WorkRequest, key: UUID) -> HttpResponse:
    """What would change or has changed, and everything that is wrong."""
    held = _own(request, key)
    if not held.report:
        return redirect("exchange:upload", key)
    found = held.report["problems"]
    context = {
        "upload": held,
        "report": held.report,
        "problems": found[:SHOWN],
        "more_problems": held.report["numbers"]["problems"] - len(found[:SHOWN]),
    }
    return render(request, "exchange/report.html", context)


@room(Verb.COORDINATE)
@require_POST
def bring(request: WorkRequest, key: UUID) -> HttpResponse:
    """Bring the good rows in; sent twice, it is done once."""
    held = _own(request, key)
    try:
        wrote = uploads.bring(held, actor=request.person, now=clock.now())
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("exchange:upload", key)
    if wrote:
        index.rebuild()
    return redirect("exchange:report", key)


@room(Verb.COORDINATE)
@require_POST
def dismiss(request: WorkRequest, key: UUID) -> HttpResponse:
    """Throw what was read of the file away."""
    uploads.dismiss(_own(request, key))
    messages.success(request, _("The file is gone. Nothing more comes of it."))
    return redirect("exchange:start")


@room(Verb.COORDINATE)
@require_safe
def faults(request: WorkRequest, key: UUID) -> HttpResponse:
    """What is wrong, as a table for whoever puts the file right."""
    held = _own(request, key)
    if not held.report:
        raise Http404
    return _file(as_csv(held.report["problems"]), "text/csv; charset=utf-8", "viat.csv")


@room(Verb.COORDINATE)
@require_safe
def reviews(request: WorkRequest) -> HttpResponse:
    """What imports have left to a person, the oldest first."""
    waiting = Review.objects.waiting().of(here(request, Verb.COORDINATE)).order_by("at", "pk")
    questions = [_question(each) for each in waiting[:SHOWN]]
    context = {"questions": questions, "more": waiting.count() - len(questions)}
    return render(request, "exchange/reviews.html", context)


@room(Verb.COORDINATE)
@require_POST
def settle(request: WorkRequest, number: int) -> HttpResponse:
    """Leave it as it stands here, or do as the source."""
    region = here(request, Verb.COORDINATE)
    review = Review.objects.of(region).filter(pk=number).first()
    if review is None:
        raise Http404
    take = request.POST.get("deed") == "take"
    try:
        settling.settle(review, take=take, actor=request.person, now=clock.now())
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("exchange:reviews")
    if take:
        index.rebuild()
    messages.success(request, _("Settled."))
    return redirect("exchange:reviews")


def _own(request: WorkRequest, key: UUID) -> Upload:
    """Return the person's own upload; anybody else's is not there."""
    region = here(request, Verb.COORDINATE)
    held = uploads.upload_of(request.person, region, key, now=clock.now())
    if held is None:
        raise Http404
    return held


def _tables() -> dict[str, Table]:
    return {table.name: table for table in tables()}


def _taken(one: Sheet, choice: Choice) -> Taken:
    table = _tables().get(choice.table)
    headings = []
    for heading in one.headings:
        ours = choice.columns.get(heading, "") if table else ""
        called = table.heading(ours) if table and ours else ""
        headings.append((heading, called, ", ".join(examples(one, heading))))
    return Taken(
        one.name,
        len(one.rows),
        table.called if table else "",
        headings,
        sum(not called for _heading, called, _cells in headings),
        [table.heading(name) for name in lacking(choice)] if table else [],
    )


def _question(review: Review) -> Question:
    table = _tables().get(review.table)
    return Question(
        review.pk,
        review.title or review.external_id,
        table.called if table else review.table,
        table.heading(review.column) if table and review.column else review.column,
        review.here,
        review.theirs,
        review.source,
        bool(settling.ending(review)),
    )


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
