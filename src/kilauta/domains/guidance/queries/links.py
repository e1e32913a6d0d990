"""Secret links to one thing: they are signed, so that nobody can make one, and the database holds none."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

REQUEST, RECEIVER, PERSON, START = "request", "receiver", "person", "start"


def token(kind: str, key: UUID) -> str:
    """Return what opens this one thing, for one kind of reader."""
    return _signer(kind).sign(key.hex)


def opened(kind: str, given: str) -> UUID | None:
    """Return the key of the thing that a link opens to this kind of reader, if it does."""
    try:
        return UUID(_signer(kind).unsign(given))
    except (BadSignature, ValueError):
        return None


def _signer(kind: str) -> Signer:
    return Signer(salt=f"kilauta.guidance.{kind}", sep=".")
