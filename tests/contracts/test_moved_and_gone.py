"""What has another name answers at its new address; what is not published, or no longer, is nowhere."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kilauta.domains.directory.models import EService, Organisation, Place, Service, Topic
from kilauta.domains.territory.models import Municipality
from kilauta.kit.store import editions
from tests import factories
from tests.cast import NOW, Visitor

# A word of each thing's name that stands nowhere else.
MARKS = {
    Organisation: "Zorgamerkki",
    Place: "Zpaikkamerkki",
    EService: "Zasiamerkki",
    Service: "Zpalvelumerkki",
}
OWN = {
    Organisation: "/antajat/yz-zorgamerkki/",
    Place: "/paikat/pz-zpaikkamerkki/",
    EService: "/sahkoiset-palvelut/ez-zasiamerkki/",
    Service: "/palvelut/sz-zpalvelumerkki/",
}
# Pages that are about one thing only, and go with it.
WITH_IT = {
    Organisation: ("/antajat/yz-zorgamerkki/kortti-a4.pdf",),
    Place: (
        "/kortti/pz-zpaikkamerkki/",
        "/kortti/pz-zpaikkamerkki/a5.pdf",
        "/selko/kortti/pz-zpaikkamerkki/",
    ),
    EService: (
        "/kilauta/ez-zasiamerkki/",
        "/kilauta/ez-zasiamerkki/290-kuhmo/",
        "/selko/kilauta/ez-zasiamerkki/",
    ),
    Service: (),
}
# Whatever lists, draws, counts or recommends.
LISTS = (
    "/",
    "/haku/?paikka=290&q=",
    "/haku/?q=Zorgamerkki",
    "/haku/?q=Zpaikkamerkki",
    "/haku/?q=Zasiamerkki",
    "/haku/?q=Zpalvelumerkki",
    "/haku/?q=merkkari",
    "/sahkoiset-palvelut/",
    "/kartta/",
    "/kartta/paikat.json",
    "/kunnat/290-kuhmo/",
    "/aiheet/a-laite/",
    "/kilauta/puhelin/290-kuhmo/",
    "/kilauta/a-laite/290-kuhmo/",
    "/kortti/290-kuhmo/",
    "/selko/kilauta/puhelin/290-kuhmo/",
    "/selko/kortti/290-kuhmo/",
    "/sitemap.xml",
    "/yhteystiedot/",
    *OWN.values(),
)
# Names with a Z stand on the last page, whichever that is.
PAGED = ("/palvelut/?sivu=99", "/antajat/?sivu=99", "/paikat/?sivu=99")
KINDS = pytest.mark.parametrize("kind", list(MARKS), ids=lambda kind: kind.__name__)


@pytest.fixture
def helper() -> Service:
    """One of each kind of entry, all of them about one helper in Kuhmo."""
    giver = factories.organisation("z", name_fi=MARKS[Organisation], steward_id="kainuu")
    place = factories.place("z", name_fi=MARKS[Place], host=giver, lat=64.12, lon=29.52)
    eservice = EService.objects.create(
        external_id="z", short_id="ez", owner=giver, name_fi=MARKS[EService], **factories.ENTRY
    )
    eservice.topics.add("a-laite")
    service = factories.service("z", giver, ["a-laite"], name_fi=MARKS[Service], description_fi="Merkkari.")
    service.eservices.add(eservice)
    factories.channel("z1", service, ["290"])
    factories.channel("z2", service, mode="walk-in", place=place)
    factories.shown()
    return service


def everywhere() -> dict[str, str]:
    """Return each list of the site, all its pages, without what the visitor typed."""
    visitor = Visitor()
    addresses = [*LISTS, *PAGED]
    return {each: without_query(visitor.get(each).content.decode(), each) for each in addresses}


def without_query(text: str, address: str) -> str:
    """Take away the words asked for and the page's own address, which stand on the page in any case."""
    path, _, query = address.partition("?")
    for own in (query.partition("q=")[2], path, path.lstrip("/")):
        text = text.replace(own, "") if len(own) > 1 else text
    return text


def told_of(mark: str, pages: dict[str, str]) -> set[str]:
    """Return the pages that a mark stands on: as a name, or as part of an address."""
    return {address for address, text in pages.items() if mark.lower() in text.replace("\u00ad", "").lower()}


def statuses(addresses: Iterable[str]) -> dict[str, int]:
    visitor = Visitor()
    return {address: visitor.get(address).status_code for address in addresses}


def test_a_published_entry_is_found(helper: Service) -> None:
    """The control of the tests below: they look where the entries really are."""
    pages = everywhere()
    expected = {
        Organisation: {"/antajat/?sivu=99", "/kunnat/290-kuhmo/", "/haku/?q=merkkari", "/sitemap.xml"},
        Place: {"/kartta/", "/kartta/paikat.json", "/kunnat/290-kuhmo/", "/sitemap.xml"},
        EService: {"/sahkoiset-palvelut/", "/aiheet/a-laite/", OWN[Service], "/sitemap.xml"},
        Service: {"/kunnat/290-kuhmo/", "/aiheet/a-laite/", "/haku/?q=merkkari", "/sitemap.xml"},
    }
    for kind, mark in MARKS.items():
        assert statuses((OWN[kind], *WITH_IT[kind])) == dict.fromkeys((OWN[kind], *WITH_IT[kind]), 200)
        assert expected[kind] - told_of(mark, pages) == set()


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("draft", [Organisation]),
        ("withdrawn", [Place]),
        ("draft", [EService]),
        ("withdrawn", [Service]),
        ("withdrawn", [Organisation, EService]),
        ("draft", [Place, Service]),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(kind.__name__ for kind in value),
)
def test_an_entry_that_is_not_published_is_nowhere(state: str, kinds: list[type], helper: Service) -> None:
    for kind in kinds:
        kind.objects.filter(external_id="z").update(state=state)
    factories.shown()
    # the services of an organisation go with it
    gone = [*kinds, Service] if Organisation in kinds else kinds
    pages = everywhere()
    for kind in gone:
        own = (OWN[kind], *(WITH_IT[kind] if kind in kinds else ()))
        assert statuses(own) == dict.fromkeys(own, 404)
        assert told_of(MARKS[kind], pages) == set()


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_way_of_help_goes_and_its_service_stays_and_says_so(state: str, helper: Service) -> None:
    helper.channels.update(state=state)
    factories.shown()
    page = Visitor().get(OWN[Service])
    assert page.status_code == 200
    assert b"tel:+358505550199" not in page.content
    assert b"tel:+358505550199" not in Visitor().get("/kilauta/ez-zasiamerkki/290-kuhmo/").content
    assert statuses([OWN[Place]]) == {OWN[Place]: 200}


def test_a_term_that_is_retired_is_offered_nowhere() -> None:
    retired = Topic.objects.get(code="a-laite")
    Topic.objects.filter(code="a-laite").update(retired_on=NOW.date())
    factories.shown()
    assert statuses(["/aiheet/a-laite/", "/kilauta/a-laite/"]) == {
        "/aiheet/a-laite/": 404,
        "/kilauta/a-laite/": 404,
    }
    pages = everywhere()
    ways = (">a-laite", "=a-laite", "/a-laite/", f">{retired.name_fi}<")
    assert {address for address, text in pages.items() if any(way in text for way in ways)} == set()


MOVED = {Organisation: "antajat", Place: "paikat", EService: "sahkoiset-palvelut", Service: "palvelut"}


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
@KINDS
def test_an_old_name_leads_for_good_to_the_new_address(kind: type, prefix: str) -> None:
    thing = kind.objects.filter(state="published").order_by("short_id").first()
    visitor = Visitor()
    before = f"{prefix}/{MOVED[kind]}/{thing.short_id}-jokin-vanha-nimi/"
    kind.objects.filter(pk=thing.pk).update(name_fi="Uusi nimi ääkkösin")
    editions.renew()
    answer = visitor.get(before)
    after = f"{prefix}/{MOVED[kind]}/{thing.short_id}-uusi-nimi-aakkosin/"
    assert (answer.status_code, answer["Location"]) == (301, after)
    assert (visitor.head(before).status_code, visitor.get(after).status_code) == (301, 200)
    assert visitor.get(f"{prefix}/{MOVED[kind]}/{thing.short_id}/")["Location"] == after


def test_a_municipality_renamed_answers_at_its_new_address() -> None:
    Municipality.objects.filter(code="290").update(name_fi="Uusi-Kuhmo")
    editions.renew()
    assert Visitor().get("/kunnat/290-kuhmo/")["Location"] == "/kunnat/290-uusi-kuhmo/"


def test_somebody_elses_short_id_is_not_an_address() -> None:
    place = Place.objects.filter(state="published").order_by("short_id").first()
    for folder in ("palvelut", "antajat", "sahkoiset-palvelut"):
        assert Visitor().get(f"/{folder}/{place.short_id}-x/").status_code == 404
