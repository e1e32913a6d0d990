"""Mail by a mail server: what it is given, and what becomes of a message when it refuses, hangs or is not there."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from email.header import decode_header, make_header

import pytest

from kilauta.kit.outbox.carriers import Later, Never, Undelivered, Unreachable
from kilauta.kit.outbox.smtp import SESSION, Mailer, message_id
from tests.kit.outbox_story import SENDER, Sink, free_port, mail_server, waiting


@pytest.fixture
def sink():
    return Sink()


@pytest.fixture
def server(sink):
    with mail_server(sink) as found:
        yield found


@pytest.fixture
def mailer(server):
    made = Mailer(server, SENDER, step=2)
    yield made
    made.rest()


@contextmanager
def socket_that(serve):
    """A server whose every connection is handled by `serve`."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept():
            while True:
                try:
                    connection, _address = listening.accept()
                except OSError:
                    return
                with connection:
                    serve(connection)

        threading.Thread(target=accept, daemon=True).start()
        yield {"host": "127.0.0.1", "port": listening.getsockname()[1], "use_tls": False, "use_ssl": False}
        listening.shutdown(socket.SHUT_RDWR)


def fault_of(mailer, message) -> tuple[type, str, int | None]:
    with pytest.raises(Undelivered) as caught:
        mailer(message)
    return type(caught.value), caught.value.fault.value, caught.value.reply


def test_a_mail_arrives_as_it_was_written(mailer, sink):
    message = waiting(lang="sv", subject="Är allt rätt, Åsa?", body="Öppet till 21 €.\n.\nHej\n")
    mailer(message)
    (mail,) = sink.mails
    assert str(make_header(decode_header(mail["Subject"]))) == "Är allt rätt, Åsa?"
    assert (
        mail.get_payload(decode=True).decode().replace("\r\n", "\n").rstrip("\n")
        == "Öppet till 21 €.\n.\nHej"
    )
    assert (mail["To"], mail["From"]) == ("asukas1@posti.example", SENDER)
    assert (mail["Content-Language"], mail["Auto-Submitted"]) == ("sv", "auto-generated")
    assert mail["Message-ID"] == message_id(message, SENDER) == f"<{message.id}@verkko.example>"
    assert mail["Bcc"] is None


def test_a_mail_sent_again_has_the_same_message_id(mailer, sink):
    message = waiting()
    mailer(message)
    mailer.rest()
    mailer(message)
    assert sink.taken == {f"<{message.id}@verkko.example>": 2}


def test_several_mails_go_in_one_session_and_many_in_several(mailer, sink):
    for number in range(SESSION + 1):
        mailer(waiting(number))
    assert sink.sessions == 2
    assert sink.taken.total() == SESSION + 1


@pytest.mark.parametrize(
    ("name", "fault"),
    [("gone", (Never, "refused", 550)), ("full", (Later, "busy", 452)), ("later", (Later, "busy", 451))],
)
def test_a_refusal_is_for_ever_or_for_now_as_the_server_says(mailer, sink, name, fault):
    assert fault_of(mailer, waiting(address=f"{name}@posti.example")) == fault
    mailer(waiting())
    assert sink.taken.total() == 1


@pytest.mark.parametrize(
    ("answer", "fault"),
    [("554 5.7.1 Spam", (Never, "refused", 554)), ("450 4.3.2 Not now", (Later, "busy", 450))],
)
def test_a_refusal_of_the_text_counts_like_one_of_the_address(mailer, sink, answer, fault):
    sink.data_answer = answer
    assert fault_of(mailer, waiting()) == fault


def test_a_subject_with_a_line_break_never_leaves(mailer, sink):
    with pytest.raises(ValueError, match="newline"):
        mailer(waiting(subject="Hei\nBcc: all@posti.example"))
    assert sink.mails == []


def test_where_nobody_listens_mail_waits():
    nowhere = {"host": "127.0.0.1", "port": free_port(), "use_tls": False, "use_ssl": False}
    assert fault_of(Mailer(nowhere, SENDER), waiting()) == (Unreachable, "unreachable", None)


@pytest.mark.parametrize("name", ["use_tls", "use_ssl"])
def test_a_server_that_cannot_keep_a_secret_is_told_nothing(server, sink, name):
    mailer = Mailer({**server, name: True, "username": "digituki", "password": "salainen"}, SENDER, step=2)
    assert fault_of(mailer, waiting()) == (Unreachable, "unreachable", None)
    assert sink.mails == []


def test_a_server_that_does_not_know_us_is_not_the_messages_fault(server):
    mailer = Mailer({**server, "username": "digituki", "password": "salainen"}, SENDER, step=2)
    assert fault_of(mailer, waiting()) == (Unreachable, "unreachable", None)


@pytest.mark.parametrize("greeting", [b"", b"220 hello\r\n", b"554 no service\r\n", b"421 too many\r\n"])
def test_a_server_that_hangs_up_is_not_the_messages_fault(greeting):
    with socket_that(lambda connection: connection.sendall(greeting)) as server:
        assert fault_of(Mailer(server, SENDER, step=2), waiting()) == (Unreachable, "unreachable", None)


def test_a_server_that_hangs_is_left_after_a_while(server):
    mailer = Mailer(server, SENDER, step=0.5)
    started = time.monotonic()
    assert fault_of(mailer, waiting(address="hangs@posti.example")) == (Unreachable, "unreachable", None)
    assert time.monotonic() - started < 4


def test_a_server_that_drips_is_left_after_a_while():
    """Each drop is in time, the whole never ends."""

    def drip(connection):
        connection.sendall(b"220 hello\r\n")
        connection.recv(1000)
        try:
            for _ in range(200):
                connection.sendall(b"2")
                time.sleep(0.1)
        except OSError:
            return

    with socket_that(drip) as server:
        started = time.monotonic()
        mailer = Mailer(server, SENDER, step=1, whole=0.7)
        assert fault_of(mailer, waiting()) == (Unreachable, "unreachable", None)
        assert time.monotonic() - started < 4
