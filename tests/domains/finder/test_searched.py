"""What was searched: what the office and an organisation are told, what is hidden, and what can be saved."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from kilauta.domains.directory.models import Channel, Organisation, Service
from kilauta.domains.finder.logic import periods
from kilauta.domains.finder.models import Finding
from kilauta.domains.finder.queries import figures
from kilauta.kit import metrics
from kilauta.lib.disclosure import LEAST, disclosed
from tests.cast import NOW, forget_counts
from tests.domains.directory.owning import client_of, coordinator, editor

# The last month that is over when the clock stands at NOW.
OCTOBER = datetime(2026, 10, 14, 9, tzinfo=UTC)
TODAY = date(2026, 11, 24)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


def count(kind: str, times: int, hour: datetime = OCTOBER, network: str = "kainuu", **facts: str) -> None:
    Finding.objects.create(kind=kind, times=times, hour=hour, network=network, lang="fi", **facts)


# ── What may be told ────────────────────────────────────────────────────────────────────────────────────


def test_no_small_number_can_be_reckoned_from_the_total_and_what_is_shown() -> None:
    """Every table of four cells with numbers up to seven, looked at as somebody who subtracts."""
    for numbers in product(range(8), repeat=4):
        cells = dict(zip("abcd", numbers, strict=True))
        shown = disclosed(cells)
        hidden = sum(numbers) - sum(shown.values())
        assert {key: cells[key] for key in shown} == shown
        assert all(number >= LEAST for number in shown.values())
        # what is hidden is nothing at all, or at least five spread over at least two cells, or nothing is shown
        assert hidden == 0 or not shown or (hidden >= LEAST and len(cells) - len(shown) > 1)


def test_a_month_is_told_when_it_is_over() -> None:
    assert periods.last_over(TODAY) == periods.Month(2026, 10)
    assert periods.period_of("2026-11", TODAY) is None
    quarter, year = periods.period_of("2026-q4", TODAY), periods.period_of("2026", TODAY)
    assert quarter is not None
    assert [month.number for month in quarter.months] == [10]
    assert year is not None
    assert [month.number for month in year.months] == list(range(1, 11))
    assert [periods.period_of(code, TODAY) for code in ("2026-13", "1999", "2026-q5", "nonsense")] == [
        None
    ] * 4
    assert periods.last_over(date(2026, 1, 31)) == periods.Month(2025, 12)


def test_a_longer_period_is_the_sum_of_what_its_months_tell() -> None:
    months = (periods.Month(2026, 9), periods.Month(2026, 10))
    count("answer", 7, need="kela")
    count("answer", 3, need="kela", hour=datetime(2026, 9, 3, 9, tzinfo=UTC))
    count("answer", 9, need="pankki", hour=datetime(2026, 9, 3, 9, tzinfo=UTC))
    count("answer", 9, need="vero", hour=datetime(2026, 9, 3, 9, tzinfo=UTC))
    told = figures.needs("kainuu", months)
    assert told.all() == [("vero", 9), ("kela", 7)]
    assert figures.needs("kaakko", months).all() == []


def test_a_happening_belongs_to_the_month_of_the_clock_on_the_wall() -> None:
    count("answer", 6, need="kela", hour=datetime(2026, 9, 30, 21, tzinfo=UTC))
    assert figures.needs("kainuu", (periods.Month(2026, 10),)).all() == [("kela", 6)]
    assert figures.needs("kainuu", (periods.Month(2026, 9),)).all() == []


# ── The page ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def bengt(db: None) -> Client:
    client = client_of(coordinator("bengt", "kainuu"))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    return client


@pytest.fixture
def counted(db: None) -> None:
    count("search", 12, place="290", words="pankki", results="2-5")
    count("search", 8, place="290", words="taxfix", results="0")
    count("desk", 6, place="205", words="", results="0")
    count("search", 2, place="105", words="kela", results="0")
    count("answer", 9, place="290", need="kela", results="1")
    count("outcome", 7, place="290", outcome="yes")
    count("outcome", 3, place="290", outcome="no")
    count("missed", 5, outcome="too-far")
    count("search", 77, network="kaakko", words="muualla", results="1")


def rows(client: Client, query: str = "") -> dict[tuple[str, str, str], str]:
    content = client.get(reverse("finder:searched-file", args=["csv"]) + query).content.decode("utf-8-sig")
    _head, *found = csv.reader(io.StringIO(content), delimiter=";")
    return {(table, row, what): number for table, row, what, number in found}


def test_the_page_and_both_files_tell_the_same(bengt: Client, counted: None) -> None:
    page = bengt.get(reverse("finder:searched"), headers={"accept-language": "en"})
    assert page.status_code == 200
    tables = page.context["page"].tables
    assert {t.code for t in tables} == {
        "all", "municipalities", "needs", "nothing", "words", "parts", "pages", "reasons",
    }  # fmt: skip
    by_code = {table.code: [(row.name, row.numbers) for row in table.rows] for table in tables}
    assert [numbers for _name, numbers in by_code["all"]] == [
        (12,), (16,), (9,), (None,), (None,), (7,), (None,),
    ]  # fmt: skip
    # 8 + 6 + 2 searches found nothing: the two are hidden, and with them the six
    assert [name for name, _numbers in by_code["nothing"]] == ["taxfix"]
    book = load_workbook(io.BytesIO(bengt.get(reverse("finder:searched-file", args=["xlsx"])).content))
    assert [sheet.title for sheet in book] == [table.title[:31] for table in tables]
    kept = rows(bengt)
    assert len(kept) == sum(len(row.numbers) for table in tables for row in table.rows)
    for sheet, table in zip(book, tables, strict=True):
        written = [tuple(cell.value for cell in line) for line in sheet.iter_rows(min_row=2)]
        assert written == [(row.name, *row.numbers) for row in table.rows]
    assert "muualla" not in page.content.decode()


def test_one_municipality_is_told_as_in_the_table_of_all(bengt: Client, counted: None) -> None:
    every = {t.code: t for t in bengt.get(reverse("finder:searched")).context["page"].tables}
    kuhmo = next(row for row in every["municipalities"].rows if row.name == "Kuhmo")
    one = bengt.get(reverse("finder:searched"), {"kunta": "290"}).context["page"].tables
    assert tuple(row.numbers[0] for row in one[0].rows) == kuhmo.numbers == (12, 8, 9, 7, None)


@pytest.mark.parametrize("query", ["?kausi=2026-11", "?kausi=x", "?kunta=142", "?kunta=x"])
def test_a_period_that_is_not_over_and_a_place_of_others_are_not_there(query: str, bengt: Client) -> None:
    assert bengt.get(reverse("finder:searched") + query).status_code == 404
    assert bengt.get(reverse("finder:searched-file", args=["csv"]) + query).status_code == 404


def test_no_cell_of_the_csv_is_a_formula(bengt: Client) -> None:
    count("answer", 9, need="=1+1")
    count("search", 9, words="=1+1", results="0")
    assert [row for _table, row, _what in rows(bengt) if "1+1" in row] == ["'=1+1"]


# ── Calls, and what an organisation is told ─────────────────────────────────────────────────────────────


def test_a_tapped_number_of_ours_is_counted_and_no_other() -> None:
    forget_counts()
    line = Channel.objects.filter(service__state="published", state="published").exclude(phone="")[0]
    visitor, here = Client(headers={"origin": "http://testserver"}), reverse("finder:found")
    for number in (line.phone, "+358505550100", "+358401234567", "nonsense", ""):
        assert visitor.post(here, {"soitettu": number}).status_code == 204
    stranger = Client(headers={"origin": "http://elsewhere.example"})
    assert stranger.post(here, {"soitettu": line.phone}).status_code == 403
    metrics.flush()
    kept = list(Finding.objects.filter(kind="call").order_by("chosen").values_list("chosen", "times"))
    owner = {str(line.pk), str(line.service.organisation_id)}
    assert [times for _whose, times in kept] == [1, 1]
    assert {whose for whose, _times in kept} - owner == {"helpline"}


def test_an_organisation_sees_its_own_figures_and_nobody_elses() -> None:
    ours = Organisation.objects.get(source="kilauta", external_id="kajaani-kirjasto")
    other = Organisation.objects.get(source="kilauta", external_id="sotkamo-kirjasto")
    for owner, times in ((ours, 31), (other, 47)):
        service = Service.objects.filter(organisation=owner, state="published").order_by("pk")[0]
        channel = Channel.objects.filter(service__organisation=owner, state="published").order_by("pk")[0]
        count("view", times, filters="service", chosen=f"{service.short_id}-nimi")
        count("answer", times + 1, chosen=str(channel.pk))
        count("call", times + 2, chosen=str(owner.pk))
    page = client_of(editor("aino", ours)).get(reverse("directory:own-page", args=[ours.pk]))
    (shown,) = (each for each in page.context["panels"] if each.template.startswith("finder/"))
    assert [row.numbers for row in shown.panel.rows] == [(None, None, 31), (None, None, 32), (None, None, 33)]
    assert [number for _name, number in shown.panel.pages] == [31]
    assert ">31<" in page.content.decode()
    assert ">47<" not in page.content.decode()


def test_the_clock_of_these_tests_stands_in_november() -> None:
    assert (NOW.year, NOW.month) == (2026, 11)
