"""What feedback says: every figure with its base, small cells hidden, other systems apart, the same in page and file."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from kilauta.domains.directory.models import HowFound
from kilauta.domains.guidance.models import FeedbackFile, HelpFeedback
from kilauta.domains.guidance.queries.feedback import Scope, feedback_questions, feedback_results, words_of
from kilauta.kit.privacy import retention
from tests.cast import NOW

from .feedback_story import TODAY, at_work, forget_the_demo, given, helped, library, read, service, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

KAINUU = Scope("kainuu")
# number of people, then what each of them said
STORY = (
    (
        11,
        {"got": "yes", "found": "other-provider", "in_time": "yes", "right_kind": "yes", "audience": "older"},
    ),
    (7, {"got": "partly", "found": "library", "in_time": "partly", "right_kind": "yes"}),
    (6, {"got": "no", "found": "library", "in_time": "no", "audience": "retired"}),
    (6, {"got": "yes", "found": "dont-know", "audience": "wont-say"}),
)


@pytest.fixture(autouse=True)
def _nothing_said():
    forget_the_demo()


def tell(**more):
    for number, said in STORY:
        for _each in range(number):
            given(**said, **more)


def told(found):
    """Return the figures for reports: by code and question the number, its base and its share."""
    return {(each.code, each.question): (each.number, each.base, each.share) for each in found.figures}


def test_each_figure_is_the_one_counted_by_hand():
    tell()
    found = feedback_results(KAINUU, year=2026)
    assert (found.number, found.waiting) == (30, 0)
    assert told(found) == {
        ("I-1.16", "audience"): (17, 30, None),
        ("I-2.09", "found"): (11, 24, 46),
        ("I-3.08", "got"): (30, 30, None),
        ("I-4.01", "got"): (17, 30, 57),
        ("I-4.03", "found"): (24, 30, None),
        ("I-4.04", "got"): (17, 30, 57),
        ("I-6.07", "in-time"): (11, 24, 46),
        ("I-6.07", "right-kind"): (18, 18, 100),
    }
    by_code = {tally.item.code: tally for tally in found.tallies}
    assert {cell.code: cell.number for cell in by_code["found"].cells if cell.number} == {
        "library": 13,
        "other-provider": 11,
    }
    assert by_code["found"].missing == (("dont-know", 6),)
    assert by_code["audience"].missing == (("wont-say", 6), ("unanswered", 7))
    assert {cell.code: cell.number for cell in by_code["audience"].cells if cell.number} == {
        "older": 11,
        "retired": 6,
    }


def test_answers_wait_until_there_are_five_and_two_looks_never_differ_by_less():
    tell(on=TODAY - timedelta(days=9))
    seen = []
    for _each in range(7):
        given(got="no")
        found = feedback_results(KAINUU, year=2026)
        seen.append((found.number, found.waiting, found.tallies[0].cell("no").number))
    assert seen == [(30, 1, 6), (30, 2, 6), (30, 3, 6), (30, 4, 6), (35, 0, 11), (35, 1, 11), (35, 2, 11)]


def test_a_year_is_counted_by_the_day_of_the_help_and_another_year_is_not_in_it():
    tell()
    tell(on=date(2025, 12, 31))
    assert [feedback_results(KAINUU, year=year).number for year in (2024, 2025, 2026)] == [0, 30, 30]


def test_answers_are_parted_by_way_month_and_organisation_and_no_line_gives_a_small_one_away():
    tell(way="paper", about=helped())
    tell(way="tablet", on=TODAY - timedelta(days=60))
    for way in ("aloud", "aloud", "aloud", "paper", "paper"):
        given(way=way, got="no", about=helped())
    rows = {row.key: (row.given, row.numbers) for row in feedback_results(KAINUU, year=2026, by="way").rows}
    assert rows == {
        "paper": (32, (17, 7, 8)),
        "tablet": (None, (None, None, None)),
        "aloud": (None, (None, None, None)),
    }
    months = feedback_results(KAINUU, year=2026, by="month").rows
    assert [(row.key, row.given) for row in months] == [("2026-09", 30), ("2026-11", 35)]
    for by, thing in (("organisation", library()), ("service", service())):
        rows = feedback_results(KAINUU, year=2026, by=by).rows
        assert [(row.key, row.given) for row in rows] == [(str(thing.pk), 35), ("", 30)]
    audiences = {row.key: row.given for row in feedback_results(KAINUU, year=2026, by="audience").rows}
    assert audiences == {"older": 22, "retired": 12, "": 31}


def test_a_provider_is_told_of_its_own_help_and_a_network_of_its_own():
    tell(about=helped())
    tell()
    assert feedback_results(Scope(organisation=library().pk), year=2026).number == 30
    assert feedback_results(KAINUU, year=2026).number == 60
    assert feedback_results(Scope("kaakko"), year=2026).number == 0


def test_the_figures_stay_to_the_last_digit_when_the_words_are_gone():
    tell(text="Sana", about=helped())
    before = feedback_results(KAINUU, year=2026)
    for days in (8, 15, 31, 91, 400):
        retention.run_retention(now=NOW + timedelta(days=days))
        after = feedback_results(KAINUU, year=2026)
        assert (after.number, told(after), after.tallies) == (before.number, told(before), before.tallies)
    assert words_of(KAINUU) == []


def test_a_choice_that_is_offered_no_more_keeps_its_name():
    tell()
    HowFound.objects.filter(code="library").update(retired_on=TODAY)
    assert "library" not in feedback_questions().by_code["found"].codes
    found = feedback_results(KAINUU, year=2026).tallies[3].cell("library")
    assert (found.label.fi, found.number) == ("Kirjasto", 13)


# The pages and the files


def test_the_page_and_both_files_say_the_same_and_what_is_hidden_is_empty():
    tell()
    client = at_work(somebody())
    page = read(client.get("/koordinointi/miten-meni/?vuosi=2026&jako=tapa"))
    assert len(page.find_all("h1")) == 1
    (line,) = [row.get_text(" ", strip=True) for row in page.find_all("tr") if "I-2.09" in row.get_text()]
    assert line.endswith("11 24 (46 %)")
    text = client.get("/koordinointi/miten-meni/palaute.csv?vuosi=2026&jako=tapa").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    book = load_workbook(
        io.BytesIO(client.get("/koordinointi/miten-meni/palaute.xlsx?vuosi=2026&jako=tapa").content)
    )
    sheet = [
        [str(cell or "") for cell in row] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)
    ]
    assert sheet == rows
    assert next(row for row in rows if row[0] == "I-2.09")[3:] == ["11", "24"]
    assert {row[3] for row in rows if row[2] == "Radio"} == {""}
    assert not any(row[3].isdigit() and 0 < int(row[3]) < 5 for row in rows)


@pytest.mark.parametrize("query", ["vuosi=x", "vuosi=99999", "jako=nonsense", "vuosi=٢٠٢٦"])
def test_what_is_not_there_is_not_shown(query):
    client = at_work(somebody())
    assert client.get(f"/koordinointi/miten-meni/?{query}").status_code == 404
    assert client.get("/koordinointi/miten-meni/palaute.pdf").status_code == 404


def test_a_supporter_sees_what_is_said_of_ones_own_organisation():
    tell(about=helped())
    client = at_work(somebody("supporter", "library"))
    assert "30" in read(client.get("/tyopoyta/palaute/tulokset/")).main.get_text()
    assert client.get("/tyopoyta/palaute/tulokset/?antaja=nonsense").status_code == 404
    assert client.get("/tyopoyta/palaute/tulokset/palaute.csv").status_code == 200


# What another system brings


SOTE = (
    "päivä;Saitko avun, jota tarvitsit?;Mistä sait tiedon avusta?;Saitko apua ajoissa?;Yksikkö;words\n"
    + "1.10.2026;Kyllä;Terveydenhuolto;Ja;A;Hyvä\n" * 6
    + "2.10.2026;Ehkä;;;;\n"
    + "2.10.2026;Yes;;;;Olen 131052-308T\n"
    + ";;;;B;\n"
    + "35.10.2026;Kyllä;;;;\n"
    + ";Osittain;health-care;;;\n"
)


def look(client, text=SOTE, **more):
    file = SimpleUploadedFile("sote.csv", text.encode(), content_type="text/csv")
    data = {"file": file, "source": "Sote-palaute", "dated_on": "31.10.2026", **more}
    return client.post("/koordinointi/miten-meni/tiedostot/", data)


def bring(client, page):
    sealed = page.find("input", attrs={"name": "rows"})["value"]
    return client.post("/koordinointi/miten-meni/tiedostot/tuo/", {"rows": sealed})


def test_a_file_is_looked_at_before_anything_is_kept_and_each_fault_is_told_with_its_row():
    client = at_work(somebody())
    page = read(look(client))
    faults = [row.get_text() for row in page.find("h3").find_next("ul").find_all("li")]
    assert [fault.split(":")[0].split()[-1] for fault in faults] == ["8", "9", "10", "11"]
    assert "131052-308T" not in page.get_text()
    assert "Yksikkö" in page.get_text()
    assert (HelpFeedback.objects.count(), FeedbackFile.objects.count()) == (0, 0)


def test_a_file_comes_in_once_with_its_source_and_day_and_stands_apart():
    client = at_work(somebody())
    page = read(look(client))
    assert bring(client, page).status_code == bring(client, page).status_code == 302
    (file,) = FeedbackFile.objects.all()
    assert (file.source, file.dated_on, file.feedback.count()) == ("Sote-palaute", date(2026, 10, 31), 7)
    days = sorted(each.response.given_on for each in file.feedback.select_related("response"))
    assert days == [date(2026, 10, 1)] * 6 + [date(2026, 10, 31)]
    found = feedback_results(KAINUU, year=2026)
    assert (found.number, found.waiting, len(found.outside)) == (0, 0, 1)
    got = found.outside[0].tallies[0]
    assert (got.base, got.given, got.cell("yes").number, got.cell("partly").number) == (7, 7, None, None)
    shown = read(client.get("/koordinointi/miten-meni/?vuosi=2026")).main.get_text()
    assert "Sote-palaute" in shown
    assert {said.source for said in words_of(KAINUU)} == {"Sote-palaute 2026-10-31"}


def test_what_was_not_looked_at_here_cannot_be_brought_in():
    client = at_work(somebody())
    assert client.post("/koordinointi/miten-meni/tiedostot/tuo/", {"rows": "made-up"}).status_code == 302
    assert FeedbackFile.objects.count() == 0


def test_a_file_of_a_day_to_come_is_refused():
    client = at_work(somebody())
    bring(client, read(look(client, dated_on="31.12.2026")))
    assert FeedbackFile.objects.count() == 0
