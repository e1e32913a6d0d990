"""The importer's pages: once and not twice, nobody else's entries or files, nothing kept that must not be."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from kilauta.domains.directory.models import Organisation, Place, Service
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange import uploads
from kilauta.kit.exchange.models import Arrived, Review, Upload
from kilauta.kit.privacy.retention import run_retention
from kilauta.kit.store import editions
from tests import factories
from tests.cast import KAINUU, NOW, at_once
from tests.kit.exchange_pages import (
    HEAD,
    HETU,
    OTHER,
    TALO,
    TUPA,
    at,
    bengt,
    brought,
    coordinator,
    handed,
    numbers,
    page,
    places,
    received,
)
from tests.kit.exchange_story import load, reference, told, write
from tests.kit.exchange_workbook import xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]


@pytest.fixture
def client(db: None) -> Client:
    return bengt()


# ── Once, and nobody else's ─────────────────────────────────────────────────────────────────────────────


def test_brought_in_twice_it_is_done_once_and_not_unseen(client: Client) -> None:
    upload = received(client, places(TALO))
    assert client.post(at("bring", upload.pk)).url == at("upload", upload.pk)
    assert not Place.objects.exists()
    client.post(at("look", upload.pk))
    first = client.post(at("bring", upload.pk))
    edition = editions.current()
    Place.objects.update(address="Täällä")
    second = client.post(at("bring", upload.pk))
    assert (first.url, second.url) == (at("report", upload.pk),) * 2
    client.post(at("look", upload.pk))
    assert (editions.current(), Place.objects.get().address) == (edition, "Täällä")
    upload.refresh_from_db()
    assert numbers(upload) == (1, 0, 0, 0)


def test_two_coordinators_bring_the_same_rows_in_at_once(own_database: None) -> None:
    def prepare() -> list[Any]:
        reference()
        factories.network("verkko", is_default=True, host=None)
        made = []
        for name in ("Aino", "Bengt"):
            person = Person.objects.create(email=f"{name.lower()}@verkko.example", name=name)
            given = {"source": "kunta", "region": "verkko", "actor": person, "now": NOW}
            upload = uploads.receive("kunta.xlsx", xlsx(places(TALO, TUPA)), **given)
            uploads.look(upload, actor=person, now=NOW)
            made.append((upload, person))
        return made

    ready = at_once(prepare)[0]
    done = at_once(
        *(
            lambda u=u, p=p: uploads.bring(Upload.objects.get(pk=u.pk), actor=p, now=NOW)
            for u, p in [*ready, ready[0]]
        )
    )
    assert sorted(done) == [False, False, True]

    def counted() -> tuple[int, int]:
        return Place.objects.count(), Arrived.objects.count()

    assert at_once(counted) == [(2, 2)]


def test_another_networks_rows_are_faults_in_words_and_untouched(client: Client) -> None:
    elsa = coordinator("Elsa", "toinen", host=OTHER)
    body = [["Tunnus", "Nimi", "Laji"], ["oma", "Oma", "Yhdistys"]]
    help_ = [["Tunnus", "Nimi", "Toimija", "Lyhyt kuvaus", "Aiheet", "Tuen taso", "Maksullisuus"],
             ["tuki", "Tuki", "oma", "Apua.", "a-laite", "Opastus rauhassa", "maksuton"]]  # fmt: skip
    brought(elsa, {"Toimijat": body, "Digituki": help_, **places(TALO)})
    Place.objects.update(address="Täällä")
    before = [
        list(model.objects.order_by("pk").values())
        for model in (Organisation, Place, Service, Arrived, Review)
    ]

    mine = [["Tunnus", "Nimi", "Laji", "Verkosto"], ["oma", "Minun", "Yhdistys", ""], ["lahja", "Lahja", "Yhdistys", "toinen"],
            ["uusi", "Uusi", "Yhdistys", ""]]  # fmt: skip
    ways = [
        ["Tunnus", "Tukipalvelu", "Asiointitapa", "Puhelin"],
        ["tuki-1", "tuki", "Puhelimitse", "050 555 0188"],
    ]
    more = [*help_[0:1], ["lisa", "Lisä", "oma", *help_[1][3:]], ["tuki", "Muu", *help_[1][2:]]]
    upload = received(
        client, {"Toimijat": mine, "Digituki": more, "Asiointitavat": ways, **places([*TALO[:4], "Siellä"])}
    )
    client.post(at("look", upload.pk))
    client.post(at("bring", upload.pk))
    upload.refresh_from_db()
    wrong = [(each["sheet"], each["row"]) for each in upload.report["problems"]]
    assert wrong == [
        ("Toimijat", 2), ("Toimijat", 3), ("Toimipaikat", 2), ("Digituki", 2), ("Digituki", 3), ("Asiointitavat", 2),
    ]  # fmt: skip
    assert all(
        "verkosto" in each["message"].lower() or "network" in each["message"]
        for each in upload.report["problems"]
    )
    Organisation.objects.get(external_id="uusi", steward="verkko").delete()
    Arrived.objects.filter(external_id="uusi").delete()
    assert [
        list(model.objects.order_by("pk").values())
        for model in (Organisation, Place, Service, Arrived, Review)
    ] == before
    assert numbers(brought(client, places(TUPA))) == (1, 0, 0, 0)
    assert not Review.objects.exists()  # what only the other network has is not gone from this one's file


def test_another_persons_file_is_not_there(client: Client) -> None:
    upload = received(client, places(TALO))
    client.post(at("look", upload.pk))
    others = (coordinator("Aino", "verkko"), coordinator("Elsa", "toinen", host=OTHER))
    grant(
        Person.objects.get(name="Bengt"),
        role="coordinator",
        scope_id="toinen",
        actor=Person.objects.system(),
        now=NOW,
    )
    same = Client(SERVER_NAME=OTHER)
    same.cookies = client.cookies
    for other in (*others, same):
        for name in ("upload", "report", "faults"):
            assert other.get(at(name, upload.pk)).status_code == 404, name
        for name in ("look", "bring", "dismiss"):
            assert other.post(at(name, upload.pk)).status_code == 404, name
        assert other.post(at("sheet", upload.pk, 0), {"table": ""}).status_code == 404
        assert str(upload.pk) not in other.get(at("start")).content.decode()
    assert client.get(at("report", upload.pk)).status_code == 200
    assert client.get(at("sheet", upload.pk, 9)).status_code == 404


def test_the_pages_are_for_coordinators(client: Client) -> None:
    upload = received(client, places(TALO))
    stranger = Client(SERVER_NAME=KAINUU)
    steering, elsewhere = coordinator("Carla", "verkko", "steering"), coordinator("Elsa", "toinen")
    for name, parts in (
        ("start", ()),
        ("template", ()),
        ("reviews", ()),
        ("standing", ("kilauta",)),
        ("upload", (upload.pk,)),
    ):
        assert stranger.get(at(name, *parts)).status_code == 302
        assert steering.get(at(name, *parts)).status_code == 403
        assert elsewhere.get(at(name, *parts)).status_code == 404
    for name in ("look", "bring", "dismiss"):
        assert client.get(at(name, upload.pk)).status_code == 405


def test_looking_at_the_pages_writes_nothing(client: Client) -> None:
    upload = received(client, places(TALO))
    client.post(at("look", upload.pk))
    client.get(at("start"))

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        assert sql.split(None, 1)[0].upper() in {"SELECT", "SAVEPOINT", "RELEASE"}, sql
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        for address in (at("start"), at("template"), at("standing", "kilauta"), at("reviews"), at("upload", upload.pk),
                        at("sheet", upload.pk, 0), at("report", upload.pk), at("faults", upload.pk)):  # fmt: skip
            assert client.get(address).status_code == 200, address


# ── What is kept, and what never is ─────────────────────────────────────────────────────────────────────


def test_an_identity_number_is_a_fault_and_stands_nowhere(client: Client) -> None:
    rows = [[*HEAD, "Muistiinpano"], [*TALO[:4], f"Tie 1, {HETU}", HETU], [*TUPA, HETU]]
    upload = received(client, {"Toimipaikat": rows}, name=f"{HETU}.xlsx")
    pages = [client.get(at("upload", upload.pk)), client.get(at("sheet", upload.pk, 0))]
    client.post(at("look", upload.pk))
    client.post(at("bring", upload.pk))
    upload.refresh_from_db()
    assert (numbers(upload), [(each["row"], each["column"], each["value"]) for each in upload.report["problems"]]) == (
        (1, 0, 0, 1), [(2, "Osoite", "")],
    )  # fmt: skip
    pages += [client.get(at(name, upload.pk)) for name in ("report", "faults")]
    assert [HETU in each.content.decode() for each in pages] == [False] * 4
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert HETU not in str(cursor.fetchall()), table


def test_what_was_read_of_a_file_holds_no_identity_number(client: Client) -> None:
    sheets = {"Toimipaikat": [[*HEAD, HETU], [*TALO[:4], HETU, "x"]]}
    upload = received(client, sheets)
    sheet = uploads.book_of(upload).sheets[0]
    assert (sheet.headings, sheet.rows[0].cells["Osoite"]) == (tuple(HEAD), "")
    assert (
        "henkilötunnus" in sheet.rows[0].barred["Osoite"].lower()
        or "identity" in sheet.rows[0].barred["Osoite"]
    )


@pytest.mark.parametrize("secret", [HETU, "FI21 1234 5600 0007 85", "4111 1111 1111 1111"])
def test_a_folder_is_asked_for_identity_numbers_too(client: Client, tmp_path: Path, secret: str) -> None:
    row = {"id": "x", "kind": "bank", "name_fi": "Pankki", "phone": secret, "summary_fi": f"Tili {secret}"}
    report = load(write(tmp_path, {"organisations": [row]}))
    assert told(report) == [
        ("organisations.csv", 2, column, "", "identity-number") for column in ("phone", "summary_fi")
    ]
    assert not any(secret in str(problem) for problem in report.problems)
    assert not Organisation.objects.exists()


def test_a_person_has_no_more_than_twenty_files_under_way(client: Client) -> None:
    for _number in range(uploads.MOST):
        handed(client, b"a,b\n1,2\n", name="x.csv")
    answer = handed(client, b"a,b\n1,2\n", name="x.csv")
    assert (answer.status_code, Upload.objects.count()) == (200, uploads.MOST)


def test_a_file_is_gone_after_a_day_and_when_it_is_thrown_away(client: Client) -> None:
    upload = received(client, places(TALO))
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert Upload.objects.filter(pk=upload.pk).exists()
        person = Person.objects.get(name="Bengt")
        assert uploads.upload_of(person, "verkko", upload.pk, now=NOW + timedelta(days=1)) is None
        run_retention(now=NOW + timedelta(days=1, minutes=1))
        assert not Upload.objects.exists()
    client = coordinator("Bengt", "verkko", role="")
    second = received(client, places(TALO))
    assert client.post(at("dismiss", second.pk)).url == at("start")
    assert not Upload.objects.exists()


def test_the_list_of_faults_calculates_nothing_in_a_spreadsheet(client: Client) -> None:
    upload = received(client, places([*TALO[:2], "=HYPERLINK(1)", "+outo", "Tie"]))
    client.post(at("look", upload.pk))
    text = client.get(at("faults", upload.pk)).content.decode("utf-8-sig")
    cells = [line.split(";")[3] for line in text.splitlines()[1:]]
    assert cells == ["'=HYPERLINK(1)", "'+outo"]


# ── What is left to a person ────────────────────────────────────────────────────────────────────────────


def test_questions_are_settled_one_by_one_and_only_ones_own(client: Client) -> None:
    brought(client, places(TALO, TUPA))
    Place.objects.update(address="Täällä", state="published")
    brought(client, places([*TALO[:4], "Siellä"]))
    conflict, gone = Review.objects.waiting().of("verkko").order_by("-column")
    shown = page(client, at("reviews"))
    assert len(shown.select("main .line")) == 2
    assert "Siellä" in shown.get_text()
    elsa = coordinator("Elsa", "toinen", host=OTHER)
    assert page(elsa, at("reviews")).select("main .line") == []
    assert elsa.post(at("settle", conflict.pk), {"deed": "take"}).status_code == 404
    for review in (conflict, gone, conflict):
        assert client.post(at("settle", review.pk), {"deed": "take", "here": "x"}).status_code == 302
    assert set(Place.objects.values_list("external_id", "address", "state")) == {
        ("talo", "Siellä", "published"), ("tupa", "Täällä", "withdrawn"),
    }  # fmt: skip
    assert not Review.objects.waiting().exists()


def test_what_has_gone_to_another_network_meanwhile_is_not_taken(client: Client) -> None:
    brought(client, places(TALO))
    Place.objects.update(address="Täällä")
    brought(client, places([*TALO[:4], "Siellä"]))
    Place.objects.update(steward="toinen")
    client.post(at("settle", Review.objects.get().pk), {"deed": "take"})
    assert Place.objects.get().address == "Täällä"
    assert Review.objects.waiting().exists()
