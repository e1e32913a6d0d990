"""The pages of figures, and their files: for the supporter, the organisation, and those who read the network's numbers."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.domains.territory.models import Network
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.listed import Listed, csv_file
from tests.cast import NOW
from tests.domains.directory.owning import coordinator, person

from .forty import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

OFFICE, MINE = "guidance:office-figures", "guidance:figures"


@pytest.fixture
def office() -> Client:
    return signed_in(coordinator("koordi", "kainuu"))


def aino() -> Client:
    return signed_in(Person.objects.get(email="aino@kainuu.example"))


def library() -> Organisation:
    return Organisation.objects.get(source="kilauta", external_id="kajaani-kirjasto")


def soup(answer: Any) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def number(text: str) -> int | None:
    """Return a number as a page writes it; None for a dash."""
    digits = re.sub(r"[^\d−-]", "", text).replace("−", "-")
    return int(digits) if digits.strip("-") else None


def tables_of(page: BeautifulSoup) -> dict[str, list[list[object]]]:
    found = {}
    for section in page.select("main section:has(table)"):
        rows = section.select("tbody tr:has(th)")
        cells = [
            [row.th.get_text(strip=True), *(number(td.get_text()) for td in row.select("td:not(.bar)"))]
            for row in rows
        ]
        found[section.h2.get_text(strip=True)] = cells
    return found


# ── Page and file ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "asked", [{}, {"kausi": "2026-11"}, {"kausi": "all", "jako": "year"}, {"kunta": "290"}]
)
def test_the_page_and_both_files_hold_the_same_numbers(office: Client, asked: dict[str, str]) -> None:
    shown = tables_of(soup(office.get(reverse(OFFICE), asked)))
    book = load_workbook(io.BytesIO(office.get(reverse(f"{OFFICE}-xlsx"), asked).content))
    sheets = [list(sheet.values) for sheet in book.worksheets][1:]
    assert len(sheets) == len(shown)
    for (title, rows), sheet in zip(shown.items(), sheets, strict=True):
        assert [list(line[: len(row)]) for row, line in zip(rows, sheet[1:], strict=False)] == rows, title
    saved = office.get(reverse(f"{OFFICE}-csv"), asked).content.decode("utf-8-sig")
    flat = [(title, row[0], cell) for title, rows in shown.items() for row in rows for cell in row[1:]]
    lines = list(csv.reader(io.StringIO(saved), delimiter=";"))[1:-1]
    assert [(line[0], line[1], int(line[3]) if line[3] else None) for line in lines] == [
        (title, name, cell) for title, name, cell in flat
    ]


def test_a_file_says_whose_figures_and_of_which_time_and_that_they_stay_inside(office: Client) -> None:
    answer = office.get(reverse(f"{OFFICE}-xlsx"), {"kausi": "2026-11", "tapa": "phone"})
    about = [
        cell
        for line in load_workbook(io.BytesIO(answer.content)).worksheets[0].values
        for cell in line
        if cell
    ]
    assert any("1.11.2026–24.11.2026" in str(cell) for cell in about)
    assert any("Puhelimitse" in str(cell) for cell in about)
    assert 'filename="luvut-2026-11.xlsx"' in answer["Content-Disposition"]
    assert "luvut-2026-01-01--2026-01-31.csv" in office.get(
        reverse(f"{OFFICE}-csv"), {"alku": "1.1.2026", "loppu": "31.1.2026"}
    )["Content-Disposition"]  # fmt: skip


def test_the_chart_is_said_in_words_and_has_its_table(office: Client) -> None:
    page = soup(office.get(reverse(OFFICE)))
    (drawing,) = page.select("figure.chart svg")
    named = [page.find(id=key) for key in drawing["aria-labelledby"].split()]
    assert [each.name for each in named] == ["title", "desc"]
    assert all(each.get_text(strip=True) for each in named)
    section = drawing.find_parent("section")
    months = section.select("tbody tr")
    assert len(months) == 11
    assert len(drawing.select("rect")) == sum(number(row.td.get_text()) != 0 for row in months)
    assert page.select("[style]") == []
    assert len(page.select("h1")) == 1


# ── Who sees what ───────────────────────────────────────────────────────────────────────────────────────


def test_a_supporter_sees_the_sessions_they_logged_and_no_others() -> None:
    page = aino().get(reverse(MINE), {"kausi": "all"}).context["page"]
    logged = GuidanceSession.objects.filter(supporter__email="aino@kainuu.example", network="kainuu")
    assert page.figures.all.now.sessions == logged.count() > 0
    other = aino().get(reverse(MINE), {"kausi": "all", "antaja": str(library().pk)}).context["page"]
    assert other.figures.of == page.figures.of  # nobody's sessions are asked for by an address


def test_whoever_works_in_an_organisation_sees_its_figures_and_to_others_they_are_not_there() -> None:
    address = reverse("guidance:own-figures", args=[library().pk])
    trainee, other = person("harjoittelija"), person("muu")
    neighbour = Organisation.objects.get(source="kilauta", external_id="kuhmo-kirjasto")
    for who, of in ((trainee, library()), (other, neighbour)):
        grant(who, role="trainee", scope_id=str(of.pk), actor=Person.objects.system(), now=NOW)
    assert signed_in(trainee).get(address).context["page"].figures.of.organisation == library().pk
    assert signed_in(other).get(address).status_code == 404
    assert signed_in(other).get(reverse("guidance:own-figures-csv", args=[library().pk])).status_code == 404
    assert f'href="{address}"' in signed_in(trainee).get(reverse(MINE)).content.decode()


@pytest.mark.parametrize("role", ["evaluator", "steering", "communicator"])
def test_who_reads_the_numbers_of_the_network_finds_them_in_the_menu(role: str) -> None:
    reader = person(role)
    grant(reader, role=role, scope_id="kainuu", actor=Person.objects.system(), now=NOW)
    page = soup(signed_in(reader).get(reverse(OFFICE)))
    assert page.select_one(f'.room-menu a[href="{reverse(OFFICE)}"]')["aria-current"] == "page"


def test_the_provider_page_leads_to_the_figures() -> None:
    page = aino().get(reverse("directory:own-page", args=[library().pk])).content.decode()
    assert reverse("guidance:own-figures", args=[library().pk]) in page


def test_one_network_sees_nothing_of_the_other(office: Client) -> None:
    page = office.get(reverse(OFFICE), {"kausi": "all"}).context["page"]
    theirs = GuidanceSession.objects.filter(network="kaakko").count()
    assert theirs > 0
    assert page.figures.all.now.sessions == GuidanceSession.objects.count() - theirs
    elsewhere = Organisation.objects.filter(steward="kaakko").order_by("pk")[0]
    assert office.get(reverse(OFFICE), {"antaja": str(elsewhere.pk)}).context["page"] is None


# ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"alku": "30.6.2026", "loppu": "1.1.2026"}, "loppu"),
        ({"alku": "kesäkuu"}, "alku"),
        ({"kunta": "999"}, "kunta"),
        ({"aihe": "a-ei-ole"}, "aihe"),
    ],
)
def test_what_cannot_be_counted_is_told_at_its_field_and_nothing_is_counted(
    office: Client, asked: dict[str, str], wrong: str
) -> None:
    answer = office.get(reverse(OFFICE), asked)
    assert list(answer.context["form"].errors) == [wrong]
    assert answer.context["page"] is None
    assert office.get(reverse(f"{OFFICE}-xlsx"), asked).status_code == 404


@pytest.mark.parametrize("code", ["2026-13", "2026-w54", "0000", "1999", "huomenna"])
def test_a_time_that_is_none_is_not_there(office: Client, code: str) -> None:
    assert office.get(reverse(OFFICE), {"kausi": code}).status_code == 404


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_reads_in_every_language(language: str) -> None:
    daniela = signed_in(Person.objects.get(email="daniela@kainuu.example"))
    prefix = "" if language == "fi" else f"/{language}"
    for address in (reverse(OFFICE), reverse(MINE), reverse("guidance:own-figures", args=[library().pk])):
        assert daniela.get(prefix + address, {"kausi": "2026", "jako": "week"}).status_code == 200
        assert daniela.get(f"{prefix}{address}luvut.csv").status_code == 200


def test_a_page_costs_the_same_number_of_queries_for_few_sessions_and_for_all(office: Client) -> None:
    costs = []
    office.get(reverse(OFFICE))
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            office.get(reverse(OFFICE))
        costs.append(len(queries))
        GuidanceSession.objects.filter(network="kainuu").exclude(organisation=library()).delete()
    print(f"queries of the office's page: {costs}")  # noqa: T201 -- a figure that is told
    assert costs[0] == costs[1]
    assert Network.objects.count() == 2


def test_a_number_below_nought_is_a_number_in_the_file_and_a_formula_is_none() -> None:
    cells = ("-2", "-2+3", "=1", "-cmd|' /C calc'!A0", "+358 50 555 0132")
    (line,) = csv_file(Listed("", (), [cells])).decode("utf-8-sig").strip().splitlines()[-1:]
    assert next(csv.reader([line], delimiter=";")) == [
        "-2",
        "'-2+3",
        "'=1",
        "'-cmd|' /C calc'!A0",
        "+358 50 555 0132",
    ]


def test_the_way_back_ends_with_the_first_session_and_the_way_on_with_today(office: Client) -> None:
    for code, earlier, later in (("2020", None, "2021"), ("2026", "2025", None), ("2025", "2024", "2026")):
        page = office.get(reverse(OFFICE), {"kausi": code}).context["page"]
        assert (page.earlier and page.earlier.code, page.later and page.later.code) == (earlier, later)
