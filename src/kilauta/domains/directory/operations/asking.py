"""Asking a contact person, by mail, whether everything is still right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kilauta.domains.directory.queries.asking import Round
from kilauta.domains.directory.queries.facts import Fact
from kilauta.kit.outbox.models import Message
from kilauta.kit.outbox.operations import send
from kilauta.lib.zone import local

from .verifying import note_asked


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one organisation is asked about: its name, the facts, and the link that opens them."""

    name: str
    facts: tuple[Fact, ...]
    link: str


@transaction.atomic
def ask(asked: Round, sheets: Sequence[Sheet], *, host: str, now: datetime) -> Message:
    """Write the one mail of a round, and hold that the contact has been asked."""
    message = send(
        "directory/right",
        to=asked.contact.address,
        lang=asked.contact.lang,
        now=now,
        context={"sheets": sheets, "host": host},
        about=f"directory.right:{asked.key}",
        key=f"directory.right:{asked.key}:{local(now).date()}",
        secret=True,
    )
    note_asked([number for mail in asked.mails for number in mail.verifications], now=now)
    return message
