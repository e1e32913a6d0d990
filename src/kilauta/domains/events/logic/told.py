"""What an event tells of itself, before it is one."""

from dataclasses import dataclass
from uuid import UUID

from kilauta.lib.words import Words

NOTHING = Words("")


@dataclass(frozen=True, slots=True)
class PartOf:
    """An organisation's part in it, and what it pays, in cents."""

    organisation: UUID
    part: str = "organiser"
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class EventTold:
    """All of an event but its times. `capacity` None: nobody signs up. `fee` "": free of charge."""

    kind: str
    name: Words
    parts: tuple[PartOf, ...]
    summary: Words = NOTHING
    text: Words = NOTHING
    place: UUID | None = None
    where: str = ""
    municipality: str = ""
    remote_url: str = ""
    fee: str = ""
    bring: str = ""
    phone: str = ""
    email: str = ""
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    capacity: int | None = None
    waiting_places: int = 0
    is_whole: bool = False
    guides_needed: int | None = None
    on_view: bool = False
    by_others: bool = False

    @property
    def organisers(self) -> list[UUID]:
        return [each.organisation for each in self.parts if each.part == "organiser"]

    @property
    def organised(self) -> str:
        """Whose event it is: one organiser's own, a joint one of several, or others'."""
        if self.by_others:
            return "others"
        return "joint" if len(set(self.organisers)) > 1 else "own"
