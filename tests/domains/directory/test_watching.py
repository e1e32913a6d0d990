"""Colleagues leave each other a word about a service, and hear once a day when it has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kilauta.domains.directory import operations as directory
from kilauta.domains.directory.models import Channel, Follow, Organisation, Service, StaffNote
from kilauta.domains.directory.operations import watching
from kilauta.domains.directory.ports.jobs import tell_followers
from kilauta.domains.territory.models import Network
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy import retention
from kilauta.kit.refusals import Refused
from tests.cast import KAAKKO, KAINUU, NOW, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

DAY = timedelta(days=1)


@pytest.fixture
def service() -> Service:
    return Service.objects.filter(state="published", channels__mode="phone", steward="kainuu").order_by(
        "short_id"
    )[0]


@pytest.fixture
def network() -> Network:
    return Network.objects.get(pk="kainuu")


def helper(name: str, organisation: str = "kajaani-kirjasto", role: str = "supporter") -> Person:
    person = Person.objects.create(email=f"{name}@apu.example", name=name.capitalize(), lang="fi")
    scope = str(Organisation.objects.get(external_id=organisation).pk)
    grant(person, role=role, scope_id=scope, actor=Person.objects.system(), now=NOW)
    return person


def client_of(person: Person, host: str = KAINUU) -> Client:
    client = Client(SERVER_NAME=host)
    client.force_login(person)
    return client


def where(service: Service) -> str:
    return f"/tyopoyta/seuranta/{service.pk}/"


def news() -> list[Message]:
    return list(Message.objects.filter(kind="directory/followed").order_by("address"))


def change(service: Service, actor: Person, now) -> None:
    line = Channel.objects.filter(service=service, mode="phone").order_by("pk")[0]
    directory.change_channel(line, {"phone": "050 555 0177"}, actor=actor, now=now)


# Notes


def test_a_colleague_of_the_network_reads_the_note_and_nobody_else(service):
    aino, berit = helper("aino"), helper("berit", "sotkamo-kirjasto")
    client_of(aino).post(where(service), {"text": "Aamuisin pääsee parhaiten läpi."})
    note = StaffNote.objects.get()
    assert (note.text, note.author, note.network_id) == ("Aamuisin pääsee parhaiten läpi.", aino, "kainuu")
    assert "Aamuisin" in client_of(berit).get(where(service)).content.decode()
    theirs = Organisation.objects.filter(steward="kaakko").order_by("external_id")[0]
    stranger = helper("carla", theirs.external_id)
    assert client_of(stranger).get(where(service)).status_code == 404
    assert "Aamuisin" not in client_of(stranger, KAAKKO).get(where(service)).content.decode()
    for page in (f"/palvelut/{service.short_id}/", f"/tiski/{service.short_id}/"):
        assert "Aamuisin" not in Visitor().get(page, follow=True).content.decode()


def test_only_the_writer_and_the_coordinator_take_a_note_away(service):
    aino, berit = helper("aino"), helper("berit")
    client_of(aino).post(where(service), {"text": "Soita kahdesti."})
    note = StaffNote.objects.get()
    gone = {"do": "remove", "note": note.pk}
    assert client_of(berit).post(where(service), gone).status_code == 404
    other = Service.objects.exclude(pk=service.pk).filter(state="published").order_by("short_id")[0]
    assert client_of(aino).post(where(other), gone).status_code == 404
    for odd in ("", "x", "-1", "9" * 400, "١"):
        assert client_of(aino).post(where(service), {"do": "remove", "note": odd}).status_code == 404
    assert StaffNote.objects.count() == 1
    assert client_of(aino).post(where(service), gone).status_code == 302
    assert StaffNote.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "code"), [("  ", "empty"), ("x" * 301, "too-long"), ("Hän on 131052-308T", "identity-number")]
)
def test_what_no_note_may_say_is_refused(service, network, text, code):
    with pytest.raises(Refused) as refused:
        watching.write_note(service, text, network=network, actor=helper("aino"), now=NOW)
    assert refused.value.code == code
    assert StaffNote.objects.count() == 0


def test_a_note_is_gone_after_a_year(service, network):
    watching.write_note(service, "Soita kahdesti.", network=network, actor=helper("aino"), now=NOW)
    retention.run_retention(now=NOW + 364 * DAY)
    assert StaffNote.objects.count() == 1
    retention.run_retention(now=NOW + 366 * DAY)
    assert StaffNote.objects.count() == 0


# Following


def test_who_follows_hears_once_of_a_change_of_somebody_else(service):
    aino, berit = helper("aino"), helper("berit", role="provider-editor")
    for person in (aino, berit):
        client_of(person).post(where(service), {"do": "follow"})
    assert service.name_fi in client_of(aino).get("/tyopoyta/seuranta/").content.decode()
    tell_followers(NOW + DAY)
    assert news() == []
    change(service, berit, NOW + DAY)
    for _time in range(2):
        tell_followers(NOW + 2 * DAY)
    (message,) = news()
    assert (message.address, message.lang) == (aino.email, "fi")
    assert service.name_fi in message.body
    assert f"/palvelut/{service.short_id}/" in message.body
    assert Visitor().get(f"/palvelut/{service.short_id}/", follow=True).status_code == 200


def test_who_follows_no_more_or_has_left_hears_nothing(service):
    aino, berit, editor = helper("aino"), helper("berit"), helper("daniela", role="provider-editor")
    for person in (aino, berit):
        for _time in range(2):  # twice is once
            client_of(person).post(where(service), {"do": "follow"})
    assert Follow.objects.count() == 2
    client_of(aino).post(where(service), {"do": "unfollow"})
    Person.objects.filter(pk=berit.pk).update(is_active=False)
    change(service, editor, NOW + DAY)
    tell_followers(NOW + 2 * DAY)
    assert news() == []


def test_a_service_that_left_the_public_is_told_with_a_page_that_is_there(service):
    aino = helper("aino")
    client_of(aino).post(where(service), {"do": "follow"})
    directory.withdraw(service, actor=Person.objects.system(), now=NOW + DAY)
    tell_followers(NOW + 2 * DAY)
    (message,) = news()
    assert where(service) in message.body
    assert client_of(aino).get(where(service)).status_code == 200


def test_hearing_of_changes_costs_the_same_for_many(service, network, django_assert_max_num_queries):
    editor = helper("daniela", role="provider-editor")
    others = Service.objects.filter(state="published").order_by("short_id")[:40]
    for number in range(3):
        person = helper(f"apu{number}")
        for each in others:
            watching.follow(each, network=network, actor=person, now=NOW)
    with django_assert_max_num_queries(6):
        tell_followers(NOW + DAY)
    change(service, editor, NOW + DAY)
    tell_followers(NOW + 2 * DAY)
    assert [each.body.count("/palvelut/") for each in news()] == [1, 1, 1]
