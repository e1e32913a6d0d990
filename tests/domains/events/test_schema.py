"""Events for search engines: each time an event of its own, with an offset, and nothing that is not known."""

from __future__ import annotations

import json
from datetime import date, time, timedelta

import pytest
from bs4 import BeautifulSoup

from kilauta.domains.events.logic.times import span, spans, whole_days
from kilauta.domains.events.operations import occurrences
from kilauta.domains.events.queries.schema import schema_of, schemas_of
from kilauta.domains.events.queries.telling import address_of
from kilauta.kit.components.templatetags.components import json_ld
from kilauta.lib.words import Words
from tests.cast import NOW, Visitor
from tests.domains.events import story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

HERE = "https://schema.org/"
REMOTE = "https://video.example/huone"


def told(of, lang: str = "fi"):
    return schema_of(of, story.first(of), lang)


@pytest.mark.parametrize(
    ("more", "mode", "kinds"),
    [
        ({}, "Offline", ["Place"]),
        ({"remote_url": REMOTE}, "Mixed", ["Place", "VirtualLocation"]),
        ({"remote_url": REMOTE, "place": None, "municipality": "290"}, "Online", ["VirtualLocation"]),
        ({"where": "Kuhmon tori", "place": None, "municipality": "290"}, "Offline", ["Place"]),
    ],
    ids=["place", "both", "web", "square"],
)
def test_where_it_is_decides_how_one_takes_part(more, mode, kinds):
    data = told(story.event(**more))
    assert data["eventAttendanceMode"] == f"{HERE}{mode}EventAttendanceMode"
    places = data["location"] if isinstance(data["location"], list) else [data["location"]]
    assert [each["@type"] for each in places] == kinds


def test_a_place_has_its_address_and_its_point_on_the_map():
    made = story.event()
    made.place.lat, made.place.lon = 64.13, 29.52
    assert told(made)["location"] == {
        "@type": "Place",
        "name": made.place.name_fi,
        "address": {
            "@type": "PostalAddress", "streetAddress": "Kirjastokatu 1", "postalCode": "88900",
            "addressLocality": "Kuhmo", "addressCountry": "FI",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 64.13, "longitude": 29.52},
    }  # fmt: skip


def test_every_moment_has_the_offset_of_its_day_and_a_whole_day_is_a_day():
    winter, summer = story.event(), story.event(date(2027, 7, 6))
    assert (told(winter)["startDate"], told(winter)["endDate"]) == (
        "2026-12-01T10:00:00+02:00", "2026-12-01T12:00:00+02:00",
    )  # fmt: skip
    assert told(summer)["startDate"] == "2027-07-06T10:00:00+03:00"
    camp = story.event(times=[whole_days(date(2026, 12, 5), date(2026, 12, 6))])
    assert (told(camp)["startDate"], told(camp)["endDate"]) == ("2026-12-05", "2026-12-06")


def test_what_becomes_of_a_time_is_said_in_its_state():
    made = story.event(times=spans(story.TUESDAY, time(10), time(12), again="weeks", number=3))
    first, second, _third = made.occurrences.order_by("starts_at")
    to = span(story.TUESDAY + timedelta(days=1), time(17), time(18))
    occurrences.move_occurrence(first, to, actor=story.actor(), now=NOW)
    occurrences.cancel_occurrence(second, actor=story.actor(), now=NOW)
    graph = schemas_of(made, made.occurrences.order_by("starts_at"), "fi")["@graph"]
    assert [(each["eventStatus"].removeprefix(HERE), each.get("previousStartDate", "")) for each in graph] == [
        ("EventRescheduled", "2026-12-01T10:00:00+02:00"), ("EventCancelled", ""), ("EventScheduled", ""),
    ]  # fmt: skip
    assert graph[0]["startDate"] == "2026-12-02T17:00:00+02:00"
    assert len({each["@id"] for each in graph}) == 3


@pytest.mark.parametrize(
    ("fee", "is_free", "price"),
    [
        ("", True, "0"),
        ("5 €", False, "5.00"),
        ("4,50 euroa", False, "4.50"),
        ("aikuiset 5 €, lapset 2 €", False, None),
    ],
)
def test_a_price_is_a_number_only_where_the_words_are_one(fee, is_free, price):
    data = told(story.event(fee=fee))
    assert data["isAccessibleForFree"] is is_free
    assert data["offers"].get("price") == price
    assert ("priceCurrency" in data["offers"]) == (price is not None)


def test_the_organisers_the_languages_and_the_seats_are_told_and_nothing_empty():
    data = told(story.event(capacity=12), "sv")
    assert data["organizer"] == [{"@type": "Organization", "name": str(story.place().host.name.pick("sv"))}]
    assert data["inLanguage"] == ["fi", "sv", "en"]
    assert data["name"] == "Öppen digirådgivning"
    assert data["maximumAttendeeCapacity"] == 12
    assert [key for key, value in data.items() if value in ("", None, [], {})] == []


def test_what_somebody_wrote_cannot_end_the_block_it_stands_in():
    data = told(story.event(name=Words("</script><b>&")))
    text = json_ld(data)
    assert "<" not in text
    assert json.loads(text)["name"] == "</script><b>&"


def test_the_page_of_an_event_tells_search_engines_of_each_time_it_shows():
    made = story.event(times=spans(story.TUESDAY, time(10), time(12), again="weeks", number=3))
    page = BeautifulSoup(
        Visitor("testserver").get(f"/sv/tapahtumat/{address_of(made)}/").content, "html.parser"
    )
    (block,) = page.select('script[type="application/ld+json"]')
    graph = json.loads(block.text)["@graph"]
    assert [(each["@type"], each["startDate"][:10]) for each in graph] == [
        ("Event", "2026-12-01"), ("Event", "2026-12-08"), ("Event", "2026-12-15"),
    ]  # fmt: skip
    assert {each["name"] for each in graph} == {"Öppen digirådgivning"}
