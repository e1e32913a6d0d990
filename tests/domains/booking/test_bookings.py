"""A slot becomes somebody's, another one, nobody's; and what was held becomes a session."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kilauta.domains.booking.choices import HOLDING
from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.models import Booking, Busy, DayException, Offer, OutsideCalendar
from kilauta.domains.booking.operations import bookings
from kilauta.domains.booking.operations.opening import open_by_code
from kilauta.domains.booking.queries import secrets
from kilauta.domains.booking.queries.fairness import fairest
from kilauta.domains.booking.queries.slots import free_slots, next_free
from kilauta.domains.directory.models import Supporter
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.kit.access.models import Absence
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy.retention import run_retention
from kilauta.kit.reservations.models import Reservation, Tick
from kilauta.kit.reservations.operations import hold, resource
from kilauta.lib.phones import one_way
from tests import factories
from tests.cast import NOW

from .story import DAY, MINUTE, NINE, book, booked, code, small, wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return small()[0]


def starts(*offers, day="2026-11-25", now=NOW, **more):
    begins = wall(f"{day}T00:00")
    found = free_slots(offers, since=begins, until=begins + DAY, now=now, **more)
    return [int((slot.starts_at - wall(f"{day}T09:00")) / MINUTE) for slot in found]


def keep(booking, now=NINE + 30 * MINUTE):
    return bookings.keep(booking, actor=booking.offer.supporter, now=now)


def test_what_is_booked_is_free_no_more_and_what_is_beside_it_is(offer):
    assert starts(offer) == [0, 30, 60, 90, 120, 150]
    booking = booked(offer, NINE + 30 * MINUTE)
    assert (booking.state, booking.made_by, len(booking.number)) == ("booked", "resident", 6)
    assert starts(offer) == [0, 60, 90, 120, 150]


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        (NINE, "taken"),
        (NINE + 15 * MINUTE, "taken"),
        (NINE + 35 * MINUTE, "not-offered"),
        (NINE + 600 * MINUTE, "not-offered"),
        (NINE + 3 * DAY, "not-offered"),
        (NINE + 70 * DAY, "not-offered"),
        (NOW - DAY, "past"),
    ],
)
def test_only_what_is_offered_and_free_is_booked(offer, at, refused):
    book(offer)
    assert code(lambda: book(offer, at)) == refused
    assert Booking.objects.count() == 1


def test_a_supporter_books_any_free_time_a_desk_what_is_offered_without_notice(offer):
    offer.notice = 60 * 24 * 3
    offer.save()
    assert code(lambda: book(offer)) == "not-offered"
    assert code(lambda: book(offer, made_by="desk")) == ""
    assert code(lambda: book(offer, NINE + 305 * MINUTE, made_by="desk")) == "not-offered"
    assert code(lambda: book(offer, NINE + 305 * MINUTE, made_by="supporter")) == ""
    assert code(lambda: book(offer, NINE + 10 * MINUTE, made_by="supporter")) == "taken"


def test_of_one_key_there_is_one_booking(offer):
    first = book(offer, key="form-key-of-one-form")
    again = book(offer, key="form-key-of-one-form")
    assert (again.booking.pk, again.token, again.code) == (first.booking.pk, first.token, first.code)
    assert Booking.objects.count() == 1


def test_neither_link_nor_code_is_kept_and_both_open_the_booking(offer):
    made = book(offer)
    kept = " ".join(str(value) for row in Booking.objects.values_list() for value in row)
    assert (len(made.token), made.token in kept, made.code in kept) == (43, False, False)
    assert secrets.by_token(made.token) == made.booking
    assert secrets.by_token(made.token[:-1]) is None
    assert secrets.by_code(made.booking.number, made.code, "") == made.booking


def test_a_supporter_in_two_offers_is_in_one_place_only(offer):
    other_way = factories.channel("b", offer.channel.service, ["290"])
    other = factories.offer(other_way, offer.supporter, network=offer.network, before=30)
    book(offer, NINE + 60 * MINUTE)
    # half an hour before it begins: the way there
    assert starts(other) == [0, 30, 120, 150]
    assert code(lambda: book(other, NINE + 90 * MINUTE)) == "taken"


def test_a_room_is_in_one_slot_only_whoever_books_it():
    one, other = small(2)
    hall = resource("room", "hall")
    for each in (one, other):
        each.resources.add(hall)
    book(one)
    assert starts(other) == [30, 60, 90, 120, 150]
    assert code(lambda: book(other)) == "taken"
    assert Tick.objects.filter(resource=hall).count() == 6


def test_a_group_shares_supporter_and_room_and_has_as_many_places_as_it_has():
    offer = small(capacity=3)[0]
    offer.resources.add(resource("room", "hall"))
    made = [booked(offer) for _n in range(3)]
    assert code(lambda: book(offer)) == "taken"
    assert starts(offer) == [30, 60, 90, 120, 150]
    for each in made:
        bookings.cancel(each, by="resident", actor=None, now=NOW)
    assert (Reservation.objects.count(), starts(offer)[0]) == (0, 0)


def test_days_away_busy_times_and_what_others_hold_are_not_free(offer):
    calendar = OutsideCalendar.objects.create(supporter=offer.supporter, address="https://a.example/a.ics")
    Busy.objects.create(calendar=calendar, starts_at=NINE + 10 * MINUTE, ends_at=NINE + 40 * MINUTE)
    hold(
        [resource("person", str(offer.supporter_id))],
        starts_at=NINE + 90 * MINUTE,
        ends_at=NINE + 120 * MINUTE,
        holder="elsewhere",
    )
    assert starts(offer) == [60, 120, 150]
    deputy = factories.person("Sijainen")
    Absence.objects.create(
        person=offer.supporter,
        deputy=deputy,
        starts_on=NINE.date() + DAY,
        ends_on=NINE.date() + 2 * DAY,
        made_by=deputy,
        made_at=NOW,
    )
    assert (starts(offer, day="2026-11-26"), len(starts(offer, day="2026-11-27"))) == ([], 6)
    DayException.objects.create(offer=offer, on=NINE.date() + 2 * DAY)
    assert starts(offer, day="2026-11-27") == []


def test_any_supporter_is_the_one_booked_least_of_late_and_the_next_where_that_one_is_taken():
    offers = small(3)
    given = [
        bookings.book_any(
            offers,
            starts_at=NINE + n * 30 * MINUTE,
            contact=BookingContact(),
            made_by="resident",
            actor=None,
            now=NOW,
        ).booking.supporter_id
        for n in (0, 1, 2, 0, 0)
    ]
    assert len(set(given[:3])) == 3
    assert len({given[0], *given[3:]}) == 3
    with pytest.raises(bookings.Refused) as refused:
        bookings.book_any(
            offers, starts_at=NINE, contact=BookingContact(), made_by="resident", actor=None, now=NOW
        )
    assert refused.value.code == "taken"


def test_equals_take_turns_by_the_day():
    offers = small(4)
    firsts = {fairest(offers, now=NOW + n * DAY)[0].pk for n in range(40)}
    assert len(firsts) == 4


def test_a_booking_is_moved_and_keeps_its_number_link_and_identity(offer):
    made = book(offer)
    moved = bookings.move(
        made.booking, offer=offer, starts_at=NINE + 60 * MINUTE, actor=None, now=NOW, by="resident"
    )
    assert (moved.pk, moved.number, moved.sequence) == (made.booking.pk, made.booking.number, 1)
    assert secrets.by_token(made.token).starts_at == NINE + 60 * MINUTE
    assert starts(offer) == [0, 30, 90, 120, 150]


def test_a_booking_that_cannot_be_moved_stays_where_it_was(offer):
    first, second = booked(offer), booked(offer, NINE + 30 * MINUTE)
    refused = code(
        lambda: bookings.move(
            first, offer=offer, starts_at=second.starts_at, actor=None, now=NOW, by="resident"
        )
    )
    assert (refused, Booking.objects.get(pk=first.pk).starts_at) == ("taken", NINE)
    assert starts(offer) == [60, 90, 120, 150]


def test_a_booking_is_moved_to_a_time_that_overlaps_its_own(offer):
    made = booked(offer)
    bookings.move(made, offer=offer, starts_at=NINE + 15 * MINUTE, actor=None, now=NOW, by="provider")
    assert starts(offer) == [60, 90, 120, 150]


def test_moved_to_another_supporter_the_first_one_is_free_again():
    one, other = small(2)
    made = booked(one)
    moved = bookings.move(made, offer=other, starts_at=NINE, actor=None, now=NOW, by="provider")
    assert (moved.supporter, starts(one)[0], starts(other)[0]) == (other.supporter, 0, 30)


def test_a_cancelled_time_is_free_and_cancelling_again_does_nothing(offer):
    made = booked(offer, contact=BookingContact(email="a@esimerkki.example"))
    for _n in range(2):
        held = bookings.cancel(made, by="resident", actor=None, now=NOW)
    assert (held.state, held.cancelled_by, held.sequence, starts(offer)[0]) == ("cancelled", "resident", 1, 0)
    assert sorted(Message.objects.values_list("kind", "state")) == [
        ("booking/booked", "cancelled"),
        ("booking/cancelled", "waiting"),
    ]


@pytest.mark.parametrize("state", ["cancelled", "kept", "missed"])
def test_what_is_over_is_neither_moved_nor_cancelled(offer, state):
    made = booked(offer)
    if state == "cancelled":
        bookings.cancel(made, by="desk", actor=None, now=NOW)
    else:
        act = bookings.keep if state == "kept" else bookings.miss
        act(made, actor=offer.supporter, now=NINE)
    move = {"offer": offer, "starts_at": NINE + 2 * DAY, "actor": None, "now": NOW, "by": "resident"}
    assert code(lambda: bookings.move(made, **move)) == "closed"
    if state != "cancelled":
        assert code(lambda: bookings.cancel(made, by="resident", actor=None, now=NOW)) == "closed"


def test_what_has_begun_is_not_cancelled_by_its_owner(offer):
    made = booked(offer)
    assert code(lambda: bookings.cancel(made, by="resident", actor=None, now=NINE)) == "past"


def test_a_home_visit_is_asked_for_until_the_supporter_says_yes_or_no():
    offer = small(mode="home-visit", needs_yes=True)[0]
    first, second = booked(offer), booked(offer, NINE + 60 * MINUTE)
    assert (first.state, starts(offer)) == ("asked", [30, 90, 120, 150])
    assert bookings.agree(first, actor=offer.supporter, now=NOW).state == "booked"
    assert code(lambda: bookings.refuse(first, actor=offer.supporter, now=NOW)) == "not-asked"
    assert bookings.refuse(second, actor=offer.supporter, now=NOW).state == "refused"
    assert starts(offer) == [30, 60, 90, 120, 150]
    assert booked(offer, NINE + DAY, made_by="supporter").state == "booked"


def test_a_kept_booking_is_one_session_with_all_that_is_known(offer):
    Supporter.objects.create(
        person=offer.supporter, organisation=offer.organisation, given_by="volunteer", starts_on=NOW.date()
    )
    made = booked(offer, contact=BookingContact(municipality="290"))
    session = keep(made)
    assert keep(made) == session
    assert (session.way, session.mode, session.minutes, session.outcome) == (
        "booking",
        "phone",
        30,
        "not-recorded",
    )
    assert (session.given_by, session.supporter, session.municipality_id) == (
        "volunteer",
        offer.supporter,
        "290",
    )
    assert (GuidanceSession.objects.count(), Booking.objects.get().state) == (1, "kept")


def test_nobody_came_makes_no_session_and_frees_the_time_and_may_be_mended(offer):
    made = booked(offer)
    assert code(lambda: bookings.miss(made, actor=offer.supporter, now=NOW)) == "not-yet"
    missed = bookings.miss(made, actor=offer.supporter, now=NINE)
    assert (missed.state, GuidanceSession.objects.count(), Reservation.objects.count()) == ("missed", 0, 0)
    assert keep(made).way == "booking"


def test_help_yet_to_come_is_not_kept(offer):
    made = booked(offer)
    assert code(lambda: keep(made, now=NOW)) == "not-yet"


def test_one_phone_number_has_five_times_ahead_however_it_is_written(offer):
    ways = ["050 555 0177", "+358 50 5550177", "0505550177"]
    assert {one_way(each) for each in ways} == {one_way(ways[0])}
    for n in range(5):
        book(offer, NINE + n * 30 * MINUTE, contact=BookingContact(phone=ways[n % 3]))
    sixth = {"starts_at": NINE + 150 * MINUTE, "contact": BookingContact(phone=ways[1])}
    assert code(lambda: book(offer, **sixth)) == "too-many"
    assert code(lambda: book(offer, **sixth, made_by="desk")) == ""


def test_an_identity_number_is_not_taken(offer):
    refused = code(lambda: book(offer, contact=BookingContact(name="131052-308T")))
    assert (refused, Booking.objects.count()) == ("identity-number", 0)


def test_number_and_code_open_a_booking_and_too_many_tries_do_not(offer):
    made = book(offer, contact=BookingContact(phone="050 555 0177"))
    given = {"network": "small", "visitor": "192.0.2.1", "now": NOW}
    number = made.booking.number

    def tried(number=number, secret=made.code, phone="0505550177", **more):
        return code(lambda: open_by_code(number, secret, phone, **{**given, **more}))

    assert tried() == ""
    assert tried(number=f"{number[:3]} {number[3:]}") == ""
    wrong = [tried(phone=""), tried(network="other"), tried(number="000000"), tried(secret="000000")]
    assert wrong == ["no-booking"] * 4
    assert [tried(secret="000000"), tried()] == ["no-booking", "no-booking"]
    assert tried(now=NOW + timedelta(hours=2)) == ""


def test_contacts_are_gone_in_time_and_sooner_where_it_is_about_health_or_money(offer, django_db_blocker):
    from kilauta.kit.accounts.models import Person
    from kilauta.site.reference import load_reference_data

    load_reference_data(actor=Person.objects.system(), now=NOW)
    who = {"name": "Aino", "phone": "050 555 0177", "email": "a@esimerkki.example", "address": "Tie 1"}
    for n, topic in enumerate(("b-terveys", "b-pankki", "a-laite")):
        book(offer, NINE + n * 30 * MINUTE, contact=BookingContact(topic=topic, **who))

    def left(days):
        run_retention(now=NINE + days * DAY)
        return dict(
            Booking.objects.exclude(name="", phone="", email="", address="").values_list("topic", "name")
        )

    assert left(6.9) == {"b-terveys": "Aino", "b-pankki": "Aino", "a-laite": "Aino"}
    assert left(8) == {"a-laite": "Aino"}
    assert left(15) == {}
    assert Booking.objects.filter(state__in=HOLDING, topic="b-terveys").count() == 1


def test_the_next_free_time_of_many_offers_costs_as_many_questions_as_of_one():
    offers = small(1)
    book(offers[0])
    counts = []
    for n in range(2):
        if n:
            people = [factories.person(f"Muu{m}") for m in range(6)]
            offers += [factories.offer(offers[0].channel, each, network=offers[0].network) for each in people]
        asked = list(Offer.objects.select_related("channel").order_by("pk"))
        next_free(asked, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            found = next_free(asked, now=NOW)
        counts.append(len(queries))
        assert [slot.starts_at for slot in found.values()] == [NOW + 30 * MINUTE]
    assert counts[0] == counts[1] <= 9
