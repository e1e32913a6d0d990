"""Periodic jobs: each at its time, once, whatever befalls the others, and a heartbeat that tells who is at work."""

from __future__ import annotations

import threading
from datetime import UTC, time, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from kilauta.kit import ports
from kilauta.kit.jobs import Job, operations, queries
from kilauta.kit.jobs.declarations import declared
from kilauta.kit.jobs.models import Heartbeat, Turn
from tests.cast import NOW, at_once
from tests.kit.outbox_story import helsinki

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def offer(monkeypatch):
    """Let the house have these jobs and no others."""

    def declare(*jobs):
        monkeypatch.setitem(ports._found, "jobs", [("story", SimpleNamespace(JOBS=jobs))])

    return declare


class Work:
    """Something to do; remembers when it was done, and fails when it is told to."""

    def __init__(self):
        self.done = []
        self.fails = False
        self.words = "about Aino"

    def __call__(self, now):
        if self.fails:
            raise RuntimeError(self.words)
        self.done.append(now)


# ── When ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("at", "now", "due"),
    [
        (time(4), "2026-11-24T03:59", "2026-11-24T04:00"),
        (time(4), "2026-11-24T04:00", "2026-11-25T04:00"),
        (time(4), "2026-11-24T23:30", "2026-11-25T04:00"),
        (time(4), "2026-12-31T12:00", "2027-01-01T04:00"),
        # spring: the day has 23 hours, and half past three does not come; autumn: it has 25
        (time(4), "2026-03-28T04:00", "2026-03-29T04:00"),
        (time(4), "2026-03-29T02:59", "2026-03-29T04:00"),
        (time(3, 30), "2026-03-29T01:00", "2026-03-29T04:00"),
        (time(3, 30), "2026-03-29T04:00", "2026-03-30T03:30"),
        (time(4), "2026-10-24T04:00", "2026-10-25T04:00"),
    ],
)
def test_a_daily_job_is_due_at_its_wall_time(at, now, due):
    assert Job("story.work", Work(), at=at).next_due(helsinki(now)) == helsinki(due).astimezone(UTC)


def test_a_time_that_comes_twice_is_due_once():
    job = Job("story.work", Work(), at=time(3, 30))
    first = job.next_due(helsinki("2026-10-25T00:00"))
    assert first == helsinki("2026-10-25T03:30", fold=0).astimezone(UTC)
    assert job.next_due(first) == helsinki("2026-10-26T03:30")
    assert job.next_due(helsinki("2026-10-25T03:30", fold=1)) == helsinki("2026-10-26T03:30")


@pytest.mark.parametrize("more", [{}, {"every": HOUR, "at": time(4)}])
def test_a_job_says_when_and_only_once(more):
    with pytest.raises(ValueError, match="how often or at what time"):
        Job("story.work", Work(), **more)


def test_the_jobs_of_the_house_have_names_of_their_own(offer):
    assert all(name.count(".") == 1 for name in declared())
    assert "outbox.tidy" in declared()
    offer(Job("story.work", Work(), every=HOUR), Job("story.work", Work(), every=DAY))
    with pytest.raises(ValueError, match="the same name"):
        declared()


# ── Doing ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_job_is_done_when_it_is_due_and_not_before(offer):
    hourly, daily = Work(), Work()
    offer(Job("story.hourly", hourly, every=HOUR), Job("story.daily", daily, at=time(4)))
    assert operations.run_due(NOW) == {"story.hourly": True}  # the daily one waits for its first time
    assert operations.run_due(NOW + HOUR - timedelta(seconds=1)) == {}
    assert operations.run_due(NOW + HOUR) == {"story.hourly": True}
    assert hourly.done == [NOW, NOW + HOUR]
    night = helsinki("2026-11-25T04:00").astimezone(UTC)
    assert operations.run_due(night) == {"story.hourly": True, "story.daily": True}
    assert daily.done == [night]


@pytest.mark.django_db
def test_what_was_missed_is_done_once(offer):
    work = Work()
    offer(Job("story.daily", work, at=time(4)))
    operations.run_due(NOW)
    later = NOW + 9 * DAY
    assert operations.run_due(later) == {"story.daily": True}
    assert operations.run_due(later + timedelta(minutes=1)) == {}
    assert work.done == [later]
    assert Turn.objects.get().due_at == helsinki("2026-12-04T04:00")


@pytest.mark.django_db
def test_a_job_that_fails_stops_no_other_and_is_tried_again(offer, caplog):
    bad, good = Work(), Work()
    bad.fails = True
    offer(Job("story.bad", bad, every=DAY), Job("story.good", good, every=DAY))
    assert operations.run_due(NOW) == {"story.bad": False, "story.good": True}
    turn = Turn.objects.get(name="story.bad")
    assert (turn.fault, turn.failed_at, turn.succeeded_at) == ("RuntimeError", NOW, None)
    assert "story.bad failed: RuntimeError" in caplog.text
    assert "Aino" not in caplog.text  # the words of a fault may be somebody's data
    assert operations.run_due(NOW + timedelta(minutes=14)) == {}
    bad.fails = False
    again = NOW + timedelta(minutes=15)
    assert operations.run_due(again) == {"story.bad": True}
    turn.refresh_from_db()
    assert (turn.fault, turn.succeeded_at, turn.due_at) == ("", again, again + DAY)


@pytest.mark.django_db
def test_a_job_that_comes_often_is_not_put_off_by_failing(offer):
    work = Work()
    work.fails = True
    offer(Job("story.often", work, every=timedelta(minutes=1)))
    operations.run_due(NOW)
    assert operations.run_due(NOW + timedelta(minutes=1)) == {"story.often": False}


@pytest.mark.django_db
def test_a_job_whose_worker_was_killed_is_done_again_after_an_hour(offer):
    class KilledError(BaseException):
        pass

    def killed(now):
        raise KilledError

    offer(Job("story.work", killed, every=HOUR))
    with pytest.raises(KilledError):
        operations.run_due(NOW)
    work = Work()
    offer(Job("story.work", work, every=HOUR))
    assert operations.run_due(NOW + timedelta(minutes=59)) == {}
    assert operations.run_due(NOW + HOUR) == {"story.work": True}
    assert work.done == [NOW + HOUR]


@pytest.mark.usefixtures("own_database")
def test_two_workers_never_do_one_job_at_once(offer):
    inside, most, together = [], [], threading.Lock()

    def slow(now):
        with together:
            inside.append(now)
            most.append(len(inside))
        threading.Event().wait(0.2)
        inside.pop()

    offer(*[Job(f"story.work{number}", slow, every=HOUR) for number in range(3)])
    at_once(lambda: operations.run_due(NOW))  # the turns are there
    most.clear()
    moments = [NOW + HOUR + timedelta(seconds=number) for number in range(3)]
    done = at_once(*[lambda now=now: operations.run_due(now) for now in moments])
    assert sorted(name for each in done for name in each) == ["story.work0", "story.work1", "story.work2"]


# ── How it stands ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_health_tells_late_and_failing_jobs_and_when_a_worker_was_last_at_work(
    offer, django_assert_num_queries
):
    bad = Work()
    bad.fails = True
    offer(Job("story.bad", bad, every=DAY), Job("story.good", Work(), every=HOUR))
    assert queries.health(NOW) == queries.Health(None, is_silent=True, jobs=())
    operations.beat(NOW)
    operations.run_due(NOW)
    with django_assert_num_queries(2):
        health = queries.health(NOW + timedelta(minutes=3))
    assert (health.beat_at, health.is_silent) == (NOW, False)
    assert [(job.name, job.fault, job.is_late) for job in health.jobs] == [
        ("story.bad", "RuntimeError", False),
        ("story.good", "", False),
    ]
    assert [job.name for job in health.troubled] == ["story.bad"]
    assert queries.health(NOW + timedelta(minutes=3, seconds=1)).is_silent
    assert not queries.health(NOW + 2 * HOUR).jobs[1].is_late
    assert queries.health(NOW + 2 * HOUR + timedelta(seconds=1)).jobs[1].is_late


@pytest.mark.django_db
def test_a_job_that_the_house_no_longer_has_worries_nobody(offer):
    offer(Job("story.old", Work(), every=HOUR))
    operations.run_due(NOW)
    offer()
    assert queries.health(NOW + DAY).jobs == ()
    assert operations.run_due(NOW + DAY) == {}


@pytest.mark.django_db
def test_there_is_one_heart():
    operations.beat(NOW)
    operations.beat(NOW + HOUR)
    assert Heartbeat.objects.get().at == NOW + HOUR
    with pytest.raises(IntegrityError), transaction.atomic():
        Heartbeat.objects.create(id=2, at=NOW)
