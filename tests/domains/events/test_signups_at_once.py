"""Many who sign up at the same moment: the short version of `tests/prove/test_event_races.py`."""

from __future__ import annotations

import pytest

from kilauta.domains.events.models import Event, Seat, Signup
from kilauta.domains.events.operations import signups
from tests.cast import NOW, at_once

from .story import code, event, sign_up, states

pytestmark = pytest.mark.usefixtures("own_database")


def made(**more):
    """Make the event in the test's own database; return its key."""
    return at_once(lambda: event(**more).pk)[0]


def held(key):
    return Event.objects.get(pk=key)


def test_twelve_at_once_for_four_seats_and_two_places_are_four_two_and_six():
    key = made(capacity=4, waiting_places=2)
    answers = at_once(*[lambda: code(lambda: sign_up(held(key)))] * 12)
    assert sorted(answers) == [""] * 6 + ["full"] * 6
    assert at_once(lambda: states(held(key))) == [["in"] * 4 + ["waiting"] * 2]


def test_the_same_form_sent_four_times_at_once_is_one_sign_up():
    key = made(capacity=4)
    sent = at_once(*[lambda: sign_up(held(key), key="one-form-sent-at-once-x").token] * 4)
    assert (len(set(sent)), at_once(Signup.objects.count)) == (1, [1])


def test_a_freed_seat_that_two_set_free_at_once_goes_to_two_who_wait_and_no_third():
    key = made(capacity=2, waiting_places=5)
    for _n in range(5):
        at_once(lambda: sign_up(held(key)))

    def leave(turn):
        mine = Signup.objects.select_related("event").get(event=key, turn=turn)
        return code(lambda: signups.cancel_signup(mine, actor=None, now=NOW))

    assert at_once(lambda: leave(1), lambda: leave(2)) == ["", ""]
    assert at_once(lambda: (states(held(key)), Seat.objects.count())) == [
        (["cancelled", "cancelled", "in", "in", "waiting"], 2)
    ]
