"""Signing up without an account: one page, one effect, and a page that tells how it stands on any device."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from html import unescape

import pytest
from django.test import Client
from icalendar import Calendar

from kilauta.domains.events.logic.times import span
from kilauta.domains.events.models import Event, Signup
from kilauta.domains.events.operations.occurrences import cancel_occurrence, move_occurrence
from kilauta.domains.events.operations.opening import TRIES
from kilauta.domains.events.operations.signups import cancel_signup
from kilauta.domains.events.queries.secrets import code_of, token_of
from kilauta.domains.events.queries.telling import address_of
from kilauta.kit.outbox.models import Message
from tests.cast import KAAKKO, NOW, Visitor, tells_number

from . import story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

HERE = {"headers": {"origin": "http://testserver"}}
FIND = "/ilmoittautuminen/"


@pytest.fixture(autouse=True)
def _nothing_yet():
    Event.objects.all().delete()


def form_of(event):
    end = "" if event.is_whole else f"{story.first(event).pk}/"
    return f"/tapahtumat/{address_of(event)}/ilmoittaudu/{end}"


def key_in(response):
    return re.search(r'name="form-key" value="([^"]+)"', response.content.decode())[1]


def send(path, response, /, **typed):
    return Client().post(path, {"form-key": key_in(response), **typed}, **HERE)


def signed(event, /, **typed):
    """Fill in the page and send it."""
    path = form_of(event)
    return send(path, Visitor().get(path), **{"persons": "1", **typed})


def page(path):
    return Visitor().get(path)


def text_of(response):
    html = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00ad", "").split())


def own(signup, end=""):
    return f"{FIND}{token_of(signup.pk)}/{end}"


def calendar(signup):
    return Calendar.from_ical(page(own(signup, "aika.ics")).content).walk("VEVENT")


def test_one_page_makes_a_sign_up_and_leads_to_its_own_page():
    event = story.event(capacity=5)
    done = signed(event, persons="2", name="Elli", email="elli@esimerkki.example", how_found="")
    made = Signup.objects.get(event=event)
    assert (done.status_code, done["Location"]) == (302, own(made))
    assert (made.persons, made.name, made.state, made.made_by) == (2, "Elli", "in", "resident")
    assert Message.objects.filter(kind="events/in").count() == 1
    text = text_of(page(done["Location"]))
    assert [each for each in (made.number, code_of(made.pk), event.name_fi) if each not in text] == []


def test_everything_but_the_number_may_be_left_empty():
    event = story.event(capacity=5)
    assert signed(event).status_code == 302
    made = Signup.objects.get()
    assert (made.name, made.phone, made.email, made.how_found_id) == ("", "", "", None)
    assert Message.objects.filter(kind__startswith="events/").count() == 0


def test_where_it_was_heard_of_is_kept():
    event = story.event(capacity=5)
    options = re.findall(r'<option value="([^"]+)"', page(form_of(event)).content.decode())
    signed(event, how_found=options[0])
    assert Signup.objects.get().how_found_id == options[0]


@pytest.mark.parametrize("persons", ["0", "11", "", "monta"])
def test_a_number_that_is_none_is_told_at_its_field(persons):
    event = story.event(capacity=50)
    answer = signed(event, persons=persons, name="Elli")
    assert answer.status_code == 200
    assert 'class="field is-wrong"' in answer.content.decode()
    assert 'value="Elli"' in answer.content.decode()
    assert not Signup.objects.exists()


def test_the_same_form_sent_twice_is_one_sign_up_and_leads_to_the_same_page():
    event = story.event(capacity=5)
    path = form_of(event)
    asked = Visitor().get(path)
    first, again = (send(path, asked, persons="1", name="Elli") for _time in range(2))
    assert first["Location"] == again["Location"]
    assert Signup.objects.count() == 1


def test_nothing_that_was_typed_stands_in_an_address_and_no_cookie_is_set():
    event = story.event(capacity=5)
    done = signed(event, name="Kanerva", phone="050 555 0199")
    assert "Kanerva" not in done["Location"]
    assert not tells_number(done["Location"], "0199")
    assert "Set-Cookie" not in done
    assert token_of(Signup.objects.get().pk) not in Message.objects.values_list("body", flat=True)


def test_a_form_from_another_site_is_refused():
    event = story.event(capacity=5)
    path = form_of(event)
    foreign = {"headers": {"origin": "https://elsewhere.example"}}
    answer = Client().post(path, {"form-key": key_in(Visitor().get(path)), "persons": "1"}, **foreign)
    assert (answer.status_code, Signup.objects.exists()) == (403, False)


def test_a_group_that_fits_in_part_may_come_fewer():
    event = story.event(capacity=2, waiting_places=5)
    path = form_of(event)
    refused = signed(event, persons="3", name="Elli")
    html = refused.content.decode()
    assert (refused.status_code, Signup.objects.exists()) == (200, False)
    assert re.findall(r'name="(vain|odotamme)" value="(\d)"', html) == [("vain", "2"), ("odotamme", "1")]
    done = send(path, refused, persons="3", name="Elli", vain="2")
    made = Signup.objects.get()
    assert (done["Location"], made.persons, made.state, made.name) == (own(made), 2, "in", "Elli")


def test_a_group_that_fits_in_part_may_wait_together():
    event = story.event(capacity=2, waiting_places=5)
    refused = signed(event, persons="3")
    send(form_of(event), refused, persons="3", odotamme="1")
    made = Signup.objects.get()
    assert (made.persons, made.state) == (3, "waiting")


def test_without_room_in_the_line_waiting_is_not_offered():
    event = story.event(capacity=2)
    html = signed(event, persons="3").content.decode()
    assert 'name="vain"' in html
    assert 'name="odotamme"' not in html


def test_who_comes_late_waits_and_sees_the_place_in_the_line():
    event = story.event(capacity=1, waiting_places=5)
    for name in ("Aino", "Elli", "Kaarlo"):
        signed(event, name=name)
    last = Signup.objects.get(name="Kaarlo")
    assert last.state == "waiting"
    assert re.search(r"numero 2|number 2", text_of(page(own(last))))
    cancel_signup(Signup.objects.get(name="Aino"), actor=None, now=NOW)
    assert re.search(r"numero 1|number 1", text_of(page(own(last))))
    assert Signup.objects.get(name="Elli").state == "in"


def test_a_full_event_says_whom_to_ring_and_has_no_form():
    event = story.event(capacity=1, phone="050 555 0177")
    story.sign_up(event)
    html = page(form_of(event)).content.decode().partition("<main")[2]
    assert "tel:+358505550177" in html
    assert "<form" not in html


def test_who_was_a_moment_too_late_keeps_what_was_typed_and_is_told():
    event = story.event(capacity=1, phone="050 555 0177")
    path = form_of(event)
    asked = Visitor().get(path)
    story.sign_up(event)
    late = send(path, asked, persons="1", name="Elli").content.decode()
    assert 'value="Elli"' in late
    assert 'class="errors"' in late
    assert "tel:+358505550177" in late
    assert Signup.objects.count() == 1


def test_nothing_can_be_signed_up_for_that_is_over_cancelled_or_drop_in():
    over, drop_in, off = (
        story.event(date(2026, 11, 17), capacity=3), story.event(), story.event(capacity=3),
    )  # fmt: skip
    cancel_occurrence(story.first(off), actor=story.actor(), now=NOW)
    answers = [page(form_of(each)) for each in (over, drop_in, off)]
    assert [(each.status_code, each["Location"]) for each in answers] == [
        (302, f"/tapahtumat/{address_of(each)}/") for each in (over, drop_in, off)
    ]


def test_a_form_of_what_was_cancelled_meanwhile_says_so():
    event = story.event(capacity=3)
    path = form_of(event)
    asked = Visitor().get(path)
    cancel_occurrence(story.first(event), actor=story.actor(), now=NOW)
    answer = send(path, asked, persons="1")
    assert (answer.status_code, 'class="errors"' in answer.content.decode()) == (200, True)


def test_a_time_of_another_event_is_not_there():
    one, other = story.event(capacity=3), story.event(capacity=3)
    wrong = f"/tapahtumat/{address_of(one)}/ilmoittaudu/{story.first(other).pk}/"
    assert page(wrong).status_code == 404
    assert page(form_of(one)).status_code == 200


def test_a_course_is_signed_up_for_as_a_whole():
    event = story.event(again="weeks", number=3, capacity=4, is_whole=True)
    signed(event, persons="2")
    made = Signup.objects.get()
    assert (made.occurrence, made.seats.count()) == (None, 2)
    text = text_of(page(own(made)))
    assert [day for day in ("1.12.2026", "8.12.2026", "15.12.2026") if day not in text] == []


def test_a_calendar_holds_each_time_of_a_course_by_itself():
    event = story.event(again="weeks", number=3, capacity=4, is_whole=True)
    signed(event)
    entries = calendar(Signup.objects.get())
    assert len({str(each["uid"]) for each in entries}) == 3
    assert [each["dtstart"].dt.hour for each in entries] == [8, 8, 8]
    assert token_of(Signup.objects.get().pk) not in str(entries)


def test_a_calendar_of_who_waits_is_not_sure_and_of_who_cancelled_is_off():
    event = story.event(capacity=1, waiting_places=2)
    for name in ("Aino", "Elli"):
        signed(event, name=name)
    aino, elli = (Signup.objects.get(name=name) for name in ("Aino", "Elli"))
    assert [str(calendar(each)[0]["status"]) for each in (aino, elli)] == ["CONFIRMED", "TENTATIVE"]
    cancel_signup(aino, actor=None, now=NOW)
    assert str(calendar(aino)[0]["status"]) == "CANCELLED"


def test_the_calendar_file_is_kept_by_nobody_on_the_way():
    event = story.event(capacity=1)
    signed(event)
    answer = page(own(Signup.objects.get(), "aika.ics"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


def test_a_second_device_sees_what_the_first_one_did():
    event = story.event(capacity=3)
    signed(event, name="Elli")
    made = Signup.objects.get()
    path = own(made, "peru/")
    send(path, page(path))
    made.refresh_from_db()
    assert made.state == "cancelled"
    html = page(own(made)).content.decode()
    assert own(made, "peru/") not in html
    # cancelling again leads to the same page
    assert page(path)["Location"] == own(made)


def test_cancelling_gives_the_seat_to_who_waits_once_however_often_it_is_pressed():
    event = story.event(capacity=1, waiting_places=3)
    for name in ("Aino", "Elli", "Kaarlo"):
        signed(event, name=name)
    path = own(Signup.objects.get(name="Aino"), "peru/")
    asked = page(path)
    for _time in range(2):
        assert send(path, asked).status_code == 302
    assert story.states(event) == ["cancelled", "in", "waiting"]


def test_a_moved_time_stands_on_the_own_page_with_the_old_one_struck_out():
    event = story.event(capacity=3)
    signed(event)
    new = span(date(2026, 12, 3), time(13), time(15))
    move_occurrence(story.first(event), new, actor=story.actor(), now=NOW)
    html = page(own(Signup.objects.get())).content.decode()
    assert "<s>tiistai 1.12.2026 klo 10.00–12.00</s>" in html
    assert "torstai 3.12.2026 klo 13.00–15.00" in html


def test_a_cancelled_event_is_told_apart_from_an_own_cancelling():
    event, other = story.event(capacity=3), story.event(capacity=3, phone="050 555 0177")
    signed(event, name="Aino")
    signed(other, name="Elli")
    mine, theirs = Signup.objects.get(name="Aino"), Signup.objects.get(name="Elli")
    cancel_signup(mine, actor=None, now=NOW)
    cancel_occurrence(story.first(other), actor=story.actor(), now=NOW)
    titles = [
        re.search(r"<h1>(.*?)</h1>", page(own(each)).content.decode(), re.DOTALL)[1]
        for each in (mine, theirs)
    ]
    assert titles[0] != titles[1]
    assert "tel:+358505550177" in page(own(theirs)).content.decode().partition("<main")[2]


def test_the_slip_tells_the_codes_and_draws_the_way_to_the_page():
    event = story.event(capacity=3)
    signed(event)
    made = Signup.objects.get()
    answer = page(own(made, "lappu/"))
    html, text = answer.content.decode(), text_of(answer)
    assert [each for each in (made.number, code_of(made.pk), "1.12.2026") if each not in text] == []
    assert 'role="img"' in html
    assert "&lt;svg" not in html


def test_number_and_code_open_the_sign_up_with_spaces_too():
    event = story.event(capacity=3)
    signed(event)
    made = Signup.objects.get()
    code = code_of(made.pk)
    done = send(
        FIND, page(FIND), number=f" {made.number[:3]} {made.number[3:]}", code=f"{code[:3]} {code[3:]}"
    )
    assert done["Location"] == own(made)


def test_a_wrong_code_and_too_many_tries_are_refused_in_the_same_words():
    event = story.event(capacity=3)
    signed(event)
    made = Signup.objects.get()
    wrong = f"{(int(code_of(made.pk)) + 1) % 10**6:06}"
    said = [send(FIND, page(FIND), number=made.number, code=wrong) for _try in range(TRIES)]
    late = send(FIND, page(FIND), number=made.number, code=code_of(made.pk))
    assert {each.status_code for each in (*said, late)} == {200}
    told = {
        re.search(r'class="errors".*?<li>(.*?)</li>', e.content.decode(), re.DOTALL)[1] for e in (*said, late)
    }
    assert len(told) == 1


def test_a_link_opens_nothing_in_another_network_and_no_other_word_opens_anything():
    event = story.event(capacity=3)
    signed(event)
    made = Signup.objects.get()
    assert Visitor(KAAKKO).get(own(made)).status_code == 404
    for end in ("", "peru/", "lappu/", "aika.ics"):
        assert page(f"{FIND}arvaus/{end}").status_code == 404


def test_when_all_is_over_the_page_says_so_and_nothing_can_be_cancelled():
    event = story.event(date(2026, 11, 17), capacity=3)
    made = story.sign_up(event, now=NOW - timedelta(days=14)).signup
    html = page(own(made)).content.decode()
    assert own(made, "peru/") not in html


def test_the_form_costs_the_same_few_queries_for_one_time_and_for_many(django_assert_max_num_queries):
    one = story.event(capacity=3)
    many = story.event(again="weeks", number=9, capacity=3, is_whole=True)
    for event in (one, many):
        page(form_of(event))
        with django_assert_max_num_queries(12):
            page(form_of(event))
