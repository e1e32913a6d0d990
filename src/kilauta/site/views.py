"""Pages about the service itself, and the addresses machines ask for."""

import re

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from kilauta.domains.communications import queries as own
from kilauta.domains.directory.queries.pages import (
    places_of_network,
    providers_of_network,
    services_of_network,
)
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.events.queries.public import lasting_addresses
from kilauta.kit import privacy as declarations
from kilauta.kit.access.doors import public
from kilauta.kit.store import editions
from kilauta.lib import clock
from kilauta.lib.words import LANGUAGES
from kilauta.site import gallery as parts
from kilauta.site import statement
from kilauta.site.health import troubles

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class Request(HttpRequest):
    """Every request is given its reading by the middleware."""

    reading: Reading


@public
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """The process can serve pages: the database answers. What stands still behind them is told in a word each.

    That is no reason to send visitors elsewhere: it is still 200.
    """
    try:
        connection.ensure_connection()
        editions.current()
        late = troubles(clock.now())
    except DatabaseError:
        return HttpResponse("not ready\n", status=503, content_type="text/plain")
    return HttpResponse("\n".join(["ready", *late, ""]), content_type="text/plain")


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines are welcome to the pages, not to every combination of filters."""
    lines = ["User-agent: *", "Disallow: /haku/", "Disallow: /sv/haku/", "Disallow: /en/haku/"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@public
@require_safe
def sitemap(request: Request) -> HttpResponse:
    """Every lasting page of the network, each with its address in three languages."""
    pages = [
        [(code, request.build_absolute_uri(_in_language(path, code))) for code in LANGUAGES]
        for path in _paths(request.reading)
    ]
    return render(request, "site/sitemap.xml", {"pages": pages}, content_type="application/xml")


def _in_language(path: str, code: str) -> str:
    prefix = get_script_prefix()
    return path if code == "fi" else f"{prefix}{code}/{path.removeprefix(prefix)}"


# What every network has.
LASTING = (
    "finder:home",
    "finder:choose-need",
    "finder:topics",
    "finder:eservices",
    "finder:municipalities",
    "finder:map",
    "finder:cards",
    "finder:order",
    "directory:services",
    "directory:providers",
    "directory:offer",
    "events:listing",
    "events:past",
    "events:localities",
    "directory:places",
    "about",
    "contacts",
    "communications:feedback",
    "accessibility",
    "privacy",
)


def _paths(reading: Reading) -> list[str]:
    held = reading.catalogue
    with translation.override("fi"):
        return [
            *(reverse(name) for name in LASTING),
            *(reverse("events:event", args=[address]) for address in lasting_addresses(reading)),
            *(reverse("finder:topic", args=[code]) for code in held.topics),
            *(reverse("finder:eservice", args=[e.address]) for e in held.eservices.values()),
            *(
                reverse("finder:municipality", args=[held.municipalities[c].slug])
                for c in sorted(reading.network.municipalities)
            ),
            *(reverse("directory:service", args=[s.address]) for s in services_of_network(reading)),
            *(reverse("directory:provider", args=[o.address]) for o in providers_of_network(reading)),
            *(reverse("directory:place", args=[p.address]) for p in places_of_network(reading)),
            *(reverse("communications:own-page", args=[p.slug]) for p in own.own_pages(reading.network.id)),
            *([reverse("communications:news")] if own.has_news(reading.network.id, now=reading.now) else []),
        ]


@public
@require_safe
def look(request: Request, network: str) -> HttpResponse:
    """The network's own colours as a style sheet, so that no page needs an inline style."""
    facts = request.reading.catalogue.networks.get(network)
    if facts is None or not COLOUR.fullmatch(facts.accent):
        raise Http404
    return HttpResponse(f":root {{ --accent: {facts.accent}; }}\n", content_type="text/css")


@public
@require_safe
def about(request: Request) -> HttpResponse:
    network, now = request.reading.network.id, request.reading.now
    context = {
        "own_text": own.own_text(network, "about"),
        "links": own.links_by_kind(network),
        "has_news": own.has_news(network, now=now),
        "own_pages": own.own_pages(network),
    }
    return render(request, "site/about.html", context)


@public
@require_safe
def contacts(request: Request) -> HttpResponse:
    network = request.reading.network.id
    context = {
        "own_text": own.own_text(network, "contacts"),
        "contacts": own.contacts(network),
        "roles": statement.network_roles(request.reading),
    }
    return render(request, "site/contacts.html", context)


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "site/accessibility.html",
        {
            "owner": settings.SERVICE_OWNER,
            "reviewed_on": settings.STATEMENT_REVIEWED_ON,
            "faults": statement.FAULTS,
        },
    )


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "site/privacy.html",
        {
            "owner": settings.SERVICE_OWNER,
            "officer": settings.PRIVACY_OFFICER,
            "personal": declarations.personal(),
        },
    )


@public
@require_safe
def gallery(request: Request) -> HttpResponse:
    """Every part of the look in every state."""
    return render(request, "site/gallery.html", parts.context(request.reading))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django gives it
    return render(request, "site/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django gives it
    return render(request, "site/400.html", status=400)


def failed(_request: HttpRequest) -> HttpResponse:
    """Needs no database and no language: it is shown when something is broken."""
    return HttpResponse(render_to_string("site/500.html"), status=500)
