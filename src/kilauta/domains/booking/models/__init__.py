"""The tables of offered times and bookings. Constraints hold what the database can hold."""

from .bookings import Booking, Opening, Waiting
from .desk import Call, Facility
from .offers import Busy, DayException, FeedAddress, Offer, OutsideCalendar, Pattern
from .rooms import CallRoom

__all__ = [
    "Booking",
    "Busy",
    "Call",
    "CallRoom",
    "DayException",
    "Facility",
    "FeedAddress",
    "Offer",
    "Opening",
    "OutsideCalendar",
    "Pattern",
    "Waiting",
]
