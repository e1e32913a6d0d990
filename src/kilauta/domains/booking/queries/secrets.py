"""What opens a booking: its link, and its code for who has only paper. Both are made anew whenever they are written."""

import hashlib
from base64 import urlsafe_b64encode
from hmac import compare_digest
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from kilauta.domains.booking.models import Booking

CODE_DIGITS = 6


def key_of_form(key: str) -> UUID:
    """Return the key of the booking that a form makes: the same form makes the same booking."""
    return UUID(bytes=_made("form", key)[:16])


def token_of(booking: UUID) -> str:
    """Return the secret part of the booking's address."""
    return urlsafe_b64encode(_made("token", str(booking))).decode().rstrip("=")


def code_of(booking: UUID) -> str:
    """Return the code that opens the booking together with its number."""
    return f"{int.from_bytes(_made('code', str(booking))[:8]) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str) -> Booking | None:
    """Return the booking behind a link."""
    return _whole().filter(token_hash=hashed(token)).first()


def by_code(number: str, code: str, phone: str) -> Booking | None:
    """Return the booking of this number and code; where a phone number was given with it, that must be right too."""
    found = _whole().filter(number=number).first()
    if found is None or not compare_digest(code_of(found.pk), code.strip()):
        return None
    return found if not found.phone or found.phone == phone else None


def _whole() -> QuerySet[Booking]:
    return Booking.objects.select_related(
        "offer__channel__service", "offer__place__municipality", "offer__network", "supporter", "topic"
    )


def _made(what: str, of: str) -> bytes:
    return salted_hmac(f"kilauta.booking.{what}", of, algorithm="sha256").digest()
