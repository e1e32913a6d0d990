"""A time that comes again each week, and why it does not in some of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from kilauta.lib.zone import local

from .slots import Times, instants

WEEK = timedelta(days=7)


def weekly(first: datetime, weeks: int) -> list[datetime | None]:
    """Return the instants of the following weeks with the wall time of the first; None: there is no such hour.

    Of an hour that comes twice the first is meant.
    """
    wall = local(first)
    days = (wall.date() + number * WEEK for number in range(1, weeks + 1))
    return [next(iter(instants(day, wall.hour * 60 + wall.minute)), None) for day in days]


def why_not(times: Times, starts_at: datetime) -> str:
    """Return why nothing is offered at this time ("holiday", "closed"), or "" where it is."""
    if _is_open(times, starts_at):
        return ""
    return "holiday" if _is_open(replace(times, closed_on_holidays=False), starts_at) else "closed"


def _is_open(times: Times, starts_at: datetime) -> bool:
    wall = local(starts_at)
    minute = wall.hour * 60 + wall.minute
    return any(
        opens <= minute and minute + times.minutes <= closes for opens, closes in times.windows(wall.date())
    )
