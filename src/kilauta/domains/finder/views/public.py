"""The pages a resident meets first: home, Kenelle kilautan?, search."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder import operations
from kilauta.domains.finder.logic.need import Wish
from kilauta.domains.finder.queries import answer_page, search_page, searching
from kilauta.domains.finder.queries.gazetteer import points
from kilauta.domains.finder.queries.offers import FACETS


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@require_safe
def home(request: Request) -> HttpResponse:
    return render(
        request,
        "finder/public/home.html",
        {
            "groups": request.reading.catalogue.groups.values(),
            "open_now": answer_page.open_now(request.reading),
            "site_data": _site_data(request),
        },
    )


def _site_data(request: Request) -> dict[str, object]:
    """The site and its search, for search engines."""
    network = request.reading.network
    search_address = request.build_absolute_uri(reverse("finder:search"))
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": str(network.name.pick(request.reading.lang)),
        "url": request.build_absolute_uri("/"),
        "inLanguage": request.reading.lang,
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{search_address}?q={{words}}",
            "query-input": "required name=words",
        },
    }


@require_safe
def choose_need(request: Request) -> HttpResponse:
    """The first question. Words typed there lead to a topic when they name one, else to search."""
    text = request.GET.get("q", "").strip()
    if text:
        return HttpResponseRedirect(_address_of(request.reading, text))
    return render(request, "finder/public/groups.html", {"groups": request.reading.catalogue.groups.values()})


def _address_of(reading: Reading, text: str) -> str:
    need, place = search_page.need_named(reading, text)
    if need and place:
        return reverse("finder:answer", args=[need, place])
    if need:
        return reverse("finder:choose-place", args=[need])
    return f"{reverse('finder:search')}?{search_page.search_query(text)}"


@require_safe
def choose_place(request: Request, need: str) -> HttpResponse:
    page = answer_page.places_page(request.reading, need)
    if page is None:
        raise Http404
    return render(request, "finder/public/places.html", {"page": page})


@require_safe
def answer(request: Request, need: str, place: str) -> HttpResponse:
    wish = Wish(
        family=request.GET.get("tapa", ""),
        language=request.GET.get("kieli", ""),
        audience=request.GET.get("kenelle", ""),
        reader=request.reading.lang,
    )
    page = answer_page.answer_page(request.reading, need, place, wish)
    if page is None:
        raise Http404
    operations.note_answer(request.reading, page)
    return render(request, "finder/public/answer.html", {"page": page})


@require_safe
def search(request: Request) -> HttpResponse:
    results = searching.search(
        request.reading.catalogue,
        request.reading.network,
        text=request.GET.get("q", ""),
        lang=request.reading.lang,
        filters={facet: request.GET.get(facet, "") for facet in FACETS},
        place=request.GET.get("paikka", ""),
        page=_number(request.GET.get("sivu", "1")),
        now=request.reading.now,
    )
    page = search_page.search_page(request.reading, results)
    operations.note_search(request.reading, results)
    kept = [(facet, value) for facet, value in results.chosen.items()]
    if request.GET.get("paikka"):
        kept.append(("paikka", results.where.code))
    return render(
        request,
        "finder/public/search.html",
        {
            "page": page,
            "kept": kept,
            "only_words": search_page.search_query(results.understood.written),
            "opened": ("way", "open"),
        },
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1  # noqa: PLR2004


@require_safe
def places_near(request: Request) -> HttpResponse:
    """The points of the network's places: the browser finds the nearest itself and sends no position."""
    return JsonResponse({"places": points(request.reading.catalogue, request.reading.network)})
