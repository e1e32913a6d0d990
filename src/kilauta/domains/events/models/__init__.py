"""The tables of events. Constraints hold what the database can hold."""

from .attendance import Arrival, OccurrenceSession, Press, Ticket
from .events import Event, Occurrence, Part
from .publishing import Delivery, Notice, Outlet
from .signups import Call, Seat, Signup
from .venues import Venue

__all__ = [
    "Arrival",
    "Call",
    "Delivery",
    "Event",
    "Notice",
    "Occurrence",
    "OccurrenceSession",
    "Outlet",
    "Part",
    "Press",
    "Seat",
    "Signup",
    "Ticket",
    "Venue",
]
