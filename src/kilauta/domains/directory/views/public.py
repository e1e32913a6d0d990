"""Services, providers and places: an index and a page of each."""

from collections.abc import Callable
from typing import TypeVar

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kilauta.domains.directory.queries import pages
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit import documents, metrics
from kilauta.kit.access.doors import public
from kilauta.kit.panels import About, Shown, panels_of

from . import cards, json_ld

PER_PAGE = 50
VIEW = "view"
Page = TypeVar("Page")


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


def found(query: Callable[[Reading, str], Page | None], request: Request, address: str) -> Page:
    """Return the page of the thing whose short id begins the address, or answer that there is none."""
    page = query(request.reading, address.split("-", 1)[0])
    if page is None:
        raise Http404
    return page


def note(request: Request, kind: str, thing: str) -> None:
    """Count that a page was opened: which page, in which network and language, never by whom."""
    reading = request.reading
    metrics.note(
        VIEW, now=reading.now, network=reading.network.id, lang=reading.lang, filters=kind, chosen=thing
    )


def _panels(kind: str, key: str, request: Request) -> list[Shown]:
    """Return what higher domains know about the thing."""
    reading = request.reading
    return panels_of(kind, About(key, reading.network.id, reading.now))


def index(request: Request, template: str, things: tuple[object, ...]) -> HttpResponse:
    page = Paginator(things, PER_PAGE).get_page(request.GET.get("sivu", "1"))
    return render(request, template, {"page": page})


@public
@require_safe
def services(request: Request) -> HttpResponse:
    page = Paginator(pages.services_of_network(request.reading), PER_PAGE).get_page(
        request.GET.get("sivu", "1")
    )
    listed = [pages.listed(request.reading, facts) for facts in page.object_list]
    return render(request, "directory/public/services.html", {"page": page, "listed": listed})


@public
@require_safe
def service(request: Request, address: str) -> HttpResponse:
    page = found(pages.service_page, request, address)
    if page.listed.service.address != address:
        return redirect("directory:service", page.listed.service.address, permanent=True)
    note(request, "service", page.listed.service.address)
    data = json_ld.service(request.reading, page, request.build_absolute_uri(request.path))
    context = {"page": page, "data": data, "panels": _panels("service", page.listed.service.id, request)}
    return render(request, "directory/public/service.html", context)


@public
@require_safe
def providers(request: Request) -> HttpResponse:
    return index(request, "directory/public/providers.html", pages.providers_of_network(request.reading))


@public
@require_safe
def provider(request: Request, address: str) -> HttpResponse:
    page = found(pages.provider_page, request, address)
    if page.organisation.address != address:
        return redirect("directory:provider", page.organisation.address, permanent=True)
    note(request, "provider", page.organisation.address)
    data = json_ld.organisation(request.reading, page, request.build_absolute_uri(request.path))
    return render(request, "directory/public/provider.html", {"page": page, "data": data})


@public
@require_safe
def places(request: Request) -> HttpResponse:
    return index(request, "directory/public/places.html", pages.places_of_network(request.reading))


@public
@require_safe
def place(request: Request, address: str) -> HttpResponse:
    page = found(pages.place_page, request, address)
    if page.place.address != address:
        return redirect("directory:place", page.place.address, permanent=True)
    note(request, "place", page.place.address)
    data = json_ld.place(request.reading, page, request.build_absolute_uri(request.path))
    context = {"page": page, "data": data, "panels": _panels("place", page.place.id, request)}
    return render(request, "directory/public/place.html", context)


@public
@require_safe
def provider_card(request: Request, address: str, size: str) -> HttpResponse:
    """The service card of a provider as PDF."""
    if size not in cards.SIZES:
        raise Http404
    page = found(pages.provider_page, request, address)
    target = request.build_absolute_uri(request.path.rsplit("/", 1)[0] + "/")
    pdf = documents.card_pdf(cards.provider_card(request.reading, page, size=size, url=target))
    return HttpResponse(pdf, content_type="application/pdf")
