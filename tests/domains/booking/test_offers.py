"""Offering time: the week, days that are otherwise, rooms that go with it."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from kilauta.domains.booking.forms.staff import WeekForm
from kilauta.domains.booking.models import DayException, Offer, Pattern
from kilauta.domains.booking.operations import offers
from kilauta.domains.booking.operations.offers import Row
from kilauta.domains.booking.queries.offers import offer_page, week_lines
from kilauta.domains.booking.queries.slots import free_slots
from kilauta.domains.directory.models import Channel, Place
from kilauta.kit.audit.models import Change
from tests import factories
from tests.cast import NOW

from .story import DAY, NINE, booked, code, small

WEDNESDAY, SATURDAY = date(2026, 11, 25), date(2026, 11, 28)


@pytest.fixture
def offer(db):
    return small()[0]


def by(offer):
    return {"actor": offer.supporter, "now": NOW}


def times(offer, *, days=1):
    return len(free_slots([offer], since=NINE, until=NINE + days * DAY, now=NOW))


def form(**typed):
    sent = QueryDict(mutable=True)
    sent.update({"count": "1", "w0_which": "all", **typed})
    return sent


def rows(**typed):
    made = WeekForm(form(**typed), patterns=())
    assert made.is_valid(), made.errors
    return [(row["weekday"], row["opens"], row["closes"], row["weeks"]) for row in made.rows()]


def test_a_week_as_it_is_typed():
    typed = {"w0_0_0_opens": "9", "w0_0_0_closes": "11.30", "w0_0_1_opens": "13", "w0_0_1_closes": "24.00"}
    typed["w0_0_1_closes"] = "0.00"
    assert rows(**typed) == [(0, 540, 690, "all"), (0, 780, 1440, "all")]
    assert rows(w0_which="odd", w0_4_0_opens="8.15", w0_4_0_closes="10") == [(4, 495, 600, "odd")]
    assert rows() == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"w0_0_0_opens": "9"}, "w0_0_0_closes"),
        ({"w0_0_0_closes": "9"}, "w0_0_0_opens"),
        ({"w0_0_0_opens": "10", "w0_0_0_closes": "9"}, "w0_0_0_closes"),
        ({"w0_from": "2.1.2027", "w0_to": "1.1.2027"}, "w0_to"),
        ({"w0_0_0_opens": "kymmenen", "w0_0_0_closes": "11"}, "w0_0_0_opens"),
    ],
)
def test_a_week_that_cannot_be_meant_is_told_at_its_field(typed, field):
    assert list(WeekForm(form(**typed), patterns=()).errors) == [field]


def test_the_week_is_shown_as_it_was_saved_with_odd_and_summer_weeks_by_themselves(offer):
    summer = {"starts_on": date(2027, 6, 1), "ends_on": date(2027, 9, 1)}
    wanted = [
        Row(0, 540, 660), Row(0, 780, 900), Row(0, 960, 1020), Row(2, 600, 720, "odd"), Row(2, 540, 600, "even"),
        Row(4, 600, 700, **summer),
    ]  # fmt: skip
    offers.set_week(offer, rows=wanted, **by(offer))
    made = WeekForm(None, patterns=offer.patterns.all())
    assert made.count == 5
    sent = QueryDict(mutable=True)
    sent["count"] = "5"
    for name, field in made.fields.items():
        value = made.initial.get(name)
        sent[name] = "" if value is None else str(field.prepare_value(value))
    again = WeekForm(sent, patterns=offer.patterns.all())
    assert again.is_valid(), again.errors
    told = {
        (row["weekday"], row["opens"], row["closes"], row["weeks"], row["starts_on"]) for row in again.rows()
    }
    shown = {(row.weekday, row.opens, row.closes, row.weeks, row.starts_on) for row in wanted}
    assert told == shown
    assert next((line.weekday, line.times) for line in week_lines(offer.patterns.order_by("weekday", "opens"))) == (
        0, "9.00–11.00, 13.00–15.00, 16.00–17.00",
    )  # fmt: skip


def test_two_times_of_a_day_may_not_meet_but_odd_and_even_weeks_may(offer):
    assert (
        code(lambda: offers.set_week(offer, rows=[Row(0, 540, 660), Row(0, 600, 700)], **by(offer)))
        == "overlap"
    )
    assert Pattern.objects.filter(offer=offer).count() == 5
    offers.set_week(
        offer, rows=[Row(0, 540, 660, "odd"), Row(0, 600, 700, "even"), Row(0, 700, 720)], **by(offer)
    )
    assert Pattern.objects.filter(offer=offer).count() == 3
    three = [Row(0, 540, 700, "odd"), Row(0, 560, 600, "even"), Row(0, 650, 720)]
    assert code(lambda: offers.set_week(offer, rows=three, **by(offer))) == "overlap"


def test_days_are_closed_opened_and_let_be_again(offer):
    assert times(offer, days=3) == 18
    offers.close_days([offer], from_on=WEDNESDAY, last_on=date(2026, 11, 27), **by(offer))
    offers.close_days([offer], from_on=WEDNESDAY, last_on=WEDNESDAY, **by(offer))
    assert (times(offer, days=3), DayException.objects.count()) == (0, 3)
    offers.open_day(offer, on=WEDNESDAY, opens=600, closes=660, **by(offer))
    assert times(offer) == 2
    offers.open_day(offer, on=SATURDAY, opens=600, closes=660, **by(offer))
    offers.open_day(offer, on=SATURDAY, opens=720, closes=750, **by(offer))
    assert times(offer, days=4) == 5
    assert code(lambda: offers.open_day(offer, on=SATURDAY, opens=650, closes=700, **by(offer))) == "overlap"
    offers.clear_day(offer, on=WEDNESDAY, **by(offer))
    assert times(offer) == 6


@pytest.mark.parametrize(
    ("deed", "refused"),
    [
        ({"from_on": date(2026, 11, 20), "last_on": date(2026, 11, 22)}, "past"),
        ({"from_on": SATURDAY, "last_on": WEDNESDAY}, "backwards"),
        ({"from_on": WEDNESDAY, "last_on": date(2028, 1, 1)}, "too-many"),
    ],
)
def test_days_that_are_over_or_turned_around_are_refused(offer, deed, refused):
    assert code(lambda: offers.close_days([offer], **deed, **by(offer))) == refused


def test_a_day_too_short_for_one_time_is_not_opened(offer):
    assert (
        code(lambda: offers.open_day(offer, on=SATURDAY, opens=600, closes=620, **by(offer))) == "too-short"
    )


def test_a_holiday_is_closed_unless_the_day_is_opened(offer):
    epiphany = date(2027, 1, 6)
    begins = NINE + 42 * DAY
    assert free_slots([offer], since=begins, until=begins + DAY, now=NOW, early=True) == []
    offers.open_day(offer, on=epiphany, opens=540, closes=600, **by(offer))
    assert len(free_slots([offer], since=begins, until=begins + DAY / 2, now=NOW, early=True)) == 2


def test_a_supporter_is_offered_once_by_one_way_and_the_history_tells(offer):
    given = {"network": "small", "supporter": offer.supporter, "values": {"minutes": 45}}
    way = Channel.objects.select_related("service__organisation", "place").get(pk=offer.channel_id)
    assert code(lambda: offers.add_offer(way, **given, **by(offer))) == "there-already"
    other = factories.person("Toinen")
    made = offers.add_offer(way, **{**given, "supporter": other}, **by(offer))
    assert (made.minutes, made.place, made.organisation) == (45, None, offer.organisation)
    offers.change_offer(made, values={"minutes": 60, "place_id": 1}, facilities=(), **by(offer))
    assert Offer.objects.get(pk=made.pk).minutes == 60
    change = Change.objects.filter(thing_id=str(made.pk)).order_by("-pk")[0]
    assert (change.verb, change.values) == ("changed", {"minutes": [45, 60]})


def test_a_room_is_reserved_with_the_supporter_and_kept_from_others(db):
    mine, other = small(2)
    place = Place.objects.create(
        external_id="p", short_id="pp", kind="library", name_fi="Kirjasto", municipality_id="290",
        host=mine.organisation, **factories.ENTRY,
    )  # fmt: skip
    room = offers.add_facility(place, kind="room", name="Pieni huone", seats=1, **by(mine))
    assert code(lambda: offers.add_facility(place, kind="room", name="Pieni huone", seats=1, **by(mine))) == (
        "there-already"
    )
    for each in (mine, other):
        offers.change_offer(each, values={}, facilities=[room], **by(each))
    booked(mine)
    assert code(lambda: booked(other)) == "taken"
    offers.end_facility(room, **by(mine))
    assert booked(other).state == "booked"
    assert offer_page(mine, now=NOW).facilities == ()
