"""The rooms of those who hold events: one form makes everything, a time is moved, a checklist worked through."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from kilauta.domains.directory.models import Organisation, Place
from kilauta.domains.events.logic.guest import Guest
from kilauta.domains.events.logic.told import PartOf
from kilauta.domains.events.models import Call, Delivery, Event, Notice, Outlet, Signup, Venue
from kilauta.domains.events.operations import signups
from kilauta.kit.access.operations import grant
from kilauta.kit.access.pledging import accept, current
from kilauta.kit.accounts.models import Person
from kilauta.kit.forms.form import KEY
from tests import factories
from tests.cast import NOW, Visitor

from .story import HOUR, event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


def worker(name, scope, role):
    person = factories.person(name)
    grant(person, role=role, scope_id=str(scope), actor=Person.objects.system(), now=NOW)
    accept("kainuu", version=current("kainuu").version, actor=person, now=NOW)
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    client.person = person
    return client


@pytest.fixture
def house():
    return Organisation.objects.get(source="kilauta", external_id="kajaani-kirjasto")


@pytest.fixture
def me(house):
    return worker("Aune", house.pk, "provider-editor")


@pytest.fixture
def bengt():
    return worker("Birger", "kainuu", "coordinator")


def url(name, *args):
    return reverse(f"events:{name}", args=args)


def words(answer):
    return " ".join(BeautifulSoup(answer.content, "lxml").get_text(" ").split())


def typed(house, **more):
    place = Place.objects.filter(host=house, state="published").order_by("pk")[0]
    return {
        KEY: "k" * 30, "kind": "guidance", "name_fi": "Digituokio", "name_sv": "Digistund", "name_en": "",
        "summary_fi": "Tule kysymään.", "day": "1.12.2026", "begins": "13", "ends": "15.00", "again": "weeks",
        "number": "3", "place": str(place.pk), "organiser": str(house.pk), "do": "publish", **more,
    }  # fmt: skip


def test_one_form_makes_page_leaflet_feed_and_newspaper_text(me, house):
    answer = me.post(url("new"), typed(house))
    made = Event.objects.get(name_fi="Digituokio")
    assert answer["Location"] == url("own-event", made.pk)
    assert [each.starts_at.isoformat() for each in made.occurrences.order_by("starts_at")] == [
        "2026-12-01T11:00:00+00:00", "2026-12-08T11:00:00+00:00", "2026-12-15T11:00:00+00:00",
    ]  # fmt: skip
    page = me.get(answer["Location"])
    links = {link["href"] for link in BeautifulSoup(page.content, "lxml").select("main a[href]")}
    anybody = Visitor()
    for name, args in (
        ("event", ()),
        ("leaflet", ("a4",)),
        ("leaflet", ("a5",)),
        ("poster", ()),
        ("event-calendar", ()),
    ):
        (address,) = (each for each in links if each == url(name, f"{made.short_id}-digituokio", *args))
        assert anybody.get(address).status_code == 200
    assert "Digituokio" in anybody.get(url("feed")).content.decode()
    assert "klo 13" in words(me.get(url("texts", made.pk)))
    assert Venue.objects.filter(network="kainuu", place=made.place).exists()
    # the checklist of the network, and of the same form one event only
    assert made.notices.count() == Outlet.objects.filter(network="kainuu", is_usual=True).count() > 0
    me.post(url("new"), typed(house))
    assert Event.objects.filter(name_fi="Digituokio").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends": ""}, "kellonaika"),
        ({"summary_fi": ""}, "mistä on kyse"),
        ({"place": "", "do": "publish"}, "missä se on"),
        ({"organiser": ""}, "Valitse yksi luettelosta"),
        ({"day": "28.3.2027", "begins": "3.30", "ends": "5", "again": "once"}, "kelloja siirretään"),
        ({"kind": "webinar", "remote_url": ""}, "linkki"),
        ({"remote_url": "ei linkki"}, "linkki"),
        ({"capacity": "0"}, "vähintään"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(me, house, wrong, said):
    before = Event.objects.count()
    answer = me.post(url("new"), typed(house, **wrong))
    assert (answer.status_code, Event.objects.count()) == (200, before)
    assert said.lower() in words(answer).lower()
    assert 'value="Digituokio"' in answer.content.decode()


def test_a_time_is_moved_and_cancelled_and_the_checklist_says_that_it_is_told_wrong(me, house):
    made = event(parts=_parts(house), capacity=5)
    (time,) = made.occurrences.all()
    signups.sign_up(made, occurrence=time, guest=Guest(name="Eila"), actor=None, now=NOW)
    (notice, *_others) = Notice.objects.filter(event=made).order_by("pk")
    me.post(url("notice-tick", made.pk, notice.pk), {"do": "done"})
    moved = {KEY: "m" * 30, "day": "2.12.2026", "begins": "10", "ends": "12", "place": ""}
    assert me.post(url("time", made.pk, time.pk), moved)["Location"] == url("own-event", made.pk)
    time.refresh_from_db()
    notice.refresh_from_db()
    assert (time.starts_at.day, notice.done_by, notice.is_outdated) == (2, me.person, True)
    call = Call.objects.get(signup__event=made)
    assert "Eila" in words(me.get(url("calls")))
    me.post(url("calls"), {"call": str(call.pk)})
    assert Call.objects.get().rung_by == me.person
    me.post(url("time", made.pk, time.pk), {"do": "cancel"})
    assert "Peruttu" in words(me.get(url("own-event", made.pk)))


def test_who_rings_is_signed_up_by_staff_and_cancelled_by_staff(me, house):
    made = event(parts=_parts(house), capacity=1, waiting_places=1)
    for letter, name in zip("ab", ("Eila", "Onni"), strict=True):
        me.post(url("people", made.pk), {KEY: letter * 30, "name": name, "persons": "1"})
    assert list(Signup.objects.filter(event=made).order_by("turn").values_list("name", "state", "made_by")) == [
        ("Eila", "in", "staff"), ("Onni", "waiting", "staff"),
    ]  # fmt: skip
    me.post(url("people", made.pk), {"cancel": str(Signup.objects.get(name="Eila", event=made).pk)})
    assert Signup.objects.get(name="Onni", event=made).state == "in"


def test_costs_are_told_by_organisation_and_leaflets_are_counted(me, house):
    made = event(parts=_parts(house))
    (part,) = made.parts.all()
    me.post(url("costs", made.pk), {KEY: "c" * 30, f"part-{part.pk}": "12,50"})
    part.refresh_from_db()
    assert part.cents == 1250
    wrong = me.post(url("costs", made.pk), {KEY: "d" * 30, f"part-{part.pk}": "paljon"})
    assert "Tarkista summa" in words(wrong)
    me.post(
        url("deliveries", made.pk),
        {KEY: "e" * 30, "what": "Esitteet", "where": "Kauppa", "on": "20.11.2026", "number": "40"},
    )
    assert Delivery.objects.get(event=made).number == 40


def test_others_events_are_not_there(me):
    theirs = event(parts=_parts(Organisation.objects.get(external_id="kuhmo-kirjasto")))
    (time,) = theirs.occurrences.all()
    for name, args in (("own-event", ()), ("edit", ()), ("people", ()), ("time", (time.pk,)), ("texts", ())):
        assert me.get(url(name, theirs.pk, *args)).status_code == 404


def test_the_coordinator_sees_what_might_stay_empty_and_what_is_not_closed(bengt):
    soon = event(on=NOW.date().replace(day=27), capacity=10)
    over = event(on=NOW.date().replace(day=20))
    page = words(bengt.get(url("own")))
    assert "Kukaan ei ole vielä ilmoittautunut" in page
    assert "Montako kävi?" in page
    assert soon.name_fi in page
    assert over.occurrences.get().ends_at + HOUR < NOW
    front = words(bengt.get(reverse("office")))
    assert "Tapahtumat, jotka voivat jäädä tyhjiksi" in front


def test_a_list_of_events_costs_the_same_for_one_and_for_three(bengt, django_assert_max_num_queries):
    bengt.get(url("own"))
    with django_assert_max_num_queries(40) as one:
        bengt.get(url("own"))
    for _n in range(3):
        event(capacity=4)
    with django_assert_max_num_queries(40) as three:
        bengt.get(url("own"))
    assert len(three) == len(one)


def _parts(house):
    return (PartOf(house.pk),)
