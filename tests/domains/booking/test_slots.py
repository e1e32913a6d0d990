"""Weekly times as times that can be booked, against an oracle that walks the wall clock minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kilauta.domains.booking.logic.slots import (
    Closure,
    OneDay,
    Slot,
    Taken,
    Times,
    Way,
    Weekly,
    bookable,
    clashes,
    instants,
    left,
    slots,
)

HELSINKI = ZoneInfo("Europe/Helsinki")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TURNS = (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28))
MONDAY = date(2026, 11, 30)


def at(text):
    """Return the instant of a wall time in Finland; "+" behind it is its second coming."""
    wall = datetime.fromisoformat(text.rstrip("+"))
    return wall.replace(tzinfo=HELSINKI, fold=int(text.endswith("+"))).astimezone(UTC)


def on(day, times, days=1):
    """Return the slots of a day as "09.30", those of a second coming with a +."""
    found = slots(times, since=at(f"{day}T00:00"), until=at(f"{day + days * DAY}T00:00"))
    walls = [slot.starts_at.astimezone(HELSINKI) for slot in found]
    return [f"{wall:%H.%M}{'+' * wall.fold}" for wall in walls]


def week(*hours, minutes=30, **more):
    weekly = tuple(Weekly(day, opens, closes) for day in range(7) for opens, closes in hours)
    return Times(minutes, weekly, **more)


def test_a_window_is_cut_into_slots_that_lie_within_it():
    assert on(MONDAY, week((540, 630))) == ["09.00", "09.30", "10.00"]
    assert on(MONDAY, week((540, 629))) == ["09.00", "09.30"]
    assert on(MONDAY, week((540, 560))) == []
    assert on(MONDAY, week((1380, 1440))) == ["23.00", "23.30"]


def test_two_windows_that_overlap_give_each_slot_once():
    assert on(MONDAY, week((540, 600), (570, 630))) == ["09.00", "09.30", "10.00"]


def test_odd_and_even_weeks_take_turns_also_over_the_new_year():
    times = Times(30, (Weekly(4, 540, 570, "odd"),), closed_on_holidays=False)
    fridays = [date(2026, 12, 18) + n * 7 * DAY for n in range(5)]  # weeks 51, 52, 53, 1, 2
    assert [bool(on(day, times)) for day in fridays] == [True, False, True, True, False]


def test_a_pattern_holds_from_its_first_day_until_the_day_that_ends_it():
    times = Times(30, tuple(Weekly(d, 540, 570, "all", MONDAY, MONDAY + 2 * DAY) for d in range(7)))
    assert [bool(on(MONDAY + n * DAY, times)) for n in (-1, 0, 1, 2)] == [False, True, True, False]
    ended = week((540, 570), ends_on=MONDAY)
    assert [bool(on(MONDAY + n * DAY, ended)) for n in (-1, 0)] == [True, False]


def test_a_day_of_its_own_takes_the_place_of_the_week():
    days = (OneDay(MONDAY), OneDay(MONDAY + DAY, 600, 660), OneDay(MONDAY + DAY, 720, 750))
    times = week((540, 600), days=days)
    assert on(MONDAY, times) == []
    assert on(MONDAY + DAY, times) == ["10.00", "10.30", "12.00"]
    both = week((540, 600), days=(OneDay(MONDAY), OneDay(MONDAY, 600, 660)))
    assert on(MONDAY, both) == []


@pytest.mark.parametrize(
    "day", [date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 6), date(2027, 6, 25), date(2026, 12, 6)]
)
def test_holidays_are_closed_unless_the_offer_or_a_day_of_its_own_says_otherwise(day):
    assert on(day, week((540, 570))) == []
    assert on(day, week((540, 570), closed_on_holidays=False)) == ["09.00"]
    assert on(day, week((540, 570), days=(OneDay(day, 600, 630),))) == ["10.00"]


def test_a_closure_shuts_also_a_day_that_was_opened():
    times = week((540, 570), days=(OneDay(MONDAY, 600, 630),), closures=(Closure(MONDAY, MONDAY + DAY),))
    assert [on(MONDAY + n * DAY, times) for n in (0, 1, 2)] == [[], [], ["09.00"]]
    assert on(MONDAY + 300 * DAY, week((540, 570), closures=(Closure(MONDAY),))) == []


def test_in_spring_what_lies_in_the_hour_that_is_skipped_does_not_come():
    for day in (TURNS[0], TURNS[2]):  # the second one is Easter Sunday
        assert on(day, week((120, 300), closed_on_holidays=False)) == ["02.00", "02.30", "04.00", "04.30"]
        # what would run through the jump ends where the clock then stands, and no later than the window
        assert on(day, week((120, 210), minutes=60, closed_on_holidays=False)) == ["02.00"]
        assert on(day, week((150, 240), minutes=45, closed_on_holidays=False)) == []


def test_in_autumn_both_comings_of_the_hour_are_times_of_their_own():
    assert on(TURNS[1], week((150, 270))) == ["02.30", "03.00", "03.30", "03.00+", "03.30+", "04.00"]
    assert instants(TURNS[1], 210) == [at("2026-10-25T03:30"), at("2026-10-25T03:30+")]
    assert at("2026-10-25T03:30+") - at("2026-10-25T03:30") == timedelta(hours=1)


def test_weekly_times_keep_the_time_on_the_wall_over_the_turns():
    for turn in TURNS:
        for day in (turn - DAY, turn + DAY):
            assert on(day, week((540, 600), closed_on_holidays=False)) == ["09.00", "09.30"]


def test_notice_and_horizon_bound_what_may_be_booked():
    now = at("2026-11-30T08:00")
    found = list(bookable(week((540, 600)), notice=90, horizon=2, since=now, until=now + 99 * DAY, now=now))
    walls = [f"{slot.starts_at.astimezone(HELSINKI):%d %H.%M}" for slot in found]
    assert walls == ["30 09.30", "01 09.00", "01 09.30", "02 09.00", "02 09.30"]


def slot(text, minutes=30):
    return Slot(at(text), at(text) + minutes * MINUTE)


def taken(text, way=Way(), minutes=30):  # noqa: B008 -- frozen
    return Taken(at(text), at(text) + minutes * MINUTE, way)


def test_what_ends_as_the_slot_begins_does_not_touch_it():
    nine = slot("2026-11-30T09:00")
    near = ("08:30", "08:31", "08:59", "09:29", "09:30")
    assert [clashes(nine, Way(), taken(f"2026-11-30T{each}")) for each in near] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_between_two_places_there_is_the_way_and_at_one_place_there_is_none():
    nine, hall = slot("2026-11-30T09:00"), Way("hall", before=20, after=30)
    before = [taken("2026-11-30T08:10", Way(place)) for place in ("hall", "school", "")]
    assert [clashes(nine, hall, each) for each in before] == [False, False, False]
    nearer = [taken("2026-11-30T08:20", Way(place)) for place in ("hall", "school", "")]
    assert [clashes(nine, hall, each) for each in nearer] == [False, True, True]
    # the longer of the two ways counts, whoever of the two asks for it
    later = [taken("2026-11-30T10:10", Way("school", before=each)) for each in (0, 40, 41)]
    assert [clashes(nine, hall, each) for each in later] == [False, False, True]
    assert clashes(nine, Way("", before=10), taken("2026-11-30T08:25", Way(""))) is True


def test_a_group_has_as_many_places_as_it_has():
    nine = slot("2026-11-30T09:00")
    assert [left(nine, Way(), capacity=3, mates=mates, taken=()) for mates in (0, 2, 3, 4)] == [3, 1, 0, 0]
    assert left(nine, Way(), capacity=3, mates=0, taken=(taken("2026-11-30T09:15"),)) == 0


def walk(day, opens, closes, minutes):
    """The slow telling: every minute of the day as it passes, and what the wall shows in it."""
    begins = at(f"{day}T00:00")
    ends = at(f"{day + DAY}T00:00")
    shown = {}
    moment = begins
    while moment < ends:
        wall = moment.astimezone(HELSINKI)
        shown[moment] = wall.hour * 60 + wall.minute
        moment += MINUTE
    # when the window is over for good: the first minute after which the wall shows nothing before its end
    last = max((moment + MINUTE for moment, minute in shown.items() if minute < closes), default=begins)
    grid = set(range(opens, closes - minutes + 1, minutes))
    found = [moment for moment, minute in shown.items() if minute in grid]
    return [moment for moment in found if moment + minutes * MINUTE <= last]


@given(
    day=st.one_of(
        st.sampled_from(TURNS),
        st.sampled_from(TURNS).map(lambda d: d + DAY),
        st.dates(MONDAY, MONDAY + 90 * DAY),
    ),
    opens=st.integers(0, 280).map(lambda n: n * 5),
    lasts=st.integers(1, 100).map(lambda n: n * 5),
    minutes=st.sampled_from((5, 15, 20, 30, 45, 60, 90, 480)),
)
@settings(max_examples=40, deadline=None)
def test_slots_are_those_of_the_slow_telling(day, opens, lasts, minutes):
    closes = min(1440, opens + lasts)
    times = week((opens, closes), minutes=minutes, closed_on_holidays=False)
    found = slots(times, since=at(f"{day}T00:00"), until=at(f"{day + DAY}T00:00"))
    assert [slot.starts_at for slot in found] == walk(day, opens, closes, minutes)


@given(
    slot=st.tuples(st.integers(0, 60), st.integers(1, 12)),
    other=st.tuples(st.integers(0, 60), st.integers(1, 12)),
    ways=st.tuples(*[st.integers(0, 6)] * 4),
    same=st.booleans(),
)
def test_a_clash_is_a_minute_that_both_need(slot, other, ways, same):
    zero = at("2026-11-30T08:00")
    mine = Way("hall", ways[0] * 5, ways[1] * 5)
    theirs = Way("hall" if same else "school", ways[2] * 5, ways[3] * 5)
    here = Slot(zero + slot[0] * 5 * MINUTE, zero + sum(slot) * 5 * MINUTE)
    there = Taken(zero + other[0] * 5 * MINUTE, zero + sum(other) * 5 * MINUTE, theirs)
    first, second = (here, there) if here.starts_at <= there.starts_at else (there, here)
    after = mine.after if first is here else theirs.after
    before = theirs.before if first is here else mine.before
    gap = timedelta() if same else max(after, before) * MINUTE
    if here.starts_at == there.starts_at:
        assert clashes(here, mine, there)
    else:
        assert clashes(here, mine, there) == (second.starts_at < first.ends_at + gap)
