"""A worker that is killed and a database that is put back: nothing is lost, and the journal keeps from sending twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from kilauta.kit.outbox.delivering import CLAIM, Outcome
from kilauta.kit.outbox.journal import Journal
from kilauta.kit.outbox.models import Message
from tests.cast import NOW
from tests.kit.outbox_story import Bag, deliver, state_of, story, waiting

SECOND = timedelta(seconds=1)


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "outbox-sent.txt")


class Killed(BaseException):
    """Nobody catches it: the process is gone."""


def deliver_killed(journal, post, now=NOW):
    with pytest.raises(Killed):
        deliver(journal, post, now)


def kill(*_anything, **_more):
    raise Killed


@pytest.mark.django_db
def test_a_message_whose_worker_was_killed_is_sent_by_another_after_its_claim(journal):
    story(waiting(1))
    deliver_killed(journal, Bag(before=kill).post)
    bag = Bag()
    assert deliver(journal, bag.post, NOW + CLAIM - SECOND) == []
    assert deliver(journal, bag.post, NOW + CLAIM) == [Outcome.SENT]
    assert bag.subjects == ["Hei 1"]


@pytest.mark.django_db
def test_killed_after_handing_over_and_before_the_database_knows_it_is_not_sent_again(journal, monkeypatch):
    story(waiting(1))
    bag = Bag()
    with monkeypatch.context() as patched:
        patched.setattr("kilauta.kit.outbox.delivering._sent", kill)
        deliver_killed(journal, bag.post)
    assert state_of().state == "waiting"
    assert deliver(Journal(journal.path), bag.post, NOW + CLAIM) == [Outcome.SENT]
    assert bag.subjects == ["Hei 1"]
    assert (state_of().state, state_of().sent_at) == ("sent", NOW)


@pytest.mark.django_db
def test_an_older_database_that_is_put_back_sends_nothing_twice(journal):
    """The rows as they were before sending, and a message of a key that the older database does not have at all."""
    story(waiting(1), waiting(2), waiting(3, id=UUID(int=3)))
    before = list(Message.objects.filter(subject__in=["Hei 1", "Hei 2"]))
    bag = Bag()
    deliver(journal, bag.post)
    Message.objects.all().delete()
    Message.objects.bulk_create(before)  # the backup; the third one was written after it
    story(waiting(3, id=UUID(int=3)), waiting(4))  # and is written again by the same key
    deliver(Journal(journal.path), bag.post, NOW + timedelta(hours=1))
    assert sorted(bag.subjects) == ["Hei 1", "Hei 2", "Hei 3", "Hei 4"]
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.django_db
def test_without_its_journal_an_older_database_would_send_twice(journal, tmp_path):
    """The control: it is the journal that keeps from it."""
    story(waiting(1))
    before = list(Message.objects.all())
    bag = Bag()
    deliver(journal, bag.post)
    Message.objects.all().delete()
    Message.objects.bulk_create(before)
    deliver(Journal(tmp_path / "another.txt"), bag.post, NOW + timedelta(hours=1))
    assert bag.subjects == ["Hei 1", "Hei 1"]


@pytest.mark.django_db
def test_a_journal_that_cannot_be_written_does_not_send_over_and_over(tmp_path, caplog):
    story(waiting(1))
    bag = Bag()
    deliver(Journal(tmp_path / "no such folder" / "journal.txt"), bag.post)
    assert state_of().state == "sent"
    assert "journal" in caplog.text
    assert bag.subjects == ["Hei 1"]


def test_the_journal_is_read_by_every_worker_and_stands_a_torn_line(tmp_path):
    path = tmp_path / "journal.txt"
    mine, other = Journal(path), Journal(path)
    keys = [uuid4() for _ in range(4)]
    assert mine.sent_at(keys[0]) is None
    other.note(keys[0], now=NOW)
    assert mine.sent_at(keys[0]) == NOW
    with path.open("a") as file:
        file.write(f"{keys[1]} 2026-1")  # the power went
    assert mine.sent_at(keys[1]) is None
    mine.note(keys[2], now=NOW + SECOND)
    assert (mine.sent_at(keys[2]), other.sent_at(keys[2])) == (NOW + SECOND, NOW + SECOND)
    assert Journal(path).sent_at(keys[1]) is None
    assert path.read_text().endswith(f"\n{keys[2]} {(NOW + SECOND).isoformat()}\n")
    assert path.stat().st_mode & 0o777 == 0o600
