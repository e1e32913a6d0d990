"""Busy times from a supporter's other calendar: fetched by the worker, nothing kept but when, faults said in words."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kilauta.domains.booking.choices import CALENDAR_FAULTS
from kilauta.domains.booking.models import Busy, OutsideCalendar
from kilauta.domains.booking.operations.calendars import add_calendar, remove_calendar
from kilauta.domains.booking.ports.jobs import read_calendars
from kilauta.domains.booking.queries.slots import free_slots
from kilauta.kit.refusals import Refused
from kilauta.lib import outward
from tests.cast import NOW
from tests.domains.booking import calendar_story as story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

HOUR = timedelta(hours=1)
BUSY = (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), datetime(2026, 12, 1, 8, 45, tzinfo=UTC))
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Hammaslääkäri\r\n"
    "DTSTART:20261201T080000Z\r\nDTEND:20261201T084500Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class Pages(BaseHTTPRequestHandler):
    text = CALENDAR
    status = 200

    def do_GET(self) -> None:
        body = self.text.encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere():
    """Another service, with a calendar."""
    Pages.text, Pages.status = CALENDAR, 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/salainen.ics"
    server.shutdown()
    server.server_close()
    thread.join()


def read(now: datetime = NOW) -> OutsideCalendar:
    read_calendars(now, allowed=lambda _address, _port: True)
    return OutsideCalendar.objects.get()


def times() -> list[tuple[datetime, datetime]]:
    return list(Busy.objects.order_by("starts_at").values_list("starts_at", "ends_at"))


def free(offer) -> list[str]:
    day = story.TUESDAY.astimezone(UTC).replace(hour=0)
    return [
        f"{each.starts_at:%H:%M}" for each in free_slots([offer], since=day, until=day + 24 * HOUR, now=NOW)
    ]


def test_nobody_can_be_booked_while_another_calendar_says_that_they_are_elsewhere(elsewhere):
    offer = story.offer_of()
    before = free(offer)
    add_calendar(elsewhere, actor=offer.supporter)
    held = read()
    assert (held.fault, held.fetched_at, times()) == ("", NOW, [BUSY])
    assert before == ["07:00", "07:30", "08:00", "08:30", "09:00", "09:30"]
    assert free(offer) == ["07:00", "07:30", "09:00", "09:30"]


def test_a_calendar_is_read_once_an_hour_and_what_it_says_now_counts(elsewhere):
    add_calendar(elsewhere, actor=story.offer_of().supporter)
    read()
    Pages.text = CALENDAR.replace("T080000Z", "T083000Z")
    assert read(NOW + HOUR / 2).fetched_at == NOW
    assert read(NOW + HOUR).fetched_at == NOW + HOUR
    assert times() == [(BUSY[0] + HOUR / 2, BUSY[1])]


@pytest.mark.parametrize(
    ("status", "text", "fault"),
    [
        (404, "", "gone"),
        (403, "", "gone"),
        (503, "", "broken"),
        (200, "<html>Sign in</html>", "no-calendar"),
        (200, "x" * 5_000_001, "too-long"),
    ],
)
def test_a_calendar_that_cannot_be_read_says_why_and_still_counts_as_before(elsewhere, status, text, fault):
    add_calendar(elsewhere, actor=story.offer_of().supporter)
    read()
    Pages.status, Pages.text = status, text
    held = read(NOW + HOUR)
    assert (held.fault, times()) == (fault, [BUSY])
    assert CALENDAR_FAULTS[held.fault]
    Pages.status, Pages.text = 200, CALENDAR
    assert read(NOW + 2 * HOUR).fault == ""


def test_an_address_behind_walls_is_not_asked(elsewhere):
    add_calendar(elsewhere, actor=story.offer_of().supporter)
    read_calendars(NOW)
    assert OutsideCalendar.objects.get().fault == "not-public"


def test_every_fault_has_its_words():
    assert {*outward.FAULTS, outward.TOO_LONG, "no-calendar"} == set(CALENDAR_FAULTS)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "kalenteri",
        "ftp://a.example/x.ics",
        "https://",
        "https://a b.example/",
        "https://u:p@a.example/",
        "http://[::1",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Refused):
        add_calendar(address, actor=story.offer_of().supporter)


def test_the_calendar_programmes_own_way_of_writing_an_address_will_do():
    held = add_calendar(" webcal://a.example/x.ics ", actor=story.offer_of().supporter)
    assert held.address == "https://a.example/x.ics"


def test_five_calendars_are_enough_and_the_same_one_is_one():
    person = story.offer_of().supporter
    for number in (1, 2, 3, 4, 5, 5):
        add_calendar(f"https://a.example/{number}.ics", actor=person)
    with pytest.raises(Refused):
        add_calendar("https://a.example/6.ics", actor=person)
    assert OutsideCalendar.objects.count() == 5


def test_nobody_removes_anothers_calendar_and_ones_own_goes_with_its_times(elsewhere):
    owner, other = story.offer_of().supporter, story.offer_of().supporter
    held = add_calendar(elsewhere, actor=owner)
    read()
    remove_calendar(held.pk, actor=other)
    assert times() == [BUSY]
    remove_calendar(held.pk, actor=owner)
    assert times() == []


def test_the_page_adds_shows_and_removes_what_is_mine_only():
    mine, theirs = story.offer_of(), story.offer_of()
    add_calendar("https://a.example/theirs.ics", actor=theirs.supporter)
    client = story.at_work(mine)
    client.post("/tyopoyta/kalenteri/", {"do": "add", "address": "https://a.example/mine.ics"})
    page = client.get("/tyopoyta/kalenteri/").content.decode()
    assert ("mine.ics" in page, "theirs.ics" in page) == (True, False)
    assert "errors" in client.post("/tyopoyta/kalenteri/", {"do": "add", "address": "x"}).content.decode()
    for held in OutsideCalendar.objects.all():
        client.post("/tyopoyta/kalenteri/", {"do": "remove", "calendar": held.pk})
    assert [held.address for held in OutsideCalendar.objects.all()] == ["https://a.example/theirs.ics"]
