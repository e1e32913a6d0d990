"""The next time and the same time each week: on the wall clock, with what could not be had told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.logic.series import weekly
from kilauta.domains.booking.models import Booking, DayException, Pattern
from kilauta.domains.booking.operations import bookings, series
from kilauta.lib.zone import local
from tests.cast import NOW

from .story import DAY, MINUTE, NINE, NOBODY, book, booked, code, small, wall

WEEK = 7 * DAY


@pytest.mark.parametrize(
    ("first", "then"),
    [
        # the clock is turned on 28 March and on 25 October: noon stays noon
        ("2027-03-22T12:00", ["2027-03-29T12:00", "2027-04-05T12:00"]),
        ("2026-10-20T12:00", ["2026-10-27T12:00", "2026-11-03T12:00"]),
        # an hour that is skipped does not come; one that comes twice is meant the first time
        ("2027-03-21T03:30", [None, "2027-04-04T03:30"]),
        ("2026-10-18T03:30", ["2026-10-25T03:30", "2026-11-01T03:30"]),
    ],
)
def test_a_weekly_time_keeps_the_time_on_the_wall(first, then):
    assert weekly(wall(first), 2) == [None if each is None else wall(each) for each in then]


@pytest.mark.django_db
def test_twelve_weeks_with_a_holiday_a_closed_day_and_a_clash_leave_nine():
    offer, other = small(2)
    first = booked(offer, contact=BookingContact(name="Elli", email="elli@posti.example"))
    # Independence Day is a Sunday; Epiphany, 6 January 2027, is a Wednesday
    closed = local(NINE + 2 * WEEK).date()
    DayException.objects.create(offer=offer, on=closed)
    booked(offer, NINE + 4 * WEEK, made_by="supporter")
    booked(other, NINE + 5 * WEEK, made_by="supporter")
    turns = series.make_series(first, weeks=12, actor=offer.supporter, now=NOW)
    told = {turn.on.isoformat(): turn.why for turn in turns if turn.why}
    assert told == {closed.isoformat(): "closed", "2026-12-23": "taken", "2027-01-06": "holiday"}
    made = list(Booking.objects.filter(series__isnull=False).order_by("starts_at"))
    assert len(made) == 10
    assert {(each.email, each.made_by, each.state) for each in made[1:]} == {
        ("elli@posti.example", "supporter", "booked")
    }
    assert {local(each.starts_at).hour for each in made} == {9}


@pytest.mark.django_db
def test_one_that_is_moved_keeps_what_it_is_and_the_others_stay():
    offer = small()[0]
    first = booked(offer)
    turns = series.make_series(first, weeks=3, actor=offer.supporter, now=NOW)
    one = turns[1].booking
    moved = bookings.move(
        one, offer=offer, starts_at=one.starts_at + 60 * MINUTE, actor=offer.supporter, now=NOW, by="provider"
    )
    first.refresh_from_db()
    assert (moved.pk, moved.number, moved.series) == (one.pk, one.number, first.series)
    bookings.cancel(turns[0].booking, by="provider", actor=offer.supporter, now=NOW)
    assert Booking.objects.filter(series=first.series, state="booked").count() == 3


@pytest.mark.django_db
def test_a_series_asked_for_twice_makes_nothing_twice():
    offer = small()[0]
    first = booked(offer)
    series.make_series(first, weeks=2, actor=offer.supporter, now=NOW)
    again = series.make_series(first, weeks=3, actor=offer.supporter, now=NOW)
    assert [turn.why for turn in again] == ["taken", "taken", ""]
    assert Booking.objects.filter(series=again[2].booking.series).count() == 4


@pytest.mark.django_db
def test_times_of_one_season_end_with_it():
    offer = small()[0]
    Pattern.objects.filter(offer=offer).update(ends_on=local(NINE + WEEK).date() + timedelta(days=1))
    turns = series.make_series(booked(offer), weeks=3, actor=offer.supporter, now=NOW)
    assert [turn.why for turn in turns] == ["", "closed", "closed"]


@pytest.mark.django_db
def test_a_series_of_none_or_too_many_weeks_and_of_a_cancelled_booking_is_refused():
    offer = small()[0]
    first = booked(offer)
    for weeks in (0, 27):
        assert code(
            lambda weeks=weeks: series.make_series(first, weeks=weeks, actor=offer.supporter, now=NOW)
        ) == ("too-many")
    bookings.cancel(first, by="provider", actor=offer.supporter, now=NOW)
    assert code(lambda: series.make_series(first, weeks=1, actor=offer.supporter, now=NOW)) == "closed"


@pytest.mark.django_db
def test_the_next_time_is_for_the_same_person_and_once_for_one_form():
    offer = small()[0]
    contact = BookingContact(name="Elli", phone="050 555 0188", lang="sv")
    held = book(offer, contact=contact).booking
    given = {"starts_at": NINE + WEEK, "actor": offer.supporter, "now": NOW, "key": "a" * 30}
    one = series.book_next(held, **given).booking
    assert series.book_next(held, **given).booking == one
    assert (one.name, one.phone, one.lang, one.starts_at) == ("Elli", held.phone, "sv", NINE + WEEK)
    assert series.contact_of(booked(offer, NINE + 30 * MINUTE)) == NOBODY
