"""The desk: advisers find for a caller, without an account. What is asked stands in the address, and nobody's name."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kilauta.domains.finder import operations
from kilauta.domains.finder.queries import desk_page
from kilauta.kit.access.doors import public
from kilauta.kit.documents import qr_svg

from .public import Request, number


def asked(sent: QueryDict) -> desk_page.Asked:
    """Read what the adviser asks."""
    return desk_page.Asked(
        words=sent.get("q", ""),
        place=sent.get("paikka", ""),
        filters={facet: value for facet in desk_page.FACETS if (value := sent.get(facet, ""))},
        page=number(sent.get("sivu", "1")),
    )


@public
@require_safe
def page(request: Request) -> HttpResponse:
    question = asked(request.GET)
    results = desk_page.desk_search(request.reading, question)
    if question.query:
        operations.note_search(request.reading, results, at_desk=True)
    shown = desk_page.desk_page(request.reading, question, results)
    kept = [("q", question.words), ("paikka", question.place), *question.filters.items()]
    return render(request, "finder/desk/page.html", {"page": shown, "kept": kept})


@public
@require_safe
def entry(request: Request, address: str) -> HttpResponse:
    question = asked(request.GET)
    results = desk_page.desk_search(request.reading, question)
    shown = desk_page.desk_entry(request.reading, address.split("-", 1)[0], question, results)
    if shown is None:
        raise Http404
    right = shown.page.listed.service.address
    if right != address:
        return redirect(f"{reverse('finder:desk-entry', args=[right])}?{question.query}", permanent=True)
    return render(request, "finder/desk/entry.html", {"desk": shown, "page": shown.page})


@public
@require_safe
def handout(request: Request) -> HttpResponse:
    """A sheet for the caller: services by their short ids, given one by one or joined ("palvelu=abc123-def456")."""
    named = [short_id for joined in request.GET.getlist("palvelu") for short_id in joined.split("-")]
    sheet = desk_page.handout(request.reading, named)
    url = request.build_absolute_uri(f"{reverse('finder:desk-handout')}?{sheet.query}")
    qr = qr_svg(url, title=gettext("QR code to %(address)s") % {"address": url})
    return render(request, "finder/desk/handout.html", {"page": sheet, "url": url, "qr": qr})
