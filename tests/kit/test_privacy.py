"""What is over is ended, whoever asks is told, whoever is erased stays erased, and whoever looks leaves a note."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q
from django.test.utils import isolate_apps
from django.utils import translation

from kilauta.kit import ports, privacy
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.jobs.declarations import declared
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy import Clock, Personal, emptying, erasing, finding, journal, retention, telling
from kilauta.kit.privacy.access_log import accesses_to, note_access
from kilauta.kit.privacy.finding import keyed, plain, whom
from kilauta.kit.privacy.models import Access, Carried, Deed
from kilauta.kit.privacy.record import processing_record
from tests.cast import NOW, at_once

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def person(name: str = "Aino") -> Person:
    return Person.objects.create(email=f"{name.lower()}@esimerkki.example", name=name)


def message(address: str, **more: Any) -> Message:
    given = {
        "kind": "accounts/changed",
        "lang": "fi",
        "subject": "Otsikko",
        "body": "Sanat",
        "state": "sent",
        "sent_at": NOW,
        "created_at": NOW,
        "due_at": NOW,
        "next_try_at": NOW,
        **more,
    }
    return Message.objects.create(address=address, **given)


# ── Clocks ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_field_is_emptied_on_its_day_and_not_an_instant_before() -> None:
    row = message("aino@esimerkki.example")
    due = NOW + timedelta(days=30)
    assert (
        retention.run_retention(now=due - timedelta(microseconds=1))[
            "outbox.Message: address, phone, subject, body, calendar"
        ]
        == 0
    )
    assert retention.run_retention(now=due)["outbox.Message: address, phone, subject, body, calendar"] == 1
    row.refresh_from_db()
    assert (row.address, row.subject, row.body) == ("", "", "")
    assert set(retention.run_retention(now=due).values()) == {0}


def test_a_row_of_a_clock_that_does_not_run_is_left() -> None:
    row = message("aino@esimerkki.example", state="waiting", sent_at=None)
    retention.run_retention(now=NOW + timedelta(days=5000))
    row.refresh_from_db()
    assert row.body == "Sanat"


def test_a_dry_run_counts_and_leaves_everything() -> None:
    row, actor = message("aino@esimerkki.example"), person()
    note_access(Deed.SEEN, [row], actor=actor, now=NOW)
    later = NOW + timedelta(days=730)
    told = retention.run_retention(now=later, dry_run=True)
    assert (told["outbox.Message: address, phone, subject, body, calendar"], told["privacy.Access"]) == (1, 1)
    assert Access.objects.count() == 1
    assert retention.run_retention(now=later) == told
    assert Access.objects.count() == 0


def test_a_day_is_over_when_it_is_over_in_finland() -> None:
    rule = next(each for each in retention.rules() if each.clock.since == "received_on")
    model, days = emptying.model_of(rule.model), rule.clock.after.days
    evening = datetime(2026, 11, 24, 21, 59, tzinfo=UTC)
    for instant, day in ((evening, 24), (evening + timedelta(minutes=1), 25)):
        last = date(2026, 11, day) - timedelta(days=days)
        assert retention._due(model, rule, instant) == Q(received_on__lte=last) & Q()


def test_every_rule_is_carried_out_though_one_fails_and_no_word_of_a_row_is_told(monkeypatch: Any) -> None:
    port = type(
        "Port",
        (),
        {
            "PERSONAL": (
                Personal(
                    "accounts.Person",
                    "name",
                    "",
                    "",
                    "",
                    "",
                    clock=Clock("last_login", timedelta(), privacy.DELETE),
                ),
                *privacy.personal(),
            )
        },
    )
    aino = person()
    Person.objects.filter(pk=aino.pk).update(last_login=NOW - timedelta(days=1))
    note_access(Deed.SEEN, [message("x@esimerkki.example")], actor=aino, now=NOW - timedelta(days=1))
    monkeypatch.setitem(ports._found, "privacy", [("only", port)])
    message("bengt@esimerkki.example", due_at=NOW - timedelta(days=31))
    with pytest.raises(retention.UnfinishedError, match=r"accounts\.Person \(ProtectedError\)") as failed:
        retention.run_retention(now=NOW)
    assert "aino" not in str(failed.value).lower()
    assert Message.objects.filter(address="bengt@esimerkki.example").count() == 0


def test_it_is_a_daily_job_and_follows_a_restore() -> None:
    assert "privacy.retention" in declared()
    assert "privacy" in dict(ports.of("restore"))


@pytest.mark.usefixtures("own_database")
def test_a_file_goes_with_its_field_and_with_its_row_once_that_is_certain() -> None:
    with isolate_apps("tests"):

        class Paper(models.Model):
            file = models.FileField(upload_to="papers")

            class Meta:
                app_label = "tests"

            def __str__(self) -> str:
                return self.file.name

    def live() -> tuple[list[bool], list[bool]]:
        with connection.schema_editor() as editor:
            editor.create_model(Paper)
        papers = [Paper.objects.create(file=ContentFile(b"x", name=f"{n}.txt")) for n in range(3)]
        kept, emptied, deleted = papers
        files = [each.file.name for each in papers]
        with transaction.atomic():
            assert emptying.empty(emptying.rows_of(Paper).filter(pk=emptied.pk), ["file"]) == 1
            assert emptying.delete(emptying.rows_of(Paper).filter(pk=deleted.pk)) == 1
            before = [kept.file.storage.exists(name) for name in files]
        return before, [kept.file.storage.exists(name) for name in files]

    assert at_once(live) == [([True, True, True], [True, False, False])]


# ── One person ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aino@Esimerkki.Example ", "aino@esimerkki.example"),
        ("050 555 0100", "+358505550100"),
        ("050-555 0100", "00358 50 555 0100"),
    ],
)
def test_an_address_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert plain(one) == plain(other)
    assert keyed(one) == keyed(other) != keyed("bengt@esimerkki.example")
    assert other not in keyed(other)


def test_a_person_is_found_by_account_and_by_address_and_nobody_else_is() -> None:
    aino, bengt = person("Aino"), person("Bengt")
    mine, theirs = message("AINO@esimerkki.example"), message("bengt@esimerkki.example")
    for meant in (whom(person=aino.pk), whom(address="aino@ESIMERKKI.example")):
        assert {row.pk for row in finding.rows_about(meant)} == {aino.pk, mine.pk}
    assert {row.pk for row in finding.rows_about(whom(person=bengt.pk))} == {bengt.pk, theirs.pk}


def test_nobody_is_found_by_an_empty_address() -> None:
    message("")
    Person.objects.system()
    assert finding.rows_about(whom(address=" ")) == []
    assert finding.rows_about(whom()) == []


def test_the_report_tells_every_field_and_gives_no_secret() -> None:
    aino = person()
    aino.set_password("salainen-sana-jota-ei-kerrota")
    aino.save()
    note_access(Deed.SEEN, [aino], actor=person("Bengt"), now=NOW, purpose="kysyi apua")
    with translation.override("en"):
        report = telling.subject_report(whom(person=aino.pk), now=NOW)
        told = json.loads(telling.as_json(report))
        page = pypdfium2.PdfDocument(telling.as_pdf(report))
        words = " ".join(each.get_textpage().get_text_range() for each in page)
        text = telling.as_text(report)
    facts = {fact["field"]: fact for fact in told["entries"][0]["facts"]}
    assert facts["email"]["value"] == "aino@esimerkki.example"
    assert facts["password"]["value"] == "It is kept, and nobody is given a copy."
    assert told["seen"][0]["purpose"] == "kysyi apua"
    for each in (words, text):
        assert "aino@esimerkki.example" in each.replace("\u200b", "")
        assert aino.password not in each


def test_nothing_held_is_said_in_words() -> None:
    with translation.override("en"):
        report = telling.subject_report(whom(address="kukaan@esimerkki.example"), now=NOW)
        assert "holds nothing about you" in telling.as_text(report)
        assert telling.as_pdf(report)[:5] == b"%PDF-"


def test_an_erased_person_stays_in_the_history_without_a_name() -> None:
    aino, bengt = person("Aino"), person("Bengt")
    message("aino@esimerkki.example")
    kept = message("bengt@esimerkki.example")
    change = Change.objects.create(
        at=NOW, actor=aino, label="x.Y", thing_id="1", verb="changed", note="Aino soitti"
    )
    assert erasing.would_erase(whom(person=aino.pk)) == {
        "accounts.Person": 1,
        "audit.Change": 1,
        "outbox.Message": 1,
    }
    counts = erasing.erase(whom(address=aino.email), actor=bengt, now=NOW, purpose="pyysi itse")
    assert counts == {"accounts.Person": 1, "audit.Change": 1, "outbox.Message": 1}
    aino.refresh_from_db()
    change.refresh_from_db()
    assert (aino.email, aino.name, aino.is_active, aino.check_password("")) == (None, "", False, False)
    assert (change.verb, change.note) == ("changed", "")
    assert str(aino) not in {"", "None"}
    assert list(Message.objects.all()) == [kept]
    assert accesses_to(aino).get().what == Deed.ERASED
    assert erasing.erase(whom(person=aino.pk), actor=bengt, now=NOW) == {}


def test_an_erasure_that_is_taken_back_is_made_up_for_by_the_next_replay() -> None:
    """The journal has it on the disk before the database: what somebody asked to be erased is not forgotten."""
    aino, system = person(), Person.objects.system()
    with pytest.raises(RuntimeError), transaction.atomic():
        erasing.erase(whom(person=aino.pk), actor=system, now=NOW)
        raise RuntimeError
    aino.refresh_from_db()
    assert aino.name == "Aino"
    assert erasing.replay(now=NOW) == {"accounts.Person": 1}
    aino.refresh_from_db()
    assert (aino.name, aino.email) == ("", None)
    assert erasing.replay(now=NOW) == {}


def test_a_row_that_came_after_a_restore_is_left_though_it_has_the_key_of_an_erased_one() -> None:
    aino, system = person(), Person.objects.system()
    first = Change.objects.create(
        at=NOW, actor=aino, label="x.Y", thing_id="1", verb="changed", note="Aino soitti"
    )
    erasing.erase(whom(person=aino.pk), actor=system, now=NOW)
    Change.objects.filter(pk=first.pk).delete()
    other = Change.objects.create(
        pk=first.pk, at=NOW, actor=system, label="x.Y", thing_id="2", verb="made", note="Muuta"
    )
    erasing.replay(now=NOW)
    other.refresh_from_db()
    assert other.note == "Muuta"


def test_the_journal_is_read_though_its_last_line_was_torn(tmp_path: Path) -> None:
    assert journal.append({"people": ["a"]}, at_least=0) == 1
    with (tmp_path / journal.NAME).open("a") as file:
        file.write('{"n":2,"peo')
    assert journal.append({"people": ["b"]}, at_least=0) == 2
    assert [number for number, _line in journal.lines(after=0)] == [1, 2]
    assert [line["people"] for _number, line in journal.lines(after=1)] == [["b"]]
    assert (tmp_path / journal.NAME).stat().st_mode & 0o077 == 0


def test_a_lost_journal_goes_on_where_the_database_has_followed_it(tmp_path: Path) -> None:
    Carried.objects.create(id=1, number=41)
    erasing.erase(whom(person=person().pk), actor=Person.objects.system(), now=NOW)
    assert [number for number, _line in journal.lines(after=0)] == [42]
    assert Carried.objects.get().number == 42


@pytest.mark.django_db(transaction=False)
@pytest.mark.usefixtures("own_database")
def test_two_erasures_at_once_have_a_line_each() -> None:
    def erase(name: str) -> dict[str, int]:
        return erasing.erase(
            whom(address=f"{name}@esimerkki.example"), actor=Person.objects.system(), now=NOW
        )

    at_once(lambda: [person("Aino"), person("Bengt"), Person.objects.system()])
    done = at_once(lambda: erase("aino"), lambda: erase("bengt"))
    (numbers, followed) = at_once(lambda: [n for n, _ in journal.lines(after=0)], Carried.objects.get)
    assert done == [{"accounts.Person": 1}] * 2
    assert numbers == [1, 2]
    assert followed.number == 2


# ── Who has looked ──────────────────────────────────────────────────────────────────────────────────────


def test_a_look_at_others_leaves_a_row_each_and_at_oneself_none() -> None:
    aino, bengt = person("Aino"), person("Bengt")
    assert note_access(Deed.EXPORTED, [aino, bengt], actor=bengt, now=NOW, purpose="raportti") == 1
    row = accesses_to(aino).get()
    assert (row.at, row.actor, row.what, row.purpose) == (NOW, bengt, "exported", "raportti")
    assert (row.subject_kind, row.subject_id) == ("accounts.Person", str(aino.pk))


def test_the_database_knows_what_can_be_done_with_data() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Access.objects.create(at=NOW, actor=person(), what="stolen", subject_kind="x.Y", subject_id="1")


# ── Declarations ────────────────────────────────────────────────────────────────────────────────────────


def test_every_field_about_a_person_has_a_name_an_end_and_a_way_to_be_found() -> None:
    assert privacy.endless() == []
    assert privacy.unreachable() == []
    assert [each.name for each in privacy.personal() if not each.label] == []


def test_every_clock_and_every_subject_names_what_is_there() -> None:
    for rule in retention.rules():
        assert rule.clock.how in {privacy.DELETE, privacy.EMPTY}
        for later in (datetime(2026, 1, 1, tzinfo=UTC), NOW):
            emptying.rows_of(emptying.model_of(rule.model)).filter(
                retention._due(emptying.model_of(rule.model), rule, later)
            ).count()
    everybody = finding.Whom(
        frozenset({"00000000-0000-0000-0000-000000000000"}), frozenset({keyed("x@y.example")})
    )
    assert finding.held(everybody) == []
    names = [each.name for each in privacy.subjects()]
    assert len(names) == len(set(names))


def test_the_record_of_processing_has_a_row_for_every_field() -> None:
    with translation.override("en"):
        head, *rows = processing_record(owner="Kainuun liitto", officer="tietosuoja@liitto.example")
    assert [f"{row[2]}" for row in rows] == [each.model for each in privacy.personal()]
    assert all(len(row) == len(head) and all(row) for row in rows)
