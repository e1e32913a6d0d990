"""Every broken cell is told with file, row, column and value; every good row comes in all the same."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kilauta.domains.directory.models import Organisation, Service
from kilauta.domains.territory.models import Network
from tests.kit.exchange_story import GOOD_ROWS, ROWS, Row, load, reference, rows, told, write

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Broken:
    """One of the fourteen broken cells: a good row, told anew under another id, and what is wrong in it."""

    code: str
    table: str
    column: str
    value: str
    base: int = 0
    id: str = "rikki"

    @property
    def row(self) -> Row:
        return {**ROWS[self.table][self.base], "id": self.id, "identifiers": "", self.column: self.value}

    def told(self, number: int) -> tuple[str, int, str, str, str]:
        return (f"{self.table}.csv", number, self.column, self.value[:60], self.code)


def without_extra(row: Row, table: str) -> Row:
    return (
        row
        if table == "organisations"
        else {name: cell for name, cell in row.items() if name != "identifiers"}
    )


FOURTEEN = [
    Broken("missing", "services", "summary_fi", "", id="r1"),
    Broken("unknown-code", "services", "fee", "halpa", id="r2"),
    Broken("bad-date", "organisations", "started_on", "2026-02-30", id="r3"),
    Broken("bad-time", "hours", "opens", "25:00", id="r4"),
    Broken("end-before-start", "hours", "valid_to", "2026-12-23", base=3, id="r5"),
    Broken("bad-phone", "organisations", "phone", "050 12", id="r6"),
    Broken("bad-url", "organisations", "website", "javascript:alert(1)", id="r7"),
    Broken("bad-email", "organisations", "email", "tuki(at)kirjasto.example", id="r8"),
    Broken("duplicate", "places", "id", "talo"),
    Broken("unknown-parent", "services", "organisation", "ei-ole", id="r9"),
    Broken("too-long", "services", "summary_fi", "x" * 151, id="r10"),
    Broken("formula", "places", "name_fi", '=HYPERLINK("https://example.fi")', base=1, id="r11"),
    Broken("wrong-type", "channels", "lead_days", "kaksi", base=2, id="r12"),
    Broken("outside-finland", "places", "lat", "48.85000", id="r13"),
]


def folder_with(cases: list[Broken], path):
    """Write the good rows with the broken ones below them; return what must be told."""
    extra: dict[str, list[Row]] = {}
    expected = {}
    for case in cases:
        below = extra.setdefault(case.table, [])
        below.append(without_extra(case.row, case.table))
        expected[case] = case.told(1 + len(ROWS[case.table]) + len(below))
    write(path, rows(**extra))
    tables = list(ROWS)
    return sorted(expected.values(), key=lambda one: (tables.index(one[0][:-4]), one[1]))


def test_there_are_fourteen_kinds():
    assert len({case.code for case in FOURTEEN}) == 14


@pytest.mark.parametrize("case", FOURTEEN, ids=lambda case: case.code)
def test_each_broken_cell_is_told_and_the_good_rows_come_in(case, tmp_path):
    reference()
    expected = folder_with([case], tmp_path)
    report = load(tmp_path)
    assert told(report) == expected
    assert (report.created, report.changed, report.unchanged) == (GOOD_ROWS, 0, 0)


def test_all_fourteen_at_once_are_told_and_the_good_rows_come_in(tmp_path):
    reference()
    expected = folder_with(FOURTEEN, tmp_path)
    report = load(tmp_path)
    assert told(report) == expected
    assert report.created == GOOD_ROWS
    assert all(problem.message for problem in report.problems)


@given(cases=st.lists(st.sampled_from(FOURTEEN), unique=True))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_of_them_together_are_told(cases, tmp_path):
    with transaction.atomic():
        reference()
        expected = folder_with(cases, tmp_path)
        report = load(tmp_path)
        assert told(report) == expected
        assert report.created == GOOD_ROWS
        transaction.set_rollback(True)


def test_several_broken_cells_of_one_row_are_all_told_in_the_order_of_the_columns(tmp_path):
    reference()
    row = {
        "id": "rikki",
        "parent": "ei-ole",
        "kind": "kahvila",
        "name_fi": "",
        "phone": "abc",
        "started_on": "eilen",
    }
    report = load(write(tmp_path, rows(organisations=[row])))
    assert told(report) == [
        ("organisations.csv", 4, "parent", "ei-ole", "unknown-parent"),
        ("organisations.csv", 4, "kind", "kahvila", "unknown-code"),
        ("organisations.csv", 4, "name_fi", "", "missing"),
        ("organisations.csv", 4, "phone", "abc", "bad-phone"),
        ("organisations.csv", 4, "started_on", "eilen", "bad-date"),
    ]


def test_a_bad_cell_and_cells_that_contradict_each_other_are_both_told(tmp_path):
    reference()
    row = {**ROWS["hours"][3], "id": "rikki", "valid_to": "2026-12-01", "holiday": "synttarit"}
    report = load(write(tmp_path, rows(hours=[row])))
    assert told(report) == [
        ("hours.csv", 6, "valid_to", "2026-12-01", "end-before-start"),
        ("hours.csv", 6, "holiday", "synttarit", "unknown-code"),
    ]


def test_rows_below_a_row_that_failed_are_told_and_left_out(tmp_path):
    reference()
    content = rows()
    content["organisations"][0]["kind"] = "kahvila"
    report = load(write(tmp_path, content))
    lost = {(each.file, each.column, each.value) for each in report.problems if each.code == "unknown-parent"}
    assert lost == {
        ("organisations.csv", "parent", "kunta"),
        ("organisation_roles.csv", "organisation", "kunta"),
        ("places.csv", "host", "kirjasto"),
        ("eservices.csv", "owner", "kunta"),
        ("services.csv", "organisation", "kirjasto"),
        ("services.csv", "eservices", "asiointi"),
        ("services.csv", "organisation", "kunta"),
        ("service_languages.csv", "service", "tuki"),
        ("service_roles.csv", "service", "tuki"),
        ("service_roles.csv", "organisation", "kunta"),
        ("channels.csv", "service", "tuki"),
        ("channels.csv", "place", "talo"),
        ("channels.csv", "service", "neuvo"),
        ("hours.csv", "owner", "talo"),
        ("hours.csv", "owner", "tuki-puhelin"),
        ("verifications.csv", "thing", "kunta"),
        ("verifications.csv", "thing", "tuki-talo"),
        ("links.csv", "thing", "tuki"),
    }
    assert not Organisation.objects.exists()
    assert Network.objects.count() == 1


def test_a_parent_that_failed_is_not_found_in_what_was_there_before_either(tmp_path):
    reference()
    load(write(tmp_path, rows()))
    content = rows()
    content["services"][0]["fee"] = "halpa"
    report = load(write(tmp_path, content))
    assert ("channels.csv", 2, "service", "tuki", "unknown-parent") in told(report)
    assert Service.objects.get(external_id="tuki").fee == "free"


def test_a_parent_that_only_the_database_has_will_do(tmp_path):
    reference()
    load(write(tmp_path, rows()))
    for name in ("organisations", "services", "networks"):
        (tmp_path / f"{name}.csv").unlink()
    report = load(tmp_path)
    assert told(report) == []
    assert (report.created, report.changed) == (0, 0)


def test_organisations_may_stand_in_any_order(tmp_path):
    reference()
    content = rows(
        organisations=[{"id": "tiimi", "parent": "yksikko", "kind": "service-unit", "name_fi": "Tiimi"}]
    )
    content["organisations"].append(
        {"id": "yksikko", "parent": "kirjasto", "kind": "service-unit", "name_fi": "Y"}
    )
    content["organisations"].reverse()
    assert told(load(write(tmp_path, content))) == []
    assert Organisation.objects.get(external_id="tiimi").parent.parent.parent.external_id == "kunta"


def test_organisations_that_stand_above_themselves_are_told(tmp_path):
    reference()
    content = rows(
        organisations=[
            {"id": "a", "parent": "c", "kind": "library", "name_fi": "A"},
            {"id": "b", "parent": "a", "kind": "library", "name_fi": "B"},
            {"id": "c", "parent": "b", "kind": "library", "name_fi": "C"},
            {"id": "d", "parent": "d", "kind": "library", "name_fi": "D"},
            {"id": "e", "parent": "a", "kind": "library", "name_fi": "E"},
        ]
    )
    report = load(write(tmp_path, content))
    assert told(report) == [
        ("organisations.csv", 4, "parent", "c", "parent-cycle"),
        ("organisations.csv", 5, "parent", "a", "parent-cycle"),
        ("organisations.csv", 6, "parent", "b", "parent-cycle"),
        ("organisations.csv", 7, "parent", "d", "parent-cycle"),
        ("organisations.csv", 8, "parent", "a", "unknown-parent"),
    ]
    assert Organisation.objects.count() == 2


def test_a_ring_that_closes_over_what_is_there_already_is_told(tmp_path):
    reference()
    load(write(tmp_path, rows()))
    content = {"organisations": [{**ROWS["organisations"][0], "parent": "kirjasto"}]}
    (tmp_path / "later").mkdir()
    report = load(write(tmp_path / "later", content))
    assert told(report) == [("organisations.csv", 2, "parent", "kirjasto", "parent-cycle")]


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"mode": "walk-in"}, "place", "missing"),
        ({"mode": "booked-visit"}, "place", "missing"),
        ({"mode": "group"}, "place", "missing"),
        ({"mode": "self-service"}, "place", "missing"),
        ({"mode": "phone", "url": "https://example.fi/"}, "phone", "missing"),
        ({"mode": "remote", "booking_url": "https://example.fi/"}, "url", "missing"),
        ({"mode": "chat"}, "url", "missing"),
        ({"mode": "home-visit", "url": "https://example.fi/"}, "phone", "missing"),
        ({"mode": "neighbour"}, "phone", "missing"),
        ({"mode": "mobile"}, "phone", "missing"),
        ({"mode": "chat", "phone": "112", "hours_of_place": "yes"}, "place", "missing"),
        ({"mode": "phone", "phone": "112", "full_until": "2026-12-24"}, "full_until", "contradiction"),
        ({"mode": "phone", "phone": "112", "area": "205 finland"}, "area", "contradiction"),
        ({"mode": "phone", "phone": "112", "closed_until": "2026-12-24"}, "closed_from", "missing"),
        ({"mode": "phone", "phone": "112", "closed_note_fi": "Loma"}, "closed_from", "missing"),
        (
            {"mode": "phone", "phone": "112", "closed_from": "2026-12-24", "closed_until": "2026-12-23"},
            "closed_until",
            "end-before-start",
        ),
    ],
)
def test_a_way_to_get_help_needs_what_its_mode_needs(changes, column, code, tmp_path):
    reference()
    row = {"id": "rikki", "service": "tuki", **changes}
    report = load(write(tmp_path, rows(channels=[row])))
    assert told(report) == [("channels.csv", 5, column, row.get(column, ""), code)]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"opens": "09:00"}, "closes"),
        ({"closes": "16:00"}, "opens"),
        ({"state": "closed", "nth": "2"}, "weekdays"),
        ({"state": "closed", "exception": "yes"}, "valid_from"),
    ],
)
def test_hours_say_which_hours_they_mean(changes, column, tmp_path):
    reference()
    row = {"id": "rikki", "owner_kind": "place", "owner": "talo", "state": "by-appointment", **changes}
    report = load(write(tmp_path, rows(hours=[row])))
    assert told(report) == [("hours.csv", 6, column, "", "missing")]


def test_staff_keep_hours_so_open_needs_both_times(tmp_path):
    reference()
    row = {"id": "rikki", "owner_kind": "place", "owner": "talo", "weekdays": "1", "state": "open"}
    report = load(write(tmp_path, rows(hours=[row])))
    assert told(report) == [("hours.csv", 6, column, "", "missing") for column in ("opens", "closes")]


PLACE = {"kind": "library", "name_fi": "P", "municipality": "765"}
OTHER = {"kind": "library", "name_fi": "O"}
NETWORK = {"name_fi": "N", "region": "18", "municipalities": "205", "phone": "112"}
HELP = {"organisation": "kunta", "name_fi": "Apu", "topics": "a-laite", "depth": "tip", "fee": "free"}
HOURS = {"owner_kind": "place", "owner": "talo", "state": "closed"}


@pytest.mark.parametrize(
    ("table", "row", "column", "code"),
    [
        ("places", {**PLACE, "locality": "kyla"}, "locality", "locality-elsewhere"),
        ("places", {**PLACE, "lat": "64.2"}, "lon", "missing"),
        ("places", {**PLACE, "access_yes": "lift", "access_no": "lift"}, "access_no", "contradiction"),
        ("organisations", {**OTHER, "identifiers": "ptv=abc-1"}, "identifiers", "identifier-taken"),
        ("organisations", {**OTHER, "identifiers": "ptv"}, "identifiers", "wrong-type"),
        ("organisations", {**OTHER, "business_id": "1234567-8"}, "business_id", "wrong-type"),
        ("hours", {**HOURS, "weekdays": "0"}, "weekdays", "wrong-type"),
        ("services", {**HELP, "summary_fi": "apu"}, "summary_fi", "repeats-name"),
        ("networks", {**NETWORK, "default": "yes"}, "default", "second-default"),
        ("networks", NETWORK, "host", "missing"),
    ],
)
def test_what_the_directory_itself_refuses_is_told_at_its_column(table, row, column, code, tmp_path):
    reference()
    report = load(write(tmp_path, rows(**{table: [{"id": "rikki", **row}]})))
    number = 2 + len(ROWS[table])
    assert told(report) == [(f"{table}.csv", number, column, row.get(column, ""), code)]


def test_a_long_value_is_cut_to_sixty_characters(tmp_path):
    reference()
    report = load(write(tmp_path, rows(organisations=[{"id": "x", "kind": "k" * 100, "name_fi": "O"}])))
    assert [problem.value for problem in report.problems] == ["k" * 60]


def test_a_problem_in_words_cannot_steer_a_terminal(tmp_path):
    reference()
    report = load(write(tmp_path, rows(organisations=[{"id": "x", "kind": "\x1b[31mred", "name_fi": "O"}])))
    with translation.override("en"):
        sentence = str(report.problems[0])
    assert "\x1b" not in sentence
    assert "organisations.csv, row 4, column kind" in sentence
