"""The pages about the service itself: true, dated, in three languages, and there when everything else is broken."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import DatabaseError
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation

from kilauta.kit import privacy
from kilauta.lib import clock
from kilauta.site import statement, views

PREFIXES = {"fi": "", "sv": "/sv", "en": "/en"}
PAGES = ("/tietoa/", "/yhteystiedot/", "/saavutettavuus/", "/tietosuoja/", "/tietoa/jarjestys/")
POINTS_OF_THE_STATEMENT = ("service", "status", "faults", "alternatives", "dates", "feedback", "enforcement")
POINTS_OF_THE_NOTICE = (
    "controller", "officer", "purposes", "basis", "interests", "categories", "sources", "recipients",
    "transfers", "retention", "rights", "complaint", "automation",
)  # fmt: skip

SITEMAP, XHTML = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"

pytestmark = pytest.mark.usefixtures("kuhmo")


def soup(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return BeautifulSoup(answer.content, "html.parser")


def words(node):
    return " ".join(node.get_text(" ").replace("\u00ad", "").split())


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", PREFIXES)
def test_every_page_answers_in_every_language(client, address, language):
    page = soup(client, PREFIXES[language] + address)

    assert page.html["lang"] == language
    assert len(page.find_all("h1")) == 1
    assert page.find("h1").get_text(strip=True)
    assert not page.select("[style], style")


def test_pages_leave_no_cookie(client):
    for address in PAGES:
        assert not client.get(address).cookies


def test_contacts_tell_the_number_the_hours_and_the_organisation_by_its_role(client):
    page = soup(client, "/en/yhteystiedot/").main

    assert page.find("a", href="tel:+358505550100")
    assert page.find("table", class_="hours")
    assert page.find("a", href="mailto:apua@kuhmo.example")
    assert "Kuhmon kirjasto" in words(page)
    assert "Coordinator, Lead organisation" in words(page)
    assert page.find("a", href="tel:+358505550110")


def test_contacts_name_no_person(client):
    assert "Aino" not in words(soup(client, "/yhteystiedot/"))


def test_an_organisation_that_is_not_published_answers_for_nothing(client, kuhmo):
    from kilauta.domains.directory.models import Organisation
    from kilauta.kit.store import editions

    Organisation.objects.update(state="withdrawn")
    editions.renew()

    assert "Coordinator" not in words(soup(client, "/en/yhteystiedot/").main)


@pytest.mark.parametrize("language", PREFIXES)
def test_the_statement_has_all_its_points(client, language):
    page = soup(client, f"{PREFIXES[language]}/saavutettavuus/").main

    for point in POINTS_OF_THE_STATEMENT:
        assert page.find("section", id=point).find("h2").get_text(strip=True), point


def test_the_statement_tells_what_the_law_asks(client):
    page = soup(client, "/en/saavutettavuus/").main
    text = {point: words(page.find(id=point)) for point in POINTS_OF_THE_STATEMENT}

    assert "Kuhmo Digital Support is responsible" in text["service"]
    assert "fully" in text["status"]
    assert "306/2019" in text["status"]
    assert "paper card" in text["alternatives"]
    assert "050\u00a0555\u00a00100" in page.find(id="alternatives").get_text()
    assert "ourselves" in text["dates"]
    assert "14 days" in text["feedback"]
    assert page.find(id="feedback").find("a", href="tel:+358505550100")
    assert "Traficom" in text["enforcement"]
    assert page.find(id="enforcement").find("a", href="https://www.saavutettavuusvaatimukset.fi/")


def test_the_statement_names_the_owner_of_the_settings(client, settings):
    settings.SERVICE_OWNER = "Kainuun liitto"

    assert "Kainuun liitto is responsible" in words(soup(client, "/en/saavutettavuus/").find(id="service"))


def test_the_statement_is_dated_by_the_settings(client):
    with translation.override("en"):
        from django.utils.formats import date_format

        day = date_format(settings.STATEMENT_REVIEWED_ON, "SHORT_DATE_FORMAT")

    assert day in words(soup(client, "/en/saavutettavuus/").find(id="dates"))


def test_one_fault_makes_the_statement_say_partly(client, monkeypatch):
    fault = statement.Fault("The map", "WCAG 2.1: 2.1.1 Keyboard", "not-yet", "Use the list beside it.")
    monkeypatch.setattr(statement, "FAULTS", (fault,))
    page = soup(client, "/en/saavutettavuus/")

    assert "partly" in words(page.find(id="status"))
    assert "fully" not in words(page.find(id="status"))
    listed = words(page.find(id="faults").find("li"))
    for part in ("The map", "2.1.1", "not accessible yet", "list beside it"):
        assert part in listed


@pytest.mark.parametrize("why", statement.WHY)
def test_every_reason_of_the_law_has_its_words(why):
    assert str(statement.Fault("x", "1.1.1", why).reason)


@pytest.mark.parametrize("language", PREFIXES)
def test_the_notice_has_its_thirteen_points(client, language):
    page = soup(client, f"{PREFIXES[language]}/tietosuoja/").main

    assert len(POINTS_OF_THE_NOTICE) == 13
    for point in POINTS_OF_THE_NOTICE:
        assert page.find("section", id=point).find("h2").get_text(strip=True), point


def test_the_notice_lists_every_field_about_persons(client):
    page = soup(client, "/en/tietosuoja/")
    declared = privacy.personal()

    assert declared
    with translation.override("en"):
        for each in declared:
            row = words(page.find("tr", id=each.name))
            for told in (each.purpose, each.basis, each.retention, each.visibility):
                assert str(told) in row, each.name
    assert len(page.select("#categories tbody tr")) == len(declared)


def test_the_notice_names_every_field_as_people_do(client):
    names = [
        cell.get_text(strip=True) for cell in soup(client, "/en/tietosuoja/").select("#categories tbody th")
    ]

    assert all(not re.search(r"[._]", name) for name in names), "a declaration lacks its label"


def test_the_notice_names_owner_and_officer_of_the_settings(client, settings):
    settings.SERVICE_OWNER, settings.PRIVACY_OFFICER = "Kainuun liitto", "tietosuojavastaava@liitto.example"
    page = soup(client, "/en/tietosuoja/")

    assert "Kainuun liitto is the controller" in words(page.find(id="controller"))
    assert "tietosuojavastaava@liitto.example" in words(page.find(id="officer"))


def test_the_order_page_prints_every_fact_with_its_points(client):
    from kilauta.domains.finder import choices
    from kilauta.domains.finder.logic.ranking import POINTS

    rows = {
        words(row.th): row.td.get_text(strip=True)
        for row in soup(client, "/en/tietoa/jarjestys/").select("tbody tr")
    }

    with translation.override("en"):
        for code, points in POINTS.items():
            sentence = str(choices.REASONS[code])
            assert rows[sentence[:1].upper() + sentence[1:]] == f"{points:+d}".replace("-", "−"), code
    assert len(rows) == len(POINTS)


@pytest.mark.parametrize("language", PREFIXES)
def test_a_page_that_is_not_there_offers_a_person_search_and_home(client, language):
    page = soup(client, f"{PREFIXES[language]}/ei-ole/", status=404)

    assert page.html["lang"] == language
    assert page.main.find("a", href="tel:+358505550100")
    assert page.main.find("form", role="search")
    assert page.main.find("a", href=f"{PREFIXES[language]}/")


def test_an_unknown_host_gets_a_plain_page_of_its_own(client):
    answer = client.get("/sv/tietoa/", headers={"host": "elsewhere.example"})
    page = BeautifulSoup(answer.content, "html.parser")

    assert answer.status_code == 400
    assert page.html["lang"] == "sv"
    assert page.find("a", href="/sv/haku/")


def test_the_page_for_faults_stands_alone():
    source = get_template("site/500.html").template.source
    page = BeautifulSoup(render_to_string("site/500.html"), "html.parser")

    assert not re.search(r"\{%|\{\{", source)
    assert page.html["lang"] == "fi"
    assert {section["lang"] for section in page.find_all("section")} == {"sv", "en"}
    assert [link["href"] for link in page.find_all("a")] == ["/", "/sv/", "/en/"]
    assert page.find("link", rel="stylesheet")["href"] == "/static/kilauta/house.css"


def test_a_broken_database_still_gets_the_page_for_faults(client, monkeypatch):
    from kilauta.site import middleware

    def gone(**_):
        raise DatabaseError

    monkeypatch.setattr(middleware, "reading", gone)
    client.raise_request_exception = False
    page = soup(client, "/tietoa/", status=500)

    assert page.find("h1").get_text() == "Jokin meni vikaan"


def test_the_sitemap_lists_every_page_in_three_languages(client):
    answer = client.get("/sitemap.xml")
    root = ET.fromstring(answer.content)

    entries = {entry.findtext(f"{SITEMAP}loc"): entry for entry in root}
    for address in ("/", "/sv/", "/en/", "/tietoa/", "/sv/tietoa/", "/en/aiheet/a-laite/"):
        twins = entries[f"http://testserver{address}"].findall(f"{XHTML}link")
        assert [twin.get("hreflang") for twin in twins] == ["fi", "sv", "en"]


@pytest.mark.parametrize("language", PREFIXES)
def test_the_gallery_shows_every_part(kuhmo, language):
    from kilauta.domains.directory.queries.reading import reading

    request = RequestFactory().get("/komponentit/")
    with translation.override(language):
        request.reading = reading(host="testserver", lang=language, now=clock.now())
        page = BeautifulSoup(views.gallery(request).content, "html.parser")

    for shape in ("open", "self-service", "by-appointment", "closed", "unknown", "paused", "full"):
        assert page.find(class_=f"state-{shape}"), shape
    for trust in ("fresh", "overdue", "unverified"):
        assert page.find(class_=f"checked-{trust}"), trust
    for tone in ("quiet", "warn", "good"):
        assert page.find(class_=f"notice-{tone}"), tone
    for part in ("phone-big", "choice", "crumbs", "pager", "hours-exceptions", "button-quiet", "button-wide"):
        assert page.find(class_=part), part
    assert page.find("input", attrs={"aria-invalid": "true"})
    assert len(page.find_all("h1")) == 1
