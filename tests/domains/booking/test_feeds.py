"""A supporter's feed: secret, revocable, with time, place and number only; and the file of one booking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from bs4 import BeautifulSoup
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream

from kilauta.domains.booking.models import FeedAddress
from kilauta.domains.booking.operations import bookings
from kilauta.domains.booking.operations.calendars import end_feed, make_feed
from kilauta.domains.booking.queries.secrets import token_of
from kilauta.lib.zone import HELSINKI
from tests.cast import LANGUAGES, NOW, Visitor, tells_number
from tests.domains.booking import calendar_story as story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

SUMMER = datetime(2027, 7, 1, 10, 0, tzinfo=HELSINKI)
FAR = datetime(2027, 10, 22, 10, 0, tzinfo=HELSINKI)


def feed(token: str, *, lang: str = "fi", host: str = "testserver"):
    tongue = "" if lang == "fi" else f"/{lang}"
    return Visitor(host).get(f"{tongue}/kalenteri/{token}.ics")


def times(text: str) -> dict[str, tuple[datetime, datetime]]:
    """Return the events by their names, as two other libraries read them; both must say the same."""
    one = {
        each.uid.value: (each.dtstart.value.astimezone(UTC), each.dtend.value.astimezone(UTC))
        for each in vobject.readOne(text).contents.get("vevent", [])
    }
    other = {
        each.uid: (each.dtstart.astimezone(UTC), each.dtend.astimezone(UTC))
        for each in IcsCalendarStream.calendar_from_ics(text).events
    }
    assert one == other
    return one


def test_two_other_libraries_read_the_feed_alike_in_winter_in_summer_and_eleven_months_ahead():
    offer = story.offer_of(horizon=366)
    held = [story.booked(offer, starts_at=at) for at in (story.TUESDAY, SUMMER, FAR)]
    text = feed(make_feed(offer.supporter, now=NOW)).content.decode()
    assert times(text) == {f"{each.pk}@testserver": (each.starts_at, each.ends_at) for each in held}


def test_a_cancelled_booking_leaves_the_feed_and_a_moved_one_moves_in_it():
    offer = story.offer_of()
    gone = story.booked(offer)
    stays = story.booked(offer, starts_at=story.TUESDAY + timedelta(hours=1))
    token = make_feed(offer.supporter, now=NOW)
    bookings.cancel(gone, by="resident", actor=None, now=NOW)
    moved = bookings.move(
        stays,
        offer=offer,
        starts_at=(story.TUESDAY + timedelta(days=1)).astimezone(UTC),
        actor=None,
        now=NOW,
        by="resident",
    )
    text = feed(token).content.decode()
    assert times(text) == {f"{moved.pk}@testserver": (moved.starts_at, moved.ends_at)}
    assert vobject.readOne(text).vevent.sequence.value == "1"


def test_mail_feed_and_file_call_the_booking_by_the_same_name():
    offer = story.offer_of()
    booking = story.booked(offer)
    (message,) = story.letters()
    file = Visitor().get(reverse("booking:calendar-file", args=[token_of(booking.pk)])).content.decode()
    texts = (message.calendar, file, feed(make_feed(offer.supporter, now=NOW)).content.decode())
    assert {vobject.readOne(each).vevent.uid.value for each in texts} == {f"{booking.pk}@testserver"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("mode", ["booked-visit", "home-visit", "remote", "phone"])
def test_a_feed_holds_time_place_and_number_and_nobodys_name(mode, lang):
    offer = story.offer_of(mode)
    booking = story.booked(offer, phone=story.PHONE, address="Kotikuja 3")
    response = feed(make_feed(offer.supporter, now=NOW), lang=lang)
    text = response.content.decode()
    (event,) = vobject.readOne(text).vevent_list
    assert set(event.contents) == {
        "uid", "sequence", "dtstamp", "dtstart", "dtend", "status", "summary", "location",
    }  # fmt: skip
    assert booking.number in event.summary.value
    hidden = (
        "Elli",
        "posti",
        "Kotikuja",
        token_of(booking.pk),
        booking.room or "-x",
        booking.room_code or "-x",
    )
    assert [word for word in hidden if word in text] == []
    assert not tells_number(text, "0177")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


def test_what_waits_for_a_yes_is_not_certain_yet():
    offer = story.offer_of("home-visit", needs_yes=True)
    story.booked(offer, made_by="desk", address="Kotikuja 3")
    event = vobject.readOne(feed(make_feed(offer.supporter, now=NOW)).content.decode()).vevent
    assert event.status.value == "TENTATIVE"


def test_a_feed_shows_nobody_elses_bookings():
    offer, other = story.offer_of(), story.offer_of()
    story.booked(other)
    assert times(feed(make_feed(offer.supporter, now=NOW)).content.decode()) == {}


def test_a_new_address_ends_the_old_one_and_a_wrong_one_is_as_good_as_none():
    person = story.offer_of().supporter
    old = make_feed(person, now=NOW)
    new = make_feed(person, now=NOW)
    assert [feed(each).status_code for each in (old, new, "x", "x" * 500)] == [404, 200, 404, 404]
    assert FeedAddress.objects.get().token_hash != new
    end_feed(person)
    assert feed(new).status_code == 404


def test_the_feed_of_somebody_who_has_left_is_not_there():
    person = story.offer_of().supporter
    token = make_feed(person, now=NOW)
    person.is_active = False
    person.save()
    assert feed(token).status_code == 404


def test_the_page_shows_a_new_address_once_and_keeps_it_nowhere():
    offer = story.offer_of()
    client = story.at_work(offer)
    page = client.post("/tyopoyta/kalenteri/", {"do": "feed"})
    address = BeautifulSoup(page.content, "html.parser").select_one("p.calendar-address").text
    assert client.get(address).status_code == 200
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert token not in client.get("/tyopoyta/kalenteri/").content.decode()
    assert page["Cache-Control"] == "no-store"
    client.post("/tyopoyta/kalenteri/", {"do": "end"})
    assert client.get(address).status_code == 404


def test_the_file_of_a_booking_is_there_for_its_link_in_its_own_network_only():
    booking = story.booked(story.offer_of(), lang="sv")
    story.network("toinen")
    address = f"/sv/varaus/{token_of(booking.pk)}/aika.ics"
    response = Visitor().get(address)
    assert vobject.readOne(response.content.decode()).method.value == "PUBLISH"
    assert times(response.content.decode()) == {
        f"{booking.pk}@testserver": (booking.starts_at, booking.ends_at)
    }
    assert Visitor("toinen.localhost").get(address).status_code == 404
    assert Visitor().get(f"/sv/varaus/{'x' * 43}/aika.ics").status_code == 404
    bookings.cancel(booking, by="resident", actor=None, now=NOW)
    assert vobject.readOne(Visitor().get(address).content.decode()).vevent.status.value == "CANCELLED"
