"""What a search found, to keep: as a table for programs and people, and as a leaflet for paper."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kilauta.domains.finder.queries import listing
from kilauta.domains.finder.queries.search_page import search_page
from kilauta.kit.access.doors import public
from kilauta.kit.documents import qr_svg
from kilauta.kit.exchange import listed
from kilauta.lib.zone import local

from .public import Request, results

Write = Callable[[listed.Listed], bytes]


@public
@require_safe
def as_csv(request: Request) -> HttpResponse:
    return _file(request, listed.csv_file, "csv", "text/csv; charset=utf-8")


@public
@require_safe
def as_workbook(request: Request) -> HttpResponse:
    return _file(request, listed.workbook, "xlsx", listed.XLSX)


def _file(request: Request, write: Write, ending: str, kind: str) -> HttpResponse:
    reading = request.reading
    found = listing.everything(reading, results(reading, request.GET))
    site = request.build_absolute_uri(reverse("directory:services"))
    rows = list(listing.rows(reading, found, site))
    content = write(listed.Listed(gettext("Services"), listing.headings(), rows, _licence(request)))
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="digituki-{local(reading.now).date()}.{ending}"'
    # a copy for each search, of what a search engine finds on the pages themselves
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _licence(request: Request) -> str:
    reading = request.reading
    return gettext("Information of %(day)s from %(network)s, licence CC BY 4.0") % {
        "day": local(reading.now).date().isoformat(),
        "network": reading.network.name.pick(reading.lang),
    }


@public
@require_safe
def leaflet(request: Request) -> HttpResponse:
    """The list as a leaflet, whose code leads to the list as it is on the day somebody reads it."""
    found = results(request.reading, request.GET)
    page = listing.leaflet(request.reading, found, search_page(request.reading, found))
    url = request.build_absolute_uri(f"{reverse('finder:search')}?{page.query}")
    qr = qr_svg(url, title=gettext("QR code to %(address)s") % {"address": url})
    context = {"page": page, "url": url, "qr": qr, "licence": _licence(request)}
    return render(request, "finder/public/leaflet.html", context)
