"""What a device wrote without a network comes in once, of its own day, by whoever wrote it, or stays with a reason."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from kilauta.domains.directory.models import Place
from kilauta.domains.guidance.forms.offline import MOST_ENTRIES
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.domains.guidance.views import offline
from kilauta.kit.accounts.models import Person
from tests.cast import NOW, at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

PAGE = "/tyopoyta/kirjaa/ilman-verkkoa/"
TODAY = NOW.date()


def signed_in(email: str, *, strict: bool = False) -> Client:
    client = Client(enforce_csrf_checks=strict)
    client.force_login(Person.objects.get(email=email))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    return client


@pytest.fixture
def aino() -> Client:
    GuidanceSession.objects.all().delete()  # what the demo tells
    return signed_in("aino@kainuu.example")


def written(days_ago: int = 0, *, key: str = "", **more: Any) -> dict[str, Any]:
    values = {
        "day": [str(TODAY - timedelta(days=days_ago))], "mode": ["walk-in"], "place": [""],
        "practised": ["a-posti"], "outcome": ["solved"], "minutes": ["15"], "persons": ["1"], **more,
    }  # fmt: skip
    return {"key": key or str(uuid4()), "values": values}


def send(client: Client, *entries: object, **more: Any) -> Any:
    permit = client.get(f"{PAGE}lupa/").json()
    body = {"writer": permit["writer"], "entries": entries, **more}
    return client.post(
        f"{PAGE}vienti/", json.dumps(body), content_type="application/json",
        headers={"X-CSRFToken": permit["token"]},
    )  # fmt: skip


def states(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [each["state"] for each in answer.json()["answers"]]


def sentences(answer: Any) -> list[str]:
    return [each["sentence"] for each in answer.json()["answers"]]


def test_twenty_entries_arrive_once_each_of_its_own_day_however_often_they_are_sent(aino: Client) -> None:
    entries = [written(number) for number in range(20)]
    assert states(send(aino, *entries)) == ["taken"] * 20
    assert states(send(aino, *entries)) == ["there"] * 20
    rows = GuidanceSession.objects.values_list("key", "held_on", "way", "minutes", "outcome", "persons")
    assert set(rows) == {
        (UUID(each["key"]), TODAY - timedelta(days=number), "offline", 15, "solved", 1)
        for number, each in enumerate(entries)
    }
    assert len(rows) == 20


def test_a_group_is_told_in_totals_and_belongs_to_whose_place_it_was(aino: Client) -> None:
    place = Place.objects.filter(host__external_id="kajaani-kirjasto").order_by("pk")[0]
    entry = written(persons=["7"], place=[str(place.pk)], matter=["b-kela"])
    assert states(send(aino, entry)) == ["taken"]
    made = GuidanceSession.objects.get()
    shares = list(made.shares.values_list("by", "code", "persons"))
    assert (made.shape, made.persons, made.outcome, shares) == (
        "group", 7, "not-recorded", [("outcome", "solved", 7)],
    )  # fmt: skip
    assert (made.organisation, made.place) == (place.host, place)
    assert sorted(made.topics.values_list("pk", flat=True)) == ["a-posti", "b-kela"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"day": [str(TODAY + timedelta(days=1))]}, "Päivä"),
        ({"day": [str(TODAY - timedelta(days=31))]}, "30"),
        ({"day": [""]}, "Päivä"),
        ({"practised": []}, ""),
        ({"practised": ["a-nothing"]}, ""),
        ({"mode": ["teleport"]}, ""),
        ({"place": [str(uuid4())]}, "Paikka"),
        ({"outcome": ["no-show"]}, ""),
        ({"persons": ["0"]}, ""),
        ({"minutes": ["1440"]}, ""),
    ],
)
def test_a_faulty_entry_stays_with_a_sentence_and_the_others_come_in(
    more: dict[str, list[str]], said: str, aino: Client
) -> None:
    answer = send(aino, written(), written(**more), written(1))
    assert states(answer) == ["taken", "faulty", "taken"]
    good, faulty, _other = sentences(answer)
    assert good == ""
    assert said in faulty
    assert len(faulty) > 10
    assert GuidanceSession.objects.count() == 2


def test_of_thirty_days_ago_it_is_still_taken(aino: Client) -> None:
    assert states(send(aino, written(30))) == ["taken"]


def test_nobody_sends_what_somebody_else_wrote(aino: Client) -> None:
    carla = signed_in("carla@kainuu.example")
    mark = aino.get(f"{PAGE}lupa/").json()["writer"]
    entry = written()
    answer = send(carla, entry, writer=mark)
    assert (answer.status_code, bool(answer.json()["sentence"])) == (409, True)
    assert states(send(aino, entry)) == ["taken"]
    assert states(send(carla, entry)) == ["faulty"]
    made = GuidanceSession.objects.get()
    assert made.supporter == Person.objects.get(email="aino@kainuu.example")


def test_the_mark_of_a_writer_is_always_the_same_and_says_nothing(aino: Client) -> None:
    person = Person.objects.get(email="aino@kainuu.example")
    marks = {signed_in("aino@kainuu.example").get(f"{PAGE}lupa/").json()["writer"] for _ in range(2)}
    assert marks == {aino.get(f"{PAGE}lupa/").json()["writer"]}
    assert str(person.pk) not in marks
    cookie = aino.cookies["kilauta-writer"]
    assert (cookie["path"], cookie["max-age"], cookie["expires"], cookie["samesite"]) == (
        PAGE,
        "",
        "",
        "Strict",
    )


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{", "null", '{"writer": "x"}', '{"writer": 1, "entries": []}',
        '{"writer": "x", "entries": [{"key": "1", "values": {}}]}',
        json.dumps({"writer": "x", "entries": [{"key": str(uuid4()), "values": {"day": [1]}}]}),
        json.dumps({"writer": "x", "entries": [written() for _ in range(MOST_ENTRIES + 1)]}),
    ],
)  # fmt: skip
def test_what_is_no_bundle_is_refused_with_a_sentence(body: str, aino: Client) -> None:
    answer = aino.post(f"{PAGE}vienti/", body, content_type="application/json")
    assert answer.status_code == 409
    assert answer.json()["sentence"]


def test_too_much_and_too_often_is_refused(aino: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline, "MOST_BUNDLES", 3)
    answer = send(aino, written(), filler="x" * 100_001)
    assert (answer.status_code, bool(answer.json()["sentence"])) == (413, True)
    assert [send(aino).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert GuidanceSession.objects.count() == 0


def test_without_a_token_nothing_comes_in() -> None:
    strict = signed_in("aino@kainuu.example", strict=True)
    body = json.dumps({"writer": strict.get(f"{PAGE}lupa/").json()["writer"], "entries": [written()]})
    assert strict.post(f"{PAGE}vienti/", body, content_type="application/json").status_code == 403
    assert states(send(strict, written())) == ["taken"]


def test_a_stranger_is_led_to_the_sign_in_and_nothing_comes_in(client: Client) -> None:
    for path in ("", "sw.js", "kirjaus.webmanifest", "lupa/"):
        assert client.get(f"{PAGE}{path}").status_code == 302
    assert client.post(f"{PAGE}vienti/", "{}", content_type="application/json").status_code == 302


def test_the_page_is_the_same_for_everybody_and_knows_nobody(aino: Client) -> None:
    pages = {signed_in(f"{name}@kainuu.example").get(PAGE).content for name in ("aino", "bengt", "carla")}
    assert len(pages) == 1
    page = pages.pop().decode()
    for word in (
        "Aino",
        "Bengt",
        "csrfmiddlewaretoken",
        "sessionid",
        aino.get(f"{PAGE}lupa/").json()["writer"],
    ):
        assert word not in page


def test_the_worker_keeps_the_page_and_its_parts_and_is_new_when_they_are(aino: Client) -> None:
    scripts = [aino.get(f"{PAGE}sw.js") for _ in range(2)]
    assert scripts[0].content == scripts[1].content
    assert scripts[0]["Content-Type"].startswith("text/javascript")
    shell = json.loads(re.findall(r"SHELL = (.*);", scripts[0].content.decode())[0])
    assert shell["parts"][0] == PAGE
    assert not [part for part in shell["parts"][1:] if not part.startswith(("/static/kilauta/", "/look/"))]
    assert aino.get(f"/sv{PAGE}sw.js").content != scripts[0].content
    place = Place.objects.filter(municipality__networks="kainuu", state="published").order_by("pk")[0]
    place.name_fi = "Uusi nimi"
    place.save()
    from kilauta.kit.store import editions

    editions.renew()
    assert aino.get(f"{PAGE}sw.js").content != scripts[0].content


def test_the_manifest_is_of_the_network_and_the_language(aino: Client) -> None:
    for prefix, lang in (("", "fi"), ("/sv", "sv"), ("/en", "en")):
        answer = aino.get(f"{prefix}{PAGE}kirjaus.webmanifest")
        assert answer["Content-Type"] == "application/manifest+json"
        told = answer.json()
        assert (told["lang"], told["start_url"], told["scope"]) == (
            lang,
            f"{prefix}{PAGE}",
            f"{prefix}{PAGE}",
        )
        assert told["short_name"]


def test_clearing_signs_out_and_has_the_browser_forget(aino: Client) -> None:
    answer = aino.post(f"{PAGE}tyhjennys/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert aino.get(PAGE).status_code == 302


@pytest.mark.usefixtures("own_database")
def test_the_same_entry_twice_at_the_same_time_is_one() -> None:
    from kilauta.domains.guidance.logic.entry import Entry
    from kilauta.domains.guidance.operations.offline import take_entry
    from tests import factories

    def made() -> tuple[Person, Entry]:
        factories.network("kainuu", is_default=True)
        of = factories.organisation("library")
        person = Person.objects.create(email="aino@kirjasto.example")
        entry = Entry(key=uuid4(), network="kainuu", organisation=of.pk, held_on=TODAY, mode="walk-in")
        return person, entry

    [(person, entry)] = at_once(made)
    at_once(*(lambda: take_entry(entry, actor=person, now=NOW),) * 4)
    assert at_once(GuidanceSession.objects.count) == [1]
