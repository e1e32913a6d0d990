"""Mail by a mail server."""

import smtplib
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from email.mime.text import MIMEText
from email.utils import parseaddr
from threading import Timer
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from kilauta.kit.calendars import method_of

from .carriers import Later, Never, Undelivered, Unreachable
from .choices import Fault
from .models import Message

STEP_SECONDS = 10  # a server may take so long for one answer
WHOLE_SECONDS = 60  # and so long for one message
SESSION = 50  # messages; some servers take no more at a time
PERMANENT = 500


def message_id(message: Message, sender: str) -> str:
    """Return the Message-ID: the same however often the message is sent."""
    return f"<{message.id}@{parseaddr(sender)[1].rpartition('@')[2]}>"


class Invitation(EmailMessage):
    """A mail with a calendar part: the same message in another form, for programmes that keep calendars."""

    mixed_subtype = "alternative"


def as_mail(message: Message, sender: str) -> EmailMessage:
    headers = {
        "Message-ID": message_id(message, sender),
        "Content-Language": message.lang,
        "Auto-Submitted": "auto-generated",  # nobody's holiday shall answer
    }
    kind = Invitation if message.calendar else EmailMessage
    mail = kind(message.subject, message.body, sender, [message.address], headers=headers)
    if message.calendar:
        part = MIMEText(message.calendar, "calendar", "utf-8")
        part.set_param("method", method_of(message.calendar))
        mail.attach(part)
    return mail


class Mailer:
    """Hands messages to one mail server, several in one session; a carrier for the post.

    `server` holds the arguments of Django's SMTP backend, `sender` is the address that messages come from.
    """

    def __init__(
        self,
        server: Mapping[str, Any],
        sender: str,
        *,
        step: float = STEP_SECONDS,
        whole: float = WHOLE_SECONDS,
    ) -> None:
        self.sender = sender
        self.whole = whole
        self._backend = EmailBackend(**server, timeout=step)
        self._handed = 0

    def __call__(self, message: Message) -> None:
        mail = as_mail(message, self.sender)
        try:
            with self._time_limit():
                self._hand_over(mail)
        except Undelivered:
            self.rest()
            raise

    def rest(self) -> None:
        """End the session; the next message begins a new one."""
        self._handed = 0
        with suppress(OSError):
            self._backend.close()
        self._backend.connection = None

    def _hand_over(self, mail: EmailMessage) -> None:
        if self._handed >= SESSION:
            self.rest()
        try:
            self._backend.open()
            self._backend.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as refused:
            code, _words = next(iter(refused.recipients.values()))
            raise _answered(code) from None
        except smtplib.SMTPDataError as refused:
            raise _answered(refused.smtp_code) from None
        except (
            OSError
        ):  # all other faults of smtplib too: sender or password refused, no TLS, connection lost
            raise Unreachable from None
        self._handed += 1

    @contextmanager
    def _time_limit(self) -> Iterator[None]:
        """Cut the connection when all of it takes too long, however busily the server drips."""
        timer = Timer(self.whole, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        connection = self._backend.connection
        if connection is not None and connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)


def _answered(code: int) -> Undelivered:
    return Never(Fault.REFUSED, code) if code >= PERMANENT else Later(Fault.BUSY, code)
