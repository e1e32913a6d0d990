"""Times and what they are compared with, shares, changes and medians: no database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kilauta.domains.guidance.logic import figures, periods
from kilauta.domains.guidance.logic.figures import Change
from kilauta.domains.guidance.logic.periods import DAYS, MONTH, WEEK, YEAR, Period

TODAY = date(2026, 11, 24)
days = some.dates(date(2001, 1, 1), date(2098, 12, 31))


@pytest.mark.parametrize("kind", [WEEK, MONTH, YEAR])
@given(day=days)
def test_a_time_is_found_again_by_its_code_and_its_neighbours_touch_it(kind: str, day: date) -> None:
    period = periods.this(kind, day)
    assert period.from_on <= day < period.until_on
    assert periods.named(period.code) == period
    before, after = periods.before(period), periods.after(period)
    assert before is not None
    assert after is not None
    assert (before.until_on, after.from_on) == (period.from_on, period.until_on)
    assert (periods.after(before), periods.before(after)) == (period, period)


@pytest.mark.parametrize("by", periods.BUCKETS)
@given(first=days, length=some.integers(0, 800))
def test_bars_fill_the_time_without_a_gap(by: str, first: date, length: int) -> None:
    period = Period(DAYS, first, first + timedelta(days=length))
    parts = list(periods.buckets(period, by))
    assert sum(part.length for part in parts) == length
    assert all(part.length > 0 for part in parts)
    assert [part.from_on for part in parts[1:]] == [part.until_on for part in parts[:-1]]


@given(day=days, passed=some.integers(0, 400))
def test_an_unfinished_time_is_compared_with_as_many_days_or_fewer_where_the_month_was_short(
    day: date, passed: int
) -> None:
    for kind in (WEEK, MONTH, YEAR):
        period = periods.this(kind, day)
        today = period.from_on + timedelta(days=passed)
        for earlier in (periods.before(period), periods.year_before(period)):
            held = periods.compared(period, earlier, today)
            if held is None:
                assert earlier is None
            else:
                assert earlier is not None
                assert (held.from_on, held.until_on <= earlier.until_on) == (earlier.from_on, True)
                assert abs(period.until(today).length - held.length) <= 3


def test_a_year_without_a_53rd_week_has_nothing_to_compare_it_with() -> None:
    period = periods.named("2026-w53")
    assert period == Period(WEEK, date(2026, 12, 28), date(2027, 1, 4))
    assert period is not None
    assert periods.year_before(period) is None
    assert periods.named("2025-w53") is None


def test_leap_days_have_a_year_before() -> None:
    period = periods.between(date(2028, 2, 29), date(2028, 2, 29))
    assert period is not None
    assert periods.year_before(period) == Period(DAYS, date(2027, 3, 1), date(2027, 3, 1))
    month = periods.named("2028-02")
    assert month is not None
    assert periods.compared(month, periods.year_before(month), date(2028, 2, 28)) == Period(
        MONTH, date(2027, 2, 1), date(2027, 3, 1)
    )


def test_two_free_days_are_compared_with_as_many_just_before() -> None:
    period = periods.between(date(2026, 3, 10), date(2026, 3, 19))
    assert period is not None
    assert periods.before(period) == Period(DAYS, date(2026, 2, 28), date(2026, 3, 10))
    assert periods.year_before(period) == Period(DAYS, date(2025, 3, 10), date(2025, 3, 20))
    assert periods.between(date(2026, 3, 10), date(2026, 3, 9)) is None
    assert periods.between(date(1899, 1, 1), TODAY) is None


def test_a_time_that_has_not_begun_is_compared_with_nothing() -> None:
    period = periods.named("2027")
    assert period is not None
    assert periods.compared(period, periods.before(period), TODAY) is None
    assert period.until(TODAY).length == 0


def test_all_the_time_is_until_today_also_where_there_is_nothing() -> None:
    assert periods.everything(None, TODAY) == Period(periods.ALL, TODAY, TODAY + timedelta(days=1))
    assert periods.before(periods.everything(None, TODAY)) is None


@given(some.lists(some.integers(1, 1439), min_size=1, max_size=30))
def test_the_median_is_that_of_the_list(minutes: list[int]) -> None:
    counted = {each: minutes.count(each) for each in minutes}
    ordered, half = sorted(minutes), len(minutes) // 2
    middle = ordered[half] if len(minutes) % 2 else (ordered[half - 1] + ordered[half] + 1) // 2
    held = figures.minutes(counted, 3)
    assert (held.told, held.untold, held.total, held.median) == (len(minutes), 3, sum(minutes), middle)


@pytest.mark.parametrize(
    ("now", "before", "difference", "per_cent"),
    [
        (30, 3, 27, 900),
        (3, 30, -27, -90),
        (1, 3, -2, -67),
        (5, 0, 5, None),
        (0, 0, 0, None),
        (5, None, None, None),
        (0, 8, -8, -100),
    ],
)
def test_a_change_from_nothing_has_no_per_cent(
    now: int, before: int | None, difference: int | None, per_cent: int | None
) -> None:
    change = Change(now, before)
    assert (change.difference, change.per_cent) == (difference, per_cent)


def test_of_nothing_there_is_no_share() -> None:
    empty = figures.told_once({"": 4}, 4)
    assert (empty.share("fi"), empty.base, empty.untold) == (None, 0, 4)
    assert [figures.per_cent(part, 8) for part in (0, 1, 4, 8)] == [0, 13, 50, 100]


def test_what_was_joined_is_followed_to_the_end_and_a_ring_ends_somewhere() -> None:
    assert figures.followed({"a": "b", "b": "c"}, "a") == "c"
    assert figures.followed({"a": "b", "b": "a"}, "a") in {"a", "b"}
