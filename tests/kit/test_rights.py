"""The pages about people's data: who may find, save, print and erase, what is noted, and what everybody sees of oneself."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from kilauta.kit.access import pledging
from kilauta.kit.access.models import Grant
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.outbox.models import Message
from kilauta.kit.outbox.operations import send
from kilauta.kit.privacy import finding
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Access, Deed
from kilauta.kit.refusals import Refused
from kilauta.kit.rights.operations import erase_person
from kilauta.site import cli
from tests import factories
from tests.cast import NOW, at_once

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

REGION = "kainuu"
ASK = {"address": "carla@kainuu.example", "reason": "Pyysi itse 12.11."}


@pytest.fixture(autouse=True)
def house(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    factories.network(REGION, is_default=True)
    factories.network("kaakko")
    factories.shown()


def worker(name: str, role: str = "", scope_id: str = REGION) -> Person:
    made = Person.objects.create(email=f"{name.lower()}@kainuu.example", name=name)
    if role:
        grant(made, role=role, scope_id=scope_id, actor=Person.objects.system(), now=NOW)
    return made


def client_of(person: Person, *, minutes_ago: int = 0) -> Client:
    pledging.accept(REGION, version=1, actor=person, now=NOW)
    client = Client()
    client.force_login(person)
    session = client.session
    proved_at = NOW - timedelta(minutes=minutes_ago)
    session["account_authentication_methods"] = [{"method": "mfa", "at": proved_at.timestamp()}]
    session.save()
    return client


@pytest.fixture
def officer() -> Person:
    return worker("Tuija", "privacy-officer")


HERE = "/koordinointi/henkilotiedot/"


def test_an_officer_finds_a_person_and_it_is_noted_with_the_reason(officer: Person) -> None:
    carla, client = worker("Carla"), client_of(officer)
    page = client.post(HERE, ASK | {"do": "look"})
    assert "Carla" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert [(row.actor, row.what, row.subject_id, row.purpose) for row in Access.objects.all()] == [
        (officer, "seen", str(carla.pk), ASK["reason"])
    ]
    # nothing is found by an address of the page: who is looked for is sent, not linked
    assert "Carla" not in client.get(HERE, ASK).content.decode()


def test_a_person_is_saved_and_printed_and_each_is_noted(officer: Person) -> None:
    worker("Carla")
    client = client_of(officer)
    saved = client.post(HERE, ASK | {"do": "save"})
    assert saved["Content-Disposition"] == 'attachment; filename="tiedot.json"'
    assert json.loads(saved.content)["entries"][0]["model"] == "accounts.Person"
    printed = client.post(HERE, ASK | {"do": "print"}).content.decode()
    assert "carla@kainuu.example" in printed
    assert "large.css" in printed
    assert list(Access.objects.order_by("pk").values_list("what", flat=True)) == ["exported", "printed"]


def test_without_a_reason_nothing_is_found(officer: Person) -> None:
    worker("Carla")
    page = client_of(officer).post(HERE, ASK | {"reason": " ", "do": "save"})
    assert page["Content-Type"].startswith("text/html")
    assert Access.objects.count() == 0


def test_who_proved_it_long_ago_proves_it_again(officer: Person) -> None:
    client = client_of(officer, minutes_ago=20)
    assert client.get(HERE).status_code == client.get("/tyopoyta/tietoni/tiedot.json").status_code == 302
    assert client.get("/koordinointi/loki/").status_code == 200


def test_an_erasure_wants_the_address_once_more(officer: Person) -> None:
    carla, client = worker("Carla"), client_of(officer)
    wrong = client.post(HERE, ASK | {"do": "erase", "again": "carla@muualla.example"})
    assert len(wrong.context["form"].errors["again"]) == 1
    carla.refresh_from_db()
    assert carla.name == "Carla"
    assert client.post(HERE, ASK | {"do": "erase", "again": " CARLA@kainuu.example"}).status_code == 302
    carla.refresh_from_db()
    assert (carla.name, carla.email) == ("", None)
    assert [(row.what, row.actor) for row in Access.objects.all()] == [("erased", officer)]


@pytest.mark.parametrize("deed", ["look", "save", "print", "erase"])
@pytest.mark.parametrize("role", [("coordinator", "kaakko"), ("administrator", "")])
def test_who_works_elsewhere_too_is_left_to_the_administrator(
    deed: str, role: tuple[str, str], officer: Person
) -> None:
    carla = worker("Carla", *role)
    worker("Daniela", "administrator", "")
    answer = client_of(officer).post(HERE, ASK | {"do": deed, "again": ASK["address"]})
    assert len(answer.context["form"].errors["address"]) == 1
    carla.refresh_from_db()
    assert (carla.name, Access.objects.count()) == ("Carla", 0)


# ── The last administrator ──────────────────────────────────────────────────────────────────────────────


def test_the_last_administrator_is_not_erased_on_the_page_nor_by_the_command(capsys: Any) -> None:
    last = worker("Daniela", "administrator", "")
    page = client_of(last).post(
        HERE, {"do": "erase", "address": last.email, "again": last.email, "reason": "Kokeilu"}
    )
    assert [error.message for error in page.context["form"].non_field_errors().as_data()] != []
    assert cli.main(["erase", str(last.email), "--yes", "--language", "en"]) == 1
    assert capsys.readouterr().out == "Somebody must stay administrator. Name another first.\n"
    last.refresh_from_db()
    assert last.name == "Daniela"
    worker("Frank", "administrator", "")
    assert cli.main(["erase", str(last.email), "--yes"]) == 0
    last.refresh_from_db()
    assert last.name == ""


@pytest.mark.usefixtures("own_database")
def test_of_two_administrators_erased_at_once_one_stays() -> None:
    at_once(lambda: [worker(name, "administrator", "") for name in ("Daniela", "Frank")])

    def erase(name: str) -> str:
        meant = finding.whom(address=f"{name}@kainuu.example")
        try:
            erase_person(meant, actor=Person.objects.system(), now=NOW)
        except Refused as no:
            return no.code
        return "erased"

    assert sorted(at_once(lambda: erase("daniela"), lambda: erase("frank"))) == [
        "erased",
        "last-administrator",
    ]
    assert at_once(lambda: Grant.objects.filter(role="administrator").count()) == [1]


# ── The access log ──────────────────────────────────────────────────────────────────────────────────────


def test_an_officer_reads_the_log_of_the_own_region_and_it_is_noted(officer: Person) -> None:
    ours, theirs, carla = (
        worker("Bengt", "coordinator"),
        worker("Elsa", "coordinator", "kaakko"),
        worker("Carla"),
    )
    for actor in (ours, theirs):
        note_access(Deed.SEEN, [carla], actor=actor, now=NOW - timedelta(days=2), purpose="Palaute")
    note_access(Deed.SEEN, [carla], actor=ours, now=NOW - timedelta(days=40))
    client = client_of(officer)
    page = client.get("/koordinointi/loki/")
    assert [(look.actor, look.what, look.purpose) for look in page.context["looks"]] == [
        (ours, "Carla", "Palaute")
    ]
    noted = Access.objects.order_by("-pk")[0]
    assert (noted.actor, noted.subject_id) == (officer, str(ours.pk))
    assert len(client.get("/koordinointi/loki/", {"kuka": str(ours.pk), "jakso": "0"}).context["looks"]) == 2
    assert client.get("/koordinointi/loki/", {"kuka": str(theirs.pk), "jakso": "0"}).context["looks"] == []
    house = client_of(worker("Daniela", "administrator", "")).get("/koordinointi/loki/?kuka=x&jakso=y")
    assert {look.actor for look in house.context["looks"]} == {ours, theirs, officer}


# ── Oneself ─────────────────────────────────────────────────────────────────────────────────────────────


def test_everybody_sees_what_is_held_and_who_has_looked(officer: Person) -> None:
    carla, other = worker("Carla", "steering"), worker("Elsa")
    note_access(Deed.SEEN, [carla, other], actor=officer, now=NOW, purpose="Kysymys")
    client, before = client_of(carla), Access.objects.count()
    page = client.get("/tyopoyta/tietoni/")
    assert [(look.actor, look.purpose) for look in page.context["looks"]] == [(officer, "Kysymys")]
    saved = json.loads(client.get("/tyopoyta/tietoni/tiedot.json").content)
    assert {"carla@kainuu.example", "Carla"} <= {
        fact["value"] for entry in saved["entries"] for fact in entry["facts"]
    }
    assert "elsa" not in json.dumps(saved)
    assert Access.objects.count() == before  # one's own data leave no row


def test_an_address_that_one_only_typed_in_opens_nothing_of_its_owner() -> None:
    carla = worker("Carla", "steering")
    send("accounts/unknown", to="matti@esimerkki.example", lang="fi", now=NOW, context={"host": "testserver"})
    EmailAddress.objects.create(user=carla, email="matti@esimerkki.example", verified=False)
    # the control: who looks for Carla as an officer does is led on to the mail
    assert any(isinstance(row, Message) for row in finding.rows_about(finding.whom(person=carla.pk)))
    saved = json.loads(client_of(carla).get("/tyopoyta/tietoni/tiedot.json").content)
    assert [entry["model"] for entry in saved["entries"] if entry["model"].startswith("outbox")] == []
