"""Cases by hand: holidays by name, exceptions, and which of them decides."""

from datetime import date

import pytest

from kilauta.lib.hours import HOLIDAYS, PUBLIC, Schedule, State, holidays_on
from tests.lib.oracle_hours import DAY, EVES, calendar, hours, local

CLOSED, OPEN, UNKNOWN = State.CLOSED, State.OPEN, State.UNKNOWN
OFFICE = [hours("1-5", "9-16")]
SHUT_ON_HOLIDAYS = hours("", "", CLOSED, holiday="any")


def state(rules, text):
    return Schedule(rules).at(local(text)).state


# The calendar


@pytest.mark.parametrize("year", [*range(1992, 2061, 4), 2025, 2026, 2027, 2100])
def test_names_fall_on_the_days_reckoned_by_hand(year):
    first, days = date(year, 1, 1), {}
    for n in range(366):
        for name in holidays_on(first + n * DAY):
            days.setdefault(name, first + n * DAY)
    if days["new-years-day"].year == year:
        assert days == calendar(year)


@pytest.mark.parametrize(
    ("code", "day_2026", "day_2027"),
    [
        ("maundy-thursday", (4, 2), (3, 25)),
        ("good-friday", (4, 3), (3, 26)),
        ("easter-sunday", (4, 5), (3, 28)),
        ("easter-monday", (4, 6), (3, 29)),
        ("ascension", (5, 14), (5, 6)),
        ("whit-sunday", (5, 24), (5, 16)),
        ("midsummer-eve", (6, 19), (6, 25)),
        ("midsummer-day", (6, 20), (6, 26)),
        ("all-saints", (10, 31), (11, 6)),
        ("epiphany", (1, 6), (1, 6)),
        ("independence-day", (12, 6), (12, 6)),
    ],
)
def test_a_holiday_rule_moves_with_its_holiday(code, day_2026, day_2027):
    schedule = Schedule([hours("", "10-12", holiday=code)])
    for day in (date(2026, *day_2026), date(2027, *day_2027)):
        states = [schedule.state_at(local(f"{day + n * DAY} 10:00")) for n in (-1, 0, 1)]
        assert (states[1], schedule.at(local(f"{day} 09:00")).holiday) == (OPEN, code)
        assert OPEN not in (states[0], states[2])


def test_two_holidays_on_one_day_both_have_their_say():
    day = date(2008, 5, 1)
    assert sorted(holidays_on(day)) == ["ascension", "may-day"]
    rules = [hours("", "10-12", holiday="may-day"), hours("", "14-16", holiday="ascension")]
    assert [state(rules, f"{day} {at}") for at in ("11:00", "13:00", "15:00")] == [OPEN, CLOSED, OPEN]


def test_every_name_has_words_in_three_languages_and_any_is_not_a_day():
    assert [code for code, words in HOLIDAYS.items() if set(words) != {"fi", "sv", "en"}] == []
    assert not [word for words in HOLIDAYS.values() for word in words.values() if not word.strip()]
    assert set(HOLIDAYS) == PUBLIC | EVES | {"any"}
    assert len(PUBLIC) == 13


# Public holidays nobody has said anything about


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-06", UNKNOWN),  # Epiphany, a Tuesday
        ("2026-04-03", UNKNOWN),  # Good Friday
        ("2026-05-14", UNKNOWN),  # Ascension Day
        ("2026-12-25", UNKNOWN),
        ("2026-12-24", OPEN),  # not a public holiday by law
        ("2026-06-19", OPEN),  # Midsummer Eve likewise
        ("2026-04-02", OPEN),
        ("2026-12-31", OPEN),
        ("2026-04-05", CLOSED),  # Easter Sunday: it is shut on Sundays anyhow
        ("2026-12-26", CLOSED),  # Boxing Day, a Saturday
        ("2026-06-20", CLOSED),
    ],
)
def test_ordinary_hours_are_in_doubt_on_a_public_holiday(day, expected):
    assert state(OFFICE, f"{day} 10:00") is expected


def test_doubt_lasts_the_whole_day():
    rules = [*OFFICE, hours("1-7", "7-22", State.SELF_SERVICE)]
    now = Schedule(rules).at(local("2026-01-06 00:00"))
    assert (now.state, now.until, now.holiday) == (UNKNOWN, local("2026-01-07 00:00"), "epiphany")
    assert now.opens == local("2026-01-07 09:00")


def test_hours_valid_no_more_leave_no_doubt_but_nothing_known():
    rules = [hours("1-5", "9-16", valid_to=date(2025, 12, 31))]
    assert state(rules, "2026-01-06 10:00") is UNKNOWN


@pytest.mark.parametrize("day", ["2026-01-06", "2026-04-05", "2026-12-06", "2027-11-06"])
def test_one_rule_closes_every_public_holiday(day):
    rules = [hours("1-7", "9-16"), SHUT_ON_HOLIDAYS]
    assert state(rules, f"{day} 10:00") is CLOSED


@pytest.mark.parametrize("day", ["2026-12-24", "2026-06-19", "2026-04-30", "2026-04-04"])
def test_the_rule_for_public_holidays_does_not_touch_the_eves(day):
    assert state([hours("1-7", "9-16"), SHUT_ON_HOLIDAYS], f"{day} 10:00") is OPEN


def test_only_holidays_told_means_other_days_unknown():
    assert state([SHUT_ON_HOLIDAYS], "2026-01-05 10:00") is UNKNOWN
    assert state([SHUT_ON_HOLIDAYS], "2026-01-06 10:00") is CLOSED


# Which rule decides


def test_an_exception_beats_a_name_beats_any_beats_the_week():
    rules = [
        *OFFICE,
        SHUT_ON_HOLIDAYS,
        hours("", "10-14", holiday="epiphany"),
        hours("", "11-12", exception=True, valid_from=date(2026, 1, 6), valid_to=date(2026, 1, 6)),
    ]
    at = [f"2026-01-06 {hour:02}:30" for hour in (9, 10, 11, 13)]
    assert [state(rules, each) for each in at] == [CLOSED, CLOSED, OPEN, CLOSED]
    assert [state(rules[:3], each) for each in at] == [CLOSED, OPEN, OPEN, OPEN]
    assert [state(rules[:2], each) for each in at] == [CLOSED] * 4
    assert [state(rules[:1], each) for each in at] == [UNKNOWN] * 4


def test_a_named_holiday_may_be_closed_though_others_are_served():
    rules = [hours("", "10-14", holiday="any"), hours("", "", CLOSED, holiday="christmas-day")]
    assert [state(rules, f"2026-12-{day} 11:00") for day in (25, 26)] == [CLOSED, OPEN]


def test_a_holiday_marked_as_an_exception_is_still_only_a_holiday():
    rules = [
        hours("", "", CLOSED, holiday="epiphany", exception=True),
        hours("", "10-12", exception=True, valid_from=date(2026, 1, 6), valid_to=date(2026, 1, 6)),
    ]
    assert [state(rules, f"{year}-01-06 11:00") for year in (2026, 2027)] == [OPEN, CLOSED]


def test_a_holiday_rule_may_ask_for_a_weekday_and_a_period():
    rules = [*OFFICE, hours("1-5", "10-12", holiday="independence-day", valid_from=date(2026, 1, 1))]
    seen = {year: state(rules, f"{year}-12-06 11:00") for year in (2024, 2026, 2027, 2028)}
    # Fridays and Mondays and a Wednesday; in 2026 it is a Sunday, and in 2024 the rule is not yet valid.
    assert seen == {2024: UNKNOWN, 2026: CLOSED, 2027: OPEN, 2028: OPEN}


def test_exceptions_of_one_day_add_up_and_the_rest_is_closed():
    one_day = {"exception": True, "valid_from": date(2026, 2, 3), "valid_to": date(2026, 2, 3)}
    rules = [*OFFICE, hours("", "10-11", **one_day), hours("", "17-18", State.BY_APPOINTMENT, **one_day)]
    at = [f"2026-02-03 {hour:02}:30" for hour in (9, 10, 12, 17)]
    assert [state(rules, each) for each in at] == [CLOSED, OPEN, CLOSED, State.BY_APPOINTMENT]
    assert state(rules, "2026-02-04 12:30") is OPEN


def test_an_exception_for_weeks_picks_only_its_weekdays():
    rules = [
        *OFFICE,
        hours("3", "", CLOSED, exception=True, valid_from=date(2026, 7, 1), valid_to=date(2026, 7, 31)),
    ]
    assert [state(rules, f"2026-07-{day:02} 10:00") for day in (7, 8, 9)] == [OPEN, CLOSED, OPEN]


def test_an_exception_may_say_that_nothing_is_known():
    rules = [*OFFICE, hours("", "", UNKNOWN, exception=True, valid_from=date(2026, 7, 1))]
    assert state(rules, "2026-07-02 10:00") is UNKNOWN


def test_a_day_told_only_to_be_closed_for_some_hours_is_unknown_for_the_others():
    one_day = {"exception": True, "valid_from": date(2026, 2, 3), "valid_to": date(2026, 2, 3)}
    rules = [*OFFICE, hours("", "12-14", CLOSED, **one_day)]
    assert [state(rules, f"2026-02-03 {at}:00") for at in (11, 13, 14)] == [UNKNOWN, CLOSED, UNKNOWN]


def test_closed_for_july_is_told_from_the_first_day_to_the_last():
    rules = [
        *OFFICE,
        hours("", "", CLOSED, exception=True, valid_from=date(2026, 7, 1), valid_to=date(2026, 7, 31)),
    ]
    now = Schedule(rules).at(local("2026-06-30 16:00"))
    assert (now.state, now.until, now.opens) == (CLOSED, local("2026-08-03 09:00"), local("2026-08-03 09:00"))
