from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import EMPTY, Clock, Personal, Subject

_BASIS = _("Public interest: the work of the network.")
_VISIBILITY = _("Those who hold the event.")
_FIELDS = (
    ("name", _("Name in a sign-up"), _("To call the participant by.")),
    ("phone", _("Phone number in a sign-up"), _("To tell the participant when something changes.")),
    ("email", _("E-mail address in a sign-up"), _("To tell the participant when something changes.")),
)

PERSONAL = tuple(
    Personal(
        "events.Signup",
        field,
        label=label,
        purpose=purpose,
        retention=_("30 days after the last time."),
        clock=Clock("ends_at", timedelta(days=30)),
        basis=_BASIS,
        visibility=_VISIBILITY,
    )
    for field, label, purpose in _FIELDS
)
SUBJECTS = (Subject("events.Signup", email="email", phone="phone", erasure=EMPTY),)
IMPERSONAL = (
    "events.Signup.number",
    "events.Signup.token_hash",
    "events.Signup.state",
    "events.Signup.lang",
    "events.Signup.made_by",
    # what is published for all to read; phone and e-mail are those of the one who holds the event
    "events.Event",
    "events.Part",
    "events.Occurrence",
    "events.Outlet",
    "events.Delivery",
    # what is agreed with a place, told of organisations and roles
    "events.Venue",
    "events.Call.why",
    # numbers and kinds, of nobody
    "events.Arrival",
    "events.Ticket",
)
