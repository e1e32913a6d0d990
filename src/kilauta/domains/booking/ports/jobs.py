from datetime import datetime, time, timedelta

from django.conf import settings

from kilauta.domains.booking.operations import calendars, freed, reminders, rooms
from kilauta.domains.booking.queries.calendars import HORIZON, due_calendars
from kilauta.kit.calendars import Unreadable, busy_times
from kilauta.kit.jobs import Job
from kilauta.lib import outward

LARGEST = 5_000_000  # bytes of one calendar; a busy person's of ten years is half of it


def read_calendars(now: datetime, *, allowed: outward.Allowed = outward.is_public) -> None:
    """Read the outside calendars whose turn it is; the example addresses of the demo are nobody's to ask."""
    if settings.DEMO:
        return
    for calendar in due_calendars(now):
        fault, text = outward.body_of(calendar.address, most=LARGEST, allowed=allowed)
        try:
            times = [] if fault else busy_times(text, since=now, until=now + HORIZON)
        except Unreadable:
            fault, times = "no-calendar", []
        if fault:
            calendars.hold_fault(calendar, fault, now=now)
        else:
            calendars.hold_busy(calendar, times, now=now)


def remind(now: datetime) -> None:
    reminders.remind(now=now)


def forget_rooms(now: datetime) -> None:
    rooms.forget_rooms(now=now)


def lapse_openings(now: datetime) -> None:
    freed.lapse(now=now)


JOBS = (
    Job("booking.openings", lapse_openings, every=timedelta(minutes=1)),
    Job("booking.calendars", read_calendars, every=timedelta(minutes=10)),
    Job("booking.remind", remind, every=timedelta(minutes=30)),
    Job("booking.rooms", forget_rooms, at=time(3, 20)),
)
