"""Words in another language than the page are marked as such, so that they are read aloud rightly."""

from __future__ import annotations

import pytest

from kilauta.domains.directory.models import (
    EService,
    ExternalLink,
    Organisation,
    OrganisationRole,
    ServiceLanguage,
    ServiceRole,
)
from tests import factories
from tests.cast import KAINUU, Visitor

from .reading import Page, Said

# A piece of every text that has been written in Finnish alone.
ONLY = "vainsuomeksi"
MARK = {"state": "published", "changed_at": factories.NOW}


@pytest.fixture
def only_in_finnish() -> None:
    """One helper of whom everything is told, and all of it in Finnish alone."""
    giver = factories.organisation(
        "fi", name_fi=f"Apurit {ONLY}", summary_fi=f"Autamme {ONLY}.", phone="050 555 0198"
    )
    part = factories.organisation("osa", name_fi=f"Osa {ONLY}", parent=giver)
    OrganisationRole.objects.create(organisation=giver, network_id="kainuu", role="coordinator")
    place = factories.place("fi", name_fi=f"Talo {ONLY}", host=giver, directions_fi=f"Kulje {ONLY}.")
    eservice = EService.objects.create(
        external_id="fi",
        short_id="efi",
        owner=giver,
        name_fi=f"Asiointi {ONLY}",
        description_fi=f"Asioi {ONLY}.",
        **MARK,
    )
    eservice.topics.add("a-laite")
    service = factories.service(
        "fi", giver, ["a-laite"], name_fi=f"Neuvonta {ONLY}", summary_fi=f"Neuvomme {ONLY}.",
        description_fi=f"Tarkemmin {ONLY}.\n\n- rivi {ONLY}", fee_note_fi=f"Hinta {ONLY}", bring_fi=f"Ota {ONLY}",
    )  # fmt: skip
    service.eservices.add(eservice)
    ServiceLanguage.objects.create(service=service, language="sv", note_fi=f"Silloin {ONLY}")
    ServiceRole.objects.create(service=service, organisation=part, role="producer")
    ExternalLink.objects.create(
        service=service, kind="website", url="https://a.example/", label_fi=f"Linkki {ONLY}"
    )
    factories.channel("fi", service, ["290"], note_fi=f"Huomaa {ONLY}")
    factories.channel("fi2", service, mode="walk-in", place=place, note_fi=f"Tule {ONLY}")
    factories.channel(
        "fi3", service, ["290"], closed_from=factories.NOW.date(), closed_note_fi=f"Tauolla {ONLY}"
    )
    factories.shown()


ADDRESSES = (
    "/palvelut/sfi-neuvonta-vainsuomeksi/",
    "/palvelut/",
    "/antajat/yfi-apurit-vainsuomeksi/",
    "/antajat/yosa-osa-vainsuomeksi/",
    "/antajat/",
    "/paikat/pfi-talo-vainsuomeksi/",
    "/paikat/",
    "/sahkoiset-palvelut/efi-asiointi-vainsuomeksi/",
    "/sahkoiset-palvelut/",
    "/kilauta/efi-asiointi-vainsuomeksi/",
    "/kilauta/efi-asiointi-vainsuomeksi/290-kuhmo/",
    "/aiheet/a-laite/",
    "/kunnat/290-kuhmo/",
    "/kortti/290-kuhmo/",
    "/kortti/pfi-talo-vainsuomeksi/",
    "/kartta/",
    "/yhteystiedot/",
    "/haku/?q=vainsuomeksi",
)


@pytest.mark.usefixtures("only_in_finnish")
@pytest.mark.parametrize("language", ["sv", "en"])
def test_words_in_finnish_on_a_page_in_another_language_are_marked(language: str) -> None:
    visitor, unmarked, silent = Visitor(), [], []
    for address in ADDRESSES:
        response = visitor.get(f"/{language}{address}")
        page = Page(KAINUU, address, response.status_code, {}, (), response.content)
        said = [each for each in page.read.texts if ONLY in each.text.replace("\u00ad", "").lower()]
        said = [each for each in said if is_prose(each) and each.text not in typed(page)]
        if not said:
            silent.append(address)
        unmarked += [
            f"{address}: {each.text[:60]} in {each.inside[-2:]}" for each in said if each.lang != "fi"
        ]
    assert unmarked == []
    assert silent == []


def is_prose(said: Said) -> bool:
    """Titles and data cannot be marked; an address belongs to no language."""
    return not {"head", "script"} & set(said.inside) and "://" not in said.text


def typed(page: Page) -> set[str]:
    """What the visitor has typed is in a language of theirs."""
    return {element.attrs.get("value", "") for element in page.every("input")}


@pytest.mark.usefixtures("only_in_finnish")
def test_nothing_is_marked_on_a_page_in_the_language_of_its_words() -> None:
    visitor = Visitor()
    for address in ADDRESSES:
        page = Page(KAINUU, address, 200, {}, (), visitor.get(address).content)
        assert {e.lang for e in page.read.elements if "main" in e.inside} == {"fi"}


def test_an_organisation_without_a_swedish_name_is_sorted_among_the_others_by_the_name_shown() -> None:
    factories.organisation("z", name_fi="Zz viimeinen", kind="association", steward_id="kainuu")
    factories.shown()
    page = Page(KAINUU, "/", 200, {}, (), Visitor().get("/sv/antajat/?sivu=99").content)
    assert Organisation.objects.filter(name_fi="Zz viimeinen", name_sv="").exists()
    assert "Zz viimeinen" in page.text_of("main")
