from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import EMPTY, UNTIL_ERASED, Clock, Personal, Subject

_BASIS = _("Public interest: the work of the network.")
_ENDED = Clock("ended_at", timedelta(days=1), EMPTY)

PERSONAL = (
    *(
        Personal(
            "booking.Waiting",
            field,
            label=label,
            purpose=_("To offer a time that comes free to whoever waits for one."),
            basis=_BASIS,
            retention=_("One day after the waiting has ended."),
            visibility=_("The supporter who rings, and those who look after the organisation."),
            clock=_ENDED,
        )
        for field, label in (
            ("name", _("Name in a waiting list")),
            ("phone", _("Phone number in a waiting list")),
            ("email", _("E-mail address in a waiting list")),
            ("address", _("Address of a home visit in a waiting list")),
        )
    ),
    Personal(
        "booking.OutsideCalendar",
        "address",
        label=_("Address of a supporter's other calendar"),
        purpose=_("To offer no time at which the supporter is elsewhere."),
        basis=_BASIS,
        retention=_("Until the supporter takes it away."),
        visibility=_("The supporter."),
        clock=UNTIL_ERASED,
        secret=True,
    ),
)
SUBJECTS = (
    Subject("booking.Waiting", email="email", phone="phone", erasure=EMPTY),
    Subject("booking.OutsideCalendar", person="supporter"),
    Subject("booking.FeedAddress", person="supporter"),
)
IMPERSONAL = (
    "booking.Waiting.number",
    "booking.Waiting.token_hash",
    "booking.Waiting.lang",
    "booking.Waiting.state",
    "booking.Opening",
    "booking.Call",
    "booking.Pattern",
    "booking.OutsideCalendar.fault",
    "booking.FeedAddress.token_hash",
    # a room or a device, never a person
    "booking.Facility",
)
