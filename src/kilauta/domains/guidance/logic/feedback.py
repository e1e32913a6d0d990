"""What feedback on help is about."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kilauta.lib.words import Words

# So long the words of feedback are kept; its choices stay.
WORDS_KEPT = timedelta(days=365)
SET = "feedback"
NO_NAME = Words("")


@dataclass(frozen=True, slots=True)
class Helped:
    """Whose help it was and where; nothing of it need be known. `short` is the id in the address."""

    short: str = ""
    name: Words = NO_NAME
    kind: str = ""
    organisation: UUID | None = None
    service: UUID | None = None
    place: UUID | None = None


GENERAL = Helped()
