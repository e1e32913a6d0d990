"""Many who want the same time at the same moment: the short version of `tests/prove/test_booking_races.py`."""

from __future__ import annotations

import pytest

from kilauta.domains.booking.models import Booking, Offer
from kilauta.domains.booking.operations import bookings
from kilauta.kit.reservations.models import Tick
from tests.cast import NOW, at_once

from .story import MINUTE, NINE, NOBODY, book, booked, code, small

pytestmark = pytest.mark.usefixtures("own_database")


def made(supporters=1, **more):
    """Make the offers in the test's own database; return their keys."""
    return at_once(lambda: [each.pk for each in small(supporters, **more)])[0]


def offer(key):
    return Offer.objects.select_related("supporter", "channel").get(pk=key)


def test_of_eight_at_once_one_gets_the_time_whoever_books_for_them():
    (key,) = made()
    makers = ["resident", "desk", "supporter", "waiting"] * 2
    acts = [lambda maker=maker: code(lambda: book(offer(key), made_by=maker)) for maker in makers]
    assert sorted(at_once(*acts)) == ["", *["taken"] * 7]
    assert at_once(
        lambda: (Booking.objects.count(), Tick.objects.filter(resource__kind="person").count())
    ) == [(1, 6)]


def test_of_eight_at_once_three_get_into_a_group_of_three():
    (key,) = made(capacity=3)
    acts = [lambda: code(lambda: book(offer(key)))] * 8
    assert sorted(at_once(*acts)) == ["", "", "", *["taken"] * 5]


def test_five_who_come_to_any_of_three_supporters_at_once_take_all_three():
    keys = made(3)

    def come():
        offers = [offer(key) for key in keys]
        given = {"contact": NOBODY, "made_by": "resident", "actor": None, "now": NOW}
        return code(lambda: bookings.book_any(offers, starts_at=NINE, **given))

    assert sorted(at_once(*[come] * 5)) == ["", "", "", "taken", "taken"]


def test_the_same_form_sent_four_times_at_once_is_one_booking():
    (key,) = made()
    sent = at_once(*[lambda: book(offer(key), key="one-form-sent-at-once").token] * 4)
    assert (len(set(sent)), at_once(Booking.objects.count)) == (1, [1])


def test_two_moved_into_one_time_and_one_who_books_it_are_one_and_the_others_keep_theirs():
    (key,) = made()
    first, second = at_once(lambda: [booked(offer(key), NINE + n * 30 * MINUTE).pk for n in (0, 1)])[0]
    third = NINE + 60 * MINUTE

    def move(pk):
        return lambda: code(
            lambda: bookings.move(
                Booking.objects.get(pk=pk),
                offer=offer(key),
                starts_at=third,
                actor=None,
                now=NOW,
                by="resident",
            )
        )

    told = at_once(move(first), move(second), lambda: code(lambda: book(offer(key), third)))
    assert sorted(told) == ["", "taken", "taken"]
    starts = at_once(lambda: sorted(Booking.objects.values_list("starts_at", flat=True)))[0]
    assert (len(starts), len(set(starts)), third in starts) == (2 + (told[2] == ""), len(starts), True)


def test_one_booking_cancelled_moved_and_kept_at_once_ends_in_one_of_them():
    (key,) = made()
    pk = at_once(lambda: booked(offer(key)).pk)[0]

    def cancel():
        return code(lambda: bookings.cancel(Booking.objects.get(pk=pk), by="resident", actor=None, now=NOW))

    def move():
        held = Booking.objects.get(pk=pk)
        given = {"starts_at": NINE + 30 * MINUTE, "actor": None, "now": NOW, "by": "resident"}
        return code(lambda: bookings.move(held, offer=offer(key), **given))

    assert at_once(cancel, cancel, move)[:2] == ["", ""]
    state, ticks = at_once(lambda: (Booking.objects.get().state, Tick.objects.count()))[0]
    assert (state, ticks) == ("cancelled", 0)
