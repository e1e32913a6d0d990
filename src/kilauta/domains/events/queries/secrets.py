"""What opens a sign-up: its link, and its code for who has only paper (a twin of `booking.queries.secrets`)."""

import hashlib
from base64 import urlsafe_b64encode
from hmac import compare_digest
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from kilauta.domains.events.models import Signup

CODE_DIGITS = 6


def key_of_form(key: str) -> UUID:
    """Return the key of the sign-up that a form makes: the same form makes the same one."""
    return UUID(bytes=_made("form", key)[:16])


def token_of(signup: UUID) -> str:
    """Return the secret part of the sign-up's address."""
    return urlsafe_b64encode(_made("token", str(signup))).decode().rstrip("=")


def code_of(signup: UUID) -> str:
    """Return the code that opens the sign-up together with its number."""
    return f"{int.from_bytes(_made('code', str(signup))[:8]) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str) -> Signup | None:
    """Return the sign-up behind a link."""
    return _whole().filter(token_hash=hashed(token)).first()


def by_code(number: str, code: str) -> Signup | None:
    """Return the sign-up of this number and code."""
    found = _whole().filter(number=number.strip()).first()
    return found if found and compare_digest(code_of(found.pk), code.strip()) else None


def _whole() -> QuerySet[Signup]:
    return Signup.objects.select_related(
        "event__network", "event__place__municipality", "occurrence__place__municipality"
    )


def _made(what: str, of: str) -> bytes:
    return salted_hmac(f"kilauta.events.{what}", of, algorithm="sha256").digest()
