"""Cases by hand: the nights when the clock is turned. In UTC, where wall time would be unclear."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kilauta.lib.hours import Schedule, Span, State
from tests.lib.oracle_hours import hours, local

# All four are Sundays; 28.3.2027 is also Easter.
SPRING = [date(2026, 3, 29), date(2027, 3, 28)]
AUTUMN = [date(2026, 10, 25), date(2027, 10, 31)]


def nightly(*spans):
    return Schedule(
        [hours("1-7", span) for span in spans] + [hours("", span, holiday="any") for span in spans]
    )


def opened(schedule, day):
    """Open spans that touch the day, as UTC clock times."""
    spans = schedule.spans(day - timedelta(days=1), day + timedelta(days=1))
    midnight = local(f"{day} 00:00")
    return [
        f"{span.start_utc:%H:%M}-{span.end_utc:%H:%M}"
        for span in spans
        if span.state is State.OPEN
        and span.end_utc > midnight
        and span.start_utc < local(f"{day + timedelta(days=1)} 00:00")
    ]


@pytest.mark.parametrize("day", SPRING)
@pytest.mark.parametrize(
    ("span", "utc"),
    [
        ("0-6", ["22:00-03:00"]),  # five hours
        ("2-3", ["00:00-01:00"]),
        ("2-3:30", ["00:00-01:00"]),  # until the jump
        ("3-4", []),  # the hour does not exist
        ("3:10-3:40", []),
        ("3:30-5", ["01:00-02:00"]),  # from the jump
        ("4-5", ["01:00-02:00"]),
    ],
)
def test_in_spring_the_hour_from_three_to_four_is_missing(day, span, utc):
    assert opened(nightly(span), day) == utc


@pytest.mark.parametrize("day", AUTUMN)
@pytest.mark.parametrize(
    ("span", "utc"),
    [
        ("0-6", ["21:00-04:00"]),  # seven hours
        ("2-3", ["23:00-00:00"]),
        ("2-3:30", ["23:00-00:30"]),  # until the first half past three
        ("3-4", ["00:00-02:00"]),  # both of them
        ("3:10-3:40", ["00:10-00:40"]),
        ("3:30-5", ["00:30-03:00"]),  # from the first half past three, without a pause
        ("4-5", ["02:00-03:00"]),
    ],
)
def test_in_autumn_the_hour_from_three_to_four_comes_twice(day, span, utc):
    assert opened(nightly(span), day) == utc


@pytest.mark.parametrize("day", SPRING + AUTUMN)
def test_a_night_from_ten_to_half_past_three_keeps_its_wall_time_on_other_nights(day):
    schedule = nightly("22-3:30")
    for away in (-7, -2, 2, 7):
        at = local(f"{day + timedelta(days=away)} 03:29")
        now = schedule.at(at)
        assert (now.state, now.until) == (State.OPEN, at + timedelta(minutes=1))


@pytest.mark.parametrize(("day", "long"), [*((day, 23) for day in SPRING), *((day, 25) for day in AUTUMN)])
def test_the_day_is_as_long_as_it_is(day, long):
    rules = [hours("7", "0-24"), hours("1-6", "9-10"), hours("", "0-24", holiday="easter-sunday")]
    schedule = Schedule(rules)
    (span,) = [span for span in schedule.spans(day, day) if span.state is State.OPEN]
    assert span.end_utc - span.start_utc == timedelta(hours=long)
    assert schedule.at(local(f"{day} 12:00")).until == local(f"{day + timedelta(days=1)} 00:00")


@pytest.mark.parametrize("day", AUTUMN)
def test_both_half_past_threes_are_instants_of_their_own(day):
    schedule = nightly("2-3:45")
    first, second = local(f"{day} 03:30"), local(f"{day} 03:30", fold=1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert [schedule.state_at(first), schedule.state_at(second)] == [State.OPEN, State.CLOSED]
    assert schedule.at(first).until == local(f"{day} 03:45").astimezone(UTC)
    assert schedule.at(second).until == local(f"{day + timedelta(days=1)} 02:00")


@pytest.mark.parametrize("day", AUTUMN)
def test_neighbours_that_meet_in_the_doubled_hour_neither_overlap_nor_gape(day):
    schedule = Schedule([hours("7", "2-3:30"), hours("7", "3:30-5", State.SELF_SERVICE)])
    meet = local(f"{day} 03:30").astimezone(UTC)
    assert schedule.spans(day, day)[1:3] == [
        Span(local(f"{day} 02:00").astimezone(UTC), meet, State.OPEN),
        Span(meet, local(f"{day} 05:00").astimezone(UTC), State.SELF_SERVICE),
    ]


@pytest.mark.parametrize("day", SPRING)
def test_asking_for_a_time_that_does_not_exist_is_answered(day):
    now = nightly("4-5").at(local(f"{day} 03:30"))  # zoneinfo reads it as half past four
    assert (now.state, now.until) == (State.OPEN, local(f"{day} 05:00"))


@pytest.mark.parametrize("day", SPRING)
def test_what_stands_around_the_missing_hour_is_one(day):
    schedule = nightly("0-3:10", "3:40-6")
    assert opened(schedule, day) == ["22:00-03:00"]
    assert schedule.at(local(f"{day} 01:00")).until == local(f"{day} 06:00")
    assert schedule.at(local(f"{day} 05:00")).until == local(f"{day} 06:00")


@pytest.mark.parametrize("day", SPRING)
def test_printed_hours_keep_wall_time(day):
    monday = day - timedelta(days=6)
    spans = [printed.spans[0] for printed in nightly("3:10-3:40").week(day)]
    assert {(f"{span.opens:%H:%M}", f"{span.closes:%H:%M}") for span in spans} == {("03:10", "03:40")}
    assert nightly("3-4").week(day)[0].date == monday


def test_hours_before_summer_time_was_invented():
    at = datetime(1975, 7, 1, 10, tzinfo=UTC)
    assert Schedule([hours("1-7", "9-16")]).at(at).until == datetime(1975, 7, 1, 14, tzinfo=UTC)
