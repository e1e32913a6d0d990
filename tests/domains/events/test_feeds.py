"""Feeds and files of events, as two calendar libraries that did not write them read them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
import vobject
from django.db import connection
from django.test.utils import CaptureQueriesContext
from ical.calendar_stream import IcsCalendarStream

from kilauta.domains.events.logic.times import Span, span, spans, whole_days
from kilauta.domains.events.models import Occurrence
from kilauta.domains.events.operations import events, occurrences
from kilauta.domains.events.queries.telling import address_of, uid_of
from kilauta.lib.words import Words
from kilauta.lib.zone import HELSINKI
from tests.cast import NOW, Visitor
from tests.domains.events import story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

DAY = timedelta(days=1)
Times = dict[str, tuple[date, date, str]]


def fetched(path: str = "kalenteri.ics", *, lang: str = "fi", **headers: str):
    tongue = "" if lang == "fi" else f"/{lang}"
    return Visitor("testserver").get(f"{tongue}/tapahtumat/{path}", headers=headers)


def instant(value: date) -> date:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def read(text: str) -> Times:
    """Return begin, end and state of each entry by its name; both libraries must say the same."""
    one = {
        each.uid.value: (instant(each.dtstart.value), instant(each.dtend.value), each.status.value)
        for each in vobject.readOne(text).contents.get("vevent", [])
    }
    other = {
        each.uid: (instant(each.dtstart), instant(each.dtend), each.status.value)
        for each in IcsCalendarStream.calendar_from_ics(text).events
    }
    assert one == other
    return one


def expected(of: Occurrence, state: str = "CONFIRMED") -> Times:
    of.refresh_from_db()
    return {uid_of(of, of.event.network): (of.starts_at, of.ends_at, state)}


def wall(value: date) -> str:
    return f"{value.astimezone(HELSINKI):%d.%m.%Y %H:%M}"


def times_of(of) -> list[Occurrence]:
    return list(of.occurrences.order_by("starts_at", "pk"))


@pytest.mark.parametrize(
    ("first", "now", "turn"),
    [
        (date(2026, 10, 6), datetime(2026, 9, 29, 9, tzinfo=UTC), date(2026, 10, 25)),
        (date(2027, 3, 9), NOW, date(2027, 3, 28)),
        (date(2026, 3, 10), datetime(2026, 3, 3, 9, tzinfo=UTC), date(2026, 3, 29)),
    ],
    ids=["autumn 2026", "spring 2027", "spring 2026"],
)
def test_a_weekly_series_over_the_turn_of_the_clock_keeps_its_hour_with_one_moved_and_one_cancelled(
    first, now, turn
):
    made = story.event(times=spans(first, time(10), time(12), again="weeks", number=6))
    held = times_of(made)
    assert held[0].starts_at.date() < turn < held[-1].starts_at.date()
    assert held[0].starts_at.hour != held[-1].starts_at.hour
    to = span(first + 22 * DAY, time(17), time(18))
    occurrences.move_occurrence(held[3], to, actor=story.actor(), now=now)
    occurrences.cancel_occurrence(held[4], actor=story.actor(), now=now)
    text = fetched(f"{address_of(made)}/aika.ics").content.decode()
    found = read(text)
    assert found == {
        **{name: value for each in (*held[:4], held[5]) for name, value in expected(each).items()},
        **expected(held[4], "CANCELLED"),
    }
    walls = sorted(wall(begins)[-5:] for begins, _ends, _state in found.values())
    assert walls == ["10:00"] * 5 + ["17:00"]
    sequences = {each.uid.value: int(each.sequence.value) for each in vobject.readOne(text).vevent_list}
    assert [sequences[uid_of(each, made.network)] for each in held] == [0, 0, 0, 1, 1, 0]
    summaries = {each.uid.value: each.summary.value for each in vobject.readOne(text).vevent_list}
    assert [made.name_fi != summaries[uid_of(each, made.network)] for each in held] == [False] * 4 + [
        True,
        False,
    ]


def test_independence_day_is_one_day_and_an_evening_over_midnight_two():
    story.event(times=[whole_days(date(2026, 12, 6), date(2026, 12, 6))])
    long = story.event(times=[span(date(2026, 12, 12), time(20), time(2))])
    camp = story.event(times=[whole_days(date(2027, 3, 27), date(2027, 3, 29))])
    found = read(fetched().content.decode())
    (held,) = times_of(long)
    assert sorted((str(a), str(b)) for a, b, _state in found.values()) == [
        ("2026-12-06", "2026-12-07"),
        (str(held.starts_at), str(held.ends_at)),
        ("2027-03-27", "2027-03-30"),
    ]
    # the days are days, without a clock that could be read in another zone
    assert [type(a) for a, _b, _state in found.values()].count(date) == 2
    (three,) = times_of(camp)
    assert three.ends_at - three.starts_at == timedelta(hours=71)


def test_a_feed_reaches_from_thirty_days_ago_to_four_hundred_days_ahead():
    ends = [
        NOW - 30 * DAY,
        NOW - 30 * DAY + timedelta(seconds=1),
        NOW + 400 * DAY,
        NOW + 400 * DAY + timedelta(hours=2),
    ]
    made = [story.event(times=[Span(at - timedelta(hours=1), at)]) for at in ends]
    found = read(fetched().content.decode())
    assert set(found) == {uid_of(times_of(each)[0], each.network) for each in made[1:3]}


def test_what_is_withdrawn_is_cancelled_in_the_feed_and_a_draft_was_never_there():
    gone, stays = story.event(), story.event()
    story.event(publish=False)
    events.withdraw_event(gone, actor=story.actor(), now=NOW)
    assert read(fetched().content.decode()) == {
        **expected(times_of(gone)[0], "CANCELLED"), **expected(times_of(stays)[0])
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_a_feed_speaks_the_language_of_its_address_and_says_when_to_come_again(lang):
    made = story.event()
    calendar = vobject.readOne(fetched(lang=lang).content.decode())
    assert calendar.vevent.summary.value == str(made.name.pick(lang))
    assert calendar.vevent.url.value.endswith(f"/tapahtumat/{address_of(made)}/")
    assert ("/sv/" in calendar.vevent.url.value) == (lang == "sv")
    assert calendar.refresh_interval.value == "PT1H"


def test_what_is_for_supporters_is_followed_only_by_who_asks_for_it():
    story.event(kind="coaching")
    assert read(fetched().content.decode()) == {}
    assert len(read(fetched("kalenteri.ics?laji=coaching").content.decode())) == 1


@pytest.mark.parametrize("path", ["kalenteri.ics", "syote/"])
def test_a_feed_that_has_not_changed_is_not_sent_again_and_costs_less(path):
    made = story.event(times=spans(story.TUESDAY, time(10), time(12), again="weeks", number=3))
    first, again = fetched(path), fetched(path)
    assert first.content == again.content
    assert first["ETag"] == again["ETag"]
    assert first["Last-Modified"]
    with CaptureQueriesContext(
        connection,
    ) as full:
        fetched(path)
    with CaptureQueriesContext(connection) as cheap:
        answer = fetched(path, if_none_match=first["ETag"])
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == first["ETag"]
    assert len(cheap) < len(full)
    assert len(full) <= 12
    occurrences.cancel_occurrence(times_of(made)[0], actor=story.actor(), now=NOW)
    changed = fetched(path, if_none_match=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_tag_is_of_one_language_and_one_choice():
    story.event()
    tags = [
        fetched()["ETag"], fetched(lang="sv")["ETag"], fetched("kalenteri.ics?laji=info")["ETag"]
    ]  # fmt: skip
    assert len(set(tags)) == 3


def test_a_feed_changes_when_a_time_leaves_the_window_and_another_enters():
    ends = [NOW - 30 * DAY + timedelta(hours=1), NOW + 400 * DAY + timedelta(hours=3)]
    for at in ends:
        story.event(times=[Span(at - timedelta(hours=1), at)])
    now = fetched()["ETag"]
    with time_machine.travel(NOW + timedelta(hours=4), tick=False):
        later = fetched(if_none_match=now)
    assert (later.status_code, len(read(later.content.decode()))) == (200, 1)


def test_news_of_events_hold_each_event_once_with_its_next_time_and_nobodys_markup():
    story.event(
        times=spans(story.TUESDAY, time(10), time(12), again="weeks", number=3),
        summary=Words("Tule <b>ja</b> kysy & opi."),
    )
    gone = story.event(story.TUESDAY + DAY)
    events.withdraw_event(gone, actor=story.actor(), now=NOW)
    answer = fetched("syote/")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    (item,) = ET.fromstring(answer.content).findall("./channel/item")
    assert item.findtext("title") == "Avoin digineuvonta, tiistai 1.12.2026 klo 10.00–12.00"
    assert "Tule &lt;b&gt;ja&lt;/b&gt; kysy &amp; opi." in item.findtext("description")
    assert item.find("guid").attrib["isPermaLink"] == "false"


def test_an_event_of_another_network_has_no_file_here():
    made = story.event()
    assert fetched(f"{address_of(made)}/aika.ics").status_code == 200
    assert fetched("000000-ei-ole/aika.ics").status_code == 404
    draft = story.event(publish=False)
    assert fetched(f"{address_of(draft)}/aika.ics").status_code == 404
