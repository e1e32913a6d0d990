"""A seat of a thing is held by one at a time, whoever asks and however many at once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from kilauta.kit.refusals import Refused
from kilauta.kit.reservations.models import Reservation, Resource, Tick
from kilauta.kit.reservations.operations import hold, lock, move, release, resource
from kilauta.kit.reservations.queries import held
from tests.cast import NOW, at_once

MINUTE = timedelta(minutes=1)


def take(*things, at=0, lasts=30, holder="a"):
    begins = NOW + at * MINUTE
    return hold(things, starts_at=begins, ends_at=begins + lasts * MINUTE, holder=holder)


def taken(act):
    try:
        act()
    except Refused as refused:
        return refused.code
    return ""


@pytest.fixture
def aino(db):
    return resource("person", "aino")


@pytest.mark.django_db
def test_a_resource_is_known_by_its_kind_and_key_and_has_the_seats_last_said():
    first = resource("group", "a", seats=3)
    again = resource("group", "a", seats=2)
    assert (again.pk, Resource.objects.get().seats) == (first.pk, 2)


@pytest.mark.parametrize(
    ("at", "lasts", "code"),
    [(0, 30, "taken"), (-25, 30, "taken"), (29, 30, "taken"), (10, 5, "taken"), (-30, 30, ""), (30, 30, "")],
)
def test_times_are_half_open_and_one_that_overlaps_is_taken(aino, at, lasts, code):
    take(aino)
    assert taken(lambda: take(aino, at=at, lasts=lasts, holder="b")) == code


def test_an_uneven_time_holds_each_five_minutes_that_it_touches(aino):
    take(aino, at=3, lasts=4)
    assert [each.at - NOW for each in Tick.objects.order_by("at")] == [0 * MINUTE, 5 * MINUTE]
    assert taken(lambda: take(aino, at=7, lasts=1, holder="b")) == "taken"
    assert taken(lambda: take(aino, at=10, lasts=1, holder="b")) == ""


def test_a_time_that_ends_before_it_begins_is_a_fault_of_the_program(aino):
    with pytest.raises(ValueError, match="lasts"):
        take(aino, lasts=0)


def test_all_of_it_is_held_or_nothing(aino):
    hall = resource("room", "hall")
    take(hall, holder="b")
    assert taken(lambda: take(aino, hall)) == "taken"
    assert list(Reservation.objects.values_list("holder", flat=True)) == ["b"]


def test_each_of_the_seats_is_held_once(db):
    group = resource("group", "a", seats=3)
    seats = [take(group, holder=str(n))[0].seat for n in range(3)]
    assert seats == [0, 1, 2]
    assert taken(lambda: take(group, holder="d")) == "taken"
    release("1")
    assert take(group, holder="d")[0].seat == 1


def test_what_is_given_back_is_free_again(aino):
    take(aino)
    assert (release("a"), release("a"), Tick.objects.count()) == (1, 0, 0)
    assert taken(lambda: take(aino, holder="b")) == ""


def test_what_is_moved_may_overlap_where_it_was(aino):
    take(aino)
    begins = NOW + 15 * MINUTE
    move("a", resources=[aino], starts_at=begins, ends_at=begins + 30 * MINUTE)
    assert [each.starts_at for each in Reservation.objects.all()] == [begins]


def test_what_cannot_be_moved_stays_where_it_was(aino):
    take(aino)
    take(aino, at=30, holder="b")
    begins = NOW + 15 * MINUTE
    assert (
        taken(lambda: move("a", resources=[aino], starts_at=begins, ends_at=begins + 30 * MINUTE)) == "taken"
    )
    assert [each.starts_at for each in Reservation.objects.filter(holder="a")] == [NOW]
    assert Tick.objects.count() == 12


def test_the_database_itself_holds_no_tick_twice(aino):
    mine = take(aino)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Tick.objects.create(reservation=mine, resource=aino, seat=0, at=NOW)


def test_what_is_held_is_told_by_resource_and_by_person_in_one_query(aino, django_assert_num_queries):
    hall = resource("room", "hall")
    take(aino, hall)
    take(aino, at=60, holder="b")
    with django_assert_num_queries(1):
        things, people = held([hall.pk], persons=["aino"], since=NOW, until=NOW + 60 * MINUTE)
    assert [each.holder for each in things[hall.pk]] == ["a"]
    assert [each.holder for each in people["aino"]] == ["a"]


@pytest.mark.usefixtures("own_database")
def test_of_many_who_take_one_time_at_once_one_gets_it_and_of_three_seats_three_do():
    def both():
        single, group = resource("person", "aino"), resource("group", "a", seats=3)

        def ask(thing, holder):
            return lambda: taken(lambda: take(thing, holder=holder))

        return single, group, ask

    single, group, ask = at_once(both)[0]
    codes = at_once(*(ask(single, str(n)) for n in range(8)))
    assert sorted(codes) == ["", *["taken"] * 7]
    codes = at_once(*(ask(group, f"g{n}") for n in range(8)))
    assert sorted(codes) == ["", "", "", *["taken"] * 5]


@pytest.mark.usefixtures("own_database")
def test_two_who_take_two_things_in_opposite_order_do_not_wait_for_each_other():
    def make():
        return resource("person", "aino"), resource("room", "hall")

    one, other = at_once(make)[0]

    def ask(things, number):
        asked = [partial(take, *things, at=40 * n, holder=f"{number}-{n}") for n in range(10)]
        return lambda: [taken(each) for each in asked]

    first, second = at_once(ask((one, other), 1), ask((other, one), 2))
    assert [sorted(pair) for pair in zip(first, second, strict=True)] == [["", "taken"]] * 10


def test_locking_gives_the_things_in_one_order(aino):
    hall = resource("room", "hall")
    with transaction.atomic():
        assert lock([aino, hall]) == lock([hall, aino])
