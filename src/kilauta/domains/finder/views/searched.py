"""The office's page of what was searched and found, and the same tables to save."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder.queries.searched import SearchedPage, searched_page
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.exchange.listed import XLSX, Listed, csv_file
from kilauta.kit.exchange.workbooks import write_workbook


@room(Verb.LISTS)
@require_safe
def page(request: WorkRequest) -> HttpResponse:
    """What was searched, found and not found, in a period."""
    return render(request, "finder/office/searched.html", {"page": _asked(request)})


@room(Verb.LISTS)
@require_safe
def saved(request: WorkRequest, form: str) -> HttpResponse:
    """The same tables as a workbook or one CSV file."""
    shown = _asked(request)
    if form == "xlsx":
        content: bytes = write_workbook(
            (table.title, table.head, ((row.name, *row.numbers) for row in table.rows))
            for table in shown.tables
        )
        response = HttpResponse(content, content_type=XLSX)
    elif form == "csv":
        response = HttpResponse(_csv(shown), content_type="text/csv; charset=utf-8")
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="haut-{shown.code}.{form}"'
    return response


def _asked(request: WorkRequest) -> SearchedPage:
    here(request, Verb.LISTS)
    period, municipality = request.GET.get("kausi", ""), request.GET.get("kunta", "")
    reading: Reading = request.reading  # type: ignore[attr-defined]  # given by the site
    found = searched_page(reading, period=period, municipality=municipality)
    if found is None:
        raise Http404
    return found


def _csv(shown: SearchedPage) -> bytes:
    """Return a row for every number; a hidden one is an empty cell."""
    rows = [
        (table.title, row.name, head, "" if number is None else str(number))
        for table in shown.tables
        for row in table.rows
        for head, number in zip(table.head[1:], row.numbers, strict=True)
    ]
    return csv_file(Listed("", (_("Table"), _("Row"), _("What"), _("Times")), rows))
