"""The worker's part: one message after the other out of the house."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum, auto

from django.db.models import Exists, F, OuterRef, Q

from kilauta.kit import ports

from . import pace
from .carriers import Later, Never, Post, Unreachable
from .choices import Channel, Fault, State
from .journal import Journal
from .models import Message
from .operations import WIPED, WORDLESS

logger = logging.getLogger(__name__)

# For so long a message belongs to the worker that is sending it: longer than any carrier takes. When the worker is
# killed meanwhile, another one sends the message after that.
CLAIM = timedelta(minutes=3)

Wanted = Callable[[str, datetime], bool]


class Outcome(Enum):
    """What became of a message that was due."""

    SENT = auto()
    PUT_OFF = auto()
    ENDED = auto()  # cancelled or dead
    UNREACHABLE = auto()  # put off, and the next one would be too


def deliver_next(*, now: datetime, post: Post, journal: Journal) -> Outcome | None:
    """Send the next message that is due; None when there is none.

    Never inside a transaction: others must see at once that the message is taken. What is sent is noted in the journal
    before the database hears of it.
    """
    message = _claim(now, post)
    if message is None:
        return None
    before = journal.sent_at(message.id)
    if before:
        return _sent(message, before, post)
    if message.urgent and now - message.due_at >= pace.URGENT_PATIENCE:
        return _dead(message, Fault.TOO_LATE)
    try:
        if not _is_wanted(message, now):
            _mark(message, state=State.CANCELLED, **WIPED)
            return Outcome.ENDED
        post.carry(message)
    except Never as never:
        return _dead(message, never.fault, never.reply)
    except Later as later:
        return _put_off(message, later, now)
    except Exception as fault:  # noqa: BLE001 -- one message's fault must not keep the others
        # by its name only: its words may hold an address
        logger.error("Message %s could not be sent: %s", message.id, type(fault).__name__)  # noqa: TRY400 -- the same
        return _put_off(message, Later(Fault.BROKEN), now)
    try:
        journal.note(message.id, now=now)
    except OSError:
        logger.error("The journal of sent messages cannot be written.")  # noqa: TRY400 -- the sentence says it all
    return _sent(message, now, post)


def _claim(now: datetime, post: Post) -> Message | None:
    """Take the next message that is due, so that no other worker takes it too."""
    earlier = Message.objects.filter(
        about=OuterRef("about"),
        address=OuterRef("address"),
        state=State.WAITING,
        due_at__lt=OuterRef("due_at"),
    )
    # about one matter nobody is told the end before the beginning
    due = Message.objects.filter(Q(about="") | ~Exists(earlier), state=State.WAITING, next_try_at__lte=now)
    if pace.is_quiet(now):
        due = due.filter(urgent=True)
    if post.mail is None:
        due = due.exclude(channel=Channel.MAIL)
    while message := due.order_by("-urgent", "next_try_at", "id").first():
        unchanged = Message.objects.filter(
            id=message.id, state=State.WAITING, next_try_at=message.next_try_at
        )
        if unchanged.update(next_try_at=now + CLAIM, tries=F("tries") + 1):
            message.tries += 1
            return message
    return None


def _is_wanted(message: Message, now: datetime) -> bool:
    """Ask whoever the message is about whether it still holds."""
    matter, _colon, key = message.about.partition(":")
    for _label, module in ports.of("reminders"):
        checks: Mapping[str, Wanted] = module.STILL_WANTED
        if matter in checks:
            return checks[matter](key, now)
    return True


def _sent(message: Message, at: datetime, post: Post) -> Outcome:
    wiped = WORDLESS if message.secret and not post.keeps else {}
    # whatever its state: one that was cancelled while it was on its way has been sent all the same
    Message.objects.filter(id=message.id).update(state=State.SENT, sent_at=at, fault="", reply=None, **wiped)
    return Outcome.SENT


def _dead(message: Message, fault: Fault, reply: int | None = None) -> Outcome:
    wiped = WORDLESS if message.secret else {}
    _mark(message, state=State.DEAD, fault=fault, reply=reply, **wiped)
    return Outcome.ENDED


def _put_off(message: Message, later: Later, now: datetime) -> Outcome:
    if now - message.due_at >= pace.patience(urgent=message.urgent):
        return _dead(message, later.fault, later.reply)
    _mark(message, next_try_at=pace.next_try(now, message.tries), fault=later.fault, reply=later.reply)
    return Outcome.UNREACHABLE if isinstance(later, Unreachable) else Outcome.PUT_OFF


def _mark(message: Message, **values: object) -> None:
    Message.objects.filter(id=message.id, state=State.WAITING).update(**values)
