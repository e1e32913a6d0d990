"""What the tests of the outbox share: messages that are there, a post that remembers, a mail server of one's own."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections import Counter
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

from kilauta.kit.outbox.carriers import Post
from kilauta.kit.outbox.delivering import Outcome, deliver_next
from kilauta.kit.outbox.models import Message
from kilauta.lib.zone import HELSINKI
from tests.cast import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kilauta.kit.outbox.journal import Journal

SENDER = "Digituki <digituki@verkko.example>"
# What the server answers to RCPT for the name before the @, instead of taking the mail.
ANSWERS = {
    "gone": "550 5.1.1 No such user here",
    "full": "452 4.2.2 Over quota",
    "later": "451 4.7.1 Greylisted",
}


def helsinki(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI, fold=fold)


def waiting(number: int = 1, **more: Any) -> Message:
    """Return a message that waits and is due, unwritten."""
    return Message(**row(number) | more)


def row(number: int = 1) -> dict[str, Any]:
    return {
        "kind": "story/hello",
        "lang": "fi",
        "address": f"asukas{number}@posti.example",
        "subject": f"Hei {number}",
        "body": f"Äiti on öisin hereillä. {number}\n",
        "created_at": NOW,
        "due_at": NOW,
        "next_try_at": NOW,
    }


class Bag:
    """A post that keeps what it is given, in order; `before` is called with each message first."""

    def __init__(self, before: Callable[[Message], None] = lambda _message: None) -> None:
        self.subjects: list[str] = []
        self.before = before

    def __call__(self, message: Message) -> None:
        self.before(message)
        self.subjects.append(message.subject)

    @property
    def post(self) -> Post:
        return Post(mail=self)


def deliver(journal: Journal, post: Post, now: datetime = NOW) -> list[Outcome]:
    """Deliver until nothing is due."""
    done = []
    while outcome := deliver_next(now=now, post=post, journal=journal):
        done.append(outcome)
    return done


def story(*messages: Message) -> None:
    Message.objects.bulk_create(messages)


def state_of(number: int = 1) -> Message:
    return Message.objects.get(kind="story/hello", address=f"asukas{number}@posti.example")


class Sink:
    """A mail server that counts what it took by Message-ID, and behaves badly to certain names."""

    def __init__(self, pause: float = 0.0) -> None:
        self.taken: Counter[str] = Counter()
        self.mails: list[Any] = []
        self.pause = pause  # seconds between taking a mail and saying so
        self.sessions = 0
        self.data_answer = ""

    # aiosmtpd looks the three up by name and gives all arguments by place
    async def handle_EHLO(self, _server: Any, session: Any, _mail: Any, hostname: str, answer: Any) -> Any:  # noqa: N802
        self.sessions += 1
        session.host_name = hostname
        return answer

    async def handle_RCPT(self, _server: Any, _session: Any, mail: Any, address: str, _more: Any) -> str:  # noqa: N802
        name = address.partition("@")[0]
        if name == "hangs":
            await asyncio.sleep(5)
        if name in ANSWERS:
            return ANSWERS[name]
        mail.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data_answer:
            return self.data_answer
        mail = message_from_bytes(envelope.content)
        self.taken[mail["Message-ID"]] += 1
        self.mails.append(mail)
        await asyncio.sleep(self.pause)
        return "250 Taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(sink: Sink) -> Iterator[dict[str, Any]]:
    """Run the sink; give what Django's SMTP backend must know to reach it."""
    port = free_port()
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield {"host": "127.0.0.1", "port": port, "use_tls": False, "use_ssl": False}
    finally:
        controller.stop()
