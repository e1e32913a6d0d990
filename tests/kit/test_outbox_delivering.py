"""The worker's part of the outbox: each message once, in order, at a decent hour, and what becomes of the others."""

from __future__ import annotations

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from kilauta.kit import ports
from kilauta.kit.outbox import operations, pace
from kilauta.kit.outbox.carriers import SHELF, Later, Never, Post, Unreachable
from kilauta.kit.outbox.choices import Fault
from kilauta.kit.outbox.delivering import Outcome, deliver_next
from kilauta.kit.outbox.journal import Journal
from kilauta.kit.outbox.models import Message
from tests.cast import NOW, at_once
from tests.kit.outbox_story import Bag, deliver, helsinki, state_of, story, waiting

SECOND = timedelta(seconds=1)


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "outbox-sent.txt")


def refuse(error: Exception):
    def carry(_message: Message) -> None:
        raise error

    return Post(mail=carry)


# ── What is sent ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_what_is_due_is_sent_once_the_urgent_first(journal):
    bag = Bag()
    story(
        waiting(1),
        waiting(2, next_try_at=NOW - timedelta(minutes=5)),
        waiting(3, urgent=True),
        waiting(4, due_at=NOW + SECOND, next_try_at=NOW + SECOND),
    )
    assert deliver(journal, bag.post) == [Outcome.SENT] * 3
    assert bag.subjects == ["Hei 3", "Hei 2", "Hei 1"]
    sent = state_of(1)
    assert (sent.state, sent.sent_at, sent.tries, sent.fault) == ("sent", NOW, 1, "")
    assert deliver(journal, bag.post, NOW + timedelta(days=1)) == [Outcome.SENT]
    assert bag.subjects[3:] == ["Hei 4"]


@pytest.mark.django_db
def test_nothing_waiting_costs_one_query(journal, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert deliver(journal, Bag().post) == []


@pytest.mark.django_db
def test_at_night_only_what_somebody_waits_for_is_sent(journal):
    bag, night = Bag(), helsinki("2026-11-24T21:00")
    at = {"due_at": night - SECOND, "next_try_at": night - SECOND}
    story(waiting(1, **at), waiting(2, urgent=True, **at))
    assert deliver(journal, bag.post, night) == [Outcome.SENT]
    assert deliver(journal, bag.post, helsinki("2026-11-25T07:59:59")) == []
    assert bag.subjects == ["Hei 2"]
    deliver(journal, bag.post, helsinki("2026-11-25T08:00"))
    assert bag.subjects == ["Hei 2", "Hei 1"]


@pytest.mark.django_db
def test_about_one_matter_the_beginning_is_told_before_the_end(journal):
    to = {"address": "aino@posti.example", "about": "story.visit:1"}
    story(
        waiting(1, next_try_at=NOW + timedelta(minutes=5), tries=1, **to),
        waiting(2, due_at=NOW + SECOND, next_try_at=NOW + SECOND, **to),
        waiting(
            3, due_at=NOW + SECOND, next_try_at=NOW + SECOND, **(to | {"address": "bengt@posti.example"})
        ),
    )
    bag = Bag()
    deliver(journal, bag.post, NOW + timedelta(minutes=1))
    assert bag.subjects == ["Hei 3"]
    deliver(journal, bag.post, NOW + timedelta(minutes=5))
    assert bag.subjects == ["Hei 3", "Hei 1", "Hei 2"]


@pytest.mark.django_db
def test_a_secret_is_wiped_as_soon_as_it_is_sent_or_dead_and_other_words_stay(journal):
    story(waiting(1, secret=True), waiting(2))
    deliver(journal, Bag().post)
    assert (state_of(1).subject, state_of(1).body) == ("", "")
    assert state_of(2).body != ""
    story(waiting(3, secret=True))
    deliver(journal, refuse(Never(Fault.REFUSED, 550)))
    assert (state_of(3).state, state_of(3).body) == ("dead", "")


@pytest.mark.django_db
def test_in_the_demo_nothing_leaves_and_everything_can_be_read(journal):
    story(waiting(1, secret=True), waiting(2, channel="sms", address="0505550111"))
    assert deliver(journal, SHELF) == [Outcome.SENT] * 2
    assert Message.objects.exclude(body="").filter(state="sent").count() == 2


@pytest.mark.django_db
def test_without_a_mail_server_mail_waits_and_without_a_gateway_a_text_message_is_dead(journal):
    story(waiting(1), waiting(2, channel="sms"))
    assert deliver(journal, Post()) == [Outcome.ENDED]
    assert (state_of(1).state, state_of(1).tries) == ("waiting", 0)
    assert (state_of(2).state, state_of(2).fault) == ("dead", "no-gateway")


# ── What is not sent ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def asked(monkeypatch):
    """Let something be asked about visits: those of even number still hold; remember what was asked."""
    questions = []

    def holds(key, now):
        questions.append((key, now))
        return int(key) % 2 == 0

    module = SimpleNamespace(STILL_WANTED={"story.visit": holds})
    monkeypatch.setitem(ports._found, "reminders", [("story", module)])
    return questions


@pytest.mark.django_db
def test_what_no_longer_holds_when_it_is_sent_is_cancelled(journal, asked):
    bag = Bag()
    story(
        waiting(1, about="story.visit:1"),
        waiting(2, about="story.visit:2"),
        waiting(3, about="story.other:1"),
    )
    deliver(journal, bag.post)
    assert sorted(bag.subjects) == ["Hei 2", "Hei 3"]
    assert sorted(asked) == [("1", NOW), ("2", NOW)]
    cancelled = Message.objects.get(about="story.visit:1")
    assert (cancelled.state, cancelled.body, cancelled.address) == ("cancelled", "", "")


@pytest.mark.django_db
def test_a_question_that_fails_lets_the_message_wait(journal, asked, caplog):
    bag = Bag()
    story(waiting(1, about="story.visit:no number"), waiting(2))
    assert sorted(deliver(journal, bag.post), key=str) == [Outcome.PUT_OFF, Outcome.SENT]
    assert (state_of(1).state, state_of(1).fault) == ("waiting", "broken")
    assert "no number" not in caplog.text
    assert "ValueError" in caplog.text


@pytest.mark.django_db
def test_what_was_cancelled_a_moment_before_is_not_sent(journal):
    bag = Bag()
    story(waiting(1, about="story.visit:1"))
    operations.cancel("story.visit:1")
    assert deliver(journal, bag.post) == []
    assert bag.subjects == []


@pytest.mark.django_db
def test_what_was_cancelled_while_it_was_on_its_way_is_told_as_sent_or_stays_cancelled(journal):
    def cancel(message: Message) -> None:
        operations.cancel(message.about)
        if message.subject == "Hei 2":
            raise Never(Fault.REFUSED, 550)

    story(waiting(1, about="story.visit:1"), waiting(2, about="story.visit:2"))
    deliver(journal, Bag(before=cancel).post)
    assert dict(Message.objects.values_list("about", "state")) == {
        "story.visit:1": "sent",
        "story.visit:2": "cancelled",
    }


# ── What fails ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_what_can_never_be_delivered_is_dead(journal):
    story(waiting(1, phone="050 555 0111"))
    assert deliver(journal, refuse(Never(Fault.REFUSED, 550))) == [Outcome.ENDED]
    dead = state_of()
    assert (dead.state, dead.fault, dead.reply, dead.phone) == ("dead", "refused", 550, "050 555 0111")
    assert deliver(journal, Bag().post, NOW + timedelta(days=2)) == []


@pytest.mark.django_db
def test_what_fails_for_now_is_tried_again_and_sent(journal):
    story(waiting(1))
    post = refuse(Later(Fault.BUSY, 451))
    assert deliver(journal, post) == [Outcome.PUT_OFF]
    assert (state_of().state, state_of().fault, state_of().reply, state_of().tries) == (
        "waiting",
        "busy",
        451,
        1,
    )
    assert deliver(journal, post, NOW + timedelta(seconds=59)) == []
    assert deliver(journal, post, NOW + timedelta(minutes=1)) == [Outcome.PUT_OFF]
    assert deliver(journal, post, NOW + timedelta(minutes=5)) == []
    assert deliver(journal, Bag().post, NOW + timedelta(minutes=6)) == [Outcome.SENT]
    assert (state_of().state, state_of().fault, state_of().reply, state_of().tries) == ("sent", "", None, 3)


@pytest.mark.django_db
def test_what_has_failed_for_five_days_is_dead(journal):
    story(waiting(1))
    post, now, tries = refuse(Later(Fault.BUSY, 451)), NOW, 0
    while deliver_next(now=now, post=post, journal=journal) is not Outcome.ENDED:
        tries += 1
        now = pace.awake(state_of().next_try_at)
    assert timedelta(days=5) <= now - NOW < timedelta(days=6, hours=12)
    assert tries == state_of().tries - 1 >= 9
    assert (state_of().state, state_of().fault) == ("dead", "busy")


@pytest.mark.django_db
def test_a_code_that_could_not_be_sent_within_the_hour_is_of_no_use_to_anybody(journal):
    story(waiting(1, urgent=True), waiting(2))
    bag = Bag()
    assert sorted(deliver(journal, bag.post, NOW + timedelta(hours=1)), key=str) == [
        Outcome.ENDED,
        Outcome.SENT,
    ]
    assert (state_of(1).state, state_of(1).fault) == ("dead", "too-late")
    assert bag.subjects == ["Hei 2"]


@pytest.mark.django_db
def test_a_server_that_does_not_answer_is_told_from_a_message_that_fails(journal):
    story(waiting(1), waiting(2))
    assert deliver_next(now=NOW, post=refuse(Unreachable()), journal=journal) is Outcome.UNREACHABLE
    assert sorted(Message.objects.values_list("tries", flat=True)) == [0, 1]


@pytest.mark.django_db
def test_a_fault_of_our_own_stops_neither_the_others_nor_tells_whom_it_met(journal, caplog):
    story(waiting(1), waiting(2))

    def stumble(message: Message) -> None:
        if message.subject == "Hei 1":
            raise KeyError(message.address)

    assert sorted(deliver(journal, Bag(before=stumble).post), key=str) == [Outcome.PUT_OFF, Outcome.SENT]
    assert state_of(1).fault == "broken"
    assert str(state_of(1).id) in caplog.text
    assert "asukas1" not in caplog.text


# ── Several workers ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("own_database")
def test_two_workers_at_once_send_each_message_once(tmp_path):
    at_once(lambda: story(*[waiting(number) for number in range(60)]))
    bags = [Bag(before=lambda _message: threading.Event().wait(0.002)) for _ in range(3)]
    done = at_once(*[lambda bag=bag: deliver(Journal(tmp_path / "journal.txt"), bag.post) for bag in bags])
    sent = [subject for bag in bags for subject in bag.subjects]
    assert sorted(sent) == sorted(f"Hei {number}" for number in range(60))
    assert sum(map(len, done)) == 60
    assert sum(1 for bag in bags if bag.subjects) > 1  # they did work side by side


@pytest.mark.usefixtures("own_database")
def test_while_a_message_is_on_its_way_the_database_is_free(tmp_path):
    """A slow mail server must not keep anybody from writing."""
    at_once(lambda: story(waiting(1)))
    going, written = threading.Event(), threading.Event()

    def linger(_message: Message) -> None:
        assert not connection.in_atomic_block
        going.set()
        assert written.wait(10)

    def write() -> int:
        assert going.wait(10)
        story(waiting(2, due_at=NOW + SECOND, next_try_at=NOW + SECOND))
        written.set()
        return Message.objects.count()

    outcome, count = at_once(
        lambda: deliver(Journal(tmp_path / "journal.txt"), Bag(before=linger).post), write
    )
    assert (outcome, count) == ([Outcome.SENT], 2)
