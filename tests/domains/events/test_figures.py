"""Figures of events against sums made by hand; the report of 2018 out of the demo; who is warned and asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kilauta.domains.directory.models import HowFound
from kilauta.domains.events.logic.counting import Attendance, Came, attendance
from kilauta.domains.events.logic.figures import Held, Saved, tally
from kilauta.domains.events.models import Event, Notice, Outlet
from kilauta.domains.events.operations import warnings
from kilauta.domains.events.operations.attendance import close_occurrence
from kilauta.domains.events.operations.publishing import deliver, mark_done
from kilauta.domains.events.queries.figures import event_figures
from kilauta.domains.guidance.logic import periods
from kilauta.kit.outbox.models import Message
from tests.cast import NOW

from .story import DAY, actor, event, first, sign_up

YEAR = periods.this(periods.YEAR, date(2026, 11, 24))


def test_whoever_signed_up_and_came_is_counted_once():
    came = [Came("resident", "here", 1, True)] * 8 + [Came("resident", "here", 10, False)]
    assert attendance(came, counted_all=False) == Attendance(residents_here=18)
    assert attendance(came, counted_all=True) == Attendance(residents_here=10)
    more = [*came, Came("resident", "afar", 3, False), Came("supporter", "here", 2, False)]
    assert attendance(more, counted_all=True) == Attendance(10, 3, 2, 0)


def test_means_are_of_what_was_counted_only():
    sums = tally([Held(Attendance(9)), Held(Attendance(0)), Held(None), Held(Attendance(4, 5, 2), True)])
    assert (sums.held, sums.counted, sums.residents, sums.mean, sums.empty, sums.queues) == (
        4,
        3,
        18,
        6,
        1,
        1,
    )
    assert (sums.here, sums.afar, sums.supporters) == (13, 5, 2)
    assert tally([Held(None)]).mean is None


def test_what_is_saved_follows_the_stated_assumptions():
    saved = Saved(40)
    assert (saved.kilometres, saved.hours, saved.euros, saved.kilograms) == (1200, 30, 360, 168)


def table(figures, code):
    return {row.name: row.numbers for each in figures.tables if each.code == code for row in each.rows}


@pytest.mark.django_db
def test_a_year_of_events_against_sums_made_by_hand():
    held = event(on=date(2026, 10, 6), again="weeks", number=3)
    one, two, three = held.occurrences.order_by("starts_at")
    for time, came, queue in ((one, Attendance(7, 3, 2), True), (two, Attendance(0, 0, 2), False)):
        close_occurrence(time, came, had_queue=queue, handouts=0, actor=actor(), now=NOW)
    close_occurrence(three, None, had_queue=False, handouts=0, actor=actor(), now=NOW)
    web = event(
        on=date(2026, 11, 3), kind="webinar", remote_url="https://video.example/a", place=None, by_others=True
    )
    close_occurrence(first(web), Attendance(0, 20, 0, 1), had_queue=False, handouts=0, actor=actor(), now=NOW)
    event(on=date(2026, 12, 20))
    figures = event_figures(held.network_id, YEAR, now=NOW)
    assert list(table(figures, "all").values()) == [(4, 3, 30, 10, 1, 1, 7, 23, 5)]
    assert sorted(table(figures, "kind").values()) == [
        (1, 1, 20, 20, 0, 0, 0, 20, 1),
        (3, 2, 10, 5, 1, 1, 7, 3, 4),
    ]
    assert [row[0] for row in table(figures, "month").values()] == [3, 1]
    assert (figures.venues, figures.saved.times) == (2, 23)


@pytest.mark.django_db
def test_where_people_heard_and_what_each_cost():
    held = event(on=date(2026, 11, 26), capacity=30)
    HowFound.objects.get_or_create(
        code="newspaper", defaults={"name_fi": "Lehti", "name_sv": "T", "name_en": "N"}
    )
    for number in (1, 2, 1):
        sign_up(held, persons=number, how_found="newspaper")
    paper = Outlet.objects.create(network=held.network, kind="newspaper", name_fi="Lehti")
    notice = Notice.objects.create(event=held, outlet=paper, due_on=NOW.date())
    mark_done(notice, cents=4000, actor=actor(), now=NOW)
    deliver(
        held.network_id, event=held, actor=actor(), now=NOW,
        values={"what": "Esitteet", "where": "Kauppa", "on": NOW.date(), "number": 40},
    )  # fmt: skip
    figures = event_figures(held.network_id, YEAR, now=NOW)
    assert list(table(figures, "heard").values()) == [(4, 40, 10)]
    assert table(figures, "leaflets") == {"Esitteet": (40, 1)}


@pytest.mark.django_db
def test_figures_cost_the_same_for_one_event_and_for_three(django_assert_max_num_queries):
    one = event(on=date(2026, 10, 6))
    with django_assert_max_num_queries(12) as before:
        event_figures(one.network_id, YEAR, now=NOW)
    for day in (7, 8, 9):
        event(on=date(2026, 10, day), again="weeks", number=3)
    with django_assert_max_num_queries(12) as after:
        event_figures(one.network_id, YEAR, now=NOW)
    assert len(before) == len(after)


@pytest.mark.django_db
def test_who_holds_an_event_is_warned_once_and_asked_once():
    soon = event(on=date(2026, 11, 28), capacity=10, email="tapahtumat@kirjasto.example")
    over = event(on=date(2026, 11, 23), email="tapahtumat@kirjasto.example")
    event(on=date(2026, 12, 28), capacity=10, email="tapahtumat@kirjasto.example")
    for day in range(2):
        warnings.warn(now=NOW + day * DAY)
        warnings.ask_how_many(now=NOW + day * DAY)
    sent = Message.objects.order_by("kind").values_list("kind", flat=True)
    assert list(sent) == ["events/risk", "events/unclosed"]
    body = Message.objects.get(kind="events/risk").body
    assert str(soon.pk) in body
    assert str(over.pk) in Message.objects.get(kind="events/unclosed").body
    assert Event.objects.count() == 3
    assert NOW + timedelta(days=7) > first(soon).starts_at
