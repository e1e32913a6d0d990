"""Eighteen ways in which figures of such services have gone wrong elsewhere, each named by what goes wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kilauta.domains.directory.operations.merging import merge
from kilauta.domains.guidance.logic import periods
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.operations import log_session, withdraw_session
from kilauta.domains.guidance.queries.figures import Figures, Of, figures, first_day
from kilauta.domains.guidance.queries.figures_page import figures_page
from kilauta.domains.territory.models import Municipality
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy import erasing, finding
from tests import factories
from tests.cast import NOW
from tests.domains.directory.owning import coordinator

from .forty import Story, another, signed_in, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def forty(demo: None, django_db_blocker: Any) -> Story:
    with django_db_blocker.unblock():
        return tell()


def held(of: Of | Story, code: str = "2026", *, now: datetime = NOW) -> Figures:
    period = periods.named(code)
    assert period is not None
    return figures(of if isinstance(of, Of) else Of(of.network), period, now=now)


def test_a_month_has_the_sessions_of_its_days_also_of_its_last_one(forty: Story) -> None:
    """1: monthly counts."""
    for day in (date(2025, 1, 31), date(2025, 2, 1), date(2025, 2, 28), date(2025, 3, 1)):
        another(forty, held_on=day)
    counts = [held(forty, f"2025-{month:02}").all.now.sessions for month in (1, 2, 3, 12)]
    assert counts == [2, 2, 1, 1]  # January has 31 of the forty besides, December 35
    whole = held(forty, "2025")
    assert [each.sessions for _part, each in whole.trend(periods.MONTH)] == [
        2,
        2,
        1,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        2,
        1,
    ]


def test_a_group_is_one_session_and_as_many_visits_as_it_had_persons(forty: Story) -> None:
    """2: group counters."""
    before = held(forty)
    another(forty, shape="group", persons=10, mode="group", kind="course", topics=["a-laite"])
    after = held(forty)
    assert after.all.now.sessions - before.all.now.sessions == 1
    assert after.all.now.visits - before.all.now.visits == 10
    # its topic weighs as much as that of any session, not ten times
    assert after.topics.cells["a-laite"] - before.topics.cells["a-laite"] == 1
    assert after.ages.untold - before.ages.untold == 10


def test_where_nothing_happened_every_total_is_nought(forty: Story) -> None:
    """3: totals that are missing instead of nought."""
    page = figures_page(Of(forty.network), _period("2023"), by="month", first=None, now=NOW)
    empty = page.figures
    assert (empty.all.now.sessions, empty.all.now.visits, empty.minutes.total) == (0, 0, 0)
    totals = {table.code: [row.numbers[0] for row in table.rows] for table in page.tables}
    assert (
        set(totals["all"]) == set(totals["trend"]) == set(totals["outcomes"]) == set(totals["modes"]) == {0}
    )
    assert len(totals["trend"]) == 12
    # of nothing there is neither a share nor a median
    assert empty.minutes.median is None
    assert {row.numbers[1] for table in page.tables if table.code == "ages" for row in table.rows} == {None}


def test_what_was_not_told_has_a_row_in_every_table_of_what_may_be_left_out(forty: Story) -> None:
    """4: "not told" is missing."""
    page = figures_page(Of(forty.network), _period("2026"), by="month", first=None, now=NOW)
    last = {table.code: table.rows[-1].numbers[0] for table in page.tables}
    untold = {
        "topics": 3,
        "devices": 5,
        "outcomes": 29,
        "ages": 26,
        "languages": 33,
        "earlier": 33,
        "municipalities": 4,
    }
    assert {code: last[code] for code in untold} == untold
    bases = {table.code: table.note for table in page.tables}
    assert all("27" in bases[code] for code in ("topics", "languages", "earlier"))


def test_a_chart_by_days_has_every_day_and_adds_up(forty: Story) -> None:
    """5: the chart per day."""
    another(forty, held_on=date(2026, 11, 1))
    days = [(part.from_on, each.sessions) for part, each in held(forty, "2026-11").trend(periods.DAY)]
    assert [day for day, _number in days] == [date(2026, 11, day) for day in range(1, 25)]
    assert {day.day: number for day, number in days if number} == {1: 2, 10: 1, 23: 1, 24: 1}


def test_a_session_just_after_midnight_in_finland_is_of_the_new_day(forty: Story) -> None:
    """6: the time zone."""
    after_midnight = datetime(2026, 6, 30, 21, 30, tzinfo=UTC)  # 0.30 on 1 July in Finland
    another(forty, held_on=date(2026, 7, 1), logged_at=after_midnight)
    assert held(forty, "2026-07", now=after_midnight).all.now.sessions == 2  # with 16 of the forty
    assert held(forty, "2026-06", now=after_midnight).all.now.sessions == 2  # 14, 15
    # what is counted "until today" ends with the day of Finland: 2.30 in the small hours is already the 25th
    small_hours = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    assert held(forty, "2026-11", now=small_hours).all.now.sessions == 5  # and 40 of the 25th
    assert held(forty, "2026-11", now=small_hours - timedelta(hours=1)).all.now.sessions == 4


def test_having_been_here_before_is_counted_of_those_without_a_name_and_of_groups(forty: Story) -> None:
    """7: "already helped" is ignored for the nameless."""
    assert dict(held(forty).earlier.cells) == {"yes": 16, "no": 11}
    assert held(forty).earlier.untold == 33


def test_a_session_that_was_taken_back_counts_nowhere(forty: Story) -> None:
    """8: what is not to be counted in public numbers is counted."""
    actor = forty.people["aada"]
    entry = Entry(
        key=uuid4(), network=forty.network, organisation=forty.organisations["A"].pk, held_on=TODAY, mode="chat",
        topics=("b-asuminen",), devices=("tv",), age="18-24", language="so",
    )  # fmt: skip
    before = held(forty)
    session = log_session(entry, actor=actor, now=NOW)
    assert held(forty).topics.cells["b-asuminen"] == 1
    withdraw_session(session, actor=actor, now=NOW)
    assert held(forty) == before


def test_the_help_of_an_erased_person_stays_and_they_are_counted_as_helping_no_more(
    forty: Story, settings: Any, tmp_path: Path
) -> None:
    """9: deleted helpers are counted; and the other way round, their help is lost."""
    settings.DATA = tmp_path
    before = held(forty)
    for name in ("bo", "elli"):
        erasing.erase(finding.whom(person=forty.people[name].pk), actor=Person.objects.system(), now=NOW)
    after = held(forty)
    assert before.coverage is not None
    assert after.coverage is not None
    assert (before.coverage.supporters, before.coverage.logged) == (4, 3)
    assert (after.coverage.supporters, after.coverage.logged) == (2, 2)
    assert replace(after, coverage=before.coverage) == before


def test_an_organisation_that_was_joined_to_another_counts_with_it_once(forty: Story) -> None:
    """10: counts of merged ones."""
    kept, other = forty.organisations["A"], forty.organisations["B"]
    whole = held(forty)
    merge(kept, other, actor=Person.objects.system(), now=NOW)
    after = held(forty)
    assert {key: each.now.sessions for key, each in after.organisations.items()} == {
        str(kept.pk): 29,  # 16 + 13
        str(forty.organisations["C"].pk): 1,
    }
    assert after.all == whole.all
    for asked in (kept, other):
        assert held(Of(forty.network, organisation=asked.pk)).all.now.sessions == 29


def test_a_place_and_a_municipality_that_were_joined_count_with_what_they_became(forty: Story) -> None:
    """10 as well: places and municipalities."""
    kept, other = (factories.place(f"koe-{name}", host=forty.organisations["A"]) for name in ("one", "two"))
    for place in (kept, other):
        another(forty, place=place, municipality_id="290")
    merge(kept, other, actor=Person.objects.system(), now=NOW)
    found = held(Of(forty.network, organisation=forty.organisations["A"].pk)).places
    assert {key: each.sessions for key, each in found.items()} == {str(kept.pk): 2, "": 16}
    Municipality.objects.filter(pk="205").update(successor="290", ended_on=TODAY)
    assert {code: each.sessions for code, each in held(forty).municipalities.items()} == {
        "290": 19,
        "765": 9,
        "": 4,
    }
    assert held(Of(forty.network, municipality="290")).all.now.sessions == 19


def test_a_municipality_is_not_taken_for_a_region_of_the_same_number(forty: Story) -> None:
    """11: codes collide. The region of Kainuu is 18, and the municipality of Askola is 018."""
    another(forty, municipality_id="018")
    assert held(forty).municipalities["018"].sessions == 1
    assert held(Of(forty.network, municipality="018")).all.now.sessions == 1
    assert held(Of(forty.network, municipality="18")).all.now.sessions == 0


@pytest.mark.parametrize("by", [periods.DAY, periods.WEEK, periods.MONTH, periods.YEAR])
def test_the_bars_of_a_chart_begin_and_end_with_the_chosen_time(forty: Story, by: str) -> None:
    """12: the chart is not aligned with the period."""
    period = periods.between(date(2026, 1, 31), date(2026, 11, 23))
    assert period is not None
    shown = figures(Of(forty.network), period, now=NOW)
    parts = shown.trend(by)
    assert (parts[0][0].from_on, parts[-1][0].until_on) == (date(2026, 1, 31), date(2026, 11, 24))
    assert all(one.until_on == two.from_on for (one, _), (two, _) in pairwise(parts))
    assert sum(each.sessions for _part, each in parts) == shown.all.now.sessions == 27  # all but 1, 2, 24


def test_a_session_belongs_to_one_organisation_whoever_gave_it_and_wherever(forty: Story) -> None:
    """13: attributed by place, then by helper, then by employer."""
    place = factories.place("koe-guest", host=forty.organisations["C"])
    another(forty, organisation=forty.organisations["B"], supporter=forty.people["cia"], place=place)
    found = held(forty)
    numbers = {
        name: found.organisations[str(each.pk)].now.sessions for name, each in forty.organisations.items()
    }
    assert numbers == {"A": 16, "B": 14, "C": 1}
    assert sum(numbers.values()) == found.all.now.sessions


def test_a_place_that_is_no_longer_public_keeps_its_sessions_and_adds_none(forty: Story) -> None:
    """14: archived places are counted."""
    organisation = forty.organisations["A"]
    gone = factories.place("koe-gone", host=organisation, state="withdrawn")
    factories.place("koe-empty", host=organisation, state="withdrawn")
    another(forty, place=gone)
    shown = held(Of(forty.network, organisation=organisation.pk))
    assert {key: each.sessions for key, each in shown.places.items()} == {str(gone.pk): 1, "": 16}
    assert shown.all.now.sessions == 17


def test_a_person_in_two_roles_is_one_supporter_and_their_sessions_are_told_apart(forty: Story) -> None:
    """15: the same person counted under two roles."""
    aada, organisations = forty.people["aada"], forty.organisations
    for key in "AC":
        grant(
            aada, role="trainee", scope_id=str(organisations[key].pk), actor=Person.objects.system(), now=NOW
        )
    shown = held(forty)
    assert shown.coverage is not None
    assert (shown.coverage.supporters, shown.coverage.logged) == (4, 3)
    assert {code: each.sessions for code, each in shown.givers.items()} == {
        "staff": 22,
        "volunteer": 4,
        "trainee": 4,
    }


def test_only_those_whose_task_is_to_help_are_counted_as_supporters(forty: Story) -> None:
    """16: who counts."""
    for number, role in enumerate(("adviser", "web-editor", "volunteer-lead")):
        person = Person.objects.create(email=f"other{number}@koe.example")
        place = str(forty.organisations["A"].pk)
        grant(person, role=role, scope_id=place, actor=Person.objects.system(), now=NOW)
    lead = Person.objects.create(email="lead@koe.example")
    grant(lead, role="coordinator", scope_id=forty.network, actor=Person.objects.system(), now=NOW)
    shown = held(forty)
    assert shown.coverage is not None
    assert shown.coverage.supporters == 4


def test_no_filter_is_lost_on_the_way_to_another_time_other_bars_or_the_file() -> None:
    """17: the filter is dropped."""
    client: Client = signed_in(coordinator("koordi", "kainuu"))
    asked = {"alku": "1.1.2026", "loppu": "30.6.2026", "kunta": "205", "tapa": "walk-in", "jako": "week"}
    answer = client.get(reverse("guidance:office-figures"), asked)
    page = answer.context["page"]
    assert page.figures.of == Of("kainuu", municipality="205", mode="walk-in")
    assert (page.figures.period.from_on, page.figures.period.until_on) == (date(2026, 1, 1), date(2026, 7, 1))
    assert 0 < page.figures.all.now.sessions < held(Of("kainuu")).all.now.sessions
    links = [each.split('"')[0].replace("&amp;", "&") for each in answer.content.decode().split('href="')]
    onward = [
        each for each in links if "kausi=" in each or "jako=" in each or ".xlsx" in each or ".csv" in each
    ]
    assert len(onward) >= 9
    assert [each for each in onward if "kunta=205" not in each or "tapa=walk-in" not in each] == []
    saved = client.get(next(each for each in onward if ".csv" in each))
    rows = list(csv.reader(io.StringIO(saved.content.decode("utf-8-sig")), delimiter=";"))
    assert int(rows[1][3]) == page.figures.all.now.sessions
    # what is not offered is refused, not passed over
    wrong = client.get(reverse("guidance:office-figures"), {"kunta": "999"})
    assert wrong.context["page"] is None
    assert client.get(reverse("guidance:office-figures-csv"), {"kunta": "999"}).status_code == 404


def test_all_the_time_begins_when_the_first_session_was_held(forty: Story) -> None:
    """18: the first day is written into the program."""
    of = Of(forty.network)
    assert first_day(of) == date(2024, 11, 24)
    another(forty, held_on=date(2019, 3, 4))
    another(forty, held_on=date(2018, 3, 4), withdrawn_at=NOW)
    assert first_day(of) == date(2019, 3, 4)
    assert first_day(Of(forty.network, organisation=factories.organisation("unheard").pk)) is None
    shown = figures(of, periods.everything(first_day(of), TODAY), now=NOW)
    assert shown.all.now.sessions == 37
    assert shown.trend(periods.YEAR)[0][0].from_on == date(2019, 3, 4)


def test_properties_of_a_group_are_never_crossed(forty: Story) -> None:
    """Totals of a group say nothing of who was both: no figure asks, and every filter is of the session itself."""
    assert set(Of.__dataclass_fields__) == {
        "network", "supporter", "organisation", "municipality", "topic", "mode", "given_by",
    }  # fmt: skip


def _period(code: str) -> periods.Period:
    found = periods.named(code)
    assert found is not None
    return found
