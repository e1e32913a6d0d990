"""The first pages once more in easy Finnish (selkosuomi), with texts of their own and only Finnish."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.views.decorators.http import require_safe

from kilauta.domains.finder import operations
from kilauta.domains.finder.logic.need import Wish
from kilauta.domains.finder.queries import answer_page, card_page
from kilauta.domains.finder.queries.gazetteer import ANYWHERE
from kilauta.kit.access.doors import public

from .public import Request


@dataclass(frozen=True, slots=True)
class Item:
    address: str
    name: str
    current: bool = False


@public
@require_safe
def home(request: Request) -> HttpResponse:
    groups = request.reading.catalogue.groups.values()
    return _page(request, "home", {"groups": groups}, twin=reverse("finder:home"))


@public
@require_safe
def choose_place(request: Request, need: str) -> HttpResponse:
    page = answer_page.places_page(request.reading, need)
    if page is None:
        raise Http404
    return _page(request, "places", {"page": page}, twin=reverse("finder:choose-place", args=[need]))


@public
@require_safe
def answer(request: Request, need: str, place: str) -> HttpResponse:
    page = answer_page.answer_page(request.reading, need, place, Wish(reader=request.reading.lang))
    if page is None:
        raise Http404
    operations.note_answer(request.reading, page)
    card_address = "" if page.place_code == ANYWHERE else reverse("selko:card", args=[place])
    shown = {"page": page, "card_address": card_address, "shown": [("asia", need), ("paikka", place)]}
    return _page(request, "answer", shown, twin=reverse("finder:answer", args=[need, place]))


@public
@require_safe
def card(request: Request, place: str) -> HttpResponse:
    page = card_page.card_page(request.reading, place)
    if page is None:
        raise Http404
    return _page(request, "card", {"page": page}, twin=reverse("finder:card", args=[place]))


def _page(request: Request, template: str, shown: dict[str, object], *, twin: str) -> HttpResponse:
    """Make a page whose menu is short and whose languages lead to its twin in the ordinary three."""
    ordinary = request.build_absolute_uri(twin)
    home_address = reverse("selko:home")
    frame = {
        "home": home_address,
        "menu": [
            Item(home_address, "Kenelle soitan?", current=request.path == home_address),
            Item(twin, "Tavallinen suomi"),
        ],
        "tongues": [(code, name, translate_url(ordinary, code)) for code, name in settings.LANGUAGES],
        "alternates": [],
    }
    return render(request, f"finder/selko/{template}.html", {**frame, **shown})
