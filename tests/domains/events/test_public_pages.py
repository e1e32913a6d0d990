"""What everybody reads of events: the lists, the page of one event, the places; and what each page costs."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kilauta.domains.directory.models import Place
from kilauta.domains.events.logic.counting import Attendance
from kilauta.domains.events.logic.times import span, spans, whole_days
from kilauta.domains.events.models import Event
from kilauta.domains.events.operations.attendance import close_occurrence
from kilauta.domains.events.operations.events import withdraw_event
from kilauta.domains.events.operations.occurrences import cancel_occurrence, move_occurrence
from kilauta.domains.events.queries.public import next_times
from kilauta.domains.events.queries.telling import address_of
from kilauta.lib.words import Words
from tests.cast import KAAKKO, NOW, Visitor, forget_readings

from . import story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

LIST, PAST, TOWNS = "/tapahtumat/", "/tapahtumat/menneet/", "/tapahtumat/paikkakunnat/"
LAST_WEEK = date(2026, 11, 17)


@pytest.fixture(autouse=True)
def _nothing_yet():
    Event.objects.all().delete()


def main(response):
    """Return the text of the page's main part, without its tags and hyphens."""
    html = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00ad", "").split())


def read(path, **more):
    with translation.override("fi"):
        return Visitor(**more).get(path)


def page_of(event):
    return f"{LIST}{address_of(event)}/"


def at(event):
    return list(event.occurrences.order_by("starts_at", "pk"))


def named(name, **more):
    return story.event(**{"name": Words(name), **more})


def order(text, *names):
    return sorted(names, key=text.index)


def cost(path):
    read(path)
    with CaptureQueriesContext(connection) as queries:
        assert read(path).status_code == 200
    return len(queries)


def test_the_list_shows_what_comes_soonest_first_and_nothing_else():
    named("Toinen", on=date(2026, 12, 2))
    named("Ensin", on=date(2026, 12, 1))
    named("Ollut", on=LAST_WEEK)
    named("Luonnos", publish=False)
    named("Tukijoille", kind="coaching")
    withdraw_event(named("Poistettu"), actor=story.actor(), now=NOW)
    text = main(read(LIST))
    assert order(text, "Toinen", "Ensin") == ["Ensin", "Toinen"]
    assert [name for name in ("Ollut", "Luonnos", "Tukijoille", "Poistettu") if name in text] == []


def test_an_event_that_is_going_on_is_still_among_those_to_come():
    named("Kesken", on=date(2026, 11, 24), begins=time(10), ends=time(13))
    assert "Kesken" in main(read(LIST))
    assert "Kesken" not in main(read(PAST))


def test_another_network_sees_nothing_of_it():
    event = named("Meidän")
    assert "Meidän" not in main(read(LIST, host=KAAKKO))
    assert read(page_of(event), host=KAAKKO).status_code == 404


def test_with_nothing_to_come_the_list_says_whom_to_ring():
    html = read(LIST).content.decode().partition("<main")[2]
    assert "tel:+358505550100" in html.partition("</main>")[0]


def test_twenty_times_stand_on_a_page_and_the_rest_on_the_next():
    story.event(again="days", number=25)
    first, second = read(LIST).content.decode(), read(f"{LIST}?sivu=2").content.decode()
    assert [html.count('class="hit-text"') for html in (first, second)] == [20, 5]


def test_a_list_is_narrowed_down_by_town_topic_kind_link_and_place():
    far = Place.objects.filter(state="published", municipality="205", host__isnull=False)[0]
    named("Kuhmossa", topics=("a-laite",), kind="course")
    named("Kajaanissa", place=far.pk, remote_url="https://meet.example/x")
    wanted = {
        "kunta=205": "Kajaanissa",
        "kunta=290": "Kuhmossa",
        "kunta=290-kuhmo": "Kuhmossa",
        "aihe=a-laite": "Kuhmossa",
        "aihe=laitteet": "Kuhmossa",
        "laji=course": "Kuhmossa",
        "laji=guidance": "Kajaanissa",
        "eta=1": "Kajaanissa",
        f"paikka={far.short_id}": "Kajaanissa",
    }
    found = {
        query: [n for n in ("Kuhmossa", "Kajaanissa") if n in main(read(f"{LIST}?{query}"))]
        for query in wanted
    }
    # the towns' names stand among the filters too
    assert found == {query: [name] for query, name in wanted.items()}


def test_a_topic_and_its_theme_do_not_show_a_time_twice():
    story.event(topics=("a-laite", "a-netti"))
    assert read(f"{LIST}?aihe=laitteet").content.decode().count('class="hit-text"') == 1


def test_what_means_nothing_narrows_nothing():
    named("Kaikille")
    assert "Kaikille" in main(read(f"{LIST}?kunta=999&aihe=ei-ole&laji=x&paikka=zz&sivu=abc"))


def test_only_towns_that_have_events_are_offered():
    story.event()
    offered = re.findall(r'href="\?kunta=(\d+)"', read(LIST).content.decode())
    assert offered == ["290"]


def test_a_time_elsewhere_is_found_where_it_is_held():
    far = Place.objects.filter(state="published", municipality="205")[0]
    event = named("Vierailee")
    when = at(event)[0]
    move_occurrence(when, span(story.TUESDAY, time(10), time(12)), place=far, actor=story.actor(), now=NOW)
    assert "Vierailee" in main(read(f"{LIST}?kunta=205"))
    assert "Vierailee" not in main(read(f"{LIST}?kunta=290"))
    assert far.name_fi in main(read(page_of(event)))


def test_a_row_says_how_many_seats_are_left():
    story.event(capacity=5, waiting_places=2)
    free = re.search(r"(\d+) (?:paikkaa|seats)", main(read(LIST)))[1]
    event = Event.objects.get()
    story.sign_up(event, persons=3)
    left = re.search(r"(\d+) (?:paikkaa|seats)", main(read(LIST)))[1]
    assert (free, left) == ("5", "2")


def test_with_somebody_waiting_no_seat_is_told_to_be_free():
    event = story.event(capacity=3, waiting_places=4)
    story.sign_up(event, persons=2)
    story.sign_up(event, persons=2, waits=True)
    assert not re.search(r"\d (?:paikka|seat)", main(read(LIST)))
    assert page_with_button(event)


def page_with_button(event):
    return f"/ilmoittaudu/{at(event)[0].pk}/" in read(page_of(event)).content.decode()


def test_full_and_drop_in_events_offer_no_sign_up():
    full, drop_in = story.event(capacity=1), story.event()
    story.sign_up(full)
    assert not page_with_button(full)
    assert not page_with_button(drop_in)


def test_a_time_that_has_begun_offers_no_sign_up():
    event = story.event(date(2026, 11, 24), time(10), time(13), capacity=9)
    assert not page_with_button(event)


def test_a_course_has_one_sign_up_for_all_its_times():
    event = story.event(again="weeks", number=3, capacity=9, is_whole=True)
    html = read(page_of(event)).content.decode()
    assert len(re.findall(r'href="[^"]*/ilmoittaudu/[^"]*"', html)) == 1
    assert f"{address_of(event)}/ilmoittaudu/" in html


def test_a_wrong_name_in_the_address_leads_to_the_right_one():
    event = story.event()
    for wrong in (event.short_id, f"{event.short_id}-vanha-nimi"):
        answer = read(f"{LIST}{wrong}/")
        assert (answer.status_code, answer["Location"]) == (301, page_of(event))
    assert read(f"{LIST}zzzzzz-ei-ole/").status_code == 404


def test_what_was_moved_says_so_first_with_the_old_time_struck_out():
    event = story.event(again="weeks", number=3)
    move_occurrence(at(event)[0], span(date(2026, 12, 3), time(13), time(15)), actor=story.actor(), now=NOW)
    cancel_occurrence(at(event)[1], actor=story.actor(), now=NOW)
    html = read(page_of(event)).content.decode()
    notices = html.partition("<h1>")[2].partition('class="lead"')[0]
    assert "torstai 3.12.2026 klo 13.00–15.00" in notices
    assert re.findall(r"<s>([^<]+)</s>", notices) == [
        "tiistai 1.12.2026 klo 10.00–12.00", "tiistai 8.12.2026 klo 10.00–12.00",
    ]  # fmt: skip
    # the list says the same
    assert "<s>tiistai 1.12.2026 klo 10.00–12.00</s>" in read(LIST).content.decode()


def test_an_event_that_is_cancelled_says_so_and_offers_nothing_to_sign():
    event = story.event(capacity=5)
    cancel_occurrence(at(event)[0], actor=story.actor(), now=NOW)
    html = read(page_of(event)).content.decode()
    assert "notice-warn" in html
    assert "<s>" in html
    assert not page_with_button(event)


def test_an_event_that_is_over_says_so_and_leads_on():
    event = story.event(LAST_WEEK)
    html = read(page_of(event)).content.decode().partition("<main")[2]
    assert "notice-warn" in html
    assert f'href="{LIST}?kunta=290"' in html


def test_a_withdrawn_event_is_gone_in_words_with_ways_on():
    event = named("Salaisuus")
    withdraw_event(event, actor=story.actor(), now=NOW)
    answer = read(page_of(event))
    html = answer.content.decode().partition("<main")[2]
    assert (answer.status_code, "Salaisuus" in html) == (410, False)
    assert f'href="{LIST}"' in html
    assert "tel:" in html


def test_whole_days_are_told_without_a_time_of_day():
    named("Markkinat", times=[whole_days(date(2026, 12, 4), date(2026, 12, 5))])
    text = main(read(LIST))
    assert "Perjantai 4.12.2026 – lauantai 5.12.2026" in text
    assert "klo" not in text


def test_the_page_tells_what_must_be_known_to_come():
    event = story.event(
        bring="Oma laturi", fee="5 €", phone="050 555 0177", remote_url="https://meet.example/abc",
        text=Words("Puhutaan **kaikesta**.\n\n- yksi\n- kaksi"), topics=("a-laite",),
    )  # fmt: skip
    html, text = read(page_of(event)).content.decode(), main(read(page_of(event)))
    place = story.place()
    assert [
        each for each in ("Oma laturi", "5 €", place.address, place.host.name_fi) if each not in text
    ] == []
    assert 'href="tel:+358505550177"' in html
    assert 'href="https://meet.example/abc"' in html
    assert f"/paikat/{place.short_id}" in html
    assert html.count("<h1") == 1


def test_the_past_stands_newest_first_and_tells_only_counts_that_were_made():
    event = story.event(date(2026, 11, 10), again="weeks", number=2)
    first, second = at(event)
    came = Attendance(residents_here=7, residents_afar=2, supporters_here=3)
    close_occurrence(first, came, had_queue=False, handouts=0, actor=story.actor(), now=NOW)
    close_occurrence(second, None, had_queue=False, handouts=0, actor=story.actor(), now=NOW)
    text = main(read(PAST))
    assert order(text, "10.11.2026", "17.11.2026") == ["17.11.2026", "10.11.2026"]
    assert re.findall(r"(\d+) (?:osallistuja|person|people)", text) == ["9"]


def test_each_town_tells_its_places_with_how_many_are_to_come_and_have_been():
    place = story.place()
    story.event(date(2026, 11, 17), again="weeks", number=4)
    cancel_occurrence(at(Event.objects.get())[3], actor=story.actor(), now=NOW)
    named("Tori", place=None, where="Kuhmon tori", municipality="290")
    named("Verkossa", place=None, kind="webinar", remote_url="https://meet.example/x")
    html, text = read(TOWNS).content.decode(), main(read(TOWNS))
    # of the four one is over, one is cancelled, and today's is going on
    assert f"paikka={place.short_id}" in html
    assert f"{place.name_fi} " in text
    of_place = text.partition(place.name_fi)[2]
    assert re.findall(r"\d+", of_place)[:2] == ["2", "1"]
    assert "Kuhmon tori" in text


def test_the_next_times_are_those_held_and_near():
    far = Place.objects.filter(state="published", municipality="205", host__isnull=False)[0]
    near, other = story.event(again="weeks", number=4), story.event(date(2026, 12, 2), place=far.pk)
    cancel_occurrence(at(near)[0], actor=story.actor(), now=NOW)
    found = next_times(story.network().pk, now=NOW)
    assert [each.pk for each in found] == [at(other)[0].pk, at(near)[1].pk, at(near)[2].pk]
    there = next_times(story.network().pk, now=NOW, municipality="205", limit=1)
    assert [each.event_id for each in there] == [other.pk]


def test_the_page_of_a_place_shows_the_next_three_times_there():
    story.event(again="weeks", number=5)
    place = story.place()
    html = (
        read(f"/paikat/{place.short_id}/", follow=True)
        if False
        else Visitor().get(f"/paikat/{place.short_id}/", follow=True)
    )
    text = html.content.decode()
    assert text.count(f'href="{page_of(Event.objects.get())}"') == 3


@pytest.mark.parametrize("path", [LIST, PAST, TOWNS])
def test_a_list_costs_the_same_for_one_event_and_for_many(path):
    def make():
        story.event(capacity=5, topics=("a-laite",))
        story.event(LAST_WEEK)

    make()
    one = cost(path)
    for _time in range(4):
        make()
    forget_readings()
    assert (cost(path), one <= 12) == (one, True)


def test_the_page_of_an_event_costs_the_same_for_one_time_and_for_many():
    one, many = story.event(capacity=5), story.event(capacity=5, again="weeks", number=9)
    few = cost(page_of(one))
    assert (cost(page_of(many)), few <= 14) == (few, True)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_pages_are_there_in_other_languages(lang):
    event = story.event(capacity=3)
    for path in (LIST, PAST, TOWNS, page_of(event)):
        assert Visitor().get(f"/{lang}{path}").status_code == 200


def test_times_over_the_turn_of_the_clock_stand_at_the_same_hour():
    story.event(times=spans(date(2027, 3, 24), time(10), time(12), again="weeks", number=2))
    text = main(read(LIST))
    assert "24.3.2027 klo 10.00–12.00" in text
    assert "31.3.2027 klo 10.00–12.00" in text
    assert (
        timedelta(days=7) - timedelta(hours=1)
        == at(Event.objects.get())[1].starts_at - at(Event.objects.get())[0].starts_at
    )


def test_what_is_held_on_the_web_only_is_told_in_no_town():
    named("Etänä", place=None, kind="webinar", municipality="205", remote_url="https://meet.example/x")
    row = main(read(LIST)).partition("Etänä")[2].partition("·")[0]
    assert "Kajaani" not in row


def test_a_place_whose_events_are_over_leads_to_those_and_from_there_to_all():
    named("Ollut", on=LAST_WEEK)
    key = story.place().short_id
    assert f'href="{PAST}?paikka={key}"' in read(TOWNS).content.decode()
    there = read(f"{PAST}?paikka={key}")
    assert "Ollut" in main(there)
    assert f'href="{PAST}"' in there.content.decode().partition("</h1>")[2].partition("</main>")[0]


def test_the_map_of_towns_leads_to_each_town_below_it():
    story.event()
    html = read(TOWNS).content.decode()
    ways = re.findall(r'<a href="#(kunta-[^"]+)"', html)
    assert ways == ["kunta-290-kuhmo"]
    assert f'id="{ways[0]}"' in html
