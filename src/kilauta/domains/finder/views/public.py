"""The pages a resident meets first: home, Kenelle kilautan?, search."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.events.queries.public import next_events
from kilauta.domains.finder import operations
from kilauta.domains.finder.logic.need import Wish
from kilauta.domains.finder.queries import answer_page, listing, search_page, searching
from kilauta.domains.finder.queries.gazetteer import points
from kilauta.domains.finder.queries.offers import FACETS
from kilauta.kit.access.doors import public

# How an address says by which way, in which language and for whom the help is wished for.
WISHES = ("tapa", "kieli", "kenelle")


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@public
@require_safe
def home(request: Request) -> HttpResponse:
    return render(
        request,
        "finder/public/home.html",
        {
            "groups": request.reading.catalogue.groups.values(),
            "open_now": answer_page.open_now(request.reading),
            "events": next_events(request.reading),
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


@public
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


@public
@require_safe
def choose_place(request: Request, need: str) -> HttpResponse:
    page = answer_page.places_page(request.reading, need)
    if page is None:
        raise Http404
    return render(request, "finder/public/places.html", {"page": page})


@public
@require_safe
def answer(request: Request, need: str, place: str) -> HttpResponse:
    page = answer_page.answer_page(request.reading, need, place, wish(request.reading, request.GET))
    if page is None:
        raise Http404
    operations.note_answer(request.reading, page)
    shown = [("asia", need), ("paikka", place)]
    shown += [(name, request.GET[name]) for name in WISHES if request.GET.get(name)]
    near = (
        next_events(request.reading, municipality=page.where.municipality, limit=1)
        if page.where.municipality
        else ()
    )
    return render(request, "finder/public/answer.html", {"page": page, "shown": shown, "events": near})


def wish(reading: Reading, sent: QueryDict) -> Wish:
    """Read how the help is wished for."""
    family, language, audience = (sent.get(name, "") for name in WISHES)
    return Wish(family=family, language=language, audience=audience, reader=reading.lang)


@public
@require_safe
def search(request: Request) -> HttpResponse:
    found = results(request.reading, request.GET)
    page = search_page.search_page(request.reading, found)
    operations.note_search(request.reading, found)
    kept = [(facet, value) for facet, value in found.chosen.items()]
    if request.GET.get("paikka"):
        kept.append(("paikka", found.where.code))
    return render(
        request,
        "finder/public/search.html",
        {
            "page": page,
            "kept": kept,
            "shown": [("q", found.understood.written), *kept],
            "only_words": search_page.search_query(found.understood.written),
            "list_query": listing.query_of(found),
            "opened": ("way", "open"),
        },
    )


def results(reading: Reading, sent: QueryDict) -> searching.Results:
    """Search for what stands in an address."""
    return searching.search(
        reading.catalogue,
        reading.network,
        text=sent.get("q", ""),
        lang=reading.lang,
        filters={facet: sent.get(facet, "") for facet in FACETS},
        place=sent.get("paikka", ""),
        page=number(sent.get("sivu", "1")),
        now=reading.now,
    )


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1  # noqa: PLR2004


@public
@require_safe
def places_near(request: Request) -> HttpResponse:
    """The points of the network's places: the browser finds the nearest itself and sends no position."""
    return JsonResponse({"places": points(request.reading.catalogue, request.reading.network)})
