"""The pledge of secrecy: who is asked for it, what accepting holds, and what a new version does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kilauta.kit.access import pledging
from kilauta.kit.access.models import Accepted, Pledge
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy.models import Access
from kilauta.kit.refusals import Refused
from kilauta.lib.words import Words
from tests import factories
from tests.cast import NOW, at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

REGION = "kainuu"
GUARDED = "/koordinointi/lahtevat/"


@pytest.fixture
def bengt(db: None) -> Person:
    factories.network(REGION, is_default=True)
    factories.shown()
    return worker("Bengt", "coordinator")


def worker(name: str, role: str) -> Person:
    made = Person.objects.create(email=f"{name.lower()}@kainuu.example", name=name)
    grant(made, role=role, scope_id=REGION, actor=Person.objects.system(), now=NOW)
    return made


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    return client


def refused(act: Any) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


def test_nobody_sees_residents_data_before_promising_and_then_comes_back(bengt: Person) -> None:
    client = client_of(bengt)
    led = client.get(f"{GUARDED}?sivu=2")
    assert (led.status_code, led.url) == (
        302,
        f"{reverse('access:pledge')}?next=%2Fkoordinointi%2Flahtevat%2F%3Fsivu%3D2",
    )
    page = client.get(led.url)
    assert page.context["on"] == f"{GUARDED}?sivu=2"
    assert Accepted.objects.count() == Pledge.objects.count() == 0  # reading changes nothing
    back = client.post(reverse("access:pledge"), {"version": "1", "next": f"{GUARDED}?sivu=2"})
    assert back.url == f"{GUARDED}?sivu=2"
    assert client.get(back.url).status_code == 200
    held = Accepted.objects.get()
    assert (held.person, held.at, held.pledge.version, held.pledge.text) == (
        bengt,
        NOW,
        1,
        pledging.delivered(),
    )


@pytest.mark.parametrize(
    "on", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_nobody_is_led_to_an_address_from_elsewhere(on: str, bengt: Person) -> None:
    client = client_of(bengt)
    assert client.post(reverse("access:pledge"), {"version": "1", "next": on}).url == reverse("desk")


def test_extra_fields_change_nothing_and_a_wrong_version_is_not_accepted(bengt: Person) -> None:
    other = worker("Elsa", "coordinator")
    client = client_of(bengt)
    for version in ("2", "", "x", "-1"):
        client.post(reverse("access:pledge"), {"version": version, "person": str(other.pk)})
    assert Accepted.objects.count() == 0
    client.post(reverse("access:pledge"), {"version": "1", "person": str(other.pk), "region": "kaakko"})
    assert [(each.person, each.pledge.region) for each in Accepted.objects.all()] == [(bengt, REGION)]


def test_a_new_version_is_asked_of_everybody_and_the_old_one_stays(bengt: Person) -> None:
    pledging.accept(REGION, version=1, actor=bengt, now=NOW)
    client, office = client_of(bengt), reverse("access:pledge-office")
    assert client.get(GUARDED).status_code == 200
    texts = {"text_fi": "Lupaan vaieta.", "text_sv": "Jag lovar tiga.", "text_en": ""}
    assert client.post(office, {**texts, "version": "1"}).status_code == 302
    assert client.get(GUARDED).status_code == 302
    assert pledging.current(REGION).text == Words("Lupaan vaieta.", "Jag lovar tiga.")
    assert (Pledge.objects.get(version=1).text, Accepted.objects.count()) == (pledging.delivered(), 1)
    assert list(pledging.waiting_in(REGION, NOW.date())) == [bengt]
    assert pledging.current("kaakko").version == 1  # another region has its own


def test_the_coordinator_sees_who_has_promised_and_it_is_noted(bengt: Person) -> None:
    aino = worker("Aino", "steering")
    pledging.accept(REGION, version=1, actor=aino, now=NOW)
    page = client_of(bengt).get(reverse("access:pledge-office"))
    assert [each.person for each in page.context["accepted"].object_list] == [aino]
    assert page.context["waiting"] == [bengt]
    assert [(row.actor, row.subject_id) for row in Access.objects.all()] == [(bengt, str(aino.pk))]


def test_a_version_that_is_not_the_newest_or_says_the_same_is_refused(bengt: Person) -> None:
    new = Words("Uusi")
    pledging.renew(REGION, new, after=1, actor=bengt, now=NOW)
    assert (
        refused(lambda: pledging.renew(REGION, Words("Toinen"), after=1, actor=bengt, now=NOW))
        == "newer-version"
    )
    assert refused(lambda: pledging.renew(REGION, new, after=2, actor=bengt, now=NOW)) == "same-text"
    assert refused(lambda: pledging.accept(REGION, version=1, actor=bengt, now=NOW)) == "newer-version"


@pytest.mark.usefixtures("own_database")
def test_of_two_who_renew_at_once_one_is_told() -> None:
    def make() -> Person:
        return Person.objects.create(email="b@kainuu.example")

    (person,) = at_once(make)

    def renew(text: str) -> str:
        try:
            pledging.renew(REGION, Words(text), after=1, actor=person, now=NOW)
        except Refused as no:
            return no.code
        return "made"

    assert sorted(at_once(lambda: renew("yksi"), lambda: renew("kaksi"))) == ["made", "newer-version"]
