"""Cases by hand: what the rules say at an instant. Times in the tables are Helsinki wall time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kilauta.lib.hours import Now, Rule, Schedule, State
from tests.lib.oracle_hours import HELSINKI, hours, local

CLOSED, OPEN, UNKNOWN = State.CLOSED, State.OPEN, State.UNKNOWN
SELF_SERVICE, BY_APPOINTMENT = State.SELF_SERVICE, State.BY_APPOINTMENT


def state(rules, text, fold=0):
    at = local(text, fold)
    schedule = Schedule(rules)
    assert schedule.state_at(at) is schedule.at(at).state
    return schedule.state_at(at)


def until(rules, text, fold=0):
    return Schedule(rules).at(local(text, fold)).until


OFFICE = [hours("1-5", "9-12"), hours("1-5", "13-16")]
HELP_ON_TUESDAYS = hours("2", "10-12")


# Ordinary days


@pytest.mark.parametrize(
    ("at", "expected", "ends"),
    [
        ("2026-02-03 08:59:59", CLOSED, "2026-02-03 09:00"),
        ("2026-02-03 09:00", OPEN, "2026-02-03 12:00"),
        ("2026-02-03 11:59:59.999", OPEN, "2026-02-03 12:00"),
        ("2026-02-03 12:00", CLOSED, "2026-02-03 13:00"),
        ("2026-02-06 16:00", CLOSED, "2026-02-09 09:00"),
        ("2026-02-07 10:00", CLOSED, "2026-02-09 09:00"),
    ],
)
def test_an_office_with_a_lunch_hour(at, expected, ends):
    assert (state(OFFICE, at), until(OFFICE, at)) == (expected, local(ends))


def test_the_answer_in_full():
    rules = [*OFFICE, hours("1-6", "7-20", SELF_SERVICE), hours("3", "16-18", BY_APPOINTMENT)]
    assert Schedule(rules).at(
        local("2026-04-02 15:00")
    ) == Now(  # Maundy Thursday; Friday and Monday are holidays
        state=OPEN,
        until=datetime(2026, 4, 2, 13, tzinfo=UTC),
        then=SELF_SERVICE,
        opens=datetime(2026, 4, 7, 6, tzinfo=UTC),
        opens_by_appointment=datetime(2026, 4, 8, 13, tzinfo=UTC),
        holiday="maundy-thursday",
    )


def test_while_open_the_next_opening_is_the_one_after_this():
    now = Schedule(OFFICE).at(local("2026-02-03 10:00"))
    assert (now.staffed, now.opens, now.then) == (True, local("2026-02-03 13:00"), CLOSED)


def test_spans_that_meet_are_one():
    rules = [hours("1", "9-12"), hours("1", "12-14"), hours("1", "13:30-16")]
    assert until(rules, "2026-02-02 09:00") == local("2026-02-02 16:00")


def test_any_zone_asks_the_same():
    at = datetime(2026, 2, 3, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
    schedule = Schedule(OFFICE)
    assert schedule.at(at) == schedule.at(at.astimezone(UTC)) == schedule.at(at.astimezone(HELSINKI))


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match=r"^instant-without-zone$"):
        Schedule(OFFICE).at(datetime(2026, 2, 3, 9))  # noqa: DTZ001 -- on purpose


def test_the_order_of_the_rules_does_not_matter():
    rules = [*OFFICE, hours("", "", CLOSED, holiday="any"), hours("1-7", "7-22", SELF_SERVICE)]
    week = (date(2026, 4, 1), date(2026, 4, 8))
    assert Schedule(rules).spans(*week) == Schedule(rules[::-1]).spans(*week)


def test_old_and_far_instants_leave_the_answers_right():
    schedule = Schedule(OFFICE)
    before = schedule.at(local("2026-02-03 10:00"))
    for day in range(2000):
        schedule.at(local("1995-01-01 10:00") + timedelta(days=day))
    assert schedule.at(local("2026-02-03 10:00")) == before


# What is known


def test_without_rules_nothing_is_known():
    assert Schedule([]).at(local("2026-02-03 10:00")) == Now(UNKNOWN, None, None, None, None, None)


def test_who_lists_hours_is_closed_at_other_times():
    assert state([HELP_ON_TUESDAYS], "2026-02-04 10:00") is CLOSED


def test_before_and_after_their_validity_rules_say_nothing():
    rules = [hours("1-7", "9-16", valid_from=date(2026, 2, 3), valid_to=date(2026, 2, 4))]
    expected = {
        "2026-02-02 23:59": UNKNOWN,
        "2026-02-03 00:00": CLOSED,
        "2026-02-03 09:00": OPEN,
        "2026-02-04 15:59": OPEN,
        "2026-02-04 23:59": CLOSED,
        "2026-02-05 00:00": UNKNOWN,
    }
    assert {at: state(rules, at) for at in expected} == expected
    assert until(rules, "2026-02-05 00:00") is None


def test_one_day_of_validity_is_a_day():
    rules = [hours("", "9-10", valid_from=date(2026, 2, 3), valid_to=date(2026, 2, 3))]
    assert state(rules, "2026-02-03 09:30") is OPEN


def test_a_summer_and_a_winter_follow_each_other_without_a_gap():
    rules = [
        hours("1-5", "9-16", valid_to=date(2026, 5, 31)),
        hours("1-5", "10-14", valid_from=date(2026, 6, 1), valid_to=date(2026, 8, 9)),
        hours("1-5", "9-16", valid_from=date(2026, 8, 10)),
    ]
    assert until(rules, "2026-05-29 16:00") == local("2026-06-01 10:00")
    assert until(rules, "2026-08-07 14:00") == local("2026-08-10 09:00")


def test_who_only_says_when_it_is_closed_says_nothing_of_the_rest():
    rules = [hours("7", "", CLOSED), hours("6", "", UNKNOWN)]
    assert [state(rules, f"2026-02-{day:02} 10:00") for day in (6, 7, 8)] == [UNKNOWN, UNKNOWN, CLOSED]


def test_unknown_is_louder_than_closed_and_quieter_than_hours():
    rules = [*OFFICE, hours("6", "", UNKNOWN), hours("1", "", UNKNOWN), hours("6", "", CLOSED)]
    assert [state(rules, f"2026-02-{day:02} 10:00") for day in (7, 8, 9)] == [UNKNOWN, CLOSED, OPEN]


def test_nothing_changes_beyond_the_horizon():
    opens = date(2026, 4, 7)
    rules = [hours("", "9-16", valid_from=opens)]
    eve = opens - timedelta(days=61)
    assert until(rules, f"{eve} 23:59") is None
    assert until(rules, f"{eve + timedelta(days=1)} 00:00") == local(f"{opens} 00:00")
    assert Schedule(rules).at(local(f"{eve + timedelta(days=1)} 00:00")).opens == local(f"{opens} 09:00")


# States


def test_self_service_is_never_staffed():
    now = Schedule([hours("1-7", "7-22", SELF_SERVICE)]).at(local("2026-02-03 10:00"))
    assert (now.state, now.staffed, now.opens) == (SELF_SERVICE, False, None)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("08:00", SELF_SERVICE),
        ("10:00", OPEN),
        ("12:30", SELF_SERVICE),
        ("14:00", BY_APPOINTMENT),
        ("15:30", OPEN),
        ("17:00", SELF_SERVICE),
        ("22:00", CLOSED),
    ],
)
def test_of_two_spans_the_better_help_is_told(at, expected):
    rules = [
        hours("1-7", "7-22", SELF_SERVICE),
        hours("2", "10-12"),
        hours("2", "13-16", BY_APPOINTMENT),
        hours("2", "15-16"),
        hours("2", "9-17", CLOSED),
    ]
    assert state(rules, f"2026-02-03 {at}") is expected


def test_appointments_may_be_for_any_hour():
    now = Schedule([hours("1-5", "", BY_APPOINTMENT)]).at(local("2026-02-07 10:00"))
    assert (now.state, now.opens, now.opens_by_appointment) == (CLOSED, None, local("2026-02-09 00:00"))


# Midnight


@pytest.mark.parametrize(
    ("span", "at", "ends"),
    [
        ("20-02", "2026-02-06 23:00", "2026-02-07 02:00"),
        ("20-02", "2026-02-07 01:00", "2026-02-07 02:00"),
        ("20-0:30", "2026-02-07 00:29", "2026-02-07 00:30"),
        ("20-24", "2026-02-06 23:00", "2026-02-07 00:00"),
        ("0-24", "2026-02-06 00:00", "2026-02-07 00:00"),
        ("0-24", "2026-02-06 23:59:59", "2026-02-07 00:00"),
        ("12-12", "2026-02-07 11:59", "2026-02-07 12:00"),
    ],
)
def test_hours_past_midnight_belong_to_the_day_they_start_on(span, at, ends):
    rules = [hours("5", span)]
    assert (state(rules, at), until(rules, at)) == (OPEN, local(ends))


def test_always_open_never_ends():
    rules = [hours("1-7", "0-24")]
    now = Schedule(rules).at(local("2026-02-03 10:00"))
    assert (now.state, now.until) == (OPEN, local("2026-04-03 00:00"))  # Good Friday is in doubt
    assert Schedule([*rules, hours("", "0-24", holiday="any")]).at(local("2026-02-03 10:00")).until is None


def test_people_do_not_stop_at_midnight_because_tomorrow_is_a_holiday():
    rules = [hours("1-7", "20-02"), hours("", "", CLOSED, holiday="any")]
    assert until(rules, "2026-04-02 23:00") == local("2026-04-03 02:00")  # into Good Friday
    assert state(rules, "2026-04-03 22:00") is CLOSED
    assert state(rules, "2026-04-04 01:00") is CLOSED  # what Good Friday replaced does not continue


def test_after_a_holiday_in_doubt_the_night_is_in_doubt_too():
    rules = [hours("1-7", "20-02")]
    assert state(rules, "2026-04-04 01:00") is UNKNOWN
    assert state(rules, "2026-04-04 02:00") is CLOSED


def test_the_last_night_of_validity_is_served_to_its_end():
    rules = [hours("1-7", "20-02", valid_to=date(2026, 2, 3))]
    assert until(rules, "2026-02-03 21:00") == local("2026-02-04 02:00")


# Weeks and turns of the month


def test_week_53_is_followed_by_another_odd_week():
    rules = [hours("1", "9-12", weeks="odd")]
    mondays = ["2026-12-14", "2026-12-21", "2026-12-28", "2027-01-04", "2027-01-11", "2027-01-18"]
    states = [state(rules, f"{monday} 10:00") for monday in mondays]
    assert states == [OPEN, CLOSED, OPEN, OPEN, CLOSED, OPEN]


def test_the_week_is_that_of_the_day_the_span_starts_on():
    rules = [hours("7", "20-02", weeks="even")]
    assert state(rules, "2026-01-12 01:00") is OPEN  # Monday of week 3, served from Sunday of week 2


def test_even_weeks_across_the_year():
    rules = [hours("5", "9-12", weeks="even")]
    fridays = ["2026-12-25", "2027-01-01", "2027-01-08", "2027-01-15"]  # weeks 52, 53, 1, 2; two are holidays
    assert [state(rules, f"{friday} 10:00") for friday in fridays] == [UNKNOWN, CLOSED, CLOSED, OPEN]


@pytest.mark.parametrize(
    ("nth", "days"),
    [
        (1, ["2026-03-03", "2026-06-02"]),
        (2, ["2026-03-10", "2026-06-09"]),
        (4, ["2026-03-24", "2026-06-23"]),
        (5, ["2026-03-31", "2026-06-30"]),
        (-1, ["2026-03-31", "2026-06-30"]),
    ],
)
def test_the_nth_tuesday_of_the_month(nth, days):
    schedule = Schedule([hours("2", "10-12", nth=nth)])
    opened = {
        str(span.start_utc.date())
        for first, last in (("2026-03-01", "2026-03-31"), ("2026-06-01", "2026-06-30"))
        for span in schedule.spans(date.fromisoformat(first), date.fromisoformat(last))
        if span.state is OPEN
    }
    assert opened == set(days)


def test_the_last_tuesday_is_the_fourth_when_there_is_no_fifth():
    assert state([hours("2", "10-12", nth=-1)], "2026-02-24 11:00") is OPEN
    assert state([hours("2", "10-12", nth=5)], "2026-02-24 11:00") is CLOSED


def test_first_tuesdays_and_thursdays():
    rules = [Rule(frozenset({2, 4}), time(10), time(12), OPEN, nth=1)]
    days = [day for day in range(1, 31) if state(rules, f"2026-09-{day:02} 11:00") is OPEN]
    assert days == [1, 3]


def test_weekend_help_counts_staff_in_ordinary_weeks_of_now():
    today = date(2026, 2, 3)
    weekend = {
        "office": OFFICE,
        "saturdays": [hours("6", "10-14")],
        "every other Sunday": [hours("7", "10-14", weeks="odd")],
        "every day": [hours("", "10-14")],
        "a library alone": [hours("6", "10-14", SELF_SERVICE)],
        "first Saturdays": [hours("6", "10-14", nth=1)],
        "last summer": [hours("6", "10-14", valid_to=date(2025, 8, 31))],
        "one Saturday": [hours("6", "10-14", exception=True)],
    }
    told = {name for name, rules in weekend.items() if Schedule(rules).open_at_weekend(today)}
    assert told == {"saturdays", "every other Sunday", "every day"}


# Nonsense


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("weekday-outside-1-7", {"weekdays": frozenset({0, 1})}),
        ("weekday-outside-1-7", {"weekdays": frozenset({8})}),
        ("weeks-unknown", {"weeks": "third"}),
        ("state-unknown", {"state": "ajar"}),
        ("time-missing", {"closes": None}),
        ("time-missing", {"opens": None}),
        ("time-missing", {"opens": None, "closes": None}),
        ("time-missing", {"opens": None, "closes": None, "state": SELF_SERVICE}),
        ("time-not-whole-seconds-of-wall-time", {"opens": time(9, tzinfo=UTC)}),
        ("time-not-whole-seconds-of-wall-time", {"opens": time(9, microsecond=1)}),
        ("nth-outside-1-5", {"nth": 0}),
        ("nth-outside-1-5", {"nth": 6}),
        ("nth-without-weekday", {"nth": 1, "weekdays": frozenset()}),
        ("ends-before-it-starts", {"valid_from": date(2026, 2, 3), "valid_to": date(2026, 2, 2)}),
        ("holiday-unknown", {"holiday": "runebergs-day"}),
        ("exception-without-days", {"exception": True, "weekdays": frozenset()}),
    ],
)
def test_nonsense_is_refused_with_a_code(code, row):
    sense = {"weekdays": frozenset({1}), "opens": time(9), "closes": time(16), "state": OPEN}
    with pytest.raises(ValueError, match=rf"^{code}$"):
        Rule(**(sense | row))


def test_rules_are_values():
    assert hours("1-5", "9-16") == hours("1-5", "9-16")
    assert len({hours("1-5", "9-16"), hours("1-5", "9-16"), hours("1-5", "9-17")}) == 2
