"""The fridge-door card: the nearest help of a place in large print, as a page and as PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kilauta.domains.directory.queries import wording
from kilauta.domains.directory.queries.pages import Listed, Way
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder.queries import answer_page, card_page
from kilauta.kit.access.doors import public
from kilauta.kit.documents import Card, CardEntry, card_pdf, qr_svg

from .public import Request

ACCENT = "#0B4A6F"


@public
@require_safe
def choose(request: Request) -> HttpResponse:
    return render(request, "finder/public/cards.html", {"places": answer_page.place_choices(request.reading)})


@public
@require_safe
def card(request: Request, place: str) -> HttpResponse:
    page = card_page.card_page(request.reading, place)
    if page is None:
        raise Http404
    url = request.build_absolute_uri(reverse("finder:card", args=[place]))
    qr = qr_svg(url, title=gettext("QR code to %(address)s") % {"address": url})
    return render(request, "finder/public/card.html", {"page": page, "url": url, "qr": qr})


@public
@require_safe
def pdf(request: Request, place: str, size: str) -> HttpResponse:
    page = card_page.card_page(request.reading, place)
    if page is None or size not in {"a4", "a5"}:
        raise Http404
    url = request.build_absolute_uri(reverse("finder:card", args=[place]))
    made = card_pdf(printed(request.reading, page, size=size, url=url))
    return HttpResponse(made, content_type="application/pdf")


def printed(reading: Reading, page: card_page.CardPage, *, size: str, url: str) -> Card:
    lang, network = reading.lang, reading.network
    hours = wording.regular_lines(network.schedule, reading.clockwork.today)
    return Card(
        kind="fridge",
        lang=lang,
        title=gettext("Whom to call?"),
        subtitle=str(page.name.pick(lang)),
        network_name=str(network.name.pick(lang)),
        network_phone=network.phone,
        network_hours=", ".join(f"{days} {times}" for days, times, _season in hours),
        entries=tuple(_entry(reading, line.listed, line.way) for line in page.lines),
        safety=gettext("Never tell your bank codes to anyone, not even to a helper."),
        dated=gettext("Information of %(day)s")
        % {"day": date_format(reading.clockwork.today, "SHORT_DATE_FORMAT")},
        url=url,
        size="a4" if size == "a4" else "a5",
        accent=network.accent or ACCENT,
    )


def _entry(reading: Reading, listed: Listed, way: Way) -> CardEntry:
    lang, place = reading.lang, way.place
    lines = wording.regular_lines(way.channel.schedule, reading.clockwork.today)
    return CardEntry(
        name=str(listed.organisation.name.pick(lang)),
        what=str(listed.service.name.pick(lang)),
        phone=way.channel.phone,
        address=f"{place.name.pick(lang)}, {place.street}".rstrip(", ") if place else "",
        hours=tuple(f"{days} {times}".strip() for days, times, _season in lines),
        note="",
    )
