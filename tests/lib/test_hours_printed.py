"""Cases by hand: tables of a week, lines such as Mon-Fri 9-16, coming exceptions, and spans."""

from datetime import UTC, date, datetime, time

from kilauta.lib.hours import DayHours, Line, Schedule, Span, State, WallSpan
from tests.lib.oracle_hours import hours

CLOSED, OPEN, SELF_SERVICE = State.CLOSED, State.OPEN, State.SELF_SERVICE
OFFICE = [hours("1-5", "9-12"), hours("1-5", "13-16")]
SHUT_ON_HOLIDAYS = hours("", "", CLOSED, holiday="any")


def told(day):
    """One line of the table, as a person would write it."""
    spans = ", ".join(f"{span.opens:%H:%M}-{span.closes:%H:%M} {span.state}" for span in day.spans)
    return f"{day.date:%a %d.%m.} " + ("?" if day.unknown else spans or "-")


def week(rules, day):
    return [told(day) for day in Schedule(rules).week(date.fromisoformat(day))]


def line(weekdays, opens, closes, state=OPEN, **conditions):
    defaults = {"weeks": "all", "nth": None, "valid_from": None, "valid_to": None}
    return Line(weekdays, opens, closes, state, **(defaults | conditions))


def test_a_week_is_printed_from_monday_whatever_day_is_asked():
    tables = [week(OFFICE, f"2026-02-{day:02}") for day in range(2, 9)]
    assert tables == [tables[0]] * 7
    assert tables[0][0] == "Mon 02.02. 09:00-12:00 open, 13:00-16:00 open"
    assert tables[0][5:] == ["Sat 07.02. -", "Sun 08.02. -"]


def test_easter_week_without_and_with_a_rule_for_holidays():
    assert week(OFFICE, "2026-04-02")[3:] == [
        "Thu 02.04. 09:00-12:00 open, 13:00-16:00 open",
        "Fri 03.04. ?",
        "Sat 04.04. -",
        "Sun 05.04. -",
    ]
    assert week([*OFFICE, SHUT_ON_HOLIDAYS], "2026-04-02")[4] == "Fri 03.04. -"


def test_a_day_in_full():
    (day,) = Schedule([*OFFICE, hours("", "10-11", holiday="epiphany")]).days(date(2026, 1, 6), 1)
    assert day == DayHours(
        date=date(2026, 1, 6),
        spans=(WallSpan(time(10), time(11), OPEN),),
        holiday="epiphany",
        unknown=False,
        exceptional=True,
    )


def test_without_rules_every_day_is_unknown():
    assert week([], "2026-02-03")[0] == "Mon 02.02. ?"
    assert not any(day.exceptional or day.spans for day in Schedule([]).days(date(2026, 1, 1)))


def test_the_night_stands_on_the_day_it_begins():
    assert week([hours("5", "20-02")], "2026-02-03")[4:6] == ["Fri 06.02. 20:00-02:00 open", "Sat 07.02. -"]


def test_a_night_that_meets_the_morning_after_is_cut_at_midnight():
    rules = [hours("5", "20-02"), hours("6", "1-10")]
    assert week(rules, "2026-02-03")[4:6] == [
        "Fri 06.02. 20:00-00:00 open",
        "Sat 07.02. 00:00-10:00 open",
    ]


def test_a_night_is_told_as_far_as_no_better_help_takes_over():
    rules = [hours("5", "20-04", SELF_SERVICE), hours("6", "0-10")]
    assert week(rules, "2026-02-03")[4:6] == [
        "Fri 06.02. 20:00-00:00 self-service",
        "Sat 07.02. 00:00-10:00 open",
    ]


def test_a_morning_of_better_help_is_not_told_as_the_end_of_the_night():
    rules = [hours("5", "20-02", SELF_SERVICE), hours("6", "0-02")]
    assert week(rules, "2026-02-03")[4:6] == [
        "Fri 06.02. 20:00-00:00 self-service",
        "Sat 07.02. 00:00-02:00 open",
    ]


def test_what_is_longer_than_a_day_is_cut_at_midnight():
    rules = [hours("5", "0-24"), hours("5", "22-02")]
    assert week(rules, "2026-02-03")[4:6] == [
        "Fri 06.02. 00:00-00:00 open",
        "Sat 07.02. 00:00-02:00 open",
    ]


def test_day_and_night():
    assert set(week([hours("1-7", "0-24")], "2026-02-03")) == {
        f"{day} 00:00-00:00 open"
        for day in (
            "Mon 02.02.",
            "Tue 03.02.",
            "Wed 04.02.",
            "Thu 05.02.",
            "Fri 06.02.",
            "Sat 07.02.",
            "Sun 08.02.",
        )
    }


def test_the_night_before_a_day_nothing_is_known_of():
    rules = [hours("1-5", "20-02", valid_to=date(2026, 2, 3))]
    assert week(rules, "2026-02-03")[1:3] == ["Tue 03.02. 20:00-02:00 open", "Wed 04.02. ?"]


def test_hours_that_are_unknown_stand_among_the_known():
    rules = [*OFFICE, hours("6", "10-14", State.UNKNOWN)]
    assert week(rules, "2026-02-03")[5] == "Sat 07.02. 10:00-14:00 unknown"


def test_seven_days_from_today():
    days = Schedule(OFFICE).days(date(2026, 2, 5))
    assert [f"{day.date:%a}" for day in days] == ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]


def test_days_that_print_alike_are_one_run():
    rules = [*OFFICE, hours("6", "10-14"), hours("3", "", State.BY_APPOINTMENT)]
    assert Schedule(rules).regular() == [
        line((1, 2), time(9), time(12)),
        line((1, 2), time(13), time(16)),
        line((3,), None, None, State.BY_APPOINTMENT),
        line((3,), time(9), time(12)),
        line((3,), time(13), time(16)),
        line((4, 5), time(9), time(12)),
        line((4, 5), time(13), time(16)),
        line((6,), time(10), time(14)),
    ]


def test_rules_that_say_the_same_are_one_line():
    rules = [hours(str(day), "9-16") for day in (1, 2, 3, 4, 5, 3)]
    assert Schedule(rules).regular() == [line((1, 2, 3, 4, 5), time(9), time(16))]
    assert Schedule([hours("", "9-16")]).regular() == [line((1, 2, 3, 4, 5, 6, 7), time(9), time(16))]


def test_lines_with_other_conditions_stand_apart_in_order():
    summer = {"valid_from": date(2026, 6, 1), "valid_to": date(2026, 8, 9)}
    rules = [
        hours("1-5", "10-14", **summer),
        hours("1", "17-19", weeks="even"),
        hours("1", "17-19", weeks="odd"),
        hours("6", "10-14", nth=-1),
        hours("6", "10-14", nth=1),
        *OFFICE[:1],
    ]
    assert Schedule(rules).regular() == [
        line((1, 2, 3, 4, 5), time(9), time(12)),
        line((6,), time(10), time(14), nth=1),
        line((6,), time(10), time(14), nth=-1),
        line((1,), time(17), time(19), weeks="odd"),
        line((1,), time(17), time(19), weeks="even"),
        line((1, 2, 3, 4, 5), time(10), time(14), **summer),
    ]


def test_regular_lines_leave_out_holidays_and_exceptions():
    rules = [SHUT_ON_HOLIDAYS, hours("2", "9-12", exception=True)]
    assert Schedule(rules).regular() == []


def test_coming_exceptions_are_those_the_week_does_not_tell():
    rules = [
        *OFFICE,
        hours("", "", CLOSED, holiday="christmas-eve"),
        hours("", "9-12", exception=True, valid_from=date(2026, 12, 23), valid_to=date(2026, 12, 23)),
    ]
    days = Schedule(rules).exceptions(date(2026, 12, 1), 40)
    assert [(told(day), day.holiday) for day in days] == [
        ("Wed 23.12. 09:00-12:00 open", None),
        ("Thu 24.12. -", "christmas-eve"),
        ("Fri 25.12. ?", "christmas-day"),
        ("Fri 01.01. ?", "new-years-day"),
        ("Wed 06.01. ?", "epiphany"),
    ]


def test_spans_tell_every_moment_once():
    assert Schedule(OFFICE[:1]).spans(date(2026, 2, 2), date(2026, 2, 3)) == [
        Span(datetime(2026, 2, 1, 22, tzinfo=UTC), datetime(2026, 2, 2, 7, tzinfo=UTC), CLOSED),
        Span(datetime(2026, 2, 2, 7, tzinfo=UTC), datetime(2026, 2, 2, 10, tzinfo=UTC), OPEN),
        Span(datetime(2026, 2, 2, 10, tzinfo=UTC), datetime(2026, 2, 3, 7, tzinfo=UTC), CLOSED),
        Span(datetime(2026, 2, 3, 7, tzinfo=UTC), datetime(2026, 2, 3, 10, tzinfo=UTC), OPEN),
        Span(datetime(2026, 2, 3, 10, tzinfo=UTC), datetime(2026, 2, 3, 22, tzinfo=UTC), CLOSED),
    ]
    assert Schedule(OFFICE).spans(date(2026, 2, 3), date(2026, 2, 2)) == []
