"""Any rules at any instant, against the slow telling of the same promise, and what holds for all of them.

`--hypothesis-profile` with more than a hundred examples multiplies the counts below.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, note, settings
from hypothesis import strategies as st

from kilauta.lib.hours import HOLIDAYS, HORIZON_DAYS, Rule, Schedule, State
from tests.lib import oracle_hours as oracle
from tests.lib.oracle_hours import DAY, HELSINKI, QUARTER

SECOND = timedelta(seconds=1)
# Years, weeks, clocks and holidays turn on these days; anything may happen near them.
TURNS = [
    date(2026, 1, 1),
    date(2026, 3, 29),
    date(2026, 4, 3),
    date(2026, 6, 20),
    date(2026, 10, 25),
    date(2026, 12, 24),
    date(2027, 1, 3),
    date(2027, 3, 28),
    date(2027, 10, 31),
    date(2028, 2, 29),
]


def examples(count):
    return settings(max_examples=count * max(1, settings().max_examples // 100), deadline=None)


@st.composite
def days(draw):
    """Most often a turn or a day near it."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.dates(date(2025, 12, 1), date(2028, 3, 31)))
    return draw(st.sampled_from(TURNS)) + draw(st.integers(-4, 4)) * DAY


quarters = st.one_of(
    st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45])),
    st.sampled_from([time(0), time(3), time(3, 30), time(3, 45), time(4), time(9), time(16)]),
)
weekdays = st.one_of(
    st.frozensets(st.integers(1, 7), min_size=1), st.just(frozenset({1, 2, 3, 4, 5})), st.just(frozenset())
)


@st.composite
def rules(draw, kinds=("ordinary",) * 4 + ("holiday", "any", "exception")):
    state = draw(st.sampled_from(State))
    kind = draw(st.sampled_from(kinds))
    whole_day = state not in (State.OPEN, State.SELF_SERVICE) and draw(st.booleans())
    opens, closes = (None, None) if whole_day else (draw(quarters), draw(quarters))
    row = {"weeks": draw(st.sampled_from(["all", "all", "all", "odd", "even"]))}
    row["weekdays"] = draw(weekdays)
    if row["weekdays"] and draw(st.integers(0, 3)) == 0:
        row["nth"] = draw(st.sampled_from([1, 2, 3, 4, 5, -1]))
    if kind == "exception" or draw(st.integers(0, 2)) == 0:
        row["valid_from"] = draw(days())
        row["valid_to"] = row["valid_from"] + draw(st.sampled_from([0, 0, 1, 7, 30, 120])) * DAY
    if kind == "holiday":
        row["holiday"] = draw(st.sampled_from(sorted(HOLIDAYS)))
    if kind == "any":
        row["holiday"] = "any"
    return Rule(opens=opens, closes=closes, state=state, exception=kind == "exception", **row)


sets_of_rules = st.lists(rules(), max_size=7)


@st.composite
def instants(draw):
    """Any second near a turn, often on a quarter or at its edge."""
    day = draw(days())
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + draw(st.integers(0, 95)) * QUARTER
    return at + draw(st.sampled_from([0, 0, -1, 1, 333])) * SECOND


@examples(25)
@given(sets_of_rules, st.lists(instants(), min_size=1, max_size=12))
def test_the_state_is_what_asking_every_rule_tells(rows, moments):
    schedule = Schedule(rows)
    told = [schedule.at(at).state for at in moments]
    assert told == [oracle.state_at(rows, at) for at in moments]
    assert told == [schedule.state_at(at) for at in moments]


@examples(15)
@given(sets_of_rules, days(), st.integers(0, 3))
def test_spans_tile_the_days_and_say_the_same_every_quarter(rows, first, more):
    last = first + more * DAY
    spans = Schedule(rows).spans(first, last)
    start, end = midnight(first), midnight(last + DAY)
    assert (spans[0].start_utc, spans[-1].end_utc) == (start, end)
    for one, following in pairwise(spans):
        assert one.end_utc == following.start_utc
        assert one.state != following.state
    assert all(span.start_utc < span.end_utc for span in spans)
    told = {at: span.state for span in spans for at, _ in oracle.quarters([], span.start_utc, span.end_utc)}
    assert told == dict(oracle.quarters(rows, start, end))


@examples(20)
@given(sets_of_rules, instants())
def test_the_state_holds_until_it_ends_and_then_is_another(rows, at):
    now = Schedule(rows).at(at)
    assert (now.until is None) == (now.then is None)
    if now.until is not None:
        assert at < now.until < horizon(at)
        assert oracle.state_at(rows, now.until - SECOND) == now.state
        assert oracle.state_at(rows, now.until) == now.then != now.state
    # Sixty days of quarters are many: those of three days, then each third hour.
    end = now.until or horizon(at)
    near = [at + n * QUARTER for n in range(288)]
    far = [at + n * 12 * QUARTER for n in range(24, HORIZON_DAYS * 8)]
    note(f"{now.state} {at} - {end}")
    assert {oracle.state_at(rows, each) for each in (*near, *far) if each < end} <= {now.state}


@examples(20)
@given(sets_of_rules, instants(), st.sampled_from([State.OPEN, State.BY_APPOINTMENT]))
def test_staff_next_arrive_when_it_says(rows, at, state):
    now = Schedule(rows).at(at)
    arrives = now.opens if state is State.OPEN else now.opens_by_appointment
    if arrives is not None:
        assert at < arrives < horizon(at)
        assert oracle.state_at(rows, arrives) == state != oracle.state_at(rows, arrives - SECOND)
    if state not in {rule.state for rule in rows}:
        assert arrives is None
        return
    # Nobody came earlier, on any quarter of the next eight days.
    end = min(arrives or horizon(at), at + 8 * DAY)
    away = oracle.state_at(rows, at) != state
    for each, told in oracle.quarters(rows, quarter_after(at), end):
        assert told != state or not away, each
        away = away or told != state


@examples(20)
@given(sets_of_rules, instants(), st.randoms())
def test_neither_order_nor_memory_changes_the_answer(rows, at, shuffle):
    asked_before = Schedule(rows)
    for n in range(5):
        asked_before.at(at + n * 7 * DAY)
    shuffled = shuffle.sample(rows, len(rows))
    assert asked_before.at(at) == Schedule(shuffled + rows).at(at) == Schedule(rows).at(at)


@examples(25)
@given(sets_of_rules, days())
def test_the_printed_week_tells_the_same_as_the_instants(rows, day):
    schedule = Schedule(rows)
    # A day earlier, for what it carries over.
    table = schedule.days(day - DAY, 3)
    for each in (day, day + DAY):
        for quarter in range(0, 96, 2):
            wall = datetime.combine(each, time()) + quarter * QUARTER
            at = wall.replace(tzinfo=HELSINKI)
            if at.astimezone(UTC).astimezone(HELSINKI).replace(tzinfo=None) == wall:
                assert printed_state(table, wall) == oracle.state_at(rows, at), at


def printed_state(table, wall):
    for day in table:
        for span in day.spans:
            start, end = (datetime.combine(day.date, at) for at in (span.opens, span.closes))
            if start <= wall < (end if end > start else end + DAY):
                return span.state
    (today,) = (day for day in table if day.date == wall.date())
    return State.UNKNOWN if today.unknown else State.CLOSED


@examples(25)
@given(st.lists(rules(kinds=["ordinary"]), max_size=6))
def test_regular_lines_say_what_the_rules_say(rows):
    def said(row, days):
        conditions = (row.opens, row.closes, row.state, row.weeks, row.nth, row.valid_from, row.valid_to)
        return {(day, *conditions) for day in days}

    lines = Schedule(rows).regular()
    told = [each for line in lines for each in said(line, line.weekdays)]
    assert set(told) == set().union(*(said(rule, rule.weekdays or range(1, 8)) for rule in rows))
    assert len(set(told)) == len(told)
    assert all(list(line.weekdays) == list(range(line.weekdays[0], line.weekdays[-1] + 1)) for line in lines)


@examples(25)
@given(sets_of_rules, days())
def test_weekend_help_is_there_on_some_weekend(rows, day):
    rows = [rule for rule in rows if rule.valid_from is None and rule.holiday is None]
    schedule = Schedule(rows)
    if schedule.open_at_weekend(day):
        weekends = [day + n * DAY for n in range(35) if (day + n * DAY).isoweekday() in (6, 7)]
        spoken_for = [oracle.speaking(tuple(rows), each)[0] for each in weekends]
        assert any(rule.state is State.OPEN for speaking in spoken_for for rule in speaking)


def midnight(day):
    return datetime.combine(day, time(), HELSINKI).astimezone(UTC)


def horizon(at):
    return midnight(at.astimezone(HELSINKI).date() + (HORIZON_DAYS + 1) * DAY)


def quarter_after(at):
    return at.replace(minute=at.minute // 15 * 15, second=0) + QUARTER
