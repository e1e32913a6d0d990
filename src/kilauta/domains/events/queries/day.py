"""The day of an event as its screen shows it: who is expected, who came, who waits for a turn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum

from kilauta.domains.directory.models import Audience, HowFound, Topic
from kilauta.domains.events.choices import ON_THE_WEB, ROLES, SKIPPED
from kilauta.domains.events.logic.counting import Attendance, Came, attendance
from kilauta.domains.events.logic.queue import InLine, order, waited
from kilauta.domains.events.models import Arrival, Occurrence, Signup, Ticket
from kilauta.domains.events.rules import days_for
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.queries.counter import counter
from kilauta.domains.guidance.queries.ground import Ground, ground
from kilauta.domains.guidance.queries.sessions import giver_of
from kilauta.kit.access.holdings import Holdings
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.lib.zone import local


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who signed up, and the tick that stands; how their tick counts, here or from afar."""

    signup: Signup
    arrival: UUID | None
    mode: str

    @property
    def deed(self) -> str:
        """What the row's button says."""
        return f"undo:{self.arrival}" if self.arrival else f"tick:{self.signup.pk}:{self.mode}"


@dataclass(frozen=True, slots=True)
class Turn:
    """A number of the queue: how many minutes its owner waited, and whether the reader called it."""

    ticket: Ticket
    minutes: int
    is_mine: bool
    is_booked: bool
    why: str


@dataclass(frozen=True, slots=True)
class Screen:
    """All that the screen shows. `state`: open, early, closed or cancelled; only an open day takes anything."""

    occurrence: Occurrence
    state: str
    is_far: bool
    is_near: bool
    expected: tuple[Expected, ...]
    counted: dict[str, int]
    came: Attendance
    waiting: tuple[Turn, ...]
    called: tuple[Turn, ...]
    skipped: tuple[Turn, ...]
    # the highest number that was given
    last: int

    @property
    def buttons(self) -> list[tuple[str, str, str, int]]:
        """The counters: what the button says, whom it counts, and how many it has counted."""
        shown = [("here", self.is_near), ("afar", self.is_far)]
        return buttons_of([mode for mode, is_so in shown if is_so], self.counted)

    @property
    def here(self) -> int:
        return self.came.residents_here + self.came.supporters_here

    @property
    def afar(self) -> int:
        return self.came.residents_afar + self.came.supporters_afar

    def told(self) -> dict[str, Any]:
        """Return the screen for a device, without a single name: it may be kept."""
        turns = [*self.waiting, *self.called, *self.skipped]
        return {
            "state": self.state,
            "handouts": self.occurrence.handouts,
            "counted": self.counted,
            "expected": [_expected(each) for each in self.expected],
            "line": [_turn(each) for each in turns],
            "last": self.last,
        }


def buttons_of(modes: Iterable[str], counted: Mapping[str, int]) -> list[tuple[str, str, str, int]]:
    """Return the counters of these ways to be there."""
    return [
        (f"count:{role}:{mode}", role, mode, counted.get(f"{role}-{mode}", 0))
        for mode in modes
        for role in ROLES
    ]


def occurrence_for(mine: Holdings, event: UUID, key: UUID) -> Occurrence | None:
    """Return the time whose day the person may run."""
    found = Occurrence.objects.filter(pk=key, event=event, event__in=days_for(mine))
    joined = found.select_related(
        "event__network", "event__place__municipality", "event__municipality", "place__municipality"
    )
    return joined.prefetch_related("event__parts__organisation").first()


def expected_at(occurrence: Occurrence) -> list[Signup]:
    """Return who has a seat at this time, by name; without one, by number."""
    mine = Q(occurrence=occurrence) | Q(occurrence__isnull=True)
    rows = Signup.objects.filter(mine, event=occurrence.event_id, state="in")
    return sorted(rows, key=lambda each: (not each.name, each.name.casefold(), each.number))


def screen_of(occurrence: Occurrence, person: Person, *, now: datetime) -> Screen:
    """Return the day as it stands now."""
    event = occurrence.event
    standing = list(Arrival.objects.filter(occurrence=occurrence, undone_at=None))
    ticks = {each.signup_id: each.pk for each in standing if each.signup_id}
    is_near = event.kind not in ON_THE_WEB
    mode = "here" if is_near else "afar"
    came = [Came(each.role, each.mode, each.persons, each.signup_id is not None) for each in standing]
    counted: dict[str, int] = {}
    for each in standing:
        if each.signup_id is None:
            name = f"{each.role}-{each.mode}"
            counted[name] = counted.get(name, 0) + each.persons
    turns = [_turn_of(each, person, now) for each in occurrence.tickets.order_by("number")]
    by = {state: [each for each in turns if each.ticket.state == state] for state in ("called", "skipped")}
    return Screen(
        occurrence=occurrence,
        state=state_of(occurrence, now=now),
        is_far=bool(event.remote_url) or not is_near,
        is_near=is_near,
        expected=tuple(Expected(each, ticks.get(each.pk), mode) for each in expected_at(occurrence)),
        counted=counted,
        came=attendance(came, counted_all=occurrence.counted_all),
        waiting=tuple(_in_turn(turns, now)),
        called=tuple(sorted(by["called"], key=_last_called, reverse=True)),
        skipped=tuple(by["skipped"]),
        last=max((each.ticket.number for each in turns), default=0),
    )


def empty_screen() -> Screen:
    """Return the screen of no event: what a device keeps, and fills with what it remembers."""
    nobody = Attendance()
    return Screen(
        Occurrence(pk=None), "open", is_far=True, is_near=True, expected=(), counted={}, came=nobody,
        waiting=(), called=(), skipped=(), last=0,
    )  # fmt: skip


def blanks() -> dict[str, Expected | Turn]:
    """Return a row of each kind with nothing in it: a device copies and fills it."""
    return {
        "row": Expected(Signup(pk=None), None, "here"),
        "turn": Turn(Ticket(pk=None), minutes=0, is_mine=True, is_booked=False, why=""),
    }


def state_of(occurrence: Occurrence, *, now: datetime) -> str:
    """Return whether the day takes ticks and numbers: from the morning of the day until it is closed."""
    if occurrence.state == "cancelled":
        return "cancelled"
    if occurrence.closed_at is not None:
        return "closed"
    return "early" if local(occurrence.starts_at).date() > local(now).date() else "open"


def called_at(occurrence: Occurrence) -> list[Ticket]:
    """Return the numbers that are called now, the newest first."""
    return list(occurrence.tickets.filter(state="called").order_by("-called_at", "-number")[:8])


def waiting_at(occurrence: Occurrence) -> int:
    return occurrence.tickets.filter(state="waiting").count()


def is_standing(occurrence: Occurrence, key: UUID) -> bool:
    """Return whether the tick or count of this key stands, so that it can be taken back."""
    return Arrival.objects.filter(pk=key, occurrence=occurrence, undone_at=None).exists()


@dataclass(frozen=True, slots=True)
class Tally:
    """Two ways to read the day: ticks and counts together, or the counter as having counted everybody."""

    together: Attendance
    everybody: Attendance
    ticked: int
    counted: int

    @property
    def differ(self) -> bool:
        return self.together != self.everybody


def tally(occurrence: Occurrence) -> Tally:
    """Return what the ticks and the counts of the day say."""
    rows = Arrival.objects.filter(occurrence=occurrence, undone_at=None)
    came = [
        Came(role, mode, persons, signup is not None)
        for role, mode, persons, signup in rows.values_list("role", "mode", "persons", "signup")
    ]
    ticked = rows.filter(signup__isnull=False).aggregate(n=Sum("persons"))["n"] or 0
    counted = rows.filter(signup__isnull=True).aggregate(n=Sum("persons"))["n"] or 0
    return Tally(attendance(came, counted_all=False), attendance(came, counted_all=True), ticked, counted)


def asked_at_door() -> tuple[list[Audience], list[HowFound]]:
    """Return the words that somebody who is counted may be asked for."""
    audiences = Audience.objects.filter(retired_on__isnull=True).order_by("position", "pk")
    ways = HowFound.objects.filter(retired_on__isnull=True).order_by("position", "pk")
    return list(audiences), list(ways)


@dataclass(frozen=True, slots=True)
class LogGround:
    """What an entry made at the event stands on: whose it is, and the topics, the usual ones first."""

    stands: Ground
    topics: tuple[Topic, ...]

    def entry(self, occurrence: Occurrence, *, key: UUID, topic: str, outcome: str, on: date) -> Entry:
        """Return the entry of one person helped at this time."""
        event, stands = occurrence.event, self.stands
        place = occurrence.place or event.place
        organisers = {each.organisation_id for each in event.parts.all()}
        body = next((each.pk for each in stands.bodies if each.pk in organisers), stands.bodies[0].pk)
        return Entry(
            key=key,
            network=stands.network,
            organisation=body,
            given_by=giver_of(stands.person, body, on),
            way="counter",
            held_on=on,
            place=place.pk if place and event.kind not in ON_THE_WEB else None,
            municipality="" if place else (event.municipality_id or ""),
            mode="remote" if event.kind in ON_THE_WEB else "walk-in",
            topics=(topic,),
            outcome=outcome,
        )


def log_ground(occurrence: Occurrence, person: Person, mine: Holdings, *, today: date) -> LogGround:
    """Return what the person may log at this time, in the event's network."""
    network = occurrence.event.network_id
    stands = ground(
        person,
        network,
        keys=mine.ids(Verb.WORK, Scope.BODY),
        coordinates=mine.may(Verb.COORDINATE, Scope.REGION, network),
        today=today,
    )
    shown = counter(stands)
    return LogGround(stands, (*shown.first, *shown.others))


def logged_at(occurrence: Occurrence) -> int:
    """Return how many sessions have been logged at this time."""
    return occurrence.sessions.filter(session__withdrawn_at__isnull=True).count()


def _turn_of(ticket: Ticket, person: Person, now: datetime) -> Turn:
    until = ticket.called_at or now
    return Turn(
        ticket,
        minutes=int(waited(ticket.due_at, until).total_seconds() // 60),
        is_mine=ticket.called_by_id == person.pk,
        is_booked=ticket.due_at != ticket.came_at,
        why=str(SKIPPED.get(ticket.skipped, "")),
    )


def _in_turn(turns: list[Turn], now: datetime) -> list[Turn]:
    waiting = {each.ticket.number: each for each in turns if each.ticket.state == "waiting"}
    line = order((InLine(number, each.ticket.due_at) for number, each in waiting.items()), now=now)
    return [waiting[each.number] for each in line]


def _last_called(turn: Turn) -> datetime:
    return turn.ticket.called_at or turn.ticket.came_at


def _expected(each: Expected) -> dict[str, Any]:
    arrival = str(each.arrival) if each.arrival else ""
    row = each.signup
    return {
        "id": str(row.pk),
        "number": row.number,
        "persons": row.persons,
        "arrival": arrival,
        "mode": each.mode,
    }


def _turn(each: Turn) -> dict[str, Any]:
    row = each.ticket
    return {
        "id": str(row.pk),
        "number": row.number,
        "state": row.state,
        "due": row.due_at.isoformat(),
        "called": row.called_at.isoformat() if row.called_at else "",
        "mine": each.is_mine,
        "booked": each.is_booked,
        "why": row.skipped,
    }
