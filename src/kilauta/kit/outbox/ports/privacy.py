from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kilauta.kit.outbox.choices import State
from kilauta.kit.outbox.operations import TEXTS_KEPT
from kilauta.kit.privacy import Clock, Personal, Subject

_BASIS = _("Public interest: the work of the network.")
_RETENTION = _("30 days from the day of the message; the words of a cancelled message go at once.")
_CLOCK = Clock("due_at", TEXTS_KEPT, where=~Q(state=State.WAITING))
_VISIBILITY = _("The receiver, and the network's coordinators.")

PERSONAL = (
    Personal(
        "outbox.Message",
        "address",
        label=_("Address of a message"),
        purpose=_("To send the message."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_VISIBILITY,
        clock=_CLOCK,
    ),
    Personal(
        "outbox.Message",
        "phone",
        label=_("Phone number in a message"),
        purpose=_("To ring when the message cannot be delivered."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_VISIBILITY,
        clock=_CLOCK,
    ),
    Personal(
        "outbox.Message",
        "subject",
        label=_("Title of a message"),
        purpose=_("To know what was sent when somebody asks."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_VISIBILITY,
        clock=_CLOCK,
    ),
    Personal(
        "outbox.Message",
        "body",
        label=_("Words of a message"),
        purpose=_(
            "To know what was sent when somebody asks. Codes and personal links go as soon as they are sent."
        ),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_VISIBILITY,
        clock=_CLOCK,
    ),
    Personal(
        "outbox.Message",
        "calendar",
        label=_("Calendar entry in a message"),
        purpose=_("To put the time into the receiver's calendar."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_VISIBILITY,
        clock=_CLOCK,
    ),
)
SUBJECTS = (Subject("outbox.Message", email="address", phone="phone"),)
IMPERSONAL = (
    "outbox.Message.kind",
    "outbox.Message.channel",
    "outbox.Message.lang",
    "outbox.Message.about",
    "outbox.Message.state",
    "outbox.Message.fault",
)
