"""The log on paper and its settings: sheets printed and typed in, own tags, notes where they are allowed."""

from __future__ import annotations

import pytest

from kilauta.domains.directory.models import Topic
from kilauta.domains.guidance import operations
from kilauta.domains.guidance.choices import AGES, BEFORE
from kilauta.domains.guidance.forms.paper import OUTCOME_CODES
from kilauta.domains.guidance.logic.sheet import ROWS, edition, read_topics, topic_codes
from kilauta.domains.guidance.models import GuidanceSession, Tag
from kilauta.domains.guidance.queries.sessions import has_notes
from tests.cast import NOW

from .log_story import LOG, PAPER, SHEET, TODAY, at_work, filled, log_one, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


@pytest.fixture
def tuija():
    return at_work("Tuija", ("supporter", "kajaani-kirjasto"))


def test_a_note_is_asked_only_where_the_network_has_turned_it_on(tuija):
    coordinator = at_work("Diana", ("coordinator", "kainuu"))
    assert read(tuija.get(LOG)).select("[name=note]") == []
    coordinator.post("/koordinointi/kirjaaminen/", {"has_notes": "on"})
    assert has_notes("kainuu")
    session = log_one(tuija, note=["Muista laturi"])
    assert session.note == "Muista laturi"
    coordinator.post("/koordinointi/kirjaaminen/", {})
    assert not has_notes("kainuu")
    assert read(tuija.get(LOG)).select("[name=note]") == []


def test_an_identity_code_is_stopped_at_its_field(tuija):
    operations.set_notes("kainuu", on=True, actor=tuija.person, now=NOW)
    form = {**filled(read(tuija.get(LOG))), "practised": ["a-laite"]}
    for field in ("note", "new_tag"):
        page = read(tuija.post(LOG, {**form, field: ["131052-308T"]}))
        assert page.find(id=page.select_one(".errors a")["href"][1:])["name"] == field
    assert GuidanceSession.objects.filter(supporter=tuija.person).count() == 0


def test_tags_are_made_by_scope_and_nobody_touches_anothers(tuija):
    address = "/tyopoyta/kirjaukset/tunnisteet/"
    assert read(tuija.get(address)).select("[name=whose]") == []
    tuija.post(address, {"do": "make", "name": "Oma"})
    tuija.post(address, {"do": "make", "name": "Yritys", "whose": "network"})
    assert set(Tag.objects.filter(person=tuija.person).values_list("name", "scope")) == {
        ("Oma", "mine"),
        ("Yritys", "mine"),
    }
    coordinator = at_work("Diana", ("coordinator", "kainuu"))
    coordinator.post(address, {"do": "make", "name": "Kampanja", "whose": "network"})
    shared = Tag.objects.get(name="Kampanja")
    assert shared.scope == "network"
    assert tuija.post(address, {"do": "retire", "tag": shared.pk}).status_code == 404
    own = Tag.objects.get(name="Oma")
    assert coordinator.post(address, {"do": "retire", "tag": own.pk}).status_code == 404
    tuija.post(address, {"do": "retire", "tag": own.pk})
    own.refresh_from_db()
    assert own.retired_on == TODAY
    assert [each["value"] for each in read(tuija.get(LOG)).select("[name=tags]")] == [
        str(Tag.objects.get(name="Kampanja").pk),
        str(Tag.objects.get(name="Yritys").pk),
    ]


def test_a_sheet_is_printed_in_three_languages_with_every_code(tuija):
    topics = Topic.objects.filter(retired_on=None).count()
    for language in ("", "/sv", "/en"):
        page = read(tuija.get(f"{language}{SHEET}"))
        assert len(page.select(".log-codes strong")) == topics + len(OUTCOME_CODES) + len(AGES) + len(BEFORE)
        assert len(page.select(".log-grid tbody tr")) == ROWS


def typed(page, *rows):
    """Return the form of the sheet with these rows typed in from the first on."""
    form = filled(page)
    for number, row in enumerate(rows, 1):
        form |= {f"r{number}-{name}": [value] for name, value in row.items()}
    return form


def test_a_sheet_is_typed_in_by_its_codes(tuija):
    keys = list(Topic.objects.order_by("position", "pk").values_list("pk", flat=True))
    codes = {key: code for code, key in topic_codes(keys).items()}
    form = typed(
        read(tuija.get(PAPER)),
        {
            "topics": f"{codes['a-laite']} {codes['b-kela'].upper()}",
            "minutes": "20",
            "outcome": "1",
            "age": "7",
            "before": "2",
        },
        {"topics": codes["a-alku"], "persons": "6", "minutes": "60"},
    )
    answer = tuija.post(PAPER, form)
    assert answer["Location"] == PAPER
    again = tuija.post(PAPER, form)
    assert again["Location"] == PAPER
    one, group = GuidanceSession.objects.filter(supporter=tuija.person).order_by("persons")
    assert (one.way, one.minutes, one.outcome, one.age, one.was_before) == (
        "paper",
        20,
        "solved",
        "75-84",
        False,
    )
    assert set(one.topics.values_list("pk", flat=True)) == {"a-laite", "b-kela"}
    assert (group.shape, group.persons, group.minutes) == ("group", 6, 60)


def test_rows_with_a_fault_stay_and_say_so_and_the_good_ones_are_logged_once(tuija):
    form = typed(
        read(tuija.get(PAPER)),
        {"topics": "a2", "outcome": "1"},
        {"topics": "a99", "outcome": "9"},
        {"topics": "a3", "persons": "4", "age": "2"},
    )
    page = read(tuija.post(PAPER, form))
    mine = GuidanceSession.objects.filter(supporter=tuija.person)
    assert mine.count() == 1
    assert [link["href"] for link in page.select(".errors a")] == ["#id_r2-topics", "#id_r3-topics"]
    # every fault is also told at its own cell
    told_by = [each["aria-describedby"] for each in page.select(".log-rows [aria-describedby]")]
    assert told_by == ["id_r2-topics_error", "id_r2-outcome_error", "id_r3-persons_error"]
    assert all(page.find(id=key) for key in told_by)
    kept = filled(page)
    assert (kept["r1-topics"], kept["r2-topics"], kept["r3-persons"]) == ([""], ["a99"], ["4"])
    mended = {**kept, "r2-topics": ["a4"], "r2-outcome": ["2"], "r3-age": [""]}
    assert tuija.post(PAPER, mended)["Location"] == PAPER
    assert mine.count() == 3
    # gone back and sent once more: nothing is logged twice
    tuija.post(PAPER, form)
    tuija.post(PAPER, mended)
    assert mine.count() == 3


def test_an_empty_sheet_says_that_it_is_empty(tuija):
    page = read(tuija.post(PAPER, typed(read(tuija.get(PAPER)))))
    assert page.select(".notice-warn")


def test_codes_are_read_as_people_write_them():
    codes = topic_codes(["a-x", "b-y", "a-z"])
    assert codes == {"a1": "a-x", "b1": "b-y", "a2": "a-z"}
    assert read_topics("A2, a 1;b01", codes) == (["a-z", "a-x", "b-y"], [])
    assert read_topics("a2 a2 q7", codes) == (["a-z"], ["q7"])


def test_another_order_of_the_topics_is_another_edition_of_the_sheet():
    assert edition(["a-x", "a-y"]) != edition(["a-y", "a-x"])
    assert len(edition(["a-x"])) == 3
