"""A sign-up is opened by who has only its number and code."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.events.models import Signup
from kilauta.domains.events.queries.secrets import by_code
from kilauta.kit.limits import counters
from kilauta.kit.refusals import Refused

# A million codes are few for a machine: so many may be tried for one number, and from one address.
TRIES, TRIES_OF_ADDRESS, WITHIN = 6, 20, timedelta(hours=1)


def open_by_code(number: str, code: str, *, network: str, visitor: str, now: datetime) -> Signup:
    """Return the sign-up of this number and code.

    Refuses, in the same words, a number that is none, a code that is another, and too many tries of one number or
    from one address (`visitor`), right ones too.
    """
    number, code = _digits(number), _digits(code)
    with transaction.atomic():
        is_allowed = counters.allow(
            "signup-number", number, most=TRIES, within=WITHIN, now=now
        ) and counters.allow("signup-visitor", visitor, most=TRIES_OF_ADDRESS, within=WITHIN, now=now)
    found = by_code(number, code) if is_allowed else None
    if found is None or found.event.network_id != network:
        raise Refused(
            "no-signup",
            _(
                "We find no sign-up with these. Check the number and the code. "
                "After many tries wait an hour, or ring us."
            ),
        )
    return found


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())
