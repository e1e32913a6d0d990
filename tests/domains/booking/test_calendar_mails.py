"""What a customer is told: the words, the calendar entry that goes with them, and what stands in neither."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from django.test import override_settings
from ical.calendar_stream import IcsCalendarStream

from kilauta.domains.booking.logic import addresses
from kilauta.domains.booking.operations import bookings, letters
from kilauta.domains.booking.queries.secrets import code_of, token_of
from kilauta.kit.outbox.models import Message
from kilauta.lib.zone import HELSINKI
from tests.cast import LANGUAGES, NOW, tells_number
from tests.domains.booking import calendar_story as story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

# the basic alphabet of text messages: another sign halves their length
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)
TWO_PARTS = 306


def calendar(message: Message):
    return vobject.readOne(message.calendar)


def both(message: Message) -> tuple[datetime, datetime]:
    """Return the instants of the letter as two libraries read them."""
    one = calendar(message).vevent
    (other,) = IcsCalendarStream.calendar_from_ics(message.calendar).events
    read = (one.dtstart.value.astimezone(UTC), one.dtend.value.astimezone(UTC))
    assert read == (other.dtstart.astimezone(UTC), other.dtend.astimezone(UTC))
    return read


@pytest.mark.parametrize(
    "wall",
    [
        story.TUESDAY,
        datetime(2027, 7, 1, 10, 0, tzinfo=HELSINKI),
        datetime(2027, 10, 22, 10, 0, tzinfo=HELSINKI),
    ],
    ids=["winter", "summer", "eleven-months-ahead"],
)
def test_two_other_libraries_find_the_booked_time_in_the_mail(wall):
    booking = story.booked(story.offer_of(horizon=366), starts_at=wall)
    (message,) = story.letters()
    assert both(message) == (booking.starts_at, booking.ends_at) == (wall, wall + timedelta(minutes=30))


def test_booked_moved_and_cancelled_are_one_entry_that_follows_and_is_gone_in_the_end():
    offer = story.offer_of()
    booking = story.booked(offer)
    later = (story.TUESDAY + timedelta(hours=1)).astimezone(UTC)
    Message.objects.update(state="sent", sent_at=NOW)
    bookings.move(
        booking, offer=offer, starts_at=later, actor=None, now=NOW + timedelta(minutes=1), by="resident"
    )
    Message.objects.update(state="sent", sent_at=NOW)
    bookings.cancel(booking, by="resident", actor=None, now=NOW + timedelta(minutes=2))
    sent = story.letters()
    assert [(each.kind, calendar(each).method.value) for each in sent] == [
        ("booking/booked", "REQUEST"),
        ("booking/moved", "REQUEST"),
        ("booking/cancelled", "CANCEL"),
    ]
    assert {calendar(each).vevent.uid.value for each in sent} == {f"{booking.pk}@testserver"}
    numbers = [int(calendar(each).vevent.sequence.value) for each in sent]
    assert numbers == sorted(set(numbers))
    assert calendar(sent[2]).vevent.status.value == "CANCELLED"
    kept = {}
    for each in sent:
        event = calendar(each).vevent
        kept = {} if calendar(each).method.value == "CANCEL" else {event.uid.value: event.dtstart.value}
    assert kept == {}
    assert both(sent[1])[0] == later


def test_a_mail_says_where_and_how_to_cancel_in_the_receivers_language():
    booking = story.booked(story.offer_of(), lang="sv")
    (message,) = story.letters()
    assert message.lang == "sv"
    assert f"http://testserver/sv/varaus/{token_of(booking.pk)}/" in message.body
    assert calendar(message).vevent.summary.params["LANGUAGE"] == ["sv"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("mode", ["booked-visit", "remote", "home-visit", "phone"])
def test_neither_subject_nor_calendar_nor_address_tells_who_or_about_what(mode, lang):
    booking = story.booked(story.offer_of(mode), lang=lang, address="Kotikuja 3", phone=story.PHONE)
    (message,) = story.letters()
    event = calendar(message).vevent
    public = f"{message.subject}\n{message.about}\n{message.kind}\n{message.calendar}"
    secrets = (
        "Elli",
        "Kotikuja",
        "pank",
        "bank",
        token_of(booking.pk),
        code_of(booking.pk),
        booking.room or "-x",
    )
    assert [word for word in secrets if word in public] == []
    assert not tells_number(public, "0177")
    assert event.attendee.value == f"mailto:{story.MAIL}"
    assert message.secret


def test_a_home_visit_that_waits_for_its_yes_is_in_no_calendar_before_it():
    booking = story.booked(story.offer_of("home-visit", needs_yes=True), made_by="desk", address="Kotikuja 3")
    (asked,) = story.letters()
    assert (asked.kind, asked.calendar) == ("booking/asked", "")
    Message.objects.update(state="sent", sent_at=NOW)
    bookings.agree(booking, actor=booking.supporter, now=NOW + timedelta(hours=1))
    said = story.letters()[1]
    assert (said.kind, calendar(said).vevent.status.value) == ("booking/booked", "CONFIRMED")


def test_a_refusal_comes_without_a_calendar():
    booking = story.booked(story.offer_of("home-visit", needs_yes=True), made_by="desk", address="Kotikuja 3")
    Message.objects.update(state="sent", sent_at=NOW)
    bookings.refuse(booking, actor=booking.supporter, now=NOW + timedelta(hours=1))
    assert [(each.kind, each.calendar) for each in story.letters()] == [
        ("booking/asked", ""),
        ("booking/refused", ""),
    ]


def test_who_has_only_a_phone_is_written_to_when_text_messages_are_sent_at_all():
    story.booked(story.offer_of(), email="", phone=story.PHONE)
    assert story.letters() == []
    with override_settings(DEMO=True):
        story.booked(story.offer_of(), email="", phone=story.PHONE)
    (message,) = story.letters()
    assert (message.channel, message.calendar, message.subject) == ("sms", "", "")


def test_who_left_no_way_is_not_written_to():
    story.booked(story.offer_of(), email="")
    assert story.letters() == []


@pytest.mark.parametrize("lang", LANGUAGES)
@override_settings(DEMO=True)
def test_a_text_message_is_short_of_the_basic_alphabet_and_holds_number_and_code(lang):
    booking = story.booked(story.offer_of(), email="", phone=story.PHONE, lang=lang)
    for what in ("asked", "booked", "moved", "reminder", "cancelled", "refused"):
        letters.tell(booking, what, now=NOW)
    for message in story.letters():
        assert set(message.body) - GSM == set()
        assert len(message.body) <= TWO_PARTS
        assert "\n" not in message.body
        if message.kind not in {"booking/cancelled", "booking/refused"}:
            assert booking.number in message.body
            assert code_of(booking.pk) in message.body


def test_the_addresses_in_messages_are_those_of_the_pages():
    from django.urls import reverse
    from django.utils import translation

    for lang in LANGUAGES:
        with translation.override(lang):
            assert addresses.page("", lang, addresses.BOOKING) == reverse("booking:find")
            assert addresses.page("", lang, addresses.BOOKING, "x") == reverse("booking:booking", args=["x"])
            assert addresses.page("", lang, addresses.REMOTE) == reverse("booking:remote")
            assert addresses.page("", lang, addresses.REMOTE, "x") == reverse(
                "booking:remote-enter", args=["x"]
            )


def test_an_address_begins_with_the_networks_host_and_the_services_port():
    assert addresses.start("https://a.example", "b.example") == "https://b.example"
    assert addresses.start("http://localhost:8000", "kaakko.localhost") == "http://kaakko.localhost:8000"
    assert addresses.start("http://localhost:8000", None) == "http://localhost:8000"
