"""What every page knows: the network it belongs to, the menu, its own address in the other languages."""

from dataclasses import dataclass, replace
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, reverse, translate_url
from django.utils.encoding import iri_to_uri
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy, pgettext_lazy

from kilauta.domains.communications.queries import foot_pages, news_in_force
from kilauta.domains.directory.queries import wording
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit.access.holdings import NOBODY
from kilauta.kit.access.roles import Verb
from kilauta.kit.translations import reader_language
from kilauta.lib.words import Words

MENU = (
    ("finder:choose-need", gettext_lazy("Whom to call?")),
    ("finder:search", pgettext_lazy("page", "Search")),
    ("finder:map", gettext_lazy("Map")),
)
INDEX = (
    ("finder:topics", gettext_lazy("Topics")),
    ("finder:eservices", gettext_lazy("E-services")),
    ("directory:services", gettext_lazy("Services")),
    ("directory:providers", gettext_lazy("Who gives support")),
    ("directory:places", gettext_lazy("Places")),
    ("events:listing", gettext_lazy("Events")),
    ("finder:municipalities", gettext_lazy("Municipalities")),
    ("finder:cards", gettext_lazy("Card for the fridge door")),
    ("guidance:ask", gettext_lazy("Ask for help")),
    ("booking:find", gettext_lazy("See or cancel a booking")),
    ("events:find", gettext_lazy("See or cancel a sign-up")),
    ("booking:remote", gettext_lazy("Remote help: type the code")),
    ("finder:desk", gettext_lazy("For advisers")),
)
FOOT = (
    ("about", gettext_lazy("About this service")),
    ("contacts", gettext_lazy("Contact details")),
    ("directory:offer", gettext_lazy("Tell about your support")),
    ("guidance:start", gettext_lazy("We want to start")),
    ("guidance:feedback", gettext_lazy("You got help: how did it go?")),
    ("communications:feedback", gettext_lazy("Give feedback")),
    ("accessibility", gettext_lazy("Accessibility statement")),
    ("privacy", gettext_lazy("Privacy")),
    # who is not signed in is asked to
    ("desk", gettext_lazy("For those who give support: sign in")),
)
ROOMS = {
    Verb.WORK: ("desk", gettext_lazy("My work")),
    Verb.EDIT: ("directory:own", gettext_lazy("My organisation")),
    Verb.LISTS: ("office", gettext_lazy("Coordination")),
    Verb.NUMBERS: ("guidance:office-figures", gettext_lazy("Figures of the help")),
    Verb.TELL: ("communications:office-pages", gettext_lazy("What we tell")),
    Verb.LOGS: ("rights:person", gettext_lazy("A person's data")),
}
# so many lines of news have room on the front page
HEADINGS = 2
TONGUES = (("fi", "Suomi"), ("sv", "Svenska"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class Item:
    address: str
    name: str
    current: bool = False
    # the language of the name, where it is not that of the page
    lang: str = ""


def page(request: HttpRequest) -> dict[str, object]:
    return _page(request) if hasattr(request, "reading") else {}


def _page(request: HttpRequest) -> dict[str, object]:
    reading = cast("Reading", request.reading)  # type: ignore[attr-defined]
    network, lang = reading.network, reader_language()
    # put together by hand: a path that begins with two slashes would be read as another host
    here = f"{request.scheme}://{request.get_host()}{iri_to_uri(request.path)}"
    addresses = [(code, name, _in_language(here, code)) for code, name in TONGUES]
    return {
        "reading": reading,
        "lang": lang,
        "network": network,
        "network_name": str(network.name.pick(lang)),
        "network_phone": network.phone,
        "network_hours": SimpleLazyObject(lambda: _hours(reading)),
        "look": reverse("look", args=[network.id]) if network.accent else "",
        "demo": settings.DEMO,
        "home": reverse("finder:home"),
        "easy": reverse("selko:home"),
        "ring_me": f"{reverse('guidance:ask')}?tapa=phone",
        "menu": _items(MENU, request.path),
        "rooms": _rooms(request),
        "room_of_work": reverse("desk"),
        "office": reverse("office"),
        "index": _items(INDEX, request.path),
        "foot": [*_own_pages(reading), *_items(FOOT, request.path)],
        "news": SimpleLazyObject(lambda: _news(reading)),
        "canonical": here,
        "tongues": addresses,
        "alternates": [(code, address) for code, _name, address in addresses],
        "today": reading.clockwork.today,
    }


def _own_pages(reading: Reading) -> list[Item]:
    """Return the pages that the network has put at the foot of every page."""
    pages = foot_pages(reading.network.id, edition=reading.catalogue.edition)
    return [_named(reverse("communications:own-page", args=[page.slug]), page.title) for page in pages]


def _news(reading: Reading) -> list[Item]:
    """Return the newest headings in force, for the front page."""
    address = reverse("communications:news")
    newest = news_in_force(reading.network.id, now=reading.now)[:HEADINGS]
    return [_named(f"{address}#uutinen-{each.pk}", each.title) for each in newest]


def _named(address: str, words: Words) -> Item:
    lang = reader_language()
    name = words.pick(lang)
    return Item(address, name.value, lang="" if name.lang == lang else name.lang)


def _rooms(request: HttpRequest) -> list[Item]:
    """Return the rooms that whoever has come through a door may enter; on a public page nobody is asked who comes."""
    held = getattr(request, "holdings", NOBODY)
    rooms = [room for verb, room in ROOMS.items() if held.anywhere(verb)]
    items = _items(tuple(rooms), request.path)
    # a room within another is the one that a person is in
    nearest = max((len(item.address) for item in items if item.current), default=0)
    return [replace(item, current=item.current and len(item.address) == nearest) for item in items]


def _items(listed: tuple[tuple[str, object], ...], path: str) -> list[Item]:
    found = []
    for name, words in listed:
        address = reverse(name)
        found.append(Item(address, str(words), path.startswith(address)))
    return found


def _in_language(here: str, code: str) -> str:
    try:
        return translate_url(here, code)
    except (NoReverseMatch, Resolver404):
        return here


def _hours(reading: Reading) -> str:
    lines = wording.regular_lines(reading.network.schedule, reading.clockwork.today)
    return ", ".join(f"{days} {times}" for days, times, _season in lines)
