"""A sick day: each booking goes to another, to another time or ends; all are told, by message or by telephone."""

from __future__ import annotations

from datetime import date

import pytest

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.models import Booking, Call, Opening, Waiting
from kilauta.domains.booking.operations import illness, offers
from kilauta.domains.booking.operations.illness import Wish
from kilauta.domains.booking.queries import away, desk
from kilauta.domains.booking.queries.offers import outside
from kilauta.domains.booking.queries.slots import free_slots
from kilauta.kit.access.holdings import NOBODY as NO_ROLES
from kilauta.kit.outbox.models import Message
from tests.cast import NOW

from .story import DAY, MINUTE, NINE, booked, small
from .test_waiting import in_line

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 25)
MAIL = BookingContact(name="Elli", email="elli@posti.example")
PHONE = BookingContact(name="Toivo", phone="050 555 0188")


def rows(offer, first=WEDNESDAY, last=WEDNESDAY):
    return away.away_rows(offer.supporter, offer.supporter, NO_ROLES, first, last, now=NOW)


def settle(booking, wish, actor):
    return illness.settle(booking, wish, actor=actor, now=NOW)


def test_each_booking_is_offered_to_who_is_free_and_to_other_times():
    mine, other = small(2)
    one, two = booked(mine), booked(mine, NINE + 30 * MINUTE)
    booked(other)
    offers.close_days([mine], from_on=WEDNESDAY, last_on=WEDNESDAY, actor=mine.supporter, now=NOW)
    first, second = rows(mine)
    assert (first.booking, second.booking) == (one, two)
    assert first.hands == ()
    assert [(way.offer, way.starts_at) for way in second.hands] == [(other, NINE + 30 * MINUTE)]
    # today is still open at eleven: the next times of either, none of them on the day away from who is away
    assert all(way.offer == other or way.starts_at.date() != WEDNESDAY for way in first.moves)
    assert len(first.moves) == away.PROPOSED


def test_a_day_away_is_free_for_nobody_and_what_was_booked_stays_until_it_is_settled():
    mine = small()[0]
    held = booked(mine)
    offers.close_days([mine], from_on=WEDNESDAY, last_on=WEDNESDAY, actor=mine.supporter, now=NOW)
    assert free_slots([mine], since=NINE, until=NINE + 2 * DAY, now=NOW)[0].starts_at == NINE + DAY
    held.refresh_from_db()
    assert held.state == "booked"


def test_handed_on_it_is_the_others_at_the_same_time_and_the_customer_is_told():
    mine, other = small(2)
    held = booked(mine, contact=MAIL)
    done = settle(held, Wish(other, NINE), mine.supporter)
    assert (done.pk, done.supporter, done.starts_at, done.sequence) == (held.pk, other.supporter, NINE, 1)
    assert Message.objects.filter(kind="booking/moved", address="elli@posti.example").count() == 1
    assert not Call.objects.exists()


def test_whom_no_message_reaches_is_rung_and_ticked_off_once():
    mine, other = small(2)
    booked(mine, contact=PHONE)
    booked(mine, NINE + 30 * MINUTE, contact=PHONE)
    booked(mine, NINE + 60 * MINUTE)
    handed, moved, cancelled = [row.booking for row in rows(mine)]
    settle(handed, Wish(other, NINE), mine.supporter)
    settle(moved, Wish(other, NINE + DAY), mine.supporter)
    settle(cancelled, Wish(), mine.supporter)
    assert [(call.why, call.was_at) for call in Call.objects.order_by("was_at")] == [
        ("handed", NINE), ("moved", NINE + 30 * MINUTE), ("cancelled", NINE + 60 * MINUTE),
    ]  # fmt: skip
    told = desk.call_rows(Call.objects.order_by("was_at"))
    assert [(row.name, row.phone) for row in told] == [("Toivo", "050 555 0188")] * 2 + [("", "")]
    call = Call.objects.order_by("was_at")[0]
    illness.note_rung(call, actor=mine.supporter, now=NOW)
    again = illness.note_rung(call, actor=other.supporter, now=NOW + MINUTE)
    assert (again.rung_at, again.rung_by) == (NOW, mine.supporter)


def test_who_is_moved_twice_before_the_call_is_rung_once_and_remembers_the_first_time():
    mine, other = small(2)
    held = booked(mine, contact=PHONE)
    settle(held, Wish(other, NINE + DAY), mine.supporter)
    settle(Booking.objects.get(), Wish(), mine.supporter)
    assert [(call.why, call.was_at) for call in Call.objects.all()] == [("cancelled", NINE)]


def test_one_that_cannot_be_settled_keeps_none_of_the_others_from_it():
    mine, other = small(2)
    one, two = booked(mine, contact=MAIL), booked(mine, NINE + 30 * MINUTE, contact=MAIL)
    booked(other)
    wishes = [(one, Wish(other, NINE)), (two, Wish(other, NINE + 30 * MINUTE))]
    settled = illness.settle_all(wishes, actor=mine.supporter, now=NOW)
    assert (settled.done, list(settled.left)) == (1, [one.pk])
    one.refresh_from_db()
    assert (one.state, one.supporter) == ("booked", mine.supporter)


def test_a_sick_day_offers_nothing_to_those_in_line():
    mine = small()[0]
    held = booked(mine, contact=MAIL)
    in_line(mine)
    offers.close_days([mine], from_on=WEDNESDAY, last_on=WEDNESDAY, actor=mine.supporter, now=NOW)
    settle(held, Wish(), mine.supporter)
    assert (Opening.objects.count(), Waiting.objects.get().state) == (0, "waiting")


def test_what_lies_outside_a_changed_week_is_listed_and_kept():
    mine = small()[0]
    held = booked(mine)
    assert outside([mine], now=NOW) == []
    offers.set_week(mine, rows=[offers.Row(0, 540, 720)], actor=mine.supporter, now=NOW)
    assert outside([mine], now=NOW) == [held]


def test_the_other_supporter_is_told_that_the_booking_is_theirs_now():
    mine, other = small(2)
    held = booked(mine, contact=MAIL)
    settle(held, Wish(other, NINE), mine.supporter)
    message = Message.objects.get(kind="booking/handed")
    assert (message.address, held.number in message.body, "Elli" in message.body) == (
        other.supporter.email, True, False,
    )  # fmt: skip
