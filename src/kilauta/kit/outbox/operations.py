"""Every write to the outbox but the worker's own."""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.kit.refusals import Refused

from . import pace
from .choices import Channel, Fault, State
from .models import Message
from .rendering import render

# Texts and addresses are needed for a question about a message (`ports/privacy.py` ends them); the bare row, to know
# that it was written.
TEXTS_KEPT = timedelta(days=30)
ROWS_KEPT = timedelta(days=400)
WORDLESS = {"subject": "", "body": "", "calendar": ""}
WIPED = {"address": "", "phone": "", **WORDLESS}

LONGEST = 254  # letters of an address, by the rules of mail
KEYS = uuid.UUID("5f1c6f0e-6c0b-4e52-9d63-8c2f3a8d7b41")
MESSAGE_ID = re.compile(r"<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^@>]+>?")
DIALLED = re.compile(r"\+?\d[\d ()-]{3,22}\d", re.ASCII)


@transaction.atomic
def send(
    kind: str,
    *,
    to: str,
    lang: str,
    now: datetime,
    context: Mapping[str, object] | None = None,
    channel: str = Channel.MAIL,
    about: str = "",
    key: str = "",
    phone: str = "",
    due_at: datetime | None = None,
    urgent: bool = False,
    secret: bool = False,
    calendar: str = "",
) -> Message:
    """Write a message that the worker then sends. Belongs in the transaction of the deed.

    `kind` names its template (`label/name`), `lang` is the receiver's. Of one `key` there is one message, ever: the one
    that was written first is returned. `about` (`label.matter:key`) lets it be cancelled. It is sent between 8 and 21,
    not before `due_at`; `urgent` ones at any hour, and not at all after an hour. The text of a `secret` one is wiped as
    soon as it has been sent. An address that nothing can be sent to makes it a dead message, with `phone` to ring.
    `calendar` is a letter of `kit.calendars` that a mail carries beside its words.
    """
    text = render(kind, channel, lang, context or {})
    due = (due_at or now) if urgent else pace.awake(due_at or now)
    key_of_row = uuid.uuid5(KEYS, key) if key else uuid.uuid4()
    return _hold(Message(
        id=key_of_row, kind=kind, channel=channel, lang=lang, address=to.strip(), phone=phone, about=about,
        subject=text.subject, body=text.body, calendar=calendar, urgent=urgent, secret=secret,
        created_at=now, due_at=due, next_try_at=due,
    ))  # fmt: skip


def _hold(message: Message) -> Message:
    """Write the message, unless it is there; dead where nothing can be sent to its address."""
    if not can_be_sent_to(message.address, message.channel):
        message.address = message.address[:LONGEST]
        message.state, message.fault = State.DEAD, Fault.ADDRESS
        if message.secret:
            message.subject = message.body = message.calendar = ""
    # of two that write the same one at once neither fails
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return Message.objects.get(id=message.id)


def can_be_sent_to(address: str, channel: str = Channel.MAIL) -> bool:
    """Return whether this is an address of mail, or a number of text messages."""
    if channel == Channel.SMS:
        return bool(DIALLED.fullmatch(address.strip()))
    try:
        validate_email(address.strip())
    except ValidationError:
        return False
    return len(address.strip()) <= LONGEST


def texts_leave() -> bool:
    """Return whether text messages are sent: not before there is a gateway; those of the demo stay on the shelf."""
    return bool(settings.DEMO)


@transaction.atomic
def cancel(about: str) -> int:
    """Take back what waits about this matter, and forget its words; return how many messages that were."""
    if not about:
        raise ValueError("Messages are cancelled by what they are about.")
    waiting = Message.objects.filter(about=about, state=State.WAITING)
    return waiting.update(state=State.CANCELLED, **WIPED)


@transaction.atomic
def note_bounce(message_id: str) -> bool:
    """Hold that a sent message came back, by its Message-ID; return whether there was such a message."""
    found = MESSAGE_ID.fullmatch(message_id.strip())
    if not found:
        return False
    sent = Message.objects.filter(id=uuid.UUID(found[1]), state=State.SENT)
    return bool(sent.update(state=State.DEAD, fault=Fault.BOUNCED))


@transaction.atomic
def try_again(message: Message, *, now: datetime) -> Message:
    """Send a dead message once more, as a new one: the journal may know the old one as sent."""
    again = Message.objects.filter(id=message.id).exclude(body="").first()
    if again is None:
        raise Refused("wiped", _("The text of this message is no longer here. Ring instead."))
    settle(message)
    again.id, again.state, again.fault, again.reply = uuid.uuid4(), State.WAITING, "", None
    again.created_at, again.sent_at, again.tries = now, None, 0
    again.due_at = again.next_try_at = now if again.urgent else pace.awake(now)
    again.save(force_insert=True)
    return again


@transaction.atomic
def settle(message: Message) -> None:
    """Hold that somebody has seen to a dead message, by ringing for instance, and forget its words."""
    dead = Message.objects.filter(id=message.id, state=State.DEAD)
    if not dead.update(state=State.SETTLED, **WIPED):
        raise Refused("not-dead", _("Somebody has already seen to this message."))


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Remove the bare rows of what has been over for 400 days; return how many there were."""
    over = Message.objects.exclude(state=State.WAITING)
    return over.filter(due_at__lte=now - ROWS_KEPT).delete()[0]
