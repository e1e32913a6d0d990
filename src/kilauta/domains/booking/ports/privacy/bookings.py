from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import EMPTY, Clock, Personal, Subject

# What is about health, benefits or money is forgotten sooner.
SENSITIVE = Q(topic__theme__in=("terveys-ja-etuudet", "talous"))
_BASIS = _("Public interest: the work of the network.")
_VISIBILITY = _("The supporter who is booked, and those who book at the desk.")
_FIELDS = (
    ("name", _("Name in a booking"), _("To call the customer by.")),
    ("phone", _("Phone number in a booking"), _("To reach the customer about the time.")),
    ("email", _("E-mail address in a booking"), _("To tell the customer about the time.")),
    ("address", _("Address in a booking"), _("To come home to the customer.")),
)

PERSONAL = tuple(
    Personal(
        "booking.Booking",
        field,
        label=label,
        purpose=purpose,
        retention=_("14 days after the time; in matters of health, benefits and money 7 days."),
        clock=Clock("ends_at", timedelta(days=14)),
        earlier=Clock("ends_at", timedelta(days=7), where=SENSITIVE),
        basis=_BASIS,
        visibility=_VISIBILITY,
    )
    for field, label, purpose in _FIELDS
)
SUBJECTS = (
    # a supporter who is erased leaves by the key itself; the contact is the customer's
    Subject("booking.Booking", email="email", phone="phone", erasure=EMPTY),
)
IMPERSONAL = (
    "booking.Booking.number",
    "booking.Booking.token_hash",
    "booking.Booking.lang",
    "booking.Booking.state",
    "booking.Booking.made_by",
    "booking.Booking.cancelled_by",
    "booking.Booking.room",
    "booking.Booking.room_code",
)
