"""Pages of topics, e-services and municipalities, and how answers are put in order."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kilauta.domains.finder import choices
from kilauta.domains.finder.logic.ranking import POINTS
from kilauta.domains.finder.queries import pages
from kilauta.kit.access.doors import public

from .public import Request


@public
@require_safe
def topics(request: Request) -> HttpResponse:
    return render(request, "finder/public/topics.html", {"themes": pages.topics_page(request.reading)})


@public
@require_safe
def topic(request: Request, code: str) -> HttpResponse:
    page = pages.topic_page(request.reading, code)
    if page is None:
        raise Http404
    return render(request, "finder/public/topic.html", {"page": page})


@public
@require_safe
def eservices(request: Request) -> HttpResponse:
    return render(
        request, "finder/public/eservices.html", {"eservices": pages.eservices_page(request.reading)}
    )


@public
@require_safe
def eservice(request: Request, address: str) -> HttpResponse:
    page = pages.eservice_page(request.reading, address.split("-", 1)[0])
    if page is None:
        raise Http404
    if page.eservice.address != address:
        return redirect("finder:eservice", page.eservice.address, permanent=True)
    return render(request, "finder/public/eservice.html", {"page": page})


@public
@require_safe
def municipalities(request: Request) -> HttpResponse:
    return render(
        request,
        "finder/public/municipalities.html",
        {"municipalities": pages.municipalities_page(request.reading)},
    )


@public
@require_safe
def municipality(request: Request, address: str) -> HttpResponse:
    page = pages.municipality_page(request.reading, address.split("-", 1)[0])
    if page is None:
        raise Http404
    if page.municipality.slug != address:
        return redirect("finder:municipality", page.municipality.slug, permanent=True)
    return render(request, "finder/public/municipality.html", {"page": page})


@public
@require_safe
def order(request: Request) -> HttpResponse:
    table = [(choices.REASONS[code], points) for code, points in POINTS.items()]
    return render(request, "finder/public/order.html", {"table": table})
