"""Booking without an account: six screens, nothing in an address, one effect however often it is sent."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.models import Booking, Offer
from kilauta.domains.booking.operations import bookings
from kilauta.domains.booking.queries.secrets import code_of, token_of
from kilauta.domains.booking.queries.slots import free_slots
from kilauta.kit.outbox.models import Message
from tests.cast import KAAKKO, NOW, Visitor, tells_number

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
CONTACT = {"name": "Elli", "email": "elli@esimerkki.example", "phone": "050 555 0199"}


def offer(way="kajaani-digineuvonta-ajalla"):
    rows = Offer.objects.select_related("supporter", "channel__service", "network", "place")
    return rows.get(channel__external_id=way)


def times(way="kajaani-digineuvonta-ajalla"):
    return [
        slot.starts_at
        for slot in free_slots([offer(way)], since=NOW, until=NOW + timedelta(days=14), now=NOW)
    ]


def address(at, way="kajaani-digineuvonta-ajalla"):
    return f"/varaa/{offer(way).channel_id}/{int(at.timestamp()) // 60}/"


def hidden(response):
    """Return what a form of the page would send without being touched."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    return {name: unescape(value) for name, value in found}


def send(path, response, /, **typed):
    given = {**hidden(response), **typed}
    return Client().post(path, given, **HERE)


def walk(at, way="kajaani-digineuvonta-ajalla", topic="a-laite", **contact):
    """Go through the three screens; return the page that reads back."""
    where = address(at, way)
    first = Visitor().get(where)
    second = send(where, first, topic=topic)
    return where, send(where, second, **{**CONTACT, **contact})


def booked(**contact):
    who = BookingContact(**{"phone": CONTACT["phone"], **contact})
    given = {"contact": who, "made_by": "resident", "actor": None, "now": NOW}
    return bookings.book(offer(), starts_at=times()[0], **given)


def page(path):
    return Visitor().get(path).content.decode()


def test_days_lead_to_times_and_times_to_the_questions():
    days = page(f"/varaa/{offer().channel_id}/")
    day = re.search(r'href="(\?paiva=[\d-]+)"', days)[1]
    listed = page(f"/varaa/{offer().channel_id}/{day}")
    found = [int(at) for at in re.findall(rf"/varaa/{offer().channel_id}/(\d+)/", listed)]
    on = {datetime.fromtimestamp(at * 60, UTC) for at in found}
    assert on == {at for at in times() if at.date().isoformat() == day[-10:]}


def test_six_screens_make_a_booking_that_its_page_tells():
    at = times()[0]
    where, read_back = walk(at)
    text = read_back.content.decode()
    assert all(each in text for each in ("Elli", "elli@esimerkki.example", "050 555 0199"))
    done = send(where, read_back)
    made = Booking.objects.get(starts_at=at, made_by="resident", name="Elli")
    assert (done.status_code, done["Location"]) == (302, f"/varaus/{token_of(made.pk)}/")
    assert (made.topic_id, made.email, made.phone) == ("a-laite", CONTACT["email"], "050 555 0199")
    told = page(done["Location"])
    assert all(each in told for each in ("Kajaanin pääkirjasto", made.number[:3]))
    assert Message.objects.get(address=CONTACT["email"]).kind == "booking/booked"
    assert at not in times()


def test_a_booking_needs_neither_phone_nor_mail_and_gets_a_code():
    where, read_back = walk(times()[0], topic="", name="", email="", phone="")
    done = send(where, read_back)
    made = Booking.objects.get(pk=_made(done).pk)
    assert (made.name, made.phone, made.email, made.topic_id) == ("", "", "", None)
    assert code_of(made.pk)[:3] in page(done["Location"])


def _made(done):
    token = done["Location"].split("/")[-2]
    return next(each for each in Booking.objects.all() if token_of(each.pk) == token)


def test_nothing_that_was_typed_stands_in_an_address():
    where, read_back = walk(times()[0], topic="b-terveys", name="Kanerva")
    done = send(where, read_back)
    typed, addresses = ("Kanerva", "terveys", "esimerkki"), f"{where} {done['Location']}"
    assert [each for each in typed if each in addresses] == []
    assert not tells_number(addresses, "0199")
    assert "Set-Cookie" not in done


def test_the_same_form_sent_again_leads_to_the_same_booking():
    where, read_back = walk(times()[0])
    first, again = send(where, read_back), send(where, read_back)
    assert first["Location"] == again["Location"]
    assert Booking.objects.filter(name="Elli").count() == 1


def test_who_goes_back_finds_what_was_typed():
    where, read_back = walk(times()[0])
    back = send(where, read_back, takaisin="yhteys")
    text = back.content.decode()
    assert 'value="Elli"' in text
    assert 'value="elli@esimerkki.example"' in text
    assert hidden(back)["topic"] == "a-laite"
    further = send(where, send(where, back, takaisin="aihe", **CONTACT), topic="a-posti")
    assert 'value="Elli"' in further.content.decode()


def test_what_is_wrong_is_said_on_its_screen_and_the_rest_stays():
    where = address(times()[0])
    second = send(where, Visitor().get(where), topic="a-laite")
    wrong = send(where, second, name="Elli", phone="12", email="elli")
    text = wrong.content.decode()
    assert (wrong.status_code, text.count('class="field is-wrong"')) == (200, 2)
    assert ('value="Elli"' in text, hidden(wrong)["topic"]) == (True, "a-laite")
    assert not Booking.objects.filter(name="Elli").exists()


def test_a_time_that_went_meanwhile_is_said_kindly_with_others_near_it_and_nothing_is_lost():
    at = times()[1]
    where, read_back = walk(at)
    bookings.book(offer(), starts_at=at, contact=BookingContact(), made_by="desk", actor=None, now=NOW)
    gone = send(where, read_back)
    text = gone.content.decode()
    others = re.findall(r'name="takaisin" value="tarkistus" formaction="([^"]+)"', text)
    nearest = sorted(sorted(times(), key=lambda each: abs(each - at))[:4])
    assert others == [address(each) for each in nearest]
    again = send(others[0], gone, takaisin="tarkistus")
    assert "Elli" in again.content.decode()
    done = send(others[0], again)
    assert Booking.objects.get(name="Elli").starts_at == nearest[0]
    assert done.status_code == 302


@pytest.mark.parametrize(
    "path", ["0/", "99999999999999999999/", "1/", "../11111111-1111-4111-8111-111111111111/"]
)
def test_a_time_or_a_way_that_is_none_is_answered(path):
    answer = Visitor().get(f"/varaa/{offer().channel_id}/{path}")
    assert answer.status_code in {200, 404}
    if answer.status_code == 200:
        assert "takaisin" in answer.content.decode() or "notice" in answer.content.decode()


def test_a_home_visit_asks_where_to_come_and_waits_for_a_yes():
    way = "naapuriapu-hiisijarvi"
    at = times(way)[0]
    where = address(at, way)
    second = send(where, Visitor().get(where), topic="")
    wrong = send(where, second, name="Elli")
    assert wrong.content.decode().count('class="field is-wrong"') == 3
    read_back = send(where, wrong, phone="050 555 0199", address="Kyläraitti 5", municipality="697")
    done = send(where, read_back)
    made = _made(done)
    assert (made.state, made.address, made.municipality_id) == ("asked", "Kyläraitti 5", "697")
    assert "Kyläraitti 5" in page(done["Location"])


def test_a_booking_is_moved_by_one_press_and_again_by_the_same_to_the_same():
    made = booked()
    at = times()[2]
    where = f"/varaus/{made.token}/siirra/?paiva={at.date()}"
    form = Visitor().get(where)
    for _n in range(2):
        done = send(where, form, aika=str(int(at.timestamp()) // 60))
        assert (done.status_code, done["Location"]) == (302, f"/varaus/{made.token}/")
    moved = Booking.objects.get(pk=made.booking.pk)
    assert (moved.starts_at, moved.sequence) == (at, 1)


def test_a_move_to_what_is_taken_keeps_what_one_had_and_says_so():
    made = booked()
    at = times()[0]
    form = Visitor().get(f"/varaus/{made.token}/siirra/?paiva={at.date()}")
    bookings.book(offer(), starts_at=at, contact=BookingContact(), made_by="desk", actor=None, now=NOW)
    answer = send(
        f"/varaus/{made.token}/siirra/?paiva={at.date()}", form, aika=str(int(at.timestamp()) // 60)
    )
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (200, True)
    assert Booking.objects.get(pk=made.booking.pk).starts_at == made.booking.starts_at


def test_a_booking_is_cancelled_after_a_question_and_its_page_says_so():
    made = booked()
    where = f"/varaus/{made.token}/peru/"
    form = Visitor().get(where)
    assert [send(where, form).status_code for _n in range(2)] == [302, 302]
    assert Booking.objects.get(pk=made.booking.pk).state == "cancelled"
    assert f"/varaus/{made.token}/siirra/" not in page(f"/varaus/{made.token}/")


def test_number_and_code_open_the_page_and_anything_else_says_the_same():
    made = booked()
    empty = Visitor().get("/varaus/")
    right = {"number": made.booking.number, "code": made.code, "phone": CONTACT["phone"]}
    opened = send("/varaus/", empty, **right)
    assert (opened.status_code, opened["Location"]) == (302, f"/varaus/{made.token}/")
    wrong = [{**right, "code": "000000"}, {**right, "number": "000000"}, {**right, "phone": ""}]
    said = [
        re.search(r'role="alert".*?</ul>', send("/varaus/", empty, **each).content.decode(), re.DOTALL)[0]
        for each in wrong
    ]
    assert len(set(said)) == 1


@pytest.mark.parametrize("end", ["", "siirra/", "peru/", "lappu/"])
def test_a_link_that_is_none_or_of_another_network_is_not_there(end):
    made = booked()
    token = made.token
    assert Visitor().get(f"/varaus/{token}/{end}").status_code == 200
    assert Visitor().get(f"/varaus/{token[:-1]}x/{end}").status_code == 404
    assert Visitor(KAAKKO).get(f"/varaus/{token}/{end}").status_code == 404


def test_the_slip_says_when_where_how_to_cancel_and_has_a_picture_of_the_link():
    made = booked(topic="b-terveys", name="Kanerva")
    text = page(f"/varaus/{made.token}/lappu/")
    assert all(each in text for each in ("Kauppakatu 35", made.code[:3], "<svg", "050"))
    # a slip lies about: it says neither who comes nor what it is about
    assert "Kanerva" not in text
    assert "Terveys" not in text


def test_a_form_from_elsewhere_books_nothing():
    where, read_back = walk(times()[0])
    answer = Client().post(where, hidden(read_back), HTTP_SEC_FETCH_SITE="cross-site")
    assert (answer.status_code, Booking.objects.filter(name="Elli").exists()) == (403, False)
