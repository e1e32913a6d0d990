"""Every route of the public site, and every state of it that looks different.

`path` is the address in Finnish, with a star where the short id of an entry stands. `shows` is what must be found on
the page: it keeps a route honest about the state it is listed for. `when` is when the clock stands.
"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from urllib.parse import quote, urlsplit

import pytest
from django.template.loader import render_to_string

from kilauta.domains.directory.operations.addresses import LENGTH, LETTERS
from tests.cast import KAAKKO, LANGUAGES, NOW

SUNDAY_NIGHT = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
NOTHING = "main:not(:has(.first)) h1 ~ .phone-big"

Still = Callable[[datetime], str]


@dataclass(frozen=True)
class Route:
    name: str
    path: str
    shows: str = "main h1"
    when: datetime = NOW
    host: str = "127.0.0.1"
    status: int = 200
    languages: tuple[str, ...] = LANGUAGES
    # a page that no address leads to: its text, put in the place of the answer
    template: str = ""

    def address(self, still: Still, language: str) -> str:
        """Return the whole address of the page in a language."""
        server = still(self.when)
        path, _, query = self.path.partition("?")
        path = "/".join(
            resolved(server, self.host, part) if "*" in part else part for part in path.split("/")
        )
        prefix = "" if language == "fi" else f"/{language}"
        words = f"?{quote(query, safe='=&')}" if query else ""
        return f"{server.replace('127.0.0.1', self.host)}{prefix}{path}{words}"

    def text(self, language: str) -> str:
        return render_to_string(self.template, {"spoken": language})


def at_night(name: str, path: str, shows: str) -> Route:
    return Route(name, path, shows, when=SUNDAY_NIGHT)


def easy(name: str, path: str, shows: str, *, when: datetime = NOW) -> Route:
    return Route(name, path, shows, when=when, languages=("fi",))


def second(name: str, path: str, shows: str = "main h1") -> Route:
    return Route(name, path, shows, host=KAAKKO)


ROUTES = (
    # home and the three steps
    Route("home", "/", ".open-now .line .phone"),
    at_night("home-nobody-answers", "/", ".open-now:not(:has(.line)) p"),
    Route("need", "/kilauta/", ".choices .choice"),
    Route("place", "/kilauta/puhelin/", ".choices-short .choice"),
    Route("answer-open", "/kilauta/puhelin/290-kuhmo/", ".first:has(.phone-big) .first-state .state-open"),
    Route("answer-village", "/kilauta/puhelin/geonames-656949/", ".first .phone-big"),
    Route("answer-anywhere", "/kilauta/kela/missa-vain/", ".first .phone-big"),
    Route("answer-eservice", "/kilauta/*-omakela/205-kajaani/", ".first .phone-big"),
    Route("answer-rule", "/kilauta/pankki/290-kuhmo/", "main .notice-warn"),
    at_night("answer-closed", "/kilauta/puhelin/290-kuhmo/", ".first .first-state .state-closed"),
    at_night("answer-closed-other-open", "/kilauta/huijaukset/105-hyrynsalmi/", ".spare .state-open"),
    Route("answer-way", "/kilauta/puhelin/205-kajaani/?tapa=visit", ".ways [aria-current]"),
    Route("answer-no-number", "/kilauta/terveys/205-kajaani/?tapa=remote", ".first:not(:has(.phone-big)) .button"),
    second("answer-nothing", "/kilauta/a-hankinta/142-iitti/", NOTHING),
    second("answer-way-unmet", "/kilauta/puhelin/142-iitti/?tapa=home", "main .notice-warn"),
    # search
    Route("search-empty", "/haku/", ".pager"),
    Route("search-hits", "/haku/?q=kela", ".hits .hit"),
    Route("search-none", "/haku/?q=taxfix", ".nothing .phone-big"),
    Route("search-none-filtered", "/haku/?q=taxfix&fee=paid", ".nothing a[href*='?']"),
    Route("search-widened", "/haku/?q=laiteilta&paikka=620", ".found .notice-warn"),
    Route("search-guessed", "/haku/?q=omakannta", ".found .count ~ p:not(.to-filters)"),
    Route("search-filtered", "/haku/?q=puhelin&way=phone&fee=free", ".filters strong"),
    Route("search-place", "/haku/?q=puhelin kuhmo", ".hits .hit"),
    Route("search-paused", "/haku/?q=moisiovaaran digikerho", ".hits .hit"),
    Route("search-last-page", "/haku/?sivu=4", ".pager [rel=prev]"),
    # the adviser's desk, and whether it helped
    Route("desk", "/tiski/", ".desk-rows .desk-first"),
    Route("desk-hits", "/tiski/?q=puhelin&paikka=Kuhmo", ".desk-rule ~ form .desk-row"),
    at_night("desk-closed", "/tiski/?q=puhelin&paikka=Lentiira, Kuhmo", ".desk-row .state-closed"),
    Route("desk-rule", "/tiski/?q=pankkitunnukset&paikka=Vuokatti", ".desk-rule.notice-warn"),
    Route("desk-none", "/tiski/?q=taxfix&paikka=Narnia", ".nothing .phone-big"),
    Route("desk-last-page", "/tiski/?sivu=4", ".pager [rel=prev]"),
    Route("desk-entry", "/tiski/*-kirjaston-digineuvonta-kajaani/?q=puhelin&paikka=Kajaani", ".aloud blockquote p"),
    Route("desk-entry-unknown", "/tiski/*-digiapua-naapurilta/", ".aloud blockquote p"),
    Route("desk-handout", "/tiski/tuloste/?palvelu=q3vhy8-tjg333", ".handout .phone-big"),
    Route("desk-handout-empty", "/tiski/tuloste/", ".handout:not(:has(.phone-big))"),
    Route("found-ask", "/loytyiko/", ".found-form .button"),
    Route("found-yes", "/loytyiko/?vastaus=yes&q=kela", "main:not(:has(.found-why)) h1"),
    Route("found-no", "/loytyiko/?vastaus=no&q=kela", ".found-why .button"),
    Route("found-missed", "/loytyiko/?vastaus=too-far&asia=puhelin&paikka=290", "main .notice-good"),
    # things
    Route("topics", "/aiheet/", ".index a"),
    Route("topic", "/aiheet/b-kela/", ".hits .hit"),
    Route("topic-rule", "/aiheet/b-pankkitunnus/", "main .notice-warn"),
    Route("eservices", "/sahkoiset-palvelut/", ".index a"),
    Route("eservice", "/sahkoiset-palvelut/*-omakanta/", ".hits .hit"),
    Route("municipalities", "/kunnat/", ".index a"),
    Route("municipality", "/kunnat/290-kuhmo/", ".hits .hit"),
    Route("services", "/palvelut/", ".hits .hit"),
    Route("services-last-page", "/palvelut/?sivu=2", ".pager [rel=prev]"),
    Route("service-open", "/palvelut/*-kirjaston-digineuvonta-kajaani/", ".way .state-open"),
    at_night("service-closed", "/palvelut/*-kirjaston-digineuvonta-kajaani/", ".way .state-closed"),
    Route("service-self-service", "/palvelut/*-asiointikone-kotilan-kylakaupassa/", ".way .state-self-service"),
    Route("service-by-appointment", "/palvelut/*-atk-huolto-kotiin-tai-yritykseen/", ".way .state-by-appointment"),
    Route("service-unknown", "/palvelut/*-digiapua-naapurilta/", ".way .state-unknown"),
    Route("service-paused", "/palvelut/*-moisiovaaran-digikerho/", ".way .state-paused"),
    Route("service-full", "/palvelut/*-digiapua-kotiin/", ".way .state-full"),
    Route("service-overdue", "/palvelut/*-puokiovaaran-digikerho/", ".checked-overdue"),
    Route("service-long", "/palvelut/*-alypuhelinkurssi-sotkamon-kansalaisopisto/", ".hours-exceptions"),
    Route("providers", "/antajat/", ".index a"),
    Route("provider", "/antajat/*-kainuun-nuotta-ry/", ".hits .hit"),
    Route("provider-branched", "/antajat/*-kainuun-hyvinvointialue/", "main h2"),
    Route("places", "/paikat/", ".index a"),
    Route("place-open", "/paikat/*-kajaanin-paakirjasto/", "main .state-open"),
    Route("place-unknown", "/paikat/*-hiisijarven-kylatalo/", "main .state-unknown"),
    Route("map", "/kartta/", ".map .drawing a"),
    Route("cards", "/kortti/", ".choices-short .choice"),
    Route("card", "/kortti/290-kuhmo/", ".sheet .phone-big"),
    # what anybody may tell us
    Route("error-service", "/virhe/palvelu/*-kirjaston-digineuvonta-kajaani/", "main .form details.form-part"),
    Route("error-place", "/virhe/paikka/*-kajaanin-paakirjasto/", "main .form details.form-part"),
    Route("claim", "/antajat/*-kainuun-nuotta-ry/oma/", "main .form .option"),
    Route("offer", "/ilmoita/", "main .form .form-part .option"),
    Route("offer-paper", "/ilmoita/lomake/", ".paper .paper-ticks"),
    # a time that has been booked, for who has only its number and code
    Route("booking", "/varaus/", "main .form input"),
    # events, and what one has signed up for
    Route("events", "/tapahtumat/", ".hits .hit"),
    Route("events-narrowed", "/tapahtumat/?laji=course", ".filters details[open]"),
    Route("events-none", "/tapahtumat/?kunta=777&laji=course&eta=1", ".nothing .phone-big"),
    Route("event", "/tapahtumat/*-alypuhelin-haltuun/", "main .phone-big"),
    Route("event-changed", "/tapahtumat/*-digineuvonta-kirjastolla/", ".notice-warn s"),
    Route("event-days", "/tapahtumat/*-kylamarkkinat/"),
    Route("event-web", "/tapahtumat/*-turvallisesti-verkossa/", "main a[href*='video.example']"),
    Route("sign-up", "/tapahtumat/*-alypuhelin-haltuun/ilmoittaudu/", "main .form input"),
    Route("events-past", "/tapahtumat/menneet/"),
    second("events-past-second", "/tapahtumat/menneet/", ".hits .hit"),
    Route("events-localities", "/tapahtumat/paikkakunnat/", ".map .drawing a"),
    Route("signup", "/ilmoittautuminen/", "main .form input"),
    # remote help; without a meeting service the phone is the way
    Route("remote", "/etatuki/", "main .phone-big"),
    # how the help went
    Route("went", "/miten-meni/", "main .form .option"),
    Route("went-service", "/miten-meni/*-kirjaston-digineuvonta-kajaani/", "main .form .option"),
    # asking for help
    Route("ask", "/tukipyynto/", "main input[name=about][type=radio]"),
    Route("ask-begun", "/tukipyynto/?asia=kela&paikka=290-kuhmo", "main input[name=whose][type=radio]"),
    Route("ask-for-caller", "/tukipyynto/soittajalle/", "main .form .option"),
    Route("start", "/haluamme-aloittaa/", "main .form textarea"),
    # the service itself
    Route("order", "/tietoa/jarjestys/", ".table td"),
    Route("about", "/tietoa/", ".prose h2"),
    Route("contacts", "/yhteystiedot/", ".phone-big"),
    Route("accessibility", "/saavutettavuus/", "#enforcement .phone"),
    Route("privacy", "/tietosuoja/", "#categories .table"),
    Route("news", "/uutiset/", "main section .prose"),
    Route("own-page", "/sivut/nain-pyydat-apua-kotiin/", ".prose li"),
    Route("feedback", "/palaute/", "main .form .option"),
    Route("gallery", "/komponentit/", "[aria-invalid]"),
    Route("not-found", "/ei-ole/", ".phone-big", status=404),
    Route("bad-request", "/", "h1", template="site/400.html"),
    Route("failed", "/", "[lang=sv] h2", template="site/500.html", languages=("fi",)),
    # easy Finnish
    easy("easy-home", "/selko/", ".choices .choice"),
    easy("easy-place", "/selko/kilauta/puhelin/", ".choices-short .choice"),
    easy("easy-answer", "/selko/kilauta/puhelin/290-kuhmo/", ".first .phone-big"),
    easy("easy-answer-closed", "/selko/kilauta/puhelin/290-kuhmo/", ".first .state-closed", when=SUNDAY_NIGHT),
    easy("easy-card", "/selko/kortti/290-kuhmo/", ".sheet .phone-big"),
    # the second network, at its own address and in its own colour
    second("second-home", "/"),
    second("second-map", "/kartta/", ".map .drawing a"),
    second("second-search", "/haku/?q=puhelin", ".hits .hit"),
    second("second-contacts", "/yhteystiedot/", ".phone-big"),
)  # fmt: skip

PAGES = [
    pytest.param(route, language, id=f"{route.name}-{language}")
    for route in ROUTES
    for language in route.languages
]
# What does not change with the language is looked at once.
IN_FINNISH = [pytest.param(route, "fi", id=route.name) for route in ROUTES]
for_every_page = pytest.mark.parametrize(("route", "language"), PAGES)
for_every_route = pytest.mark.parametrize(("route", "language"), IN_FINNISH)


@cache
def paths(server: str, host: str) -> tuple[str, ...]:
    """Return the Finnish paths of all lasting pages, as the site itself lists them."""
    port = urlsplit(server).port
    request = urllib.request.Request(f"{server}/sitemap.xml", headers={"Host": f"{host}:{port}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        found = re.findall(r"<loc>(.*?)</loc>", answer.read().decode())
    return tuple(path for path in map(path_of, found) if not path.startswith(("/sv/", "/en/")))


def path_of(address: str) -> str:
    return urlsplit(address).path


def resolved(server: str, host: str, part: str) -> str:
    """Return the one part of a path that has this form, the star standing for a short id."""
    form = re.compile(part.replace("*", f"[{LETTERS}]{{{LENGTH}}}"))
    known = {each for path in paths(server, host) for each in path.split("/")}
    fitting = [each for each in known if form.fullmatch(each)]
    assert len(fitting) == 1, f"{part} should be one page of the demo: {sorted(fitting)}"
    return fitting[0]
