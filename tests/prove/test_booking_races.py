"""A thousand times and twenty who want each of them: nobody is promised a time that is somebody else's.

The control takes the wall away (the unique constraint), and looks and writes outside of one transaction: then the same
race oversells, so that the race is one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random
from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from kilauta.domains.booking.logic.slots import Slot
from kilauta.domains.booking.models import Booking, Offer
from kilauta.domains.booking.operations import bookings
from kilauta.domains.booking.queries.slots import diaries
from kilauta.kit.refusals import Refused
from kilauta.kit.reservations.models import Reservation, Resource, Tick
from kilauta.kit.reservations.operations import resource
from tests.cast import NOW, at_once
from tests.domains.booking.story import DAY, MINUTE, NINE, NOBODY, book, booked, code, small

pytestmark = [pytest.mark.prove, pytest.mark.timeout(3000), pytest.mark.usefixtures("own_database")]

ROOT = Path(__file__).resolve().parents[2]
SLOTS, BOOKERS, EIGHT = 1000, 20, 8


def made(supporters=1, **more):
    given = {"horizon": 366, "minutes": 5, "closed_on_holidays": False, **more}
    return at_once(lambda: [each.pk for each in small(supporters, **given)])[0]


def offer(key):
    return Offer.objects.select_related("supporter", "channel").get(pk=key)


def times(number, minutes=5):
    """Return so many times of an offer that is open from nine to twelve on weekdays."""
    days = (NINE + n * DAY for n in range(366))
    weekdays = (day for day in days if day.weekday() < 5)
    found = (day + n * minutes * MINUTE for day in weekdays for n in range(180 // minutes))
    return [next(found) for _n in range(number)]


def oversold():
    """Return how many slots are somebody's more often than they can be, and how many ticks of a seat are held twice."""
    slots = Counter(
        Booking.objects.filter(state__in=("asked", "booked")).values_list("supporter", "starts_at")
    )
    seats = dict(Offer.objects.values_list("supporter", "capacity"))
    ticks = Counter(Tick.objects.values_list("resource", "seat", "at"))
    return (
        sum(number > seats[supporter] for (supporter, _at), number in slots.items()),
        sum(number > 1 for number in ticks.values()),
    )


def told(act):
    """Return with which code the act was refused. Who has waited for twenty seconds in vain presses once more."""
    while True:
        try:
            return code(act)
        except OperationalError as error:
            if "locked" not in str(error):
                raise


def race(keys, wanted, act):
    """Let twenty go through the wanted times, each in nearly the same order; return how often each was refused."""

    def booker(number):
        def come():
            # a step out of turn now and then, so that the same two do not meet each time
            order, chance = list(wanted), Random(number)
            for n in range(0, len(order) - 1, 7):
                if chance.random() < 0.5:
                    order[n], order[n + 1] = order[n + 1], order[n]
            offers = [offer(key) for key in keys]
            return Counter(told(lambda at=at: act(offers, at, number)) for at in order)

        return come

    return sum(at_once(*(booker(number) for number in range(BOOKERS))), Counter())


def anybody(offers, at, number):
    made_by = ("resident", "desk", "supporter", "waiting")[number % 4]
    return book(offers[0], at, made_by=made_by)


def test_a_thousand_times_and_twenty_at_once_public_desk_and_supporter():
    keys = made()
    found = race(keys, times(SLOTS), anybody)
    assert found == {"": SLOTS, "taken": SLOTS * (BOOKERS - 1)}
    assert at_once(oversold) == [(0, 0)]
    assert at_once(Booking.objects.count) == [SLOTS]


def test_groups_of_three_take_three():
    keys = made(capacity=3)
    number = SLOTS // 10
    found = race(keys, times(number), anybody)
    assert found == {"": 3 * number, "taken": (BOOKERS - 3) * number}
    assert at_once(oversold) == [(0, 0)]


def test_any_of_three_supporters_take_three():
    keys = made(3)
    number = SLOTS // 20

    def any_of(offers, at, _number):
        more = {"made_by": "resident", "actor": None, "now": NOW}
        return bookings.book_any(offers, starts_at=at, contact=NOBODY, **more)

    found = race(keys, times(number), any_of)
    assert found == {"": 3 * number, "taken": (BOOKERS - 3) * number}
    assert at_once(oversold) == [(0, 0)]


def test_twenty_moved_into_the_same_times_lose_nothing_they_had():
    keys = made()
    own, wanted = times(BOOKERS + 30)[:BOOKERS], times(BOOKERS + 30)[BOOKERS:]
    pks = at_once(lambda: [booked(offer(keys[0]), at).pk for at in own])[0]

    def moved(offers, at, number):
        held = Booking.objects.get(pk=pks[number])
        return bookings.move(held, offer=offers[0], starts_at=at, actor=None, now=NOW, by="resident")

    found = race(keys, wanted, moved)
    assert set(found) <= {"", "taken"}
    assert at_once(oversold) == [(0, 0)]
    assert at_once(lambda: (Booking.objects.filter(state="booked").count(), Reservation.objects.count())) == [
        (BOOKERS, 2 * BOOKERS)
    ]


CHILD = """
import sys
from kilauta.site import settings_test
key, number, settings_test.DATABASES["default"]["NAME"] = sys.argv[1:]
import django
django.setup()
from tests.prove.test_booking_races import anybody, code, offer, times
mine = [offer(key)]
print("".join("1" if not code(lambda: anybody(mine, at, int(number))) else "0" for at in times(100)))
"""


def test_two_processes_share_no_time():
    (key,) = made()
    given = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "kilauta.site.settings_test",
    }
    name = str(connections.settings["default"]["NAME"])
    both = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, str(key), str(number), name],
            env=given,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(2)
    ]
    first, second = (each.communicate(timeout=300)[0].strip() for each in both)
    assert [sorted(pair) for pair in zip(first, second, strict=True)] == [["0", "1"]] * 100
    assert at_once(oversold) == [(0, 0)]


def careless(offers, at, number, looked):
    """Look, wait until everybody has, and write without looking again: each a transaction of its own."""
    slot = Slot(at, at + 5 * MINUTE)
    assert diaries(offers, since=at, until=at + MINUTE)[0].left(slot) == 1
    person = Resource.objects.get(kind="person", key=str(offers[0].supporter_id))
    looked.wait()
    try:
        with transaction.atomic():
            held = Reservation.objects.create(
                resource=person, starts_at=slot.starts_at, ends_at=slot.ends_at, holder=str(number)
            )
            Tick.objects.create(reservation=held, resource=person, seat=0, at=slot.starts_at)
            Booking.objects.create(
                number=os.urandom(4).hex(), token_hash=os.urandom(32).hex(), offer=offers[0],
                supporter_id=offers[0].supporter_id, starts_at=slot.starts_at, ends_at=slot.ends_at, made_at=NOW,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("wall", "") from None


def careless_race():
    keys, wanted, looked = made(), times(30), Barrier(EIGHT)
    at_once(lambda: resource("person", str(offer(keys[0]).supporter_id)))

    def come(number):
        mine = [offer(keys[0])]
        return Counter(code(lambda at=at: careless(mine, at, number, looked)) for at in wanted)

    found = sum(at_once(*(partial(come, number) for number in range(EIGHT))), Counter())
    return found, at_once(oversold)[0], len(wanted)


def test_the_wall_alone_lets_nobody_in_twice_however_careless_the_code():
    answers, found, number = careless_race()
    assert (answers[""], found) == (number, (0, 0))
    assert answers["wall"] == (EIGHT - 1) * number


def test_without_the_wall_the_same_race_oversells(monkeypatch):
    """The control."""
    (wall,) = Tick._meta.constraints
    # SQLite makes the table anew, as the model then says
    monkeypatch.setattr(Tick._meta, "constraints", [])

    def drop():
        with connection.schema_editor() as editor:
            editor.remove_constraint(Tick, wall)

    at_once(drop)
    _answers, (slots, ticks), number = careless_race()
    assert slots >= number / 2
    assert ticks >= number / 2
