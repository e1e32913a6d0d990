"""What takes a message out of the house, and how it says that it could not."""

from collections.abc import Callable
from dataclasses import dataclass

from .choices import Channel, Fault
from .models import Message

# Hands one message over, or raises one of the three below. Gives up by itself within a minute.
Carrier = Callable[[Message], None]


class Undelivered(Exception):  # noqa: N818 -- one of the three below says what happened
    def __init__(self, fault: Fault, reply: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.reply = reply


class Never(Undelivered):
    """The message cannot be delivered, now or later."""


class Later(Undelivered):
    """The message cannot be delivered now, others perhaps can."""


class Unreachable(Later):
    """No message can be delivered now: it is our own server that does not answer."""

    def __init__(self) -> None:
        super().__init__(Fault.UNREACHABLE)


def no_gateway(_message: Message) -> None:
    raise Never(Fault.NO_GATEWAY)


def keep(_message: Message) -> None:
    """Let nothing leave the machine: the message can be read in the outbox."""


@dataclass(frozen=True, slots=True)
class Post:
    """The ways out of the house. Without `mail`, mail waits until there is one; without a gateway, texts are dead.

    `keeps`: nothing really leaves, so that nothing is wiped on leaving.
    """

    mail: Carrier | None = None
    sms: Carrier = no_gateway
    keeps: bool = False

    def carry(self, message: Message) -> None:
        carrier = self.sms if message.channel == Channel.SMS else self.mail
        if carrier is None:
            raise Unreachable
        carrier(message)


SHELF = Post(mail=keep, sms=keep, keeps=True)
