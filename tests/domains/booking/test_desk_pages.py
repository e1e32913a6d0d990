"""The pages of those who give their time, and waiting in line without an account."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.models import Booking, Call, DayException, Offer, Opening, Pattern, Waiting
from kilauta.domains.booking.operations import bookings
from kilauta.domains.booking.queries.secrets import code_of, token_of
from kilauta.domains.directory.models import Organisation, Place, Service, Supporter
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.domains.territory.models import Network
from kilauta.kit.access.operations import grant
from kilauta.kit.access.pledging import accept, current
from kilauta.kit.accounts.models import Person
from kilauta.kit.forms.form import KEY
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy.models import Access
from kilauta.kit.store import editions
from tests import factories
from tests.cast import NOW, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

TODAY, DAY, MINUTE = date(2026, 11, 24), timedelta(days=1), timedelta(minutes=1)
# NOW is eleven in Finland: half past eleven is the next time of today, nine o'clock was
NEXT = NOW + 30 * MINUTE
TOMORROW = datetime(2026, 11, 25, 7, tzinfo=UTC)
ELLI = BookingContact(name="Elli", phone="050 555 0188", email="elli@posti.example")


@pytest.fixture
def house():
    return Organisation.objects.get(source="kilauta", external_id="kajaani-kirjasto")


def worker(name, house, role="supporter"):
    person = factories.person(name)
    grant(person, role=role, scope_id=str(house.pk), actor=Person.objects.system(), now=NOW)
    accept("kainuu", version=current("kainuu").version, actor=person, now=NOW)
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    client.person = person
    return client


@pytest.fixture
def me(house):
    return worker("Aune", house)


def way(house, *, mode="booked-visit"):
    service = Service.objects.filter(organisation=house, state="published").order_by("pk")[0]
    place = Place.objects.filter(host=house).order_by("pk")[0] if mode == "booked-visit" else None
    made = factories.channel(f"desk-{mode}", service, mode=mode, place=place)
    editions.renew()
    return made


def offered(person, channel, **more):
    kainuu = Network.objects.get(pk="kainuu")
    return factories.offer(channel, person, at=channel.place, network=kainuu, **more)


def booked(offer, starts_at=TOMORROW, contact=ELLI, **more):
    given = {"made_by": "supporter", "actor": None, "now": NOW, **more}
    return bookings.book(offer, starts_at=starts_at, contact=contact, **given).booking


def at(instant):
    return str(int(instant.timestamp()) // 60)


def key(letter="k"):
    return {KEY: letter * 30}


def url(name, *args):
    return reverse(f"booking:{name}", args=args)


def words(answer):
    return answer.content.decode()


def test_who_begins_to_be_booked_writes_the_week_and_sees_what_is_free(me, house):
    channel = way(house)
    page = me.get(url("offer-new"))
    assert str(channel.pk) in words(page)
    typed = {
        "channel": channel.pk, "supporter": me.person.pk, "minutes": "30", "before": "0", "after": "15",
        "notice": "1", "horizon": "42", "capacity": "1", "closed_on_holidays": "on", "last_day": "",
    }  # fmt: skip
    answer = me.post(url("offer-new"), typed)
    offer = Offer.objects.get(channel=channel)
    assert answer["Location"] == url("offer-week", offer.pk)
    assert (offer.supporter, offer.place, offer.after, offer.notice) == (me.person, channel.place, 15, 60)
    week = {"count": "1", "w0_which": "all", "w0_1_0_opens": "12", "w0_1_0_closes": "13.00"}
    assert me.post(url("offer-week", offer.pk), week)["Location"] == url("offer", offer.pk)
    assert [(row.weekday, row.opens, row.closes) for row in Pattern.objects.filter(offer=offer)] == [
        (1, 720, 780)
    ]
    shown = words(me.get(url("offer", offer.pk)))
    assert shown.count("<span>12.00</span>") == 2
    assert "12.00–13.00" in shown


def test_another_grid_is_added_without_saving_what_is_half_done(me, house):
    offer = offered(me.person, way(house))
    answer = me.post(url("offer-week", offer.pk), {"count": "1", "do": "add", "w0_0_0_opens": "9"})
    assert 'name="w1_6_1_closes"' in words(answer)
    assert Pattern.objects.filter(offer=offer).count() == 5


def test_days_are_closed_and_opened_and_what_lies_outside_is_listed(me, house):
    offer = offered(me.person, way(house))
    held = booked(offer)
    here = url("offer", offer.pk)
    me.post(here, {"do": "close", "from_on": "25.11.2026", "last_on": "26.11.2026"})
    assert DayException.objects.filter(offer=offer).count() == 2
    assert held.number in words(me.get(here))
    me.post(here, {"clear": "2026-11-25"})
    assert held.number not in words(me.get(here))
    me.post(here, {"do": "open", "open-on": "28.11.2026", "open-opens": "10", "open-closes": "12"})
    assert DayException.objects.filter(offer=offer, opens=600).count() == 1
    wrong = words(
        me.post(here, {"do": "open", "open-on": "28.11.2026", "open-opens": "12", "open-closes": "10"})
    )
    assert "id_open-closes_error" in wrong


def test_an_editor_sets_the_times_of_others_and_a_supporter_only_their_own(me, house):
    editor, channel = worker("Editori", house, "provider-editor"), way(house)
    typed = {
        "channel": channel.pk, "minutes": "30", "before": "0", "after": "0", "notice": "0", "horizon": "42",
        "capacity": "1",
    }  # fmt: skip
    other = worker("Toinen", house)
    assert me.post(url("offer-new"), {**typed, "supporter": other.person.pk}).status_code == 200
    assert not Offer.objects.filter(channel=channel).exists()
    assert editor.post(url("offer-new"), {**typed, "supporter": other.person.pk}).status_code == 302
    offer = Offer.objects.get(channel=channel)
    assert offer.supporter == other.person
    assert editor.get(url("offer", offer.pk)).status_code == 200
    assert me.get(url("offer", offer.pk)).status_code == 404


def test_one_press_keeps_the_booking_and_leads_to_the_entry(me, house):
    offer = offered(me.person, way(house))
    held = booked(offer, NEXT)
    shown = words(me.get(url("own-bookings")))
    assert "Elli" in shown
    assert Access.objects.filter(actor=me.person, subject_id=str(held.pk)).count() == 1
    answer = me.post(url("own-booking", held.pk), {"do": "keep"})
    session = GuidanceSession.objects.get(supporter=me.person)
    assert answer["Location"] == reverse("guidance:session", args=[session.pk])
    again = me.post(url("own-booking", held.pk), {"do": "keep"})
    assert (again["Location"], GuidanceSession.objects.filter(supporter=me.person).count()) == (
        answer["Location"],
        1,
    )


def test_who_did_not_come_makes_no_entry_and_the_next_one_takes_the_time(me, house):
    held = booked(offered(me.person, way(house)), NEXT)
    Booking.objects.filter(pk=held.pk).update(starts_at=NOW - 10 * MINUTE, ends_at=NOW + 20 * MINUTE)
    here = url("own-booking", held.pk)
    assert me.post(here, {"do": "miss"})["Location"] == here
    assert not GuidanceSession.objects.filter(supporter=me.person).exists()
    assert 'value="next"' in words(me.get(here))
    answer = me.post(here, {"do": "next"})
    session = GuidanceSession.objects.get(supporter=me.person)
    assert answer["Location"] == reverse("guidance:session", args=[session.pk])


def test_a_volunteer_sees_how_to_reach_somebody_only_around_the_time(me, house):
    Supporter.objects.create(person=me.person, organisation=house, given_by="volunteer", starts_on=TODAY)
    offer = offered(me.person, way(house))
    near, far = (
        booked(offer),
        booked(offer, TOMORROW + 2 * DAY, BookingContact(name="Toivo", phone="050 555 0199")),
    )
    shown = words(me.get(url("own-bookings")))
    assert ("Elli" in shown, "Toivo" in shown) == (True, False)
    assert "0199" not in words(me.get(url("own-booking", far.pk)))
    assert {each.subject_id for each in Access.objects.filter(actor=me.person)} == {str(near.pk)}
    Supporter.objects.update(given_by="staff")
    assert "Toivo" in words(me.get(url("own-booking", far.pk)))


def test_a_home_visit_waits_for_a_yes(me, house):
    offer = offered(me.person, way(house, mode="home-visit"), needs_yes=True)
    one, two = (booked(offer, TOMORROW + n * 30 * MINUTE, made_by="desk") for n in (0, 1))
    assert one.state == "asked"
    assert words(me.get(url("own-bookings"))).count('value="yes"') == 2
    me.post(url("own-booking", one.pk), {"do": "yes"})
    me.post(url("own-booking", two.pk), {"do": "no"})
    assert list(offer.bookings.order_by("starts_at").values_list("state", flat=True)) == [
        "booked",
        "refused",
    ]


def test_a_time_is_moved_cancelled_booked_again_and_each_week(me, house):
    held = booked(offered(me.person, way(house)))
    me.post(url("own-move", held.pk), {**key("m"), "at": at(TOMORROW + 30 * MINUTE)})
    held.refresh_from_db()
    assert held.starts_at == TOMORROW + 30 * MINUTE
    week = held.starts_at + 7 * DAY
    page = BeautifulSoup(words(me.get(url("own-next", held.pk))), "html.parser")
    assert page.select_one("[name=at][checked]")["value"] == at(week)
    answer = me.post(url("own-next", held.pk), {**key("n"), "at": at(week)})
    made = Booking.objects.get(offer=held.offer, starts_at=week)
    assert answer["Location"] == url("desk-done", token_of(made.pk))
    sent = {**key("s"), "weeks": "3"}
    answers = [me.post(url("own-series", held.pk), sent) for _n in range(2)]
    assert {each["Location"] for each in answers} == {url("own-series", held.pk)}
    assert Booking.objects.filter(supporter=me.person).count() == 4
    told = words(me.get(url("own-series", held.pk)))
    assert "2.12.2026" in told
    me.post(url("own-booking", held.pk), {"do": "cancel"})
    held.refresh_from_db()
    assert (held.state, held.cancelled_by) == ("cancelled", "provider")


def test_the_desk_books_for_a_caller_once_and_reads_aloud(me, house):
    channel = way(house)
    offered(factories.person("Tukija"), channel)
    assert str(channel.pk) in words(me.get(url("desk-book")))
    here = f"{url('desk-book')}?tapa={channel.pk}"
    page = words(me.get(here))
    # without the notice of residents: half past eleven is half an hour ahead
    assert f'value="{at(NEXT)}"' in page
    sent = {
        **key(),
        "at": at(NEXT),
        "name": "Elli",
        "phone": "050 555 0188",
        "email": "",
        "topic": "",
        "lang": "sv",
    }
    answers = [me.post(here, sent) for _n in range(2)]
    made = Booking.objects.get(offer__channel=channel)
    assert {each["Location"] for each in answers} == {url("desk-done", token_of(made.pk))}
    assert (made.made_by, made.name, made.lang, made.state) == ("desk", "Elli", "sv", "booked")
    aloud = words(me.get(answers[0]["Location"]))
    assert (made.number in aloud, code_of(made.pk) in aloud, "Elli" in aloud) == (True, True, False)
    taken = words(me.post(here, {**sent, **key("o")}))
    assert Booking.objects.filter(offer__channel=channel).count() == 1
    assert "id_at" in taken


def test_a_sick_day_is_settled_on_one_page_and_the_rest_is_rung(me, house):
    channel = way(house)
    mine, other = offered(me.person, channel), offered(factories.person("Sijainen"), channel)
    handed = booked(mine, TOMORROW, BookingContact(name="Toivo", phone="050 555 0199"))
    ended = booked(mine, TOMORROW + 30 * MINUTE)
    answer = me.post(url("ill"), {"from_on": "25.11.2026", "last_on": ""})
    assert answer["Location"] == f"{url('ill')}?alkaen=2026-11-25&asti=2026-11-25"
    page = words(me.get(answer["Location"]))
    assert f"{other.pk}_20261125T0700" in page
    sent = {**key(), f"b{handed.pk.hex}": f"{other.pk}_20261125T0700+0000", f"b{ended.pk.hex}": "cancel"}
    for _n in range(2):
        assert me.post(answer["Location"], sent)["Location"] == answer["Location"]
    handed.refresh_from_db()
    ended.refresh_from_db()
    assert (handed.supporter, handed.state, ended.state) == (other.supporter, "booked", "cancelled")
    assert Message.objects.filter(kind="booking/cancelled", address="elli@posti.example").count() == 1
    call = Call.objects.get(booking=handed)
    # the call is now about the other's booking; whoever looks after the house makes it, and the other one
    editor = worker("Editori", house, "provider-editor")
    assert "0199" in words(editor.get(url("calls")))
    editor.post(url("call", call.pk), {"do": "rung"})
    call.refresh_from_db()
    assert call.rung_by == editor.person
    assert "0199" not in words(editor.get(url("calls")))


def test_a_room_is_put_on_the_list_and_taken_off(house):
    editor = worker("Editori", house, "provider-editor")
    place = Place.objects.filter(host=house).order_by("pk")[0]
    editor.post(url("facilities"), {"place": place.pk, "kind": "device", "name": "Tabletit", "seats": "3"})
    held = place.facilities.get()
    assert (held.name, held.resource.seats) == ("Tabletit", 3)
    editor.post(url("facility-end", held.pk))
    held.refresh_from_db()
    assert held.ended_on == TODAY


def test_waiting_needs_no_account_and_the_offer_is_taken_by_a_link(me, house):
    channel = way(house)
    held = booked(offered(me.person, channel))
    anybody = Client(HTTP_SEC_FETCH_SITE="same-origin")
    assert url("wait", channel.pk) in words(anybody.get(url("days", channel.pk)))
    here = url("wait", channel.pk)
    sent = {
        **key(), "from_on": "24.11.2026", "until_on": "30.11.2026", "phone": "", "email": "jono@posti.example",
        "name": "Aili",
    }  # fmt: skip
    assert "id_phone_error" in words(anybody.post(here, {**sent, **key("x"), "email": ""}))
    first, again = (anybody.post(here, sent)["Location"] for _n in range(2))
    place = Waiting.objects.get(channel=channel)
    assert (first, again) == (url("waiting", token_of(place.pk)),) * 2
    assert "jono@" not in words(anybody.get(first))
    bookings.cancel(held, by="resident", actor=None, now=NOW)
    link = url("opening", token_of(Opening.objects.get(waiting__channel=channel).pk))
    assert link in Message.objects.get(kind="booking/opening").body
    Visitor().get(link)
    assert Opening.objects.get(waiting__channel=channel).state == "offered"
    for _n in range(2):
        assert anybody.post(link, {**key("t"), "do": "take"})["Location"] == link
    made = Booking.objects.get(made_by="waiting", offer__channel=channel)
    assert url("booking", token_of(made.pk)) in words(anybody.get(link))
    assert anybody.get(url("opening", "x" * 43)).status_code == 404
    left = anybody.post(first, key("l"))
    assert left["Location"] == first
    place.refresh_from_db()
    assert place.state == "booked"


def test_the_desk_shows_the_next_booking_and_what_waits(me, house):
    offer = offered(me.person, way(house))
    held = booked(offer, NEXT)
    desk = words(me.get(reverse("desk")))
    assert url("own-booking", held.pk) in desk
    assert "Elli" not in desk
