"""The first day of an installation: from an empty database to a network with its list of first steps."""

from __future__ import annotations

import pytest
from django.test import Client

from kilauta.domains.territory.models import Network
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.site.reference import load_reference_data
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

OPENED = {
    "name_fi": "Kymenlaakson digituki", "name_sv": "Kymmenedalens digistöd", "name_en": "", "region": "08",
    "phone": "050 555 0300", "email": "", "host": "",
}  # fmt: skip


@pytest.fixture
def client() -> Client:
    load_reference_data(actor=Person.objects.system(), now=NOW)
    daniela = Person.objects.create(email="daniela@opening.example", name="Daniela")
    grant(daniela, role="administrator", scope_id="", actor=Person.objects.system(), now=NOW)
    client = Client()
    client.force_login(daniela)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    return client


def test_an_empty_installation_leads_to_its_first_network_and_on_to_the_first_steps(client: Client) -> None:
    assert client.get("/koordinointi/", follow=True).redirect_chain == [("/koordinointi/uusi-verkosto/", 302)]
    assert client.post("/koordinointi/uusi-verkosto/", OPENED)["Location"] == "/koordinointi/"
    network = Network.objects.get()
    assert (network.is_default, network.municipalities.count()) == (
        True,
        network.region.municipalities.count(),
    )
    office = client.get("/koordinointi/")
    steps = office.context["steps"]
    assert [step.done for step in steps[:3]] == [False, False, False]
    for step in steps:
        assert client.get(step.address).status_code == 200
    home = Client().get("/").content.decode()
    assert "Kymenlaakson digituki" in home
    assert "tel:+358505550300" in home


def test_a_second_network_needs_a_host_name_of_its_own(client: Client) -> None:
    client.post("/koordinointi/uusi-verkosto/", OPENED)
    second = {**OPENED, "name_fi": "Uudenmaan digituki", "region": "01"}
    page = client.post("/koordinointi/uusi-verkosto/", second)
    assert "host" in page.context["form"].errors
    assert "Uudenmaan digituki" in page.content.decode()
    answer = client.post("/koordinointi/uusi-verkosto/", {**second, "host": "uusimaa.example"})
    assert answer["Location"] == "http://uusimaa.example/koordinointi/"


def test_a_name_that_is_there_already_is_refused(client: Client) -> None:
    client.post("/koordinointi/uusi-verkosto/", OPENED)
    page = client.post("/koordinointi/uusi-verkosto/", {**OPENED, "host": "toinen.example"})
    assert "name" in page.context["form"].errors
    assert Network.objects.count() == 1
