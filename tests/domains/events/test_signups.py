"""Somebody signs up: a seat, the line, or no; and what becomes of it when times change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kilauta.domains.events.logic.times import Span
from kilauta.domains.events.models import Call, Seat, Signup
from kilauta.domains.events.operations import events, occurrences, signups
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy.retention import run_retention
from tests.cast import NOW

from .story import DAY, HOUR, actor, code, event, first, sign_up, states, told

pytestmark = pytest.mark.django_db


def test_seats_then_the_line_then_no():
    gathering = event(capacity=2, waiting_places=1)
    answers = [code(lambda: sign_up(gathering)) for _n in range(4)]
    assert (answers, states(gathering)) == (["", "", "", "full"], ["in", "in", "waiting"])


def test_the_same_form_signs_up_once():
    gathering = event(capacity=2)
    one, other = (sign_up(gathering, key="k" * 24) for _n in range(2))
    assert (one.signup.pk, one.code, len(states(gathering))) == (other.signup.pk, other.code, 1)


def test_a_group_with_too_few_seats_is_asked_and_not_split():
    gathering = event(capacity=3, waiting_places=5)
    sign_up(gathering)
    assert code(lambda: sign_up(gathering, persons=3)) == "partly"
    assert sign_up(gathering, persons=3, waits=True).signup.state == "waiting"
    # who comes next does not pass those who wait
    assert sign_up(gathering).signup.state == "waiting"


def test_who_cancels_leaves_the_seat_to_the_next_who_fits():
    gathering = event(capacity=2, waiting_places=9)
    mine = sign_up(gathering, email="aino@posti.example").signup
    sign_up(gathering)
    group = sign_up(gathering, persons=2, waits=True).signup
    alone = sign_up(gathering, email="eino@posti.example").signup
    signups.cancel_signup(mine, actor=None, now=NOW)
    assert states(gathering) == ["cancelled", "in", "waiting", "in"]
    assert Message.objects.filter(kind="events/seat", address="eino@posti.example").count() == 1
    # a second press does nothing
    signups.cancel_signup(mine, actor=None, now=NOW)
    signups.cancel_signup(alone, actor=None, now=NOW)
    signups.cancel_signup(Signup.objects.get(turn=2, event=gathering), actor=None, now=NOW)
    group.refresh_from_db()
    assert group.state == "in"
    assert sorted(Seat.objects.filter(signup=group).values_list("number", flat=True)) == [1, 2]


def test_a_seat_that_comes_free_after_the_beginning_is_nobody_s():
    gathering = event(capacity=1, waiting_places=1)
    mine = sign_up(gathering).signup
    sign_up(gathering)
    signups.cancel_signup(mine, actor=None, now=first(gathering).starts_at + HOUR)
    assert states(gathering) == ["cancelled", "waiting"]


def test_more_seats_go_to_who_waits_and_fewer_than_taken_are_refused():
    gathering = event(capacity=1, waiting_places=2)
    for _n in range(3):
        sign_up(gathering)
    events.change_event(gathering, told(capacity=2, waiting_places=2), actor=actor(), now=NOW)
    assert states(gathering) == ["in", "in", "waiting"]
    fewer = told(capacity=1, waiting_places=2)
    assert code(lambda: events.change_event(gathering, fewer, actor=actor(), now=NOW)) == "taken"


@pytest.mark.parametrize("why", ["begun", "draft", "no seats", "cancelled"])
def test_what_is_over_a_draft_or_without_seats_takes_nobody(why):
    gathering = event(capacity=None if why == "no seats" else 2, publish=why != "draft")
    if why == "cancelled":
        occurrences.cancel_occurrence(first(gathering), actor=actor(), now=NOW)
    now = first(gathering).starts_at if why == "begun" else NOW
    assert code(lambda: sign_up(gathering, now=now)) == "closed"


def test_all_are_told_when_a_time_moves_and_who_has_no_mail_is_rung():
    gathering = event(capacity=3)
    mine = sign_up(gathering, email="aino@posti.example").signup
    theirs = sign_up(gathering, phone="050 555 0171").signup
    time = first(gathering)
    to = Span(time.starts_at + DAY, time.ends_at + DAY)
    occurrences.move_occurrence(time, to, actor=actor(), now=NOW)
    (call,) = Call.objects.all()
    assert (call.signup, call.why) == (theirs, "moved")
    letter = Message.objects.get(kind="events/moved")
    assert letter.address == "aino@posti.example"
    assert "METHOD:REQUEST" in letter.calendar
    time.refresh_from_db()
    mine.refresh_from_db()
    assert (time.was_at, time.sequence, mine.ends_at) == (to.starts_at - DAY, 1, to.ends_at)
    # back again: the leaflets are right once more
    occurrences.move_occurrence(time, Span(to.starts_at - DAY, to.ends_at - DAY), actor=actor(), now=NOW)
    time.refresh_from_db()
    assert (time.was_at, time.sequence, Call.objects.count()) == (None, 2, 1)
    signups.note_rung(call, actor=actor(), now=NOW)
    occurrences.cancel_occurrence(time, actor=actor(), now=NOW)
    assert states(gathering) == ["cancelled", "cancelled"]
    assert "METHOD:CANCEL" in Message.objects.get(kind="events/called_off").calendar
    assert Call.objects.filter(rung_at=None).get().why == "cancelled"


def test_of_a_whole_course_one_cancelled_time_leaves_the_others():
    course = event(kind="course", again="weeks", number=3, capacity=1, is_whole=True)
    sign_up(course, email="aino@posti.example")
    occurrences.cancel_occurrence(first(course), actor=actor(), now=NOW)
    assert states(course) == ["in"]
    assert code(lambda: sign_up(course)) == "full"


def test_names_go_thirty_days_after_and_the_count_stays():
    gathering = event(capacity=3)
    sign_up(gathering, name="Aino", email="aino@posti.example", persons=2)
    ends = first(gathering).ends_at
    run_retention(now=ends + timedelta(days=30) - HOUR)
    assert Signup.objects.get().name == "Aino"
    run_retention(now=ends + timedelta(days=31))
    held = Signup.objects.get()
    assert (held.name, held.email, held.persons) == ("", "", 2)


def test_one_address_signs_up_for_ten_times_at_most():
    gathering = event(capacity=100)
    for _n in range(10):
        sign_up(gathering, phone="0505550171")
    assert code(lambda: sign_up(gathering, phone="+358 50 555 0171")) == "too-many"
    # staff may
    assert code(lambda: sign_up(gathering, phone="050 555 0171", by=actor())) == ""


def test_an_identity_number_is_no_name():
    gathering = event(capacity=3)
    assert code(lambda: sign_up(gathering, name="131052-308T")) == "identity-number"
