"""Whether help is to be had through a channel at an instant, in the one word that is true."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from kilauta.lib.hours import Now, Schedule
from kilauta.lib.words import Words

from .facts import NO_WORDS, ChannelFacts, NoticeFacts, PlaceFacts, in_force


class Standing(StrEnum):
    """What a visitor is told. Self-service is never help being available; unknown is never closed."""

    OPEN = "open"
    SELF_SERVICE = "self-service"
    BY_APPOINTMENT = "by-appointment"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Status:
    standing: Standing
    until: datetime | None = None
    opens: datetime | None = None
    paused_until: date | None = None
    paused_note: Words = NO_WORDS
    full: bool = False
    full_until: date | None = None
    holiday: str = ""
    # What is said beside it today; what says that there is no help stands in the state itself.
    notices: tuple[NoticeFacts, ...] = ()

    @property
    def helps_now(self) -> bool:
        return self.standing is Standing.OPEN and not self.full


class Clockwork:
    """The states of all schedules at one instant, each reckoned once."""

    def __init__(self, now: datetime, today: date) -> None:
        self.now = now
        self.today = today
        self._seen: dict[int, Now] = {}
        self._plain: dict[int, Status] = {}

    def at(self, schedule: Schedule) -> Now:
        key = id(schedule)
        if key not in self._seen:
            self._seen[key] = schedule.at(self.now)
        return self._seen[key]

    def channel(self, channel: ChannelFacts) -> Status:
        if not channel.may_pause and not channel.full and not channel.notices:
            return self.schedule(channel.schedule)
        said = self._said(channel.notices)
        full = channel.full_on(self.today)
        pause = channel.pause_on(self.today)
        if pause:
            return Status(
                Standing.PAUSED, paused_until=pause[0], paused_note=pause[1], full=full, notices=said
            )
        now = self.at(channel.schedule)
        return Status(
            Standing(now.state.value),
            until=now.until,
            opens=now.opens,
            full=full,
            full_until=channel.full_until if full else None,
            holiday=now.holiday or "",
            notices=said,
        )

    def place(self, place: PlaceFacts) -> Status:
        said, closing = self._said(place.notices), place.closed_on(self.today)
        if closing:
            return Status(
                Standing.PAUSED, paused_until=closing.until_on, paused_note=closing.text, notices=said
            )
        plain = self.schedule(place.schedule)
        return replace(plain, notices=said) if said else plain

    def _said(self, notices: tuple[NoticeFacts, ...]) -> tuple[NoticeFacts, ...]:
        return tuple(notice for notice in in_force(notices, self.today) if not notice.closes)

    def schedule(self, schedule: Schedule) -> Status:
        key = id(schedule)
        if key not in self._plain:
            now = self.at(schedule)
            self._plain[key] = Status(
                Standing(now.state.value), until=now.until, opens=now.opens, holiday=now.holiday or ""
            )
        return self._plain[key]
