"""Forty sessions, counted by hand, against every figure. The table is in `forty.py`; the rows behind a number stand beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kilauta.domains.guidance.logic import periods
from kilauta.domains.guidance.logic.figures import Breakdown, Counted, Minutes
from kilauta.domains.guidance.queries.figures import Figures, Of, figures, first_day
from tests.cast import NOW

from .forty import Story, another, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

TODAY = date(2026, 11, 24)
THIS_YEAR = periods.this(periods.YEAR, TODAY)


@pytest.fixture(scope="module")
def forty(demo: None, django_db_blocker: Any) -> Story:
    """The forty, told once for all tests of the module; what a test adds is gone after it."""
    with django_db_blocker.unblock():
        return tell()


def of_network(story: Story, code: str = "2026", **more: object) -> Figures:
    period = periods.named(code)
    assert period is not None
    return figures(Of(story.network, **more), period, now=NOW)  # type: ignore[arg-type]


# ── Row f: every figure of the year ─────────────────────────────────────────────────────────────────────


def test_the_whole_year_is_thirty_sessions_of_sixty_visits(forty: Story) -> None:
    assert of_network(forty).all.now == Counted(
        sessions=30,  # 1–30
        visits=60,  # 24 of one person; groups 10 + 6 + 8 + 5 + 4 + 3
        remote=7,  # by phone 3, 7, 15, 22; on a screen 6, 21; in a chat 14
        near=4,  # 11, 12, 13, 26
        near_visits=9,  # 3 of one person, and the 6 of 26
        kinds={"session": 25, "meeting": 3, "course": 2},  # 1–24 and 29; 26, 28, 30; 25, 27
    )


def test_the_year_before_is_counted_for_as_many_days(forty: Story) -> None:
    """Until 24 November: 31, 32 and 33; not 34 of the next day, nor 35 of New Year's Eve."""
    held = of_network(forty)
    was = Counted(sessions=3, visits=3, remote=2, kinds={"session": 3})  # remote: 32, 33
    assert (held.before, held.year_before) == (held.before, held.before)
    assert held.before == periods.Period(periods.YEAR, date(2025, 1, 1), date(2025, 11, 25))
    assert (held.all.before, held.all.year_before) == (was, was)


def test_modes_are_told_of_every_session(forty: Story) -> None:
    assert of_network(forty).modes == Breakdown(
        {
            "walk-in": 13,  # 1, 2, 4, 5, 8, 13, 16, 17, 18, 20, 23, 24, and the group 29
            "phone": 4,  # 3, 7, 15, 22
            "remote": 2,  # 6, 21
            "chat": 1,  # 14
            "booked-visit": 2,  # 9, 10
            "home-visit": 1,  # 11
            "neighbour": 1,  # 12
            "mobile": 1,  # 19
            "group": 5,  # 25, 26, 27, 28, 30
        },
        base=30,
        untold=0,
    )


def test_topics_are_shares_of_the_sessions_that_told_one(forty: Story) -> None:
    topics = of_network(forty).topics
    assert topics == Breakdown(
        {
            "a-laite": 8,  # 1, 2, 8, 11, 16, 23, 24, 29
            "a-turva": 6,  # 5, 6, 20, 21, 26, 27
            "b-kela": 3,  # 2, 3, 22
            "a-viesti": 3,  # 12, 21, 30
            "a-tunnus": 2,  # 9, 10
            "b-vero": 2,  # 14, 15
            "a-posti": 2,  # 17, 18
            "a-alku": 2,  # 25, 26
            "b-terveys": 1,  # 7
            "b-pankki": 1,  # 10
            "x-muu": 1,  # 19
        },
        base=27,  # all but 4, 13, 28
        untold=3,
    )
    assert topics.share("a-laite") == 30  # 8 of 27 is 29.6 %
    assert sum(topics.share(code) or 0 for code in topics.cells) == 114  # not 100: 2, 10, 21 and 26 told two


def test_devices_are_shares_of_the_sessions_that_told_one(forty: Story) -> None:
    assert of_network(forty).devices == Breakdown(
        {
            "phone": 13,  # 1, 2, 5, 7, 8, 12, 16, 20, 22, 23, 24, 29, 30
            "computer": 7,  # 6, 9, 10, 14, 17, 18, 27
            "tablet": 5,  # 4, 5, 11, 21, 25
            "other": 1,  # 19
        },
        base=25,  # all but 3, 13, 15, 26, 28; 5 told two
        untold=5,
    )


def test_what_is_told_of_persons_is_told_of_visits(forty: Story) -> None:
    held = of_network(forty)
    assert held.outcomes == Breakdown(
        {
            "solved": 21,  # 1, 2, 6, 8, 10, 11, 14, 16, 17, 19, 20, 21, 23, 24, and 7 of 25
            "continues-alone": 5,  # 3, 12, and the 3 of 30
            "will-return": 2,  # 5, 18
            "referred": 2,  # 7, 22
            "not-solved": 1,  # 9
        },
        base=31,
        untold=29,  # 4, 13, 15; of the groups 3 + 6 + 8 + 5 + 4
    )
    assert held.ages == Breakdown(
        {
            "75-84": 15,  # 1, 8, 12, 20, 22, 24; 3 of 25, 6 of 26
            "65-74": 12,  # 2, 3, 16, 17, 18, 23; 4 of 25, 2 of 29
            "85+": 2,  # 5, 11
            "40-59": 2,  # 6, 21
            "60-64": 2,  # 9, 10
            "25-39": 1,  # 14
        },
        base=34,
        untold=26,
    )
    assert held.languages == Breakdown(
        {
            "fi": 20,  # 1, 2, 5, 7–11, 16, 17, 18, 20, 21, 22, 24; 5 of 27
            "sv": 5,  # 3, 12, 23; 2 of 27
            "ru": 1,  # 6
            "en": 1,  # 14
        },
        base=27,
        untold=33,
    )
    assert held.earlier == Breakdown(
        {
            "yes": 16,  # 1, 5, 8, 11, 12, 17, 18, 23, 24; 6 of 25, 1 of 29
            "no": 11,  # 2, 6, 9, 10, 14, 20, 21; 4 of 25
        },
        base=27,
        untold=33,
    )
    assert held.homes == Breakdown({"765": 4, "018": 1}, base=5, untold=55)  # of 26


def test_municipalities_are_where_the_help_was_given(forty: Story) -> None:
    assert of_network(forty).municipalities == {
        "290": Counted(13, 31),  # 1–5, 13, 16, 17, 20, 24; 25 (10), 27 (8), 30 (3)
        "205": Counted(4, 8),  # 6, 18, 19; 28 (5)
        "765": Counted(9, 17),  # 8–12, 21, 23; 26 (6), 29 (4)
        "": Counted(4, 4),  # 7, 14, 15, 22
    }


def test_help_is_told_apart_by_who_gave_it(forty: Story) -> None:
    found = {code: (each.sessions, each.visits) for code, each in of_network(forty).givers.items()}
    assert found == {
        "trainee": (4, 6),  # 4, 5, 16, 30 (3)
        "volunteer": (4, 9),  # 11, 12, 13, 26 (6)
        "staff": (22, 45),  # the others
    }


def test_every_organisation_has_its_courses_meetings_and_sessions_and_their_changes(forty: Story) -> None:
    held = of_network(forty).organisations
    keys = {name: str(each.pk) for name, each in forty.organisations.items()}
    found = {
        name: (
            each.now.sessions,
            each.now.visits,
            dict(each.now.kinds),
            each.before.sessions if each.before else None,
        )
        for name, each in ((name, held[key]) for name, key in keys.items())
    }
    assert found == {
        # 1–7, 16–20, 24; courses 25, 27; meeting 30. Before: 31, 32.
        "A": (16, 34, {"session": 13, "course": 2, "meeting": 1}, 2),
        # 8–15, 21–23, and 29; meeting 26. Before: 33.
        "B": (13, 21, {"session": 12, "meeting": 1}, 1),
        "C": (1, 5, {"meeting": 1}, 0),  # 28
    }


def test_minutes_are_of_the_sessions_that_told_them(forty: Story) -> None:
    """In order: 5, 10, 10, 15, 15, 20, 20, 25, nine of 30, …: the fourteenth of 27 is 30. Not told by 6, 15, 28."""
    assert of_network(forty).minutes == Minutes(told=27, untold=3, total=1080, median=30)


def test_the_months_together_are_the_year(forty: Story) -> None:
    months = [
        (part.code, each.sessions, each.visits) for part, each in of_network(forty).trend(periods.MONTH)
    ]
    assert months == [
        ("2026-01", 3, 3),  # 1, 2, 3
        ("2026-02", 3, 12),  # 4, 5, 25 (10)
        ("2026-03", 4, 9),  # 6, 7, 8, 26 (6)
        ("2026-04", 3, 10),  # 9, 10, 27 (8)
        ("2026-05", 4, 8),  # 11, 12, 13, 28 (5)
        ("2026-06", 2, 2),  # 14, 15
        ("2026-07", 1, 1),  # 16
        ("2026-08", 2, 2),  # 17, 18
        ("2026-09", 2, 5),  # 19, 29 (4)
        ("2026-10", 2, 2),  # 20, 21
        ("2026-11", 4, 6),  # 22, 23, 24, 30 (3)
    ]


def test_coverage_counts_those_who_help(forty: Story) -> None:
    """Aada, Bo and Cia have logged, Elli has not; Felix has stopped, and Greta does not help."""
    coverage = of_network(forty).coverage
    assert coverage is not None
    assert (coverage.supporters, coverage.logged) == (4, 3)


def test_a_month_is_compared_with_the_same_days_of_the_month_before_and_of_the_year_before(
    forty: Story,
) -> None:
    held = of_network(forty, "2026-11")
    assert held.all.now.sessions == 4  # 22, 23, 24, 30
    assert held.all.before == Counted()  # 1–24 October: 20 is of the 25th
    assert held.year_before == periods.Period(periods.MONTH, date(2025, 11, 1), date(2025, 11, 25))
    assert held.all.year_before is not None
    assert held.all.year_before.sessions == 1  # 33


def test_a_week_is_compared_with_the_same_days_of_its_neighbours(forty: Story) -> None:
    held = of_network(forty, "2026-w48")
    assert held.all.now.sessions == 2  # 23, 24: Monday and Tuesday
    assert held.all.before == Counted()
    assert held.year_before == periods.Period(periods.WEEK, date(2025, 11, 24), date(2025, 11, 26))
    assert held.all.year_before is not None
    assert held.all.year_before.sessions == 2  # 33, 34


def test_all_the_time_begins_with_the_first_session(forty: Story) -> None:
    of = Of(forty.network)
    period = periods.everything(first_day(of), TODAY)
    held = figures(of, period, now=NOW)
    assert period.from_on == date(2024, 11, 24)
    assert (held.all.now.sessions, held.all.now.visits) == (36, 77)  # 31–34 and 36 of one person, 35 of 12
    assert (held.all.before, held.all.year_before) == (None, None)


def test_a_supporter_sees_their_own_sessions_of_both_organisations(forty: Story) -> None:
    held = of_network(forty, supporter=forty.people["aada"].pk)
    # 1–3, 6, 7, 17–20, 24; 11, 12, 13; 25 (10), 26 (6), 27 (8)
    assert (held.all.now.sessions, held.all.now.visits, held.coverage) == (16, 37, None)


def test_an_organisation_sees_its_own(forty: Story) -> None:
    held = of_network(forty, organisation=forty.organisations["B"].pk)
    assert (held.all.now.sessions, held.all.now.visits) == (13, 21)
    assert held.coverage is not None
    assert (held.coverage.supporters, held.coverage.logged) == (2, 2)  # Aada and Bo


@pytest.mark.parametrize(
    ("filters", "sessions", "visits"),
    [
        ({"municipality": "765"}, 9, 17),
        ({"mode": "phone"}, 4, 4),
        ({"given_by": "volunteer"}, 4, 9),
        ({"topic": "a-turva"}, 6, 18),  # 5, 6, 20, 21, 26 (6), 27 (8)
        ({"topic": "a-turva", "given_by": "staff"}, 4, 11),  # 6, 20, 21, 27 (8)
    ],
)
def test_a_filter_is_a_filter_of_every_figure(
    forty: Story, filters: dict[str, str], sessions: int, visits: int
) -> None:
    held = of_network(forty, **filters)
    assert (held.all.now.sessions, held.all.now.visits) == (sessions, visits)
    assert sum(each.sessions for _part, each in held.trend(periods.WEEK)) == sessions
    assert sum(held.modes.cells.values()) == sessions
    assert sum(each.visits for each in held.municipalities.values()) == visits
    assert sum(each.now.visits for each in held.organisations.values()) == visits
    assert held.topics.whole == held.devices.whole == held.minutes.told + held.minutes.untold == sessions
    assert {each.whole for each in (held.outcomes, held.ages, held.languages, held.earlier)} == {visits}


def test_a_session_keeps_its_other_topics_where_one_is_asked_for(forty: Story) -> None:
    topics = of_network(forty, topic="a-turva").topics
    assert dict(topics.cells) == {"a-turva": 6, "a-viesti": 1, "a-alku": 1}  # 21 and 26 told two


def test_the_figures_cost_the_same_number_of_queries_for_few_sessions_and_many(forty: Story) -> None:
    costs = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            of_network(forty)
        costs.append(len(queries))
        for day in range(1, 29):
            another(forty, held_on=date(2026, 5, day), topics=["a-laite"])
    assert costs == [15, 15]
