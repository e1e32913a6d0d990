"""*Miten meni?*: given in under a minute by anybody, kept without who, erased in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kilauta.domains.directory import operations as directory
from kilauta.domains.directory.models import HowFound
from kilauta.domains.guidance.models import HelpFeedback
from kilauta.domains.guidance.operations import feedback as operations
from kilauta.domains.guidance.queries.feedback import Scope, feedback_in, feedback_questions, words_of
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.privacy import retention
from kilauta.kit.questions.models import QuestionSet, Response
from kilauta.kit.refusals import Refused
from tests.cast import KAAKKO, KAINUU, LINES, NOW

from .feedback_story import (
    GOOD,
    OURS,
    TODAY,
    answers_of,
    at_work,
    forget_the_demo,
    given,
    helped,
    library,
    place,
    read,
    sent,
    service,
    somebody,
)  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


@pytest.fixture(autouse=True)
def _nothing_said():
    forget_the_demo()


# The page of anybody


def test_a_visitor_says_how_it_went_and_leaves_no_trace_of_who():
    response = sent({"q_audience": "older", "q_words": "Kiitos!"})
    assert (response.status_code, response["Location"]) == (302, "/miten-meni/kiitos/apu/")
    held = HelpFeedback.objects.get()
    assert (held.network_id, held.organisation, held.service, held.place) == ("kainuu", None, None, None)
    assert (held.response.given_on, held.response.lang, held.response.way) == (TODAY, "fi", "link")
    assert answers_of(held) == {
        "got": "yes",
        "in-time": "yes",
        "right-kind": "partly",
        "found": "library",
        "audience": "older",
        "words": "Kiitos!",
    }
    page = Client().get(response["Location"])
    assert (page.status_code, page.cookies, response.cookies) == (200, {}, {})
    assert "Kiitos!" not in page.content.decode()
    assert not Change.objects.filter(thing_id=str(held.pk)).exists()


@pytest.mark.parametrize(("path", "lang"), [("/sv/miten-meni/", "sv"), ("/en/miten-meni/", "en")])
def test_the_language_of_the_page_is_kept_and_only_the_first_question_must_be_answered(path, lang):
    assert sent({name: "" for name in GOOD if name.startswith("q_")}, path=path).status_code == 200
    assert HelpFeedback.objects.count() == 0
    assert (
        sent({"q_got": "no", "q_found": "", "q_in-time": "", "q_right-kind": ""}, path=path).status_code
        == 302
    )
    held = HelpFeedback.objects.get()
    assert (held.response.lang, answers_of(held)["got"], answers_of(held)["found"]) == (
        lang,
        "no",
        "unanswered",
    )


def test_what_is_wrong_is_told_above_the_form_and_at_the_field():
    page = read(sent({"q_got": "", "q_words": "Olen 131052-308T."}, path="/en/miten-meni/"))
    assert page.title.get_text().startswith("Error: ")
    assert [way["href"] for way in page.find(class_="errors").find_all("a")] == ["#id_q_got_0", "#id_q_words"]
    assert "personal identity code" in page.find(class_="errors").get_text()
    assert Response.objects.count() == 0


def test_sent_twice_it_is_one_answer():
    assert sent()["Location"] == sent()["Location"]
    assert HelpFeedback.objects.count() == 1


def test_another_site_cannot_send_it():
    assert sent(HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert HelpFeedback.objects.count() == 0


@pytest.mark.parametrize("kind", ["service", "organisation", "place"])
def test_an_address_says_whose_help_it_is(kind):
    thing = {"service": service, "organisation": library, "place": place}[kind]()
    assert (
        sent(path=f"/miten-meni/{thing.short_id}/?tapa=qr")["Location"]
        == f"/miten-meni/kiitos/{thing.short_id}/"
    )
    held = HelpFeedback.objects.get()
    assert (held.organisation, held.response.way) == (library(), "qr")
    assert (held.service, held.place) == (
        thing if kind == "service" else None,
        thing if kind == "place" else None,
    )


@pytest.mark.parametrize(
    "path", ["/miten-meni/nonsense/", "/miten-meni/kiitos/nonsense/", "/miten-meni/poyta/nonsense/"]
)
def test_an_address_of_nothing_is_not_there_and_has_a_number_to_ring(path):
    response = Client().get(path)
    assert response.status_code == 404
    assert LINES[KAINUU] in response.content.decode()


def test_the_page_asks_few_queries_and_every_page_leads_to_it(django_assert_max_num_queries):
    client, address = Client(), f"/miten-meni/{service().short_id}/"
    client.get(address)
    with django_assert_max_num_queries(6):
        page = read(client.get(address))
    assert len(page.find_all("h1")) == 1
    links = {link["href"] for link in page.footer.find_all("a")}
    assert "/miten-meni/" in links


def test_a_way_that_is_put_on_the_list_is_offered_and_one_taken_off_is_not():
    system, names = (
        Person.objects.system(),
        {"name_fi": "Kylälehti", "name_sv": "Bybladet", "name_en": "Village paper"},
    )
    made = directory.add_term(HowFound, {**names, "position": 99}, actor=system, now=NOW)
    assert made.code in feedback_questions().by_code["found"].codes
    directory.retire_term(made, actor=system, now=NOW)
    assert made.code not in feedback_questions().by_code["found"].codes


# The tablet at the place


def test_a_tablet_takes_one_after_another_and_keeps_nothing():
    path = f"/miten-meni/poyta/{place().short_id}/"
    start = Client().get(path)
    assert {"no-store", "private"} <= {part.strip() for part in start["Cache-Control"].split(",")}
    first, second = sent(path=path), sent({"form-key": "n" * 32, "q_got": "no"}, path=path)
    assert first["Location"] == second["Location"] == f"{path}kiitos/"
    assert (
        sorted((each.response.way, each.place) for each in HelpFeedback.objects.all())
        == [("tablet", place())] * 2
    )
    done = Client().get(f"{path}kiitos/")
    assert "no-store" in done["Cache-Control"]
    assert [link["href"] for link in read(done).main.find_all("a")] == [path]
    assert (start.cookies, first.cookies, done.cookies) == ({}, {}, {})
    again = read(Client().get(path))
    assert again.find_all(checked=True) == []
    assert again.form["autocomplete"] == "off"
    assert again.find("a", attrs={"data-start": "60"})["href"] == path


# Somebody else writes it down


def test_a_supporter_asks_aloud_and_types_paper_one_sheet_after_another():
    client = at_work(somebody("supporter", "library"))
    short = service().short_id
    asked = client.post(
        "/tyopoyta/palaute/kysy/", {"about": short, "q_got": "partly", "form-key": "a" * 32}, **OURS
    )
    assert asked["Location"] == f"/tyopoyta/palaute/kysy/?kohde={short}"
    typed = {
        "about": short,
        "day": "20.11.2026",
        "q_got": "3",
        "q_found": "a",
        "q_in-time": "0",
        "form-key": "b" * 32,
    }
    done = client.post("/tyopoyta/palaute/paperilta/", typed, **OURS)
    assert done["Location"] == f"/tyopoyta/palaute/paperilta/?kohde={short}&paiva=20.11.2026"
    held = {each.response.way: each for each in HelpFeedback.objects.select_related("response")}
    assert {way: (each.service, answers_of(each)["got"]) for way, each in held.items()} == {
        "aloud": (service(), "partly"),
        "paper": (service(), "no"),
    }
    assert (held["paper"].response.given_on, answers_of(held["paper"])["found"]) == (
        TODAY - timedelta(days=4),
        "other-provider",
    )
    assert answers_of(held["paper"])["in-time"] == "dont-know"
    form = read(client.get(done["Location"]))
    assert form.find(id="id_day")["value"] == "20.11.2026"
    assert form.find("option", selected=True)["value"] == short


def test_a_day_to_come_is_refused_and_another_providers_help_cannot_be_chosen():
    client = at_work(somebody("supporter", "library"))
    sheet = {"day": "25.11.2026", "q_got": "1", "form-key": "b" * 32}
    assert (
        read(client.post("/tyopoyta/palaute/paperilta/", sheet, **OURS)).find(id="id_day_error") is not None
    )
    sheet |= {"day": "24.11.2026", "about": "nonsense"}
    assert client.post("/tyopoyta/palaute/paperilta/", sheet, **OURS).status_code == 200
    assert HelpFeedback.objects.count() == 0


def test_a_sheet_has_a_code_and_its_address_in_words_and_paper_has_a_key_at_each_box():
    client = at_work(somebody("supporter", "library"))
    short = place().short_id
    sheet = read(client.get(f"/tyopoyta/palaute/taulu/{short}/"))
    assert sheet.find(class_="sign-address").get_text() == f"http://testserver/miten-meni/{short}/"
    assert sheet.find("svg", role="img")["aria-label"].endswith(f"/miten-meni/{short}/")
    paper = read(client.get(f"/tyopoyta/palaute/lomake/{short}/"))
    keys = [key.get_text() for key in paper.find_all(class_="paper-key")]
    assert keys[:4] == ["1", "2", "3", "1"]
    assert len(keys) == 3 + 4 + 4 + 13 + 21
    assert len(paper.find_all("h1")) == 1


# What is kept, and how long


def test_the_words_are_read_by_those_who_may_and_erased_before_their_time():
    mine, theirs = given(about=helped(), text="Sain apua."), given(network="kaakko", text="Muualla.")
    assert [(said.text, said.about) for said in words_of(Scope("kainuu"))] == [("Sain apua.", service().name)]
    coordinator = at_work(somebody())
    assert "Sain apua." in coordinator.get("/koordinointi/miten-meni/sanat/").content.decode()
    assert coordinator.post(f"/koordinointi/miten-meni/sanat/{theirs.pk}/").status_code == 404
    assert coordinator.post(f"/koordinointi/miten-meni/sanat/{mine.pk}/").status_code == 302
    assert (words_of(Scope("kainuu")), answers_of(mine)["got"]) == ([], "yes")
    assert [said.text for said in words_of(Scope("kaakko"))] == ["Muualla."]


def test_a_provider_reads_the_words_about_its_own_help_only():
    mine, theirs = given(about=helped(), text="Hyvä kirjasto."), given(text="Yleistä.")
    client = at_work(somebody("provider-editor", "library"))
    shown = client.get("/tyopoyta/palaute/sanat/").content.decode()
    assert ("Hyvä kirjasto." in shown, "Yleistä." in shown) == (True, False)
    assert client.post(f"/tyopoyta/palaute/sanat/{theirs.pk}/").status_code == 404
    assert client.post(f"/tyopoyta/palaute/sanat/{mine.pk}/").status_code == 302
    assert words_of(Scope(organisation=library().pk)) == []


def test_the_words_go_after_a_year_and_the_answers_stay():
    held = given(text="Kiitos!", on=TODAY - timedelta(days=200))
    retention.run_retention(now=NOW + timedelta(days=364))
    assert [said.text for said in words_of(Scope("kainuu"))] == ["Kiitos!"]
    retention.run_retention(now=NOW + timedelta(days=365))
    assert words_of(Scope("kainuu")) == []
    assert answers_of(held)["got"] == "yes"


def test_feedback_is_of_its_own_network_only():
    sent(host=KAAKKO)
    held = HelpFeedback.objects.get()
    assert held.network_id == "kaakko"
    assert feedback_in(Scope("kaakko"), held.pk) == held
    assert feedback_in(Scope("kainuu"), held.pk) is None


def test_the_database_holds_whose_service_it_is():
    held = given(about=helped())
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpFeedback.objects.filter(pk=held.pk).update(organisation=None)


def test_without_questions_there_is_no_page():
    with transaction.atomic():
        QuestionSet.objects.filter(code="feedback").delete()
        assert Client().get("/miten-meni/").status_code == 404
        with pytest.raises(Refused) as refused:
            given()
        transaction.set_rollback(True)
    assert refused.value.code == "no-questions"
    assert feedback_questions() is not None


def test_the_questions_are_held_once():
    assert operations.hold_feedback_questions(actor=Person.objects.system(), now=NOW) is False
