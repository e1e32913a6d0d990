"""Remote help: a room of one's own for each meeting, opened by its link or its code, and by nothing afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client, override_settings

from kilauta.domains.booking.models import Booking, CallRoom
from kilauta.domains.booking.operations import bookings, rooms
from kilauta.domains.booking.queries.rooms import room_by_token, token_of
from kilauta.kit.refusals import Refused
from kilauta.site import environment
from tests.cast import NOW, Visitor, at_once
from tests.domains.booking import calendar_story as story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

MEETINGS = "https://meet.example/{room}"
MINUTE = timedelta(minutes=1)
BEGINS = story.TUESDAY
ENDS = BEGINS + 30 * MINUTE


@pytest.fixture(autouse=True)
def _meeting_service():
    with override_settings(MEETING_URL=MEETINGS):
        yield


@pytest.fixture
def booking() -> Booking:
    return story.booked(story.offer_of("remote"))


def link(booking: Booking) -> str:
    return f"/etatuki/{token_of(booking.pk, booking.room)}/"


def visit(address: str, at: datetime, **data: str):
    """Press the button of a page at this time."""
    with time_machine.travel(at, tick=False):
        return Client(SERVER_NAME="testserver", headers={"Origin": "http://testserver"}).post(address, data)


def heading(response) -> str:
    return BeautifulSoup(response.content, "html.parser").h1.text


def enter(code: str, *, now: datetime = BEGINS, visitor: str = "192.0.2.1", network: str = "kainuu"):
    try:
        return rooms.enter(code, network_id=network, visitor=visitor, now=now)
    except Refused as refused:
        return refused.code


def test_only_remote_help_has_a_room_and_each_meeting_its_own():
    held = [
        story.booked(story.offer_of(mode))
        for mode in ("remote", "remote", "booked-visit", "phone", "home-visit")
    ]
    assert [len(each.room) for each in held] == [43, 43, 0, 0, 0]
    assert [len(each.room_code) for each in held] == [6, 6, 0, 0, 0]
    assert len({each.room for each in held[:2]} | {each.room_code for each in held[:2]}) == 4


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (BEGINS - 11 * MINUTE, False),
        (BEGINS - 10 * MINUTE, True),
        (BEGINS, True),
        (ENDS + 14 * MINUTE, True),
        (ENDS + 15 * MINUTE, False),
        (ENDS + 300 * MINUTE, False),
    ],
)
def test_the_door_opens_ten_minutes_before_and_shuts_a_quarter_after_the_end(booking, at, opens):
    response = visit(link(booking), at)
    assert response.headers.get("Location") == (f"https://meet.example/{booking.room}" if opens else None)
    assert (enter(booking.room_code, now=at) != "no-room") is opens


def test_the_meeting_service_does_not_learn_where_one_comes_from(booking):
    response = visit(link(booking), BEGINS)
    assert (response.status_code, response["Referrer-Policy"]) == (302, "no-referrer")


def test_reading_the_page_opens_nothing_and_names_no_meeting(booking):
    with time_machine.travel(BEGINS, tick=False):
        page = Visitor().get(link(booking))
    assert page.status_code == 200
    assert (booking.room in page.content.decode(), booking.room_code in page.content.decode()) == (
        False,
        False,
    )
    assert "meet.example" not in page.content.decode()


def test_the_link_of_an_earlier_customer_opens_no_later_room(booking):
    later = story.booked(booking.offer, starts_at=BEGINS + 30 * MINUTE)
    after = ENDS + 16 * MINUTE
    assert visit(link(later), after)["Location"] == f"https://meet.example/{later.room}"
    response = visit(link(booking), after)
    assert (response.status_code, "Location" in response.headers) == (200, False)
    mixed = f"/etatuki/{token_of(later.pk, booking.room)}/"
    assert visit(mixed, after).status_code == 404
    assert enter(booking.room_code, now=after) == "no-room"
    assert enter(later.room_code, now=after).key == later.pk


def test_a_cancelled_meeting_has_no_door_and_a_moved_one_opens_at_its_new_time(booking):
    other = story.booked(booking.offer, starts_at=BEGINS + 30 * MINUTE)
    bookings.cancel(other, by="resident", actor=None, now=NOW)
    assert visit(link(other), BEGINS + 30 * MINUTE).status_code == 404
    moved = bookings.move(
        booking, offer=booking.offer, starts_at=BEGINS + 60 * MINUTE, actor=None, now=NOW, by="resident"
    )
    assert moved.room == booking.room
    assert "Location" not in visit(link(booking), BEGINS).headers
    assert "Location" in visit(link(booking), BEGINS + 60 * MINUTE).headers


def test_what_is_moved_to_a_place_has_no_room_any_more(booking):
    visit_there = story.offer_of("booked-visit", supporter=booking.supporter)
    moved = bookings.move(
        booking, offer=visit_there, starts_at=BEGINS + 60 * MINUTE, actor=None, now=NOW, by="provider"
    )
    assert (moved.room, moved.room_code) == ("", "")
    assert visit(link(booking), BEGINS).status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 64, "0" * 64, "a" * 500])
def test_a_wrong_link_is_not_there(token):
    story.network()
    assert visit(f"/etatuki/{token}/", BEGINS).status_code == 404


def test_another_networks_host_opens_nothing(booking):
    story.network("toinen")
    assert room_by_token(token_of(booking.pk, booking.room), network="toinen") is None
    assert enter(booking.room_code, network="toinen") == "no-room"


def test_a_wrong_code_and_one_that_opens_later_get_the_same_answer(booking):
    def words(code: str, at: datetime) -> str:
        page = BeautifulSoup(visit("/etatuki/", at, code=code).content, "html.parser")
        return page.select_one(".errors").get_text(" ", strip=True)

    wrong = "000000" if booking.room_code != "000000" else "111111"
    assert words(booking.room_code, BEGINS - 60 * MINUTE) == words(wrong, BEGINS)


def test_the_code_leads_to_the_page_of_the_meeting_however_it_is_typed(booking):
    code = booking.room_code
    for typed in (code, f"{code[:3]} {code[3:]}", f" {code[:3]}-{code[3:]}"):
        assert visit("/etatuki/", BEGINS, code=typed)["Location"] == link(booking)


def test_after_five_wrong_codes_every_code_waits_ten_minutes_but_only_from_there(booking):
    wrong = "000000" if booking.room_code != "000000" else "111111"
    assert [enter(wrong) for _try in range(6)] == ["no-room"] * 5 + ["wait"]
    assert enter(booking.room_code) == "wait"
    assert enter(booking.room_code, visitor="192.0.2.2").key == booking.pk
    assert enter(booking.room_code, now=BEGINS + 10 * MINUTE).key == booking.pk


def test_right_codes_are_not_counted(booking):
    assert {enter(booking.room_code).key for _try in range(8)} == {booking.pk}


def test_all_addresses_together_have_a_bound(monkeypatch):
    monkeypatch.setattr(rooms, "TRIES_OF_ALL", 10)
    story.network()
    codes = [enter("000000", visitor=f"192.0.2.{n}") for n in range(11)]
    assert (codes[-2], codes[-1]) == ("no-room", "wait")


def test_a_supporter_opens_a_room_for_a_caller_and_reads_its_code_aloud():
    offer = story.offer_of("remote")
    client = story.at_work(offer)
    client.post("/tyopoyta/etahuone/")
    room = CallRoom.objects.get()
    page = BeautifulSoup(client.get("/tyopoyta/etahuone/").content, "html.parser")
    assert page.select_one(".room-code").text == f"{room.code[:3]} {room.code[3:]}"
    assert (room.room in str(page), len(room.room), room.network_id) == (False, 43, "kainuu")
    assert visit("/etatuki/", NOW, code=room.code)["Location"] == f"/etatuki/{token_of(room.pk, room.room)}/"
    own = f"/tyopoyta/etahuone/{room.pk}/"
    assert client.post(own, {"do": "go"})["Location"] == f"https://meet.example/{room.room}"
    client.post(own, {"do": "end"})
    over = visit(f"/etatuki/{token_of(room.pk, room.room)}/", NOW)
    assert (over.status_code, "Location" in over.headers, enter(room.code, now=NOW)) == (
        200,
        False,
        "no-room",
    )


def test_a_second_room_ends_the_first_and_each_ends_by_itself():
    person = story.offer_of("remote").supporter
    first = rooms.open_call_room("kainuu", actor=person, now=NOW)
    second = rooms.open_call_room("kainuu", actor=person, now=NOW + MINUTE)
    assert enter(first.code, now=NOW + MINUTE) == "no-room"
    assert enter(second.code, now=NOW + 100 * MINUTE).key == second.pk
    assert enter(second.code, now=NOW + 181 * MINUTE) == "no-room"


def test_nobody_goes_into_or_ends_anothers_room():
    mine, theirs = story.offer_of("remote"), story.offer_of("remote")
    room = rooms.open_call_room("kainuu", actor=theirs.supporter, now=NOW)
    client = story.at_work(mine)
    for deed in ("go", "end"):
        assert client.post(f"/tyopoyta/etahuone/{room.pk}/", {"do": deed}).status_code == 404
    assert enter(room.code, now=NOW).key == room.pk


def test_the_supporter_comes_to_a_booked_meeting_the_same_way(booking):
    client = story.at_work(booking.offer)
    with time_machine.travel(BEGINS - 5 * MINUTE, tick=False):
        client.force_login(booking.supporter)
        page = client.get("/tyopoyta/etahuone/").content.decode()
        gone = client.post(f"/tyopoyta/etahuone/{booking.pk}/", {"do": "go"})
    assert f"{booking.room_code[:3]} {booking.room_code[3:]}" in page
    assert gone["Location"] == f"https://meet.example/{booking.room}"


def test_a_day_after_the_meeting_room_and_code_are_forgotten(booking):
    room = rooms.open_call_room("kainuu", actor=booking.supporter, now=BEGINS)
    rooms.forget_rooms(now=ENDS + timedelta(hours=23))
    booking.refresh_from_db()
    assert (len(booking.room), CallRoom.objects.filter(pk=room.pk).exists()) == (43, True)
    rooms.forget_rooms(now=ENDS + timedelta(hours=28))
    booking.refresh_from_db()
    assert (booking.room, booking.room_code, CallRoom.objects.exists()) == ("", "", False)


@override_settings(MEETING_URL="")
def test_without_a_meeting_service_the_phone_is_the_way(booking):
    page = visit(link(booking), BEGINS)
    assert (page.status_code, "Location" in page.headers) == (200, False)
    for address in (link(booking), "/etatuki/"):
        with time_machine.travel(BEGINS, tick=False):
            shown = BeautifulSoup(Visitor().get(address).content, "html.parser")
        assert shown.select_one("main form") is None
        assert shown.select_one("main a[href^='tel:']") is not None


def test_the_page_says_what_happens_and_loads_nothing_of_the_meeting_service():
    story.network()
    page = BeautifulSoup(Visitor().get("/etatuki/").content, "html.parser")
    assert len(page.select(".steps li")) == 5
    assert [each for each in page.select("[src], link[href]") if "meet.example" in str(each)] == []


@pytest.mark.parametrize(
    "wrong",
    ["http://meet.example/{room}", "https://meet.example/", "https://{room}.example/", "meet.example/{room}"],
)
def test_an_address_of_meetings_that_makes_no_sense_stops_the_start(wrong, monkeypatch):
    monkeypatch.setenv("KILAUTA_MEETING_URL", wrong)
    with pytest.raises(ImproperlyConfigured, match="KILAUTA_MEETING_URL"):
        environment.meeting("KILAUTA_MEETING_URL", "")
    monkeypatch.setenv("KILAUTA_MEETING_URL", MEETINGS)
    assert environment.meeting("KILAUTA_MEETING_URL", "") == MEETINGS


@pytest.mark.usefixtures("own_database")
class TestAtOnce:
    def test_many_guesses_at_once_from_one_address_get_five_answers(self):
        at_once(story.network)
        found = at_once(*[lambda: enter("000000") for _guess in range(12)])
        assert sorted(found) == ["no-room"] * 5 + ["wait"] * 7
        assert connection.vendor in {"sqlite", "postgresql"}
