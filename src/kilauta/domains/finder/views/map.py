"""The map and its list twin."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kilauta.domains.finder.queries import pages
from kilauta.kit.access.doors import public

from . import drawing
from .public import Request


@public
@require_safe
def page(request: Request) -> HttpResponse:
    return render(
        request,
        "finder/public/map.html",
        {
            "page": pages.map_page(request.reading),
            "drawing": drawing.drawing(request.reading),
            "tiles": settings.TILES_URL,
            "attribution": settings.TILES_ATTRIBUTION,
        },
    )


@public
@require_safe
def points(request: Request) -> HttpResponse:
    """The places as GeoJSON: longitude first, WGS84."""
    return JsonResponse(drawing.geojson(request.reading), content_type="application/geo+json")
