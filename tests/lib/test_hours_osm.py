"""Against opening-hours-py, where its model and ours say the same thing.

Ours differs on purpose: public holidays put ordinary hours in doubt, a night runs on into a holiday, and a
boundary in the doubled hour of autumn is its first coming, not its second. Theirs takes the two eves for
public holidays and cannot be asked about the missing hour of spring by wall time. Such days and hours are
left out here; the tests by hand tell them.
"""

from datetime import UTC, datetime, time

from hypothesis import assume, given, note
from hypothesis import strategies as st
from opening_hours import OpeningHours
from opening_hours import State as Theirs

from kilauta.lib.hours import Rule, Schedule, State, holidays_on
from tests.lib.oracle_hours import DAY, HELSINKI, QUARTER, public
from tests.lib.test_hours_properties import days, examples, quarters

NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
WEEKS = {"all": "", "odd": "week 01-53/2 ", "even": "week 02-52/2 "}
SAME = {Theirs.OPEN: State.OPEN, Theirs.CLOSED: State.CLOSED, Theirs.UNKNOWN: State.UNKNOWN}


def syntax(rule):
    """Write the rule in the syntax of OpenStreetMap."""
    period = ""
    if rule.valid_from:
        period = f"{rule.valid_from:%Y %b %d}-{rule.valid_to:%Y %b %d} "
    nth = f"[{rule.nth}]" if rule.nth else ""
    weekdays = ",".join(NAMES[day - 1] + nth for day in sorted(rule.weekdays))
    closes = "24:00" if rule.closes == time() else f"{rule.closes:%H:%M}"
    return f"{period}{WEEKS[rule.weeks]}{weekdays} {rule.opens:%H:%M}-{closes}"


@st.composite
def weekly(draw, *, nights=True):
    opens, closes = draw(quarters), draw(quarters)
    if not nights and closes != time() and closes <= opens:
        opens, closes = closes, opens
    assume(opens != closes or opens == time())
    weekdays = draw(st.frozensets(st.integers(1, 7), min_size=1))
    row = {"weeks": draw(st.sampled_from(["all", "odd", "even"]))}
    if draw(st.integers(0, 3)) == 0:
        row["nth"] = draw(st.sampled_from([1, 2, 3, 4, 5, -1]))
    if draw(st.integers(0, 3)) == 0:
        row["valid_from"] = draw(days())
        row["valid_to"] = row["valid_from"] + draw(st.integers(0, 60)) * DAY
    return Rule(weekdays, opens, closes, State.OPEN, **row)


# Valid for ever and closed most of the time, so that both sides know the rest of the week.
ANCHOR = Rule(frozenset({3}), time(9), time(12), State.OPEN)


def theirs(text):
    note(text)
    return OpeningHours(text, timezone=HELSINKI, country="FI")


def ends(day):
    """When the day begins and ends."""
    return [datetime.combine(each, time(), HELSINKI).astimezone(UTC) for each in (day, day + DAY)]


def turns_the_clock(day):
    start, end = ends(day)
    return end - start != DAY


def has_an_eve(day):
    return bool({"christmas-eve", "midsummer-eve"} & set(holidays_on(day)))


def compare(schedule, other, day):
    """Each quarter of the day, but for the doubled hour; the missing one is none anyhow."""
    at, end = ends(day)
    while at < end:
        local = at.astimezone(HELSINKI)
        if not (turns_the_clock(day) and local.hour == 3):
            assert schedule.state_at(at) == SAME[other.state(local)[0]], local
        at += QUARTER


@examples(15)
@given(st.lists(weekly(), max_size=5), st.lists(days(), min_size=1, max_size=4))
def test_weeks_turns_periods_and_nights(rows, asked):
    rows = [ANCHOR, *rows]
    schedule, other = Schedule(rows), theirs(", ".join(syntax(rule) for rule in rows))
    for day in asked:
        if not public(day) and not public(day - DAY):
            compare(schedule, other, day)


@examples(15)
@given(
    st.lists(weekly(nights=False), max_size=4),
    st.lists(st.tuples(days(), st.booleans()), max_size=2, unique_by=lambda pair: pair[0]),
    st.lists(days(), min_size=1, max_size=4),
)
def test_closed_holidays_and_days_of_exception(rows, exceptions, asked):
    rows = [ANCHOR, *rows]
    text = ", ".join(syntax(rule) for rule in rows) + "; PH off"
    rows.append(Rule(frozenset(), None, None, State.CLOSED, holiday="any"))
    for day, opened in exceptions:
        times, state = ((time(10), time(14)), State.OPEN) if opened else ((None, None), State.CLOSED)
        rows.append(Rule(frozenset(), *times, state, valid_from=day, valid_to=day, exception=True))
        text += f"; {day:%Y %b %d} " + ("10:00-14:00" if opened else "off")
    schedule, other = Schedule(rows), theirs(text)
    for day in asked + [day for day, _ in exceptions]:
        if not has_an_eve(day):
            compare(schedule, other, day)


@examples(20)
@given(st.lists(weekly(nights=False), max_size=4), days(), st.integers(0, 95))
def test_the_next_change(rows, day, quarter):
    rows = [ANCHOR, *rows, Rule(frozenset(), None, None, State.CLOSED, holiday="any")]
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + quarter * QUARTER
    until = Schedule(rows).at(at).until
    assume(until is not None)
    passed = [at.date() + n * DAY for n in range((until - at).days + 3)]
    assume(not any(has_an_eve(each) or turns_the_clock(each) for each in passed))
    other = theirs(", ".join(syntax(rule) for rule in rows[:-1]) + "; PH off")
    assert other.next_change(at.astimezone(HELSINKI)).astimezone(UTC) == until
