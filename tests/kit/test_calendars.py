"""Calendars out and in. Two libraries that did not write them read what we write: the same instants, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

from kilauta.kit.calendars import Event, Unreadable, busy_times, letter, method_of, sheet
from kilauta.kit.outbox.smtp import as_mail
from tests.cast import NOW
from tests.kit.outbox_story import SENDER, waiting

HELSINKI = ZoneInfo("Europe/Helsinki")
EVENT = Event(
    uid="b1c0a6de-1@kainuu.example",
    sequence=2,
    starts_at=datetime(2026, 12, 1, 10, 0, tzinfo=HELSINKI),
    ends_at=datetime(2026, 12, 1, 10, 45, tzinfo=HELSINKI),
    summary="Aika digitukeen",
    lang="fi",
    place="Kuhmon kirjasto; Pajakkakatu 2, 88900 Kuhmo",
    told="Varauksen numero on 482913.\nSoita, jos et pääse: 050 555 0100, " + "ä" * 90,
    url="https://kainuu.example/varaus/",
)
# winter, summer, eleven months ahead, the days of the turning clock and both their hours
WALLS = (
    datetime(2026, 12, 1, 10, 0, tzinfo=HELSINKI),
    datetime(2027, 7, 1, 10, 0, tzinfo=HELSINKI),
    datetime(2027, 10, 22, 10, 0, tzinfo=HELSINKI),
    datetime(2027, 3, 28, 10, 0, tzinfo=HELSINKI),
    datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI),
    datetime(2026, 10, 25, 3, 30, fold=1, tzinfo=HELSINKI),
    datetime(2026, 12, 31, 23, 30, tzinfo=HELSINKI),
)


def told(event: Event, **more: str) -> str:
    given = {"sender": "digituki@verkko.example", "name": "Kainuun, digituki", "receiver": "e@posti.example"}
    return letter(event, now=NOW, **given | more)


def instants(text: str) -> list[tuple[datetime, datetime]]:
    """Return when the one event begins and ends, as two other libraries read it; both must say the same."""
    one = vobject.readOne(text).vevent
    (other,) = IcsCalendarStream.calendar_from_ics(text).events
    found = [
        (one.dtstart.value.astimezone(UTC), one.dtend.value.astimezone(UTC)),
        (other.dtstart.astimezone(UTC), other.dtend.astimezone(UTC)),
    ]
    assert found[0] == found[1]
    return found[:1]


@pytest.mark.parametrize("wall", WALLS, ids=str)
def test_other_libraries_read_the_same_instants_in_summer_in_winter_and_eleven_months_ahead(wall):
    start = wall.astimezone(UTC)
    event = replace(EVENT, starts_at=start, ends_at=start + timedelta(minutes=45))
    expected = [(start, start + timedelta(minutes=45))]
    assert instants(told(event)) == expected
    assert instants(sheet([event], now=NOW)) == expected


@pytest.mark.parametrize(
    ("first", "after"),
    [("2026-12-06", "2026-12-07"), ("2027-03-27", "2027-03-30"), ("2026-10-24", "2026-10-26")],
    ids=["one day", "the clock turns in spring", "the clock turns in autumn"],
)
def test_whole_days_are_days_without_a_clock_and_none_is_added(first, after):
    begins, ends = (
        datetime.fromisoformat(day).replace(tzinfo=HELSINKI).astimezone(UTC) for day in (first, after)
    )
    text = sheet([replace(EVENT, starts_at=begins, ends_at=ends, all_day=True)], now=NOW)
    one = vobject.readOne(text).vevent
    (other,) = IcsCalendarStream.calendar_from_ics(text).events
    days = [date.fromisoformat(first), date.fromisoformat(after)]
    assert [one.dtstart.value, one.dtend.value] == [other.dtstart, other.dtend] == days
    assert not isinstance(one.dtstart.value, datetime)


def test_a_time_that_comes_twice_is_two_times():
    first, second = (datetime(2026, 10, 25, 3, 30, fold=fold, tzinfo=HELSINKI) for fold in (0, 1))
    read = [
        instants(
            sheet([replace(EVENT, starts_at=at, ends_at=at.astimezone(UTC) + timedelta(minutes=30))], now=NOW)
        )[0][0]
        for at in (first, second)
    ]
    assert read[1] - read[0] == timedelta(hours=1)


def test_a_letter_says_what_to_do_and_keeps_the_words_as_they_were():
    calendar = vobject.readOne(told(EVENT))
    event = calendar.vevent
    assert (calendar.method.value, calendar.version.value) == ("REQUEST", "2.0")
    assert (event.uid.value, event.sequence.value, event.status.value) == (EVENT.uid, "2", "CONFIRMED")
    assert (event.summary.value, event.location.value, event.description.value) == (
        EVENT.summary,
        EVENT.place,
        EVENT.told,
    )
    assert (event.dtstamp.value, event.last_modified.value) == (NOW, NOW)
    assert event.organizer.value == "mailto:digituki@verkko.example"
    assert event.organizer.params["CN"] == ["Kainuun, digituki"]
    assert (event.attendee.value, event.attendee.params["RSVP"]) == ("mailto:e@posti.example", ["FALSE"])
    assert event.url.value == EVENT.url
    assert not hasattr(event, "method")


def test_a_cancelled_event_is_taken_out_of_the_calendar_it_stands_in():
    before, after = told(EVENT), told(replace(EVENT, sequence=3, state="CANCELLED"))
    assert (method_of(before), method_of(after)) == ("REQUEST", "CANCEL")
    kept: dict[str, vobject.base.Component] = {}
    for text in (before, after):
        calendar = vobject.readOne(text)
        event = calendar.vevent
        if calendar.method.value == "CANCEL":
            assert int(event.sequence.value) > int(kept[event.uid.value].sequence.value)
            del kept[event.uid.value]
        else:
            kept[event.uid.value] = event
    assert kept == {}
    (other,) = IcsCalendarStream.calendar_from_ics(after).events
    assert (other.uid, other.sequence, other.status.value) == (EVENT.uid, 3, "CANCELLED")


def test_a_meeting_has_its_address_where_programmes_look_for_it():
    text = sheet([replace(EVENT, meeting="https://kainuu.example/etatuki/")], now=NOW)
    (event,) = IcsCalendarStream.calendar_from_ics(text).events
    assert [str(each.uri) for each in event.conference] == ["https://kainuu.example/etatuki/"]


def test_a_feed_says_when_to_come_again_and_may_be_empty():
    text = sheet([], now=NOW, name="Varaukset", followed=True)
    assert [
        line for line in text.splitlines() if line.startswith(("METHOD", "NAME", "REFRESH", "X-PUB"))
    ] == [
        "METHOD:PUBLISH",
        "NAME:Varaukset",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    assert IcsCalendarStream.calendar_from_ics(text).events == []


def test_lines_are_folded_and_end_as_the_format_asks():
    text = told(EVENT)
    lines = text.encode().split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75


def test_a_mail_carries_the_letter_as_another_form_of_itself():
    mail = as_mail(waiting(calendar=told(EVENT)), SENDER).message()
    words, calendar = mail.get_payload()
    assert mail.get_content_type() == "multipart/alternative"
    assert words.get_content_type() == "text/plain"
    assert (calendar.get_content_type(), calendar.get_param("method"), calendar.get_content_charset()) == (
        "text/calendar",
        "REQUEST",
        "utf-8",
    )
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert calendar.get_payload(decode=True).decode() == told(EVENT)


def test_a_mail_without_a_letter_is_words_only():
    assert as_mail(waiting(), SENDER).message().get_content_type() == "text/plain"


SINCE = datetime(2026, 10, 1, tzinfo=UTC)
UNTIL = datetime(2026, 11, 30, tzinfo=UTC)


def calendar_of(*events: str, zone: str = "") -> bytes:
    body = "".join(
        f"BEGIN:VEVENT\nUID:{n}\nDTSTAMP:20260101T000000Z\n{each}\nEND:VEVENT\n"
        for n, each in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{zone}{body}END:VCALENDAR\n".replace(
        "\n", "\r\n"
    ).encode()


def busy(*events: str, zone: str = "") -> list[str]:
    """Return when the owner is busy, on the wall in Finland."""
    times = busy_times(calendar_of(*events, zone=zone), since=SINCE, until=UNTIL)
    return [
        f"{start.astimezone(HELSINKI):%d.%m. %H:%M}–{end.astimezone(HELSINKI):%d.%m. %H:%M}"
        for start, end in times
    ]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20261105T080000Z\nDTEND:20261105T090000Z", ["05.11. 10:00–05.11. 11:00"]),
        ("DTSTART;TZID=Europe/Helsinki:20261105T100000\nDURATION:PT90M", ["05.11. 10:00–05.11. 11:30"]),
        ("DTSTART:20261105T100000\nDTEND:20261105T110000", ["05.11. 10:00–05.11. 11:00"]),
        ("DTSTART;TZID=Europe/Stockholm:20261105T100000\nDURATION:PT1H", ["05.11. 11:00–05.11. 12:00"]),
        ("DTSTART;TZID=FLE Standard Time:20261105T100000\nDURATION:PT1H", ["05.11. 10:00–05.11. 11:00"]),
        ("DTSTART;VALUE=DATE:20261206\nDTEND;VALUE=DATE:20261207", []),
        ("DTSTART;VALUE=DATE:20261106\nDTEND;VALUE=DATE:20261107", ["06.11. 00:00–07.11. 00:00"]),
        ("DTSTART;VALUE=DATE:20261106", ["06.11. 00:00–07.11. 00:00"]),
        ("DTSTART:20261105T080000Z", []),
        ("DTSTART:20261105T080000Z\nDTEND:20261105T090000Z\nSTATUS:CANCELLED", []),
        ("DTSTART:20261105T080000Z\nDTEND:20261105T090000Z\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20261105T080000Z\nDTEND:20261105T090000Z\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        ("DTSTART:20260930T200000Z\nDTEND:20261001T020000Z", ["01.10. 03:00–01.10. 05:00"]),
    ],
    ids=["utc", "zone", "floating", "abroad", "microsoft", "later", "day", "day-without-end", "moment", "cancelled", "transparent", "free", "clipped"],
)  # fmt: skip
def test_an_event_of_each_kind_makes_busy_what_it_should(event, expected):
    assert busy(event) == expected


def test_a_weekly_time_keeps_its_place_on_the_wall_when_the_clock_turns_and_knows_its_exceptions():
    weekly = (
        "DTSTART;TZID=Europe/Helsinki:20261012T170000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4\n"
        "EXDATE;TZID=Europe/Helsinki:20261019T170000"
    )
    assert busy(weekly) == [
        "12.10. 17:00–12.10. 18:00",
        "26.10. 17:00–26.10. 18:00",
        "02.11. 17:00–02.11. 18:00",
    ]


def test_one_moved_and_one_cancelled_of_a_series_are_as_they_became():
    text = (
        b"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n"
        b"BEGIN:VEVENT\nUID:s\nDTSTART:20261102T080000Z\nDTEND:20261102T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n"
        b"BEGIN:VEVENT\nUID:s\nRECURRENCE-ID:20261103T080000Z\nDTSTART:20261103T120000Z\nDTEND:20261103T130000Z\nEND:VEVENT\n"
        b"BEGIN:VEVENT\nUID:s\nRECURRENCE-ID:20261104T080000Z\nSTATUS:CANCELLED\nDTSTART:20261104T080000Z\nDTEND:20261104T090000Z\nEND:VEVENT\n"
        b"END:VCALENDAR\n"
    )
    assert busy_times(text, since=SINCE, until=UNTIL) == [
        (datetime(2026, 11, 2, 8, tzinfo=UTC), datetime(2026, 11, 2, 9, tzinfo=UTC)),
        (datetime(2026, 11, 3, 12, tzinfo=UTC), datetime(2026, 11, 3, 13, tzinfo=UTC)),
    ]


def test_times_that_touch_or_overlap_are_one():
    assert busy(
        "DTSTART:20261105T080000Z\nDTEND:20261105T090000Z",
        "DTSTART:20261105T090000Z\nDTEND:20261105T100000Z",
        "DTSTART:20261105T083000Z\nDTEND:20261105T093000Z",
    ) == ["05.11. 10:00–05.11. 12:00"]


def test_the_hour_that_comes_twice_is_as_long_as_it_is():
    zoned = "DTSTART;TZID=Europe/Helsinki:20261025T023000\nDTEND;TZID=Europe/Helsinki:20261025T043000"
    ((start, end),) = busy_times(calendar_of(zoned), since=SINCE, until=UNTIL)
    assert end - start == timedelta(hours=3)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<html>Sign in</html>",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        calendar_of("DTSTART:20000101T000000Z\nRRULE:FREQ=SECONDLY"),
        calendar_of("DTSTART:20000101T000000Z\nRRULE:FREQ=DAILY;BYMINUTE=1,2,3"),
    ],
    ids=["empty", "page", "bytes", "torn", "every-second", "every-minute"],
)
def test_what_is_no_calendar_of_a_person_is_refused(text):
    with pytest.raises(Unreadable):
        busy_times(text, since=SINCE, until=UNTIL)


def test_of_another_calendar_nothing_comes_out_but_instants():
    text = calendar_of("SUMMARY:Lääkäri\nLOCATION:Sairaala\nDTSTART:20261105T080000Z\nDTEND:20261105T090000Z")
    assert busy_times(text, since=SINCE, until=UNTIL) == [
        (datetime(2026, 11, 5, 8, tzinfo=UTC), datetime(2026, 11, 5, 9, tzinfo=UTC))
    ]
