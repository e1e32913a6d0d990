"""The office's page of what was searched and found, and the same tables to save."""

import csv

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder.queries.searched import SearchedPage, searched_page
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.exchange.cells import quoted
from kilauta.kit.exchange.workbooks import write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        _write(response, shown)
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


def _write(response: HttpResponse, shown: SearchedPage) -> None:
    """Write a row for every number; a hidden one is an empty cell."""
    response.write("\ufeff")  # by this a spreadsheet knows the letters
    writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Table"), _("Row"), _("What"), _("Times")])
    for table in shown.tables:
        for row in table.rows:
            for head, number in zip(table.head[1:], row.numbers, strict=True):
                written = "" if number is None else str(number)
                writer.writerow([*(quoted(text, None) for text in (table.title, row.name, head)), written])
