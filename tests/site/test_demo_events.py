"""The events of the demo: what the report of 2018 counted comes out of the entered events."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db.models import Count, F, Sum
from openpyxl import load_workbook

from kilauta.domains.events.models import Event, Occurrence, Venue
from kilauta.domains.events.queries.figures import event_figures
from kilauta.domains.events.queries.figures_file import as_workbook
from kilauta.domains.events.queries.venues import venue_rows, venue_sheet
from kilauta.domains.guidance.logic import periods
from tests.cast import NOW

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


def test_the_report_of_the_second_network_comes_out_of_its_events():
    figures = event_figures("kaakko", periods.everything(date(2015, 1, 1), NOW.date()), now=NOW)
    (rows,) = (each.rows for each in figures.tables if each.code == "all")
    held, counted, residents, mean = rows[0].numbers[:4]
    assert (figures.venues, held, counted, residents, mean) == (41, 157, 157, 1414, 9)
    rows = venue_rows("kaakko", now=NOW)
    assert (len(rows), sum(row.venue.state == "agreed" for row in rows)) == (8, 7)
    sheet = venue_sheet(
        Venue.objects.select_related("place").get(place__external_id="iitti-kirjasto"), now=NOW
    )
    assert sheet.sums.held == len(sheet.times) > 0
    sheets = load_workbook(BytesIO(as_workbook(figures, periods.everything(date(2015, 1, 1), NOW.date()))))
    assert [cell.value for cell in sheets.worksheets[1][2]][1:5] == [157, 157, 1414, 9]
