from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    MAIL = "mail", _("Mail")
    SMS = "sms", _("Text message")


class State(TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    DEAD = "dead", _("Cannot be delivered")
    CANCELLED = "cancelled", _("Cancelled")
    SETTLED = "settled", _("Seen to by other means")


class Fault(TextChoices):
    """Why a message is late or dead, without a word about whom it is for."""

    ADDRESS = "address", _("Nothing can be sent to this address.")
    REFUSED = "refused", _("The receiver's mail server does not take the message.")
    BUSY = "busy", _("The receiver's mail server asks us to try later.")
    UNREACHABLE = "unreachable", _("Our own mail server does not answer.")
    NO_GATEWAY = "no-gateway", _("Text messages cannot be sent from here.")
    TOO_LATE = "too-late", _("It could not be sent while it was of use.")
    BOUNCED = "bounced", _("The message came back.")
    BROKEN = "broken", _("Something went wrong here when it was sent.")
