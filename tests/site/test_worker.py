"""The worker as it runs: in the demo, with a mail server, without one, and what outsiders learn of it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from kilauta.kit import ports
from kilauta.kit.jobs import Job
from kilauta.kit.jobs.models import Heartbeat, Turn
from kilauta.kit.outbox.models import Message
from kilauta.site import cli, environment
from kilauta.site.worker import JOURNAL, Worker
from tests.cast import NOW
from tests.kit.outbox_story import SENDER, Sink, free_port, mail_server, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path
    settings.DEMO = False
    return tmp_path


def states() -> dict[str, str]:
    return dict(Message.objects.values_list("subject", "state"))


def test_in_the_demo_everything_is_sent_nowhere_and_can_be_read(data, settings):
    settings.DEMO = True
    waiting(1, secret=True).save()
    assert cli.main(["worker", "--once"]) == 0
    assert states() == {"Hei 1": "sent"}
    assert Message.objects.get().body != ""


def test_with_a_mail_server_mail_is_sent_and_noted_beside_the_database(data, settings):
    sink = Sink()
    with mail_server(sink) as server:
        settings.MAIL, settings.MAIL_FROM = server, SENDER
        waiting(1).save()
        assert cli.main(["worker", "--once"]) == 0
    assert sink.taken.total() == 1
    assert states() == {"Hei 1": "sent"}
    assert (data / JOURNAL).read_text() == f"{Message.objects.get().id} {NOW.isoformat()}\n"
    assert Heartbeat.objects.get().at == NOW


def test_without_a_mail_server_mail_waits(data):
    waiting(1).save()
    assert cli.main(["worker", "--once"]) == 0
    assert (states(), Message.objects.get().tries) == ({"Hei 1": "waiting"}, 0)


def test_a_mail_server_that_does_not_answer_is_asked_once_for_all(data, settings):
    settings.MAIL = {"host": "127.0.0.1", "port": free_port(), "use_tls": False, "use_ssl": False}
    settings.MAIL_FROM = SENDER
    Message.objects.bulk_create(waiting(number) for number in range(5))
    Worker().once()
    assert sorted(Message.objects.values_list("tries", flat=True)) == [0, 0, 0, 0, 1]


def test_a_job_that_fails_is_told_by_the_code_of_the_command(data, monkeypatch):
    def fail(now):
        raise RuntimeError

    module = SimpleNamespace(JOBS=(Job("story.work", fail, every=timedelta(hours=1)),))
    monkeypatch.setitem(ports._found, "jobs", [("story", module)])
    assert cli.main(["worker", "--once"]) == 1
    assert Turn.objects.get().fault == "RuntimeError"


# ── What outsiders learn ────────────────────────────────────────────────────────────────────────────────


def test_readiness_names_what_is_late_and_nothing_more():
    assert Client().get("/valmius").content == b"ready\nworker: late\nbackup: late\n"
    Heartbeat.objects.create(at=NOW - timedelta(minutes=3))
    assert Client().get("/valmius").content == b"ready\nbackup: late\n"
    waiting(1, due_at=NOW - timedelta(hours=2)).save()
    Turn.objects.create(name="outbox.tidy", due_at=NOW - timedelta(hours=2))
    answer = Client().get("/valmius")
    assert (answer.status_code, answer.content) == (200, b"ready\njobs: late\nmail: late\nbackup: late\n")


# ── Settings ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        ("smtp://post.example", "post.example", 587, True, False),
        ("smtps://post.example", "post.example", 465, False, True),
        ("smtp+plain://localhost", "localhost", 25, False, False),
        ("smtp://post.example:2525", "post.example", 2525, True, False),
    ],
)
def test_a_mail_server_is_named_by_an_address(url, host, port, tls, ssl):
    found = environment.mail(url, sender=SENDER)
    assert found == {
        "host": host,
        "port": port,
        "username": "",
        "password": "",
        "use_tls": tls,
        "use_ssl": ssl,
    }


def test_the_user_and_the_password_may_hold_any_letter():
    found = environment.mail("smtp://digituki%40verkko.example:a%2Fb%3Ac@post.example", sender=SENDER)
    assert (found["username"], found["password"]) == ("digituki@verkko.example", "a/b:c")


def test_no_address_is_no_mail_server():
    assert environment.mail("", sender="") is None


@pytest.mark.parametrize(
    ("url", "sender"),
    [("post.example", SENDER), ("http://post.example", SENDER), ("smtp://", SENDER), ("smtp://post.example", ""),
     ("smtp://post.example", "Digituki")],
)  # fmt: skip
def test_a_mail_server_that_cannot_be_meant_stops_the_start(url, sender):
    with pytest.raises(ImproperlyConfigured, match="KILAUTA_MAIL"):
        environment.mail(url, sender=sender)
