"""The queue: nobody is called twice, nobody is passed over without a reason, and a device that was away loses nobody."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kilauta.domains.events.logic.acts import Act, NoActError, clamped, read_deed
from kilauta.domains.events.logic.queue import InLine, next_of
from kilauta.domains.events.models import Ticket
from kilauta.domains.events.operations import attendance, queue
from kilauta.domains.events.operations.offline import take_act
from kilauta.kit.refusals import Refused
from tests import factories
from tests.cast import NOW, at_once

from .story import actor, event, first

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
FAR = timedelta(days=400)


def put(occurrence, number, *, after=0, due_after=None):
    at = occurrence.starts_at + after * MINUTE
    due = occurrence.starts_at + due_after * MINUTE if due_after is not None else None
    return queue.take_number(occurrence, key=uuid4(), at=at, now=at, due_at=due, number=number)


def press(occurrence, deed, *, after=60, at=None, key=None, by=None, **more):
    now = occurrence.starts_at + after * MINUTE
    act = Act(key or uuid4(), at or now, **read_deed(deed), **more)
    return take_act(occurrence, act, actor=by or actor(), now=now)


@given(
    line=st.lists(
        st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 120))), min_size=1, max_size=12
    ),
    calls=st.lists(st.integers(0, 90), min_size=12, max_size=12),
)
def test_nobody_who_came_later_is_called_before_unless_somebody_has_a_booked_time(line, calls):
    start = NOW
    waiting, booked, came = [], set(), {}
    for number, (minutes, due) in enumerate(line, 1):
        came[number] = start + minutes * MINUTE
        waiting.append(InLine(number, start + due * MINUTE if due is not None else came[number]))
        if due is not None:
            booked.add(number)
    called = []
    for minutes in sorted(calls):
        now = start + minutes * MINUTE
        here = [each for each in waiting if came[each.number] <= now]
        found = next_of(here, now=now)
        if found is not None:
            assert all(each.due_at >= found.due_at for each in here if each.due_at <= now)
            waiting.remove(found)
            called.append(found.number)
    walk_ins = [number for number in called if number not in booked]
    assert all((came[one], one) <= (came[other], other) for one, other in pairwise(walk_ins))


def test_who_came_first_is_called_first_and_a_booked_time_counts_from_itself():
    day = first(event())
    put(day, 1, after=0)
    put(day, 2, after=5)
    put(day, 3, after=6, due_after=2)
    put(day, 4, after=7, due_after=50)
    now = day.starts_at + 10 * MINUTE
    called = [queue.call_next(day, key=uuid4(), actor=actor(), now=now) for _n in range(5)]
    # 4 came before its time: it is called when nobody else waits
    assert [each and each.number for each in called] == [1, 3, 2, 4, None]
    states = list(Ticket.objects.order_by("number").values_list("state", flat=True))
    assert states == ["served"] * 4


def test_the_same_press_calls_once_and_two_people_call_two_numbers():
    day = first(event())
    put(day, 1)
    put(day, 2, after=1)
    mine, theirs = actor(), factories.person("other")
    key = uuid4()
    now = day.starts_at + 5 * MINUTE
    once, again = (queue.call_next(day, key=key, actor=mine, now=now) for _n in range(2))
    other = queue.call_next(day, key=uuid4(), actor=theirs, now=now)
    assert (once.number, again.number, other.number) == (1, 1, 2)
    assert list(Ticket.objects.order_by("number").values_list("state", flat=True)) == ["called", "called"]


@pytest.mark.parametrize("what", ["call", "number"])
def test_at_once_nobody_is_called_twice_and_no_number_is_given_twice(what, own_database):
    made = at_once(_begun)[0]

    def act():
        from kilauta.domains.events.models import Occurrence
        from kilauta.kit.accounts.models import Person

        day = Occurrence.objects.select_related("event").get(pk=made)
        now = day.starts_at + 9 * MINUTE
        if what == "number":
            return queue.take_number(day, key=uuid4(), at=now, now=now).number
        return queue.call_next(day, key=uuid4(), actor=Person.objects.first(), now=now).number

    numbers = at_once(*[act] * 6)
    assert sorted(numbers) == list(range(1, 7) if what == "call" else range(9, 15))


def _begun():
    from kilauta.kit.accounts.models import Person
    from kilauta.site.reference import load_reference_data

    load_reference_data(actor=Person.objects.system(), now=NOW)
    day = first(event())
    for number in range(1, 9):
        put(day, number, after=number / 10)
    return day.pk


def test_skipped_with_a_reason_comes_back_to_its_own_place():
    day = first(event())
    one, _two = put(day, 1), put(day, 2, after=1)
    assert press(day, "next").number == 1
    assert press(day, f"skip:{one.pk}:away").state == "done"
    one.refresh_from_db()
    assert (one.state, one.skipped) == ("skipped", "away")
    assert press(day, f"back:{one.pk}").state == "done"
    assert press(day, "next").number == 1
    with pytest.raises(NoActError):
        read_deed(f"skip:{one.pk}:because")


def test_a_press_that_comes_again_after_others_acted_changes_nothing():
    day = first(event())
    one = put(day, 1)
    key = uuid4()
    assert press(day, f"skip:{one.pk}:away", key=key).state == "done"
    press(day, f"back:{one.pk}")
    assert press(day, f"skip:{one.pk}:away", key=key).state == "there"
    one.refresh_from_db()
    assert one.state == "waiting"


def test_whom_a_device_called_without_a_network_is_called_at_its_own_instant():
    day = first(event())
    one = put(day, 1)
    at = day.starts_at + 12 * MINUTE
    key = uuid4()
    assert press(day, f"next:{one.pk}", at=at, key=key).state == "done"
    assert press(day, f"next:{one.pk}", at=at, key=key).state == "there"
    one.refresh_from_db()
    assert one.called_at == at
    assert attendance.queue_was(day)


def test_whom_somebody_else_called_meanwhile_is_not_called_once_more():
    day = first(event())
    one, two = put(day, 1), put(day, 2, after=1)
    assert press(day, "next", by=factories.person("other"), after=20).number == 1
    answer = press(day, f"next:{one.pk}", at=day.starts_at + 22 * MINUTE)
    assert (answer.state, "1" in answer.sentence) == ("refused", True)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.called_at, two.state) == (day.starts_at + 20 * MINUTE, "waiting")


def test_a_number_of_the_pad_is_one_paper_and_a_device_s_own_number_moves_on():
    day = first(event())
    assert press(day, "number", number=7).number == 7
    assert press(day, "number", number=7).state == "there"
    assert press(day, "number").number == 8
    assert press(day, "number", number=1000).state == "refused"
    assert Ticket.objects.count() == 2


def test_a_clock_that_is_wrong_makes_no_wait_of_days_and_no_call_to_come():
    day = first(event())
    now = day.starts_at + 30 * MINUTE
    assert clamped(now + FAR, starts_at=day.starts_at, now=now) == now
    assert clamped(now - FAR, starts_at=day.starts_at, now=now) == day.starts_at - timedelta(hours=12)
    ticket = press(day, "number", at=now + FAR, after=30)
    assert Ticket.objects.get(number=ticket.number).came_at == now


def test_after_closing_the_line_is_shut_and_what_came_before_stays():
    day = first(event())
    key = uuid4()
    assert press(day, "number", key=key).state == "done"
    attendance.close_occurrence(
        day, None, had_queue=False, handouts=0, actor=actor(), now=day.starts_at + 90 * MINUTE
    )
    assert press(day, "number", key=key, after=99).state == "there"
    assert press(day, "next", after=99).state == "refused"
    with pytest.raises(Refused):
        queue.take_number(day, key=uuid4(), at=day.starts_at, now=day.starts_at)
