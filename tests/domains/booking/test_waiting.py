"""A time that comes free is offered in order, three times at most, and one person gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.logic.waiting import LIVES, InLine, first_who_fits, lapses_at
from kilauta.domains.booking.models import Booking, Call, Opening, Waiting
from kilauta.domains.booking.operations import bookings, freed, offers, waiting
from kilauta.domains.booking.queries.slots import free_slots
from kilauta.domains.directory.models import Supporter
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy.retention import run_retention
from tests.cast import NOW, at_once

from .story import DAY, MINUTE, NINE, booked, code, small

TODAY = date(2026, 11, 24)
HOUR = 60 * MINUTE
# the usual notice of an offer
LIMIT = 2 * HOUR
LINE = InLine(uuid4(), TODAY, TODAY + timedelta(days=7))


def in_line(offer, number=0, *, email="", phone="", now=NOW, last=7, **more):
    contact = BookingContact(
        name=f"Jonottaja{number}",
        email=email or ("" if phone else f"j{number}@posti.example"),
        phone=phone,
        **more,
    )
    days = {"from_on": TODAY, "until_on": TODAY + timedelta(days=last)}
    key = uuid4().hex
    return waiting.join(offer.channel, network="small", contact=contact, now=now, key=key, **days)


def full(number_in_line=2, **more):
    """Return an offer with its nine o'clock taken, its booking, and who waits for a time, in order."""
    offer = small(notice=120, **more)[0]
    held = booked(offer)
    return offer, held, [in_line(offer, n, now=NOW + n * MINUTE) for n in range(number_in_line)]


def free(held, now=NOW):
    bookings.cancel(held, by="resident", actor=None, now=now)
    return asked()


def asked():
    return [
        str(each.waiting.name)
        for each in Opening.objects.filter(state="offered").order_by("waiting__came_at")
    ]


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({}, True),
        ({"until_on": TODAY}, False),
        ({"from_on": TODAY + timedelta(days=2)}, False),
        ({"is_asked": True}, False),
        ({"offered": frozenset({NINE})}, False),
        ({"offered": frozenset({NINE + DAY, NINE + 2 * DAY})}, True),
        ({"offered": frozenset({NINE + DAY, NINE + 2 * DAY, NINE + 3 * DAY})}, False),
        ({"municipality": "290"}, True),
        ({"municipality": "205"}, False),
    ],
)
def test_a_time_suits_by_day_place_and_what_was_offered_before(more, fits):
    found = first_who_fits([replace(LINE, **more)], NINE, area=frozenset({"290"}))
    assert (found is not None) is fits


def test_the_first_whom_it_suits_is_asked():
    other = replace(LINE, key=uuid4())
    assert first_who_fits([replace(LINE, until_on=TODAY), other, LINE], NINE) == other


@pytest.mark.parametrize(
    ("ahead", "left"),
    [
        (48 * HOUR, LIVES),
        (26 * HOUR, LIVES),
        (25 * HOUR, 23 * HOUR),
        (LIMIT + MINUTE, MINUTE),
        (LIMIT, None),
        (HOUR, None),
    ],
)
def test_an_answer_is_waited_for_a_day_but_not_until_near_the_beginning(ahead, left):
    assert lapses_at(NOW + ahead, NOW, limit=LIMIT) == (None if left is None else NOW + left)


@pytest.mark.django_db
def test_a_freed_time_is_offered_to_the_first_and_held_for_them():
    offer, held, line = full()
    assert free(held) == ["Jonottaja0"]
    message = Message.objects.get(kind="booking/opening")
    assert (message.address, message.secret) == ("j0@posti.example", True)
    assert line[0].name not in message.subject
    assert "/vapautunut/" in message.body
    times = free_slots([offer], since=NINE, until=NINE + HOUR, now=NOW)
    assert [slot.starts_at for slot in times] == [NINE + 30 * MINUTE]
    assert code(lambda: booked(offer)) == "taken"


@pytest.mark.django_db
def test_it_goes_to_the_next_when_it_is_not_wanted_and_is_free_after_the_last():
    offer, held, _line = full()
    free(held)
    first = Opening.objects.get(state="offered")
    waiting.decline(first, actor=None, now=NOW + MINUTE)
    waiting.decline(first, actor=None, now=NOW + MINUTE)
    assert asked() == ["Jonottaja1"]
    assert freed.lapse(now=NOW + 19 * HOUR) == 0
    assert freed.lapse(now=NOW + 20 * HOUR) == 1
    assert asked() == []
    assert sorted(Opening.objects.values_list("state", flat=True)) == ["declined", "lapsed"]
    assert {each.state for each in Waiting.objects.all()} == {"waiting"}
    assert Message.objects.filter(kind="booking/opening", state="waiting").count() == 0
    assert booked(offer, made_by="desk", now=NOW + 20 * HOUR).state == "booked"


@pytest.mark.django_db
def test_who_takes_it_has_the_booking_and_leaves_the_line():
    _offer, held, line = full()
    free(held)
    opening = Opening.objects.get()
    made = waiting.accept(opening, actor=None, now=NOW + HOUR)
    assert (made.booking.made_by, made.booking.email, made.booking.starts_at) == (
        "waiting",
        "j0@posti.example",
        NINE,
    )
    line[0].refresh_from_db()
    assert (line[0].state, line[0].ended_at) == ("booked", NOW + HOUR)
    assert waiting.accept(opening, actor=None, now=NOW + 2 * HOUR).booking == made.booking
    assert Booking.objects.filter(state="booked").count() == 1


@pytest.mark.django_db
def test_an_answer_that_comes_too_late_is_refused_kindly():
    _offer, held, line = full(1)
    free(held)
    opening = Opening.objects.get()
    assert code(lambda: waiting.accept(opening, actor=None, now=opening.lapses_at)) == "gone"
    freed.lapse(now=opening.lapses_at)
    assert code(lambda: waiting.accept(opening, actor=None, now=opening.lapses_at)) == "gone"
    line[0].refresh_from_db()
    assert line[0].state == "waiting"


@pytest.mark.django_db
def test_after_three_times_nobody_is_asked_again():
    offer, held, line = full(1)
    for n in range(4):
        free(held)
        if n < 3:
            waiting.decline(Opening.objects.get(state="offered"), actor=None, now=NOW)
        held = booked(offer, NINE + (n + 1) * 30 * MINUTE)
    line[0].refresh_from_db()
    assert (Opening.objects.count(), line[0].state) == (3, "passed")


@pytest.mark.django_db
def test_nothing_is_offered_near_its_beginning_or_on_a_closed_day():
    offer, held, _line = full()
    near = NINE - LIMIT
    assert free(held, now=near) == []
    later = booked(offer, NINE + DAY)
    offers.close_days(
        [offer],
        from_on=TODAY + timedelta(days=2),
        last_on=TODAY + timedelta(days=2),
        actor=offer.supporter,
        now=NOW,
    )
    assert free(later) == []


@pytest.mark.django_db
def test_one_who_is_asked_is_not_asked_about_another_time_meanwhile():
    offer, held, _line = full()
    other = booked(offer, NINE + 30 * MINUTE)
    free(held)
    free(other)
    assert asked() == ["Jonottaja0", "Jonottaja1"]


@pytest.mark.django_db
def test_a_moved_booking_frees_its_old_time_for_the_line():
    offer, held, _line = full()
    bookings.move(held, offer=offer, starts_at=NINE + HOUR, actor=None, now=NOW, by="resident")
    assert [each.starts_at for each in Opening.objects.all()] == [NINE]


@pytest.mark.django_db
def test_an_extra_day_is_offered_to_as_many_as_there_are_times():
    offer, _held, _line = full(3, minutes=60)
    saturday = date(2026, 11, 28)
    offers.open_day(offer, on=saturday, opens=600, closes=720, actor=offer.supporter, now=NOW)
    assert asked() == ["Jonottaja0", "Jonottaja1"]


@pytest.mark.django_db
def test_who_is_reached_by_no_message_stands_on_the_call_list():
    offer, held, _line = full(0)
    in_line(offer, phone="050 555 0188")
    free(held)
    call = Call.objects.get()
    assert (call.why, call.opening.waiting.phone, Message.objects.filter(kind="booking/opening").count()) == (
        "offered", "050 555 0188", 0,
    )  # fmt: skip
    waiting.accept(call.opening, actor=offer.supporter, now=NOW + HOUR)
    call.refresh_from_db()
    assert (call.rung_at, call.rung_by) == (NOW + HOUR, offer.supporter)


@pytest.mark.django_db
def test_a_home_visit_is_offered_to_those_in_the_supporters_area():
    offer, held, _line = full(0, mode="home-visit")
    helper = Supporter.objects.create(
        person=offer.supporter, organisation=offer.organisation, starts_on=TODAY
    )
    helper.area.add("290")
    in_line(offer, 1, municipality="290", address="Koivukuja 2")
    assert free(held) == ["Jonottaja1"]


@pytest.mark.django_db
def test_leaving_the_line_gives_the_offered_time_to_the_next():
    _offer, held, line = full()
    free(held)
    waiting.leave(line[0], now=NOW + MINUTE)
    waiting.leave(line[0], now=NOW + MINUTE)
    assert asked() == ["Jonottaja1"]
    line[0].refresh_from_db()
    assert line[0].state == "left"


@pytest.mark.django_db
def test_who_joins_again_keeps_the_turn_and_has_one_place():
    offer, held, _line = full()
    again = in_line(offer, 0, now=NOW + HOUR)
    assert again.came_at == NOW
    assert Waiting.objects.filter(state="waiting").count() == 2
    free(held, now=NOW + HOUR)
    assert Opening.objects.get().waiting == again


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"last": -1}, "backwards"),
        ({"last": 200}, "too-far"),
        ({"name": "Elli", "email": "", "phone": ""}, "nothing"),
        ({"address": "131052-308T"}, "identity-number"),
    ],
)
def test_what_cannot_be_waited_for_is_refused(more, refused):
    offer = small()[0]
    if "name" in more:
        days = {"from_on": TODAY, "until_on": TODAY}
        none = BookingContact(name="Elli")
        assert (
            code(
                lambda: waiting.join(
                    offer.channel, network="small", contact=none, now=NOW, key="k" * 20, **days
                )
            )
            == refused
        )
    else:
        assert code(lambda: in_line(offer, **more)) == refused


@pytest.mark.django_db
def test_the_place_is_erased_a_day_after_it_has_ended_and_the_fact_stays():
    offer, _held, line = full(1, mode="home-visit")
    later = NOW + 8 * DAY
    freed.lapse(now=later)
    line[0].refresh_from_db()
    assert (line[0].state, line[0].email) == ("over", "j0@posti.example")
    run_retention(now=later + DAY + HOUR)
    line[0].refresh_from_db()
    assert (line[0].state, line[0].name, line[0].email, line[0].phone) == ("over", "", "", "")
    assert offer.channel_id == line[0].channel_id


@pytest.mark.django_db
def test_the_time_of_who_did_not_come_goes_to_the_next_at_the_place():
    offer, held, line = full(1)
    late = NINE + 10 * MINUTE
    bookings.miss(held, actor=offer.supporter, now=late)
    assert not GuidanceSession.objects.exists()
    session = waiting.seat_next(held, waiting=line[0], actor=offer.supporter, now=late)
    line[0].refresh_from_db()
    assert (session.way, session.minutes, line[0].state) == ("booking", 30, "booked")
    assert code(lambda: waiting.seat_next(held, waiting=None, actor=offer.supporter, now=late)) == "taken"
    assert (
        code(lambda: waiting.seat_next(held, waiting=None, actor=offer.supporter, now=NINE + HOUR)) == "over"
    )


@pytest.mark.usefixtures("own_database")
def test_of_two_who_answer_at_once_one_has_the_time():
    made = {}

    def story():
        offer, held, _line = full(1)
        free(held)
        made["opening"] = Opening.objects.select_related("offer").get()
        made["offer"] = offer

    at_once(story)

    def take():
        return code(lambda: waiting.accept(made["opening"], actor=None, now=NOW + HOUR))

    def snatch():
        return code(lambda: booked(made["offer"], now=NOW + HOUR))

    found = at_once(*[take] * 4, *[snatch] * 4)
    assert found == [""] * 4 + ["taken"] * 4
    states = at_once(lambda: list(Booking.objects.filter(state="booked").values_list("made_by", flat=True)))
    assert states == [["waiting"]]


@pytest.mark.usefixtures("own_database")
def test_a_time_freed_once_is_offered_once_however_many_look():
    made = {}

    def story():
        offer, held, _line = full(4)
        Booking.objects.filter(pk=held.pk).update(state="cancelled", cancelled_by="resident", ended_at=NOW)
        made["offer"] = offer

    at_once(story)
    at_once(*[lambda: freed.offer_freed(made["offer"], starts_at=NINE, now=NOW)] * 6)
    assert at_once(lambda: Opening.objects.filter(state="offered").count()) == [1]
