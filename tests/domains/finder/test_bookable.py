"""The next free time stands on the answer, in search, on the place and the service, and search can ask for it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kilauta.domains.booking.models import Offer
from kilauta.domains.booking.queries import nearest
from kilauta.domains.booking.queries.slots import next_free
from kilauta.domains.directory.queries.catalogue import catalogue
from kilauta.domains.finder.queries import searching
from tests.cast import KAAKKO, NOW, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


@pytest.fixture(autouse=True)
def _looked_at_anew():
    """What is reckoned once a minute is reckoned for each test: the clock stands."""
    nearest.forget()
    searching._minutes.clear()
    yield
    nearest.forget()
    searching._minutes.clear()


def page(path, host="testserver"):
    return Visitor(host).get(path).content.decode()


def ways(text):
    return set(re.findall(r'href="/varaa/([\w-]+)/"', text))


def offered():
    return {str(key) for key in Offer.objects.values_list("channel", flat=True)}


def test_search_lists_what_can_be_booked_and_nothing_else():
    text = page("/haku/?booking=free")
    found = ways(text)
    assert found
    assert found <= offered()
    assert text.count('class="hit"') == len(
        {
            catalogue().channels[key].service
            for key in offered()
            if key in nearest.nearest("kainuu", edition=catalogue().edition, now=NOW)
        }
    )


def test_the_filter_stands_among_the_others_and_where_nothing_can_be_booked_it_does_not():
    assert "booking=free" in page("/haku/")
    assert "booking=free" not in page("/haku/", KAAKKO)


def test_what_has_no_free_time_any_more_is_not_found_by_the_filter():
    Offer.objects.filter(channel__external_id="etatuki-video").update(ends_on=NOW.date())
    gone = str(Offer.objects.get(channel__external_id="etatuki-video").channel_id)
    assert gone not in ways(page("/haku/?booking=free"))


@pytest.mark.parametrize(("kind", "key"), [("palvelut", "service"), ("paikat", "place")])
def test_a_service_and_a_place_show_the_next_time_of_each_way(kind, key):
    held = catalogue()
    way = held.channels[str(Offer.objects.get(channel__external_id="kajaani-digineuvonta-ajalla").channel_id)]
    thing = held.services[way.service] if key == "service" else held.places[way.place]
    text = page(f"/{kind}/{thing.address}/")
    expected = {
        one.id for one in held.channels.values() if getattr(one, key) == thing.id and one.id in offered()
    }
    assert ways(text) == expected


def test_a_page_with_free_times_asks_no_more_than_one_without_once_the_minute_is_known():
    nearest.nearest("kainuu", edition=catalogue().edition, now=NOW)
    with CaptureQueriesContext(connection) as queries:
        nearest.nearest("kainuu", edition=catalogue().edition, now=NOW + timedelta(seconds=59))
    assert len(queries) == 1  # of the edition, by the test
    with CaptureQueriesContext(connection) as queries:
        nearest.nearest("kainuu", edition=catalogue().edition, now=NOW + timedelta(minutes=1))
    assert len(queries) == 11


def test_what_is_shown_is_what_the_engine_says():
    offers = list(Offer.objects.filter(network="kainuu").order_by("pk"))
    shown = nearest.nearest("kainuu", edition=catalogue().edition, now=NOW)
    assert shown == {str(key): slot.starts_at for key, slot in next_free(offers, now=NOW).items()}
