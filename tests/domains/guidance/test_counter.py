"""The desk counter: one tap is one person, twice the same tap is one, and what was tapped can be taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.domains.guidance.operations import log_session
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

COUNTER = "/tyopoyta/laskuri/"


@pytest.fixture
def aino() -> Person:
    GuidanceSession.objects.all().delete()  # what the demo tells
    return Person.objects.get(email="aino@kainuu.example")


@pytest.fixture
def desk(aino: Person) -> Client:
    return signed_in(aino)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    return client


def library() -> Organisation:
    return Organisation.objects.get(external_id="kajaani-kirjasto")


def helped(person: Person, topic: str, **more: object) -> GuidanceSession:
    given: dict[str, object] = {
        "key": uuid4(), "network": "kainuu", "organisation": library().pk, "held_on": NOW.date(),
        "mode": "walk-in", "topics": (topic,), **more,
    }  # fmt: skip
    return log_session(Entry(**given), actor=person, now=NOW - timedelta(hours=1))  # type: ignore[arg-type]


def hidden(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def tap(client: Client, topic: str, key: str = "", **more: str) -> GuidanceSession | None:
    """Tap a topic, as on a page just opened; return the session that came of it, if one did."""
    before = set(GuidanceSession.objects.values_list("pk", flat=True))
    page = client.get(COUNTER).content.decode()
    place = re.search(r'<option value="([^"]*)" selected', page)
    values = {"key": key or hidden(page), "topic": topic, "place": place[1] if place else "", **more}
    answer = client.post(COUNTER, values)
    assert (answer.status_code, answer["Location"]) == (302, f"{COUNTER}#laskuri")
    return GuidanceSession.objects.exclude(pk__in=before).first()


def order(client: Client) -> list[str]:
    return re.findall(r'name="topic" value="([^"]+)"', client.get(COUNTER).content.decode())


def number(client: Client) -> int:
    found = re.search(r'counter-number">(\d+)<', client.get(COUNTER).content.decode())
    assert found
    return int(found[1])


def test_one_tap_is_one_person_at_my_usual_place_today(desk: Client, aino: Person) -> None:
    made = tap(desk, "a-posti")
    assert made is not None
    topics = list(made.topics.values_list("pk", flat=True))
    assert (made.supporter, made.organisation, made.network_id) == (aino, library(), "kainuu")
    assert (made.shape, made.persons, made.mode, made.way) == ("one", 1, "walk-in", "counter")
    assert (made.held_on, made.minutes, made.outcome, topics) == (
        NOW.date(),
        None,
        "not-recorded",
        ["a-posti"],
    )
    assert made.place is not None
    assert made.place.host == library()


def test_a_double_click_is_one_and_the_next_page_counts_anew(desk: Client) -> None:
    key = str(uuid4())
    assert tap(desk, "a-posti", key) is not None
    assert tap(desk, "a-posti", key) is None
    assert tap(desk, "a-laite", key) is not None
    assert tap(desk, "a-posti") is not None
    assert number(desk) == 3


def test_just_after_midnight_the_day_is_the_new_one(aino: Person) -> None:
    with time_machine.travel(NOW.replace(hour=22, minute=30), tick=False):
        made = tap(signed_in(aino), "a-posti")
    assert made is not None
    assert made.held_on == NOW.date() + timedelta(days=1)


def test_what_i_am_asked_most_comes_first_and_then_what_my_colleagues_are(desk: Client, aino: Person) -> None:
    colleague = Person.objects.create(email="toinen@kainuu.example", name="Ville")
    grant(colleague, role="supporter", scope_id=str(library().pk), actor=Person.objects.system(), now=NOW)
    for topic in ("b-kela", "b-kela", "b-vero"):
        helped(aino, topic)
    for topic in ("a-turva", "a-turva", "a-tekoaly", "b-kela"):
        helped(colleague, topic)
    found = order(desk)
    assert found[:2] == ["b-kela", "b-vero"]
    assert set(found[2:4]) == {"a-turva", "a-tekoaly"}
    assert len(found) == len(set(found))
    assert [code[0] for code in found[4:]] == sorted(code[0] for code in found[4:])


def test_a_tap_is_taken_back_and_counts_again(desk: Client) -> None:
    made = tap(desk, "a-posti")
    assert made is not None
    one = reverse("guidance:counter-last", args=[made.pk])
    assert desk.post(one, {"do": "withdraw"})["Location"] == f"{COUNTER}#laskuri"
    assert number(desk) == 0
    desk.post(one, {"do": "restore"})
    assert number(desk) == 1


def test_a_second_tap_says_how_it_went(desk: Client) -> None:
    made = tap(desk, "a-posti")
    assert made is not None
    desk.post(reverse("guidance:counter-last", args=[made.pk]), {"outcome": "solved"})
    made.refresh_from_db()
    assert (made.outcome, made.way, made.topics.count()) == ("solved", "counter", 1)
    assert 'value="solved" aria-pressed="true"' in desk.get(COUNTER).content.decode()


def test_the_place_chosen_stays_the_one_of_the_next_tap(desk: Client, aino: Person) -> None:
    page = desk.get(COUNTER).content.decode()
    places = re.findall(r'<option value="([0-9a-f-]{36})"', page)
    other = next(each for each in places if f'<option value="{each}" selected' not in page)
    tap(desk, "a-posti", place=other)
    assert f'<option value="{other}" selected' in desk.get(COUNTER).content.decode()


def test_nothing_is_counted_for_what_is_not_offered(desk: Client) -> None:
    tap(desk, "a-posti")
    for values in (
        {"key": str(uuid4()), "topic": "a-nothing", "place": ""},
        {"key": "1", "topic": "a-posti", "place": ""},
        {"key": str(uuid4()), "topic": "a-posti", "place": str(uuid4())},
    ):
        assert desk.post(COUNTER, values).status_code == 200
    assert GuidanceSession.objects.count() == 1


def test_who_works_for_nobody_is_told_so() -> None:
    before = GuidanceSession.objects.count()
    elsa = signed_in(Person.objects.get(email="elsa@kaakko.example"))
    answer = elsa.post(COUNTER, {"key": str(uuid4()), "topic": "a-posti", "place": ""})
    assert (answer.status_code, GuidanceSession.objects.count()) == (200, before)
