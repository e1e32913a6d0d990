"""The events of the demo: what the report of 2018 counted comes out of the entered events."""

from __future__ import annotations

import pytest
from django.db.models import Count, F, Sum

from kilauta.domains.events.models import Event, Occurrence, Venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_the_second_network_counts_what_the_report_counted():
    times = Occurrence.objects.filter(event__network="kaakko", closed_as="counted")
    came = times.aggregate(number=Count("pk"), people=Sum(F("residents_here") + F("residents_afar")))
    venues = {(each.place_id, each.where) for each in Event.objects.filter(network="kaakko")}
    assert (len(venues), came["people"], round(came["people"] / came["number"])) == (41, 1414, 9)
    assert came["number"] == 157


def test_table_one_of_the_report_stands_in_the_venues():
    held = Venue.objects.filter(network="kaakko").order_by("place__external_id")
    states = {each.place.external_id: each.state for each in held.select_related("place")}
    assert len(states) == 8
    assert [place for place, state in states.items() if state != "agreed"] == ["taavetti-kirjasto"]
