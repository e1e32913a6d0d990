"""A day before: once of each time, of no time that is no more, and not of what was booked only just now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kilauta.domains.booking.operations import bookings
from kilauta.domains.booking.operations.reminders import remind
from kilauta.domains.booking.queries.meetings import still_wanted
from kilauta.kit.outbox.models import Message
from tests.cast import NOW
from tests.domains.booking import calendar_story as story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

DAY_BEFORE = story.TUESDAY - timedelta(hours=24)
HALF = timedelta(minutes=30)


def reminders() -> list[Message]:
    return [each for each in story.letters() if each.kind == "booking/reminder"]


def test_everybody_is_reminded_once_within_the_day_before():
    story.booked(story.offer_of())
    for half in range(-4, 44):
        remind(now=DAY_BEFORE + half * HALF)
    (message,) = reminders()
    assert DAY_BEFORE <= message.due_at < DAY_BEFORE + HALF
    assert message.calendar == ""


def test_a_time_that_was_moved_is_reminded_of_anew_and_the_old_one_is_not_wanted():
    offer = story.offer_of()
    booking = story.booked(offer)
    remind(now=DAY_BEFORE)
    later = story.TUESDAY + timedelta(days=1)
    bookings.move(booking, offer=offer, starts_at=later, actor=None, now=DAY_BEFORE + HALF, by="provider")
    remind(now=DAY_BEFORE + timedelta(days=1))
    old, new = reminders()
    now = DAY_BEFORE + timedelta(days=1)
    wanted = [still_wanted(each.about.partition(":")[2], now) for each in (old, new)]
    assert wanted == [False, True]


def test_a_cancelled_time_is_not_reminded_of_though_the_reminder_was_written():
    booking = story.booked(story.offer_of())
    remind(now=DAY_BEFORE)
    bookings.cancel(booking, by="resident", actor=None, now=DAY_BEFORE + HALF)
    (message,) = reminders()
    assert not still_wanted(message.about.partition(":")[2], DAY_BEFORE + HALF)
    assert remind(now=DAY_BEFORE + HALF) == 0


def test_who_booked_yesterday_for_today_is_not_reminded():
    story.booked(story.offer_of(), now=DAY_BEFORE - timedelta(hours=1))
    assert remind(now=DAY_BEFORE) == 0


def test_nobody_is_reminded_when_it_is_too_late_or_there_is_no_way():
    story.booked(story.offer_of())
    story.booked(story.offer_of(), email="")
    assert remind(now=story.TUESDAY - timedelta(hours=1)) == 0
    assert reminders() == []
    assert remind(now=DAY_BEFORE) == 1


def test_at_night_the_reminder_waits_for_the_morning():
    from datetime import datetime

    from kilauta.lib.zone import HELSINKI

    early = datetime(2026, 12, 1, 7, 0, tzinfo=HELSINKI)
    story.booked(story.offer_of(), starts_at=early, now=NOW)
    remind(now=early - timedelta(hours=24))
    assert reminders()[0].due_at == early - timedelta(hours=23)
