"""The pages of the log: one screen, filled in; undone by one button; typed from paper; nobody else's is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from kilauta.domains.directory.models import Organisation, Topic
from kilauta.domains.guidance import operations
from kilauta.domains.guidance.forms.sessions import entry_key
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.models import GuidanceSession, Tag
from kilauta.domains.guidance.queries.sessions import entry_of
from tests.cast import NOW

from .log_story import GROUP, LIST, LOG, PAPER, TODAY, at_work, filled, log_one, read, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


@pytest.fixture
def tuija():
    return at_work("Tuija", ("supporter", "kajaani-kirjasto"))


def test_the_form_is_filled_in_and_a_topic_is_all_that_must_be_said(tuija):
    said = filled(read(tuija.get(LOG)))
    assert (said["held_on"], said["outcome"], said["kind"]) == (["24.11.2026"], ["not-recorded"], ["session"])
    assert said["place"] != [""]
    assert said["mode"] != [""]
    session = log_one(tuija)
    assert (session.held_on, session.organisation.external_id, session.given_by, session.supporter) == (
        TODAY,
        "kajaani-kirjasto",
        "staff",
        tuija.person,
    )


def test_without_a_topic_the_form_says_so_at_its_question(tuija):
    page = read(tuija.post(LOG, filled(read(tuija.get(LOG)))))
    (link,) = page.select(".errors a")
    target = page.find(id=link["href"][1:])
    assert target["name"] == "practised"
    assert page.title.get_text().startswith("Virhe:")


def test_in_the_first_hours_after_midnight_it_is_the_new_day(tuija):
    # half past midnight in Finland is half past ten the evening before by UTC
    with time_machine.travel(datetime(2026, 11, 24, 22, 30, tzinfo=UTC), tick=False):
        tuija.force_login(tuija.person)
        assert filled(read(tuija.get(LOG)))["held_on"] == ["25.11.2026"]


def test_what_is_said_beyond_the_topic_is_kept(tuija):
    session = log_one(
        tuija,
        practised=["a-laite", "a-posti"],
        matter=["b-kela"],
        outcome=["referred"],
        referred_to=["authority"],
        other_minutes=["25"],
        devices=["phone", "tablet"],
        age=["75-84"],
        was_before=["yes"],
        language=["sv"],
        is_near=["on"],
        new_tag=["Kampanja"],
    )
    said = entry_of(session)
    assert (said.topics, said.minutes, said.devices) == (
        ("a-laite", "a-posti", "b-kela"),
        25,
        ("phone", "tablet"),
    )
    assert (said.outcome, said.referred_to, said.age, said.was_before, said.language, said.is_near) == (
        "referred",
        "authority",
        "75-84",
        True,
        "sv",
        True,
    )
    assert said.tags == (Tag.objects.get(person=tuija.person).pk,)


def test_one_form_sent_twice_is_one_entry_and_the_same_confirmation(tuija):
    form = {**filled(read(tuija.get(LOG))), "practised": ["a-laite"]}
    first, again = tuija.post(LOG, form), tuija.post(LOG, form)
    assert first["Location"] == again["Location"]
    assert GuidanceSession.objects.filter(supporter=tuija.person).count() == 1
    # long after, when the forms of then are forgotten, the entry still knows its key
    from kilauta.kit.forms.models import SentForm

    SentForm.objects.all().delete()
    assert tuija.post(LOG, form)["Location"] == first["Location"]
    assert GuidanceSession.objects.get(supporter=tuija.person).key == entry_key(form["form-key"][0])


def test_one_button_takes_it_back_and_one_brings_it_again(tuija):
    session = log_one(tuija)
    address = reverse("guidance:logged", args=[session.pk])
    page = read(tuija.get(address))
    assert page.select_one("h1").get_text() == read(tuija.get(address)).select_one("h1").get_text()
    undo = page.select_one("button[value=undo]")
    read(tuija.post(address, {"do": undo["value"]}, follow=True))
    session.refresh_from_db()
    assert session.withdrawn_at == NOW
    restore = read(tuija.get(address)).select_one("button[value=restore]")
    tuija.post(address, {"do": restore["value"]})
    session.refresh_from_db()
    assert session.withdrawn_at is None


def test_looking_changes_nothing(tuija):
    session = log_one(tuija)
    address = reverse("guidance:logged", args=[session.pk])
    for each in (address, f"{address}?do=undo", reverse("guidance:session", args=[session.pk])):
        tuija.get(each)
    session.refresh_from_db()
    assert session.withdrawn_at is None


def test_the_same_again_is_filled_in_but_what_was_of_that_person(tuija):
    session = log_one(tuija, minutes=["45"], matter=["b-kela"], age=["85+"], was_before=["yes"])
    said = filled(read(tuija.get(f"{LOG}?sama={session.pk}")))
    assert (said["practised"], said["matter"], said["minutes"], said["outcome"]) == (
        ["a-laite"],
        ["b-kela"],
        ["45"],
        ["solved"],
    )
    assert (said["age"], said["was_before"]) == ([""], [""])
    assert said["form-key"] != [""]


def shown_first(page):
    return [each["value"] for each in page.select(".log-topics fieldset > .option input")]


def test_topics_that_are_usual_stand_first_and_the_others_are_folded(tuija):
    before = shown_first(read(tuija.get(LOG)))
    assert (len(before), {"b-vapaa", "a-hankinta"} & set(before)) == (12, set())
    log_one(tuija, practised=["a-hankinta"], matter=["b-vapaa"])
    page = read(tuija.get(LOG))
    assert set(shown_first(page)) - set(before) == {"b-vapaa", "a-hankinta"}
    assert len(page.select(".log-topics details input")) == Topic.objects.filter(retired_on=None).count() - 12


def test_a_group_is_logged_in_numbers_and_the_rest_is_reckoned(tuija):
    form = {**filled(read(tuija.get(GROUP))), "practised": ["a-alku"], "persons": ["12"]}
    form |= {"shares-age-65-74": ["7"], "shares-before-no": ["3"]}
    answer = tuija.post(GROUP, form)
    session = GuidanceSession.objects.get(supporter=tuija.person)
    assert entry_of(session).shares == {"age": {"65-74": 7}, "before": {"no": 3}}
    assert (session.persons, session.kind, session.mode) == (12, "meeting", "group")
    assert "65–74: 7, " in told(read(tuija.get(answer["Location"])))
    assert ": 5" in told(read(tuija.get(answer["Location"])))


def test_more_of_a_group_than_there_were_is_told_at_its_number(tuija):
    form = {**filled(read(tuija.get(GROUP))), "practised": ["a-alku"], "persons": ["3"]}
    page = read(tuija.post(GROUP, {**form, "shares-age-65-74": ["2"], "shares-age-85+": ["2"]}))
    (link,) = page.select(".errors a")
    assert page.find(id=link["href"][1:])["name"].startswith("shares-age-")
    # what was typed is still there, and its part is open
    assert page.select_one("details[open] input[name='shares-age-85+']")["value"] == "2"
    assert GuidanceSession.objects.filter(supporter=tuija.person).count() == 0


def test_an_entry_is_finished_on_its_page_with_its_history(tuija):
    session = log_one(tuija)
    address = reverse("guidance:session", args=[session.pk])
    form = {**filled(read(tuija.get(address))), "outcome": ["will-return"], "minutes": ["30"]}
    assert tuija.post(address, form)["Location"] == reverse("guidance:logged", args=[session.pk])
    session.refresh_from_db()
    assert (session.outcome, session.minutes) == ("will-return", 30)
    page = read(tuija.get(address))
    assert len(page.select("details .table tbody tr")) == 2


def test_an_entry_from_a_booking_asks_first_how_it_went(tuija):
    library = Organisation.objects.get(external_id="kajaani-kirjasto")
    entry = Entry(
        key=uuid4(),
        network="kainuu",
        organisation=library.pk,
        held_on=TODAY,
        mode="phone",
        way="booking",
        topics=("b-kela",),
    )
    session = operations.log_session(entry, actor=tuija.person, now=NOW)
    address = reverse("guidance:session", args=[session.pk])
    page = read(tuija.get(address))
    controls = [each["name"] for each in page.select("form.form input:not([type=hidden])")]
    assert controls[0] == "outcome"
    form = {**filled(page), "outcome": ["solved"]}
    tuija.post(address, form)
    session.refresh_from_db()
    assert (session.outcome, session.way, session.key) == ("solved", "booking", entry.key)


def test_a_correction_loses_nothing_that_is_offered_no_more(tuija):
    tag = operations.add_tag("kainuu", "Vanha", actor=tuija.person, now=NOW)
    session = log_one(tuija, practised=["a-posti", "a-laite"], tags=[str(tag.pk)])
    said = entry_of(session)
    operations.retire_tag(tag, actor=tuija.person, now=NOW)
    Topic.objects.filter(pk="a-posti").update(retired_on=TODAY)
    session.place.state = "withdrawn"
    session.place.save(update_fields=["state"])
    address = reverse("guidance:session", args=[session.pk])
    tuija.post(address, {**filled(read(tuija.get(address))), "outcome": ["will-return"]})
    session.refresh_from_db()
    assert entry_of(session) == replace(said, outcome="will-return")
    # the next entry is offered none of it
    assert read(tuija.get(f"{LOG}?sama={session.pk}")).select("[value=a-posti]") == []


def test_after_thirty_days_an_entry_is_only_read(tuija):
    session = log_one(tuija)
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        tuija.force_login(tuija.person)
        page = read(tuija.get(reverse("guidance:session", args=[session.pk])))
        logged = read(tuija.get(reverse("guidance:logged", args=[session.pk])))
    assert page.select("main form") == []
    assert logged.select("main form") == []


def test_anothers_entry_is_not_there(tuija):
    session = log_one(tuija)
    other = at_work("Veikko", ("supporter", "kajaani-kirjasto"), ("coordinator", "kainuu"))
    for name in ("session", "logged"):
        assert other.get(reverse(f"guidance:{name}", args=[session.pk])).status_code == 404
        assert other.post(reverse(f"guidance:{name}", args=[session.pk]), {"do": "undo"}).status_code == 404
    assert filled(read(other.get(f"{LOG}?sama={session.pk}"))).get("practised") is None
    session.refresh_from_db()
    assert session.withdrawn_at is None


def test_whoever_works_for_two_chooses_and_the_last_one_stands_first():
    pia = at_work("Pia", ("supporter", "kajaani-kirjasto"), ("supporter", "sotkamo-kirjasto"))
    sotkamo = str(Organisation.objects.get(external_id="sotkamo-kirjasto").pk)
    session = log_one(pia, organisation=[sotkamo])
    assert session.organisation.external_id == "sotkamo-kirjasto"
    assert filled(read(pia.get(LOG)))["organisation"] == [sotkamo]


def test_an_organisation_one_does_not_work_for_cannot_be_named(tuija):
    pia = at_work("Pia", ("supporter", "kajaani-kirjasto"), ("supporter", "sotkamo-kirjasto"))
    other = str(Organisation.objects.get(external_id="kuhmo-kirjasto").pk)
    form = {**filled(read(pia.get(LOG))), "practised": ["a-laite"], "organisation": [other]}
    assert read(pia.post(LOG, form)).select(".errors")
    # whoever works for one is not asked, and what is sent all the same means nothing
    assert log_one(tuija, organisation=[other]).organisation.external_id == "kajaani-kirjasto"


def test_without_an_organisation_there_is_a_sentence_and_no_form():
    lone = at_work("Lone", ("steering", "kainuu"))
    for address in (LOG, GROUP, PAPER):
        page = read(lone.get(address))
        assert page.select("main form") == []
        assert page.select(".notice-warn")
    assert read(lone.get("/tyopoyta/")).select("a[href='/tyopoyta/kirjaa/']") == []


def test_whoever_helps_finds_the_log_on_their_first_page(tuija):
    assert [
        a["href"] for a in read(tuija.get("/tyopoyta/")).select("main a.button[href^='/tyopoyta/kirjaa/']")
    ][:2] == [
        LOG,
        GROUP,
    ]
    session = log_one(tuija)
    assert read(tuija.get("/tyopoyta/")).select(f"a[href='{LOG}?sama={session.pk}']")


def test_my_entries_are_listed_by_period_and_the_one_taken_back_does_not_count(tuija):
    log_one(tuija)
    log_one(tuija, held_on=["1.3.2026"])
    gone = log_one(tuija)
    operations.withdraw_session(gone, actor=tuija.person, now=NOW)
    found = {}
    for period in ("", "?jakso=viikko", "?jakso=vuosi", "?jakso=outo"):
        page = read(tuija.get(f"{LIST}{period}"))
        found[period] = (len(page.select(".line")), page.select_one(".count").get_text().split()[0])
    assert found == {
        "": (3, "2"),
        "?jakso=viikko": (2, "1"),
        "?jakso=vuosi": (3, "2"),
        "?jakso=outo": (3, "2"),
    }


def test_the_pages_cost_the_same_for_one_entry_and_for_many(tuija, django_assert_max_num_queries):
    session = log_one(tuija)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def costs():
        found = []
        for address in (LIST, LOG):
            with CaptureQueriesContext(connection) as queries:
                tuija.get(address)
            found.append(len(queries))
        return found

    tuija.get(LIST)
    before = costs()
    for _number in range(4):
        operations.log_session(
            Entry(
                key=uuid4(),
                network="kainuu",
                organisation=session.organisation_id,
                place=session.place_id,
                held_on=TODAY,
                mode="walk-in",
                topics=("a-posti", "b-kela"),
            ),
            actor=tuija.person,
            now=NOW,
        )
    assert costs() == before
