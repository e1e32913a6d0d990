"""A hundred people and twelve seats with five places in line: twelve sit, five wait, in order of coming.

The control takes the wall away (the unique constraint), and looks and writes outside of one transaction: then the same
race oversells, so that the race is one.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from kilauta.domains.events.logic.seats import free_numbers
from kilauta.domains.events.models import Event, Seat, Signup
from tests.cast import NOW, at_once
from tests.domains.events.story import code, event, first, sign_up, states

pytestmark = [pytest.mark.prove, pytest.mark.timeout(600), pytest.mark.usefixtures("own_database")]

SEATS, PLACES, PEOPLE, EIGHT = 12, 5, 100, 8


def made(**more):
    return at_once(lambda: event(**more).pk)[0]


def held(key):
    return Event.objects.get(pk=key)


def told(act):
    """Return with which code the act was refused. Who has waited for twenty seconds in vain presses once more."""
    while True:
        try:
            return code(act)
        except OperationalError as error:
            if "locked" not in str(error):
                raise


def test_a_hundred_at_once_are_twelve_five_and_eighty_three_in_order_of_coming():
    key = made(capacity=SEATS, waiting_places=PLACES)
    answers = at_once(*[lambda: told(lambda: sign_up(held(key)))] * PEOPLE)
    assert Counter(answers) == {"": SEATS + PLACES, "full": PEOPLE - SEATS - PLACES}
    assert at_once(lambda: states(held(key))) == [["in"] * SEATS + ["waiting"] * PLACES]
    numbers = at_once(lambda: sorted(Seat.objects.values_list("number", flat=True)))[0]
    assert numbers == list(range(1, SEATS + 1))


def careless(key, number, looked):
    """Look, wait until everybody has, and write without looking again: each a transaction of its own."""
    time = first(held(key))
    taken = set(Seat.objects.filter(of=time.pk).values_list("number", flat=True))
    (seat,) = free_numbers(SEATS, taken, 1)
    looked.wait()
    try:
        with transaction.atomic():
            signup = Signup.objects.create(
                number=os.urandom(4).hex(), token_hash=os.urandom(32).hex(), event_id=key, occurrence=time,
                turn=number, state="in", made_at=NOW, ends_at=NOW + timedelta(days=9),
            )  # fmt: skip
            Seat.objects.create(signup=signup, of=time.pk, number=seat)
    except IntegrityError:
        return "wall"
    return ""


def careless_race():
    key, looked = made(capacity=SEATS), Barrier(EIGHT)
    answers = Counter(at_once(*(partial(careless, key, number, looked) for number in range(EIGHT))))
    seats = at_once(lambda: Counter(Seat.objects.values_list("number", flat=True)))[0]
    return answers, sum(number > 1 for number in seats.values())


def test_the_wall_alone_lets_nobody_into_a_seat_twice_however_careless_the_code():
    assert careless_race() == ({"": 1, "wall": EIGHT - 1}, 0)


def test_without_the_wall_the_same_race_oversells(monkeypatch):
    """The control."""
    (wall,) = (each for each in Seat._meta.constraints if each.name == "seat_taken_once")
    # SQLite makes the table anew, as the model then says
    left = [each for each in Seat._meta.constraints if each is not wall]
    monkeypatch.setattr(Seat._meta, "constraints", left)

    def drop():
        with connection.schema_editor() as editor:
            editor.remove_constraint(Seat, wall)

    at_once(drop)
    answers, oversold = careless_race()
    assert (answers, oversold) == ({"": EIGHT}, 1)
