"""The outbox: what is written with a deed, in whose language, once, and how it is taken back and forgotten."""

from __future__ import annotations

import copy
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings as real
from django.db import IntegrityError, transaction

from kilauta.kit.outbox import operations, pace, queries
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy import retention
from kilauta.kit.refusals import Refused
from tests.cast import NOW, at_once
from tests.kit.outbox_story import helsinki, waiting

MAIL = """{% load i18n %}{% blocktranslate trimmed %}Page {{ name }}{% endblocktranslate %}

{% if name %}{{ name }} & {% translate "Yes" %}{% endif %}
"""
TEMPLATES = {
    "story/mail/hello.txt": MAIL,
    "story/mail/bare.txt": "Only a subject",
    "story/sms/hello.txt": "Hei {{ name }}",
}


@pytest.fixture(autouse=True)
def _templates(settings, tmp_path):
    """Stand in for a domain's templates."""
    for name, text in TEMPLATES.items():
        path = tmp_path / "words" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    engines = copy.deepcopy(real.TEMPLATES)
    engines[0]["DIRS"] = [tmp_path / "words"]
    settings.TEMPLATES = engines


def send(kind: str = "story/hello", **more) -> Message:
    given = {"to": "aino@posti.example", "lang": "fi", "now": NOW, "context": {"name": "Aino"}, **more}
    return operations.send(kind, **given)


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.parametrize(("lang", "yes"), [("fi", "Kyllä"), ("sv", "Ja"), ("en", "Yes")])
def test_a_message_is_written_in_the_language_of_its_receiver(lang, yes):
    made = send(lang=lang, context={"name": "Aino"})
    assert made.body == f"Aino & {yes}\n"
    assert (made.lang, made.state, made.address) == (lang, "waiting", "aino@posti.example")


@pytest.mark.django_db
def test_values_stand_as_they_are_because_a_mail_is_no_page():
    assert send(lang="en", context={"name": "<Aino & co>"}).subject == "Page <Aino & co>"


@pytest.mark.django_db
def test_a_message_goes_with_the_deed_that_failed():
    with pytest.raises(RuntimeError), transaction.atomic():
        send()
        raise RuntimeError
    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_a_text_message_has_no_subject():
    made = send(channel="sms", to="050 555 0111")
    assert (made.channel, made.subject, made.body) == ("sms", "", "Hei Aino")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["Aino\nBcc: all@posti.example", "Aino\r\nBcc: all@posti.example", "Aino\u2028Bcc: x"]
)
def test_a_line_break_in_a_subject_is_refused(name):
    with pytest.raises(ValueError, match="a subject in one line"):
        send(context={"name": name})
    assert Message.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more", [{"lang": "ru"}, {"kind": "story/bare"}], ids=["language we do not have", "no text"]
)
def test_what_is_no_message_is_refused(more):
    with pytest.raises(ValueError, match=r"language|subject"):
        send(**more)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "channel"),
    [
        ("", "mail"),
        ("aino", "mail"),
        ("aino@posti.example\nBcc: all@posti.example", "mail"),
        ("aino@posti.example, all@posti.example", "mail"),
        ("Aino <aino@posti.example>", "mail"),
        (f"aino@{'posti.' * 45}example", "mail"),
        ("aino@posti.example", "sms"),
    ],
)
def test_a_message_to_what_is_no_address_is_dead_at_once_and_shows_whom_to_ring(to, channel):
    made = send(to=to, channel=channel, phone="050 555 0111")
    assert (made.state, made.fault) == ("dead", "address")
    assert [(each.phone, each.fault) for each in queries.undeliverable()] == [("050 555 0111", "address")]


@pytest.mark.django_db
def test_of_one_key_there_is_one_message_ever():
    first = send(key="story:7:2026-11")
    assert send(key="story:7:2026-11", lang="sv") == first
    assert send(key="story:7:2026-12") != first
    assert send() != send()
    Message.objects.filter(id=first.id).delete()
    assert send(key="story:7:2026-11") == first  # by its id, so that the journal knows it


@pytest.mark.usefixtures("own_database")
def test_two_that_write_one_message_at_once_write_it_once():
    first, second = at_once(lambda: send(key="story:7"), lambda: send(key="story:7"))
    assert first == second
    assert at_once(Message.objects.count) == [1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "dove"},
        {"state": "lost"},
        {"lang": "ru"},
        {"body": ""},
        {"state": "sent"},
        {"state": "dead"},
        {"fault": "unknown"},
        {"sent_at": NOW},
    ],
    ids=str,
)
def test_the_database_refuses(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        waiting(**wrong).save()


# ── When ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("instant", "awake"),
    [
        ("2026-11-24T20:59:59", "2026-11-24T20:59:59"),
        ("2026-11-24T21:00:00", "2026-11-25T08:00:00"),
        ("2026-11-24T00:00:00", "2026-11-24T08:00:00"),
        ("2026-11-24T07:59:59", "2026-11-24T08:00:00"),
        ("2026-11-24T08:00:00", "2026-11-24T08:00:00"),
        # the clock is turned: nine real hours, then eleven-and-a-half
        ("2026-03-28T22:00:00", "2026-03-29T08:00:00"),
        ("2026-10-24T21:30:00", "2026-10-25T08:00:00"),
        ("2026-12-31T23:00:00", "2027-01-01T08:00:00"),
    ],
)
def test_nobody_is_woken_up(instant, awake):
    assert pace.awake(helsinki(instant)) == helsinki(awake)
    assert pace.is_quiet(helsinki(instant)) == (instant != awake)


@pytest.mark.django_db
def test_a_message_of_the_evening_is_due_in_the_morning_and_an_urgent_one_at_once():
    evening = helsinki("2026-11-24T22:10")
    assert send(now=evening).due_at == helsinki("2026-11-25T08:00")
    assert send(now=evening, urgent=True).due_at == evening
    assert send(due_at=helsinki("2026-12-01T06:00")).due_at == helsinki("2026-12-01T08:00")


def test_what_fails_is_tried_ever_more_seldom_up_to_once_a_day():
    waits = [pace.next_try(NOW, tries) - NOW for tries in range(1, 12)]
    assert waits[0] == timedelta(minutes=1)
    assert waits == sorted(waits)
    assert set(waits[6:]) == {timedelta(hours=24)}


# ── Taking back, and what comes back ────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_cancelling_takes_back_what_waits_about_the_matter_and_forgets_its_words():
    about, other, sent = send(about="story.visit:1"), send(about="story.visit:2"), send(about="story.visit:1")
    Message.objects.filter(id=sent.id).update(state="sent", sent_at=NOW)
    assert operations.cancel("story.visit:1") == 1
    states = dict(Message.objects.values_list("id", "state"))
    assert states == {about.id: "cancelled", other.id: "waiting", sent.id: "sent"}
    about.refresh_from_db()
    assert (about.subject, about.body, about.address, about.phone) == ("", "", "", "")


@pytest.mark.django_db
def test_nothing_is_cancelled_about_nothing():
    send()
    with pytest.raises(ValueError, match="what they are about"):
        operations.cancel("")
    assert Message.objects.get().state == "waiting"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "written", ["<{id}@verkko.example>", "{id}@verkko.example", " <{id}@verkko.example> "]
)
def test_a_message_that_came_back_is_dead(written):
    made = send(phone="050 555 0111")
    Message.objects.update(state="sent", sent_at=NOW)
    assert operations.note_bounce(written.format(id=made.id))
    assert [(each.fault, each.phone) for each in queries.undeliverable()] == [("bounced", "050 555 0111")]
    assert not operations.note_bounce(written.format(id=made.id))


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "<x@y>", f"<{UUID(int=7)}@verkko.example>", "-" * 36 + "@x", "a\nb"])
def test_a_bounce_of_what_we_never_sent_is_nobodys(text):
    send()
    assert not operations.note_bounce(text)
    assert Message.objects.get().state == "waiting"


@pytest.mark.django_db
def test_a_dead_message_is_sent_once_more_as_a_new_one():
    made = send(phone="050 555 0111", about="story.visit:1")
    Message.objects.update(state="dead", fault="refused", reply=550, tries=3, sent_at=NOW)
    again = operations.try_again(made, now=NOW + timedelta(hours=1))
    assert again.id != made.id
    assert (again.state, again.tries, again.fault, again.reply, again.sent_at) == (
        "waiting",
        0,
        "",
        None,
        None,
    )
    assert (again.address, again.body, again.about) == (made.address, made.body, made.about)
    made.refresh_from_db()
    assert (made.state, made.address, made.body) == ("settled", "", "")
    with pytest.raises(Refused) as second:
        operations.try_again(made, now=NOW)
    assert second.value.code == "wiped"


@pytest.mark.django_db
def test_what_somebody_has_seen_to_leaves_the_list_and_only_once():
    made = send(to="nowhere")
    operations.settle(made)
    assert list(queries.undeliverable()) == []
    with pytest.raises(Refused) as second:
        operations.settle(made)
    assert second.value.code == "not-dead"
    alive = send()
    with pytest.raises(Refused):
        operations.try_again(alive, now=NOW)
    assert Message.objects.get(id=alive.id).state == "waiting"


# ── Forgetting ──────────────────────────────────────────────────────────────────────────────────────────


def old(days: int, number: int, **more) -> Message:
    when = {"created_at": NOW - timedelta(days=days), "due_at": NOW - timedelta(days=days)}
    made = waiting(number, phone="050 555 0111", **when | {"state": "sent", "sent_at": NOW} | more)
    made.save()
    return made


@pytest.mark.django_db
def test_words_and_addresses_go_after_30_days_but_nothing_that_waits():
    kept, wiped = old(29, 1), old(30, 2)
    dead = old(31, 3, state="dead", fault="refused")
    held = old(500, 4, state="waiting", sent_at=None)
    retention.run_retention(now=NOW)
    left = {each.id: each for each in Message.objects.all()}
    assert [left[each.id].body != "" for each in (kept, wiped, dead, held)] == [True, False, False, True]
    assert [left[wiped.id].address, left[wiped.id].phone, left[wiped.id].subject] == ["", "", ""]


@pytest.mark.django_db
def test_rows_go_after_400_days_but_nothing_that_waits():
    kept, held = old(399, 1), old(500, 2, state="waiting", sent_at=None)
    old(400, 3)
    assert operations.tidy(now=NOW) == 1
    assert operations.tidy(now=NOW) == 0
    assert set(Message.objects.all()) == {kept, held}


# ── How it stands ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_the_condition_counts_what_waits_and_what_is_dead_and_since_when(django_assert_num_queries):
    assert queries.condition(NOW) == queries.Condition(0, 0, None, is_late=False)
    Message.objects.bulk_create(
        [
            waiting(1),
            waiting(2, due_at=NOW + timedelta(days=2), next_try_at=NOW + timedelta(days=2)),
            waiting(3, state="dead", fault="refused"),
            waiting(4, state="sent", sent_at=NOW),
        ]
    )
    with django_assert_num_queries(1):
        assert queries.condition(NOW) == queries.Condition(2, 1, NOW, is_late=False)
    hour = NOW + timedelta(hours=1)
    assert not queries.condition(hour).is_late
    assert queries.condition(hour + timedelta(seconds=1)).is_late
