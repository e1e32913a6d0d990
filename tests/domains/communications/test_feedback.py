"""Feedback on the service: given by anybody, answered within fourteen days, forgotten when it is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client

from kilauta.domains.communications import operations, queries
from kilauta.domains.communications.choices import ABOUT
from kilauta.domains.communications.models import Feedback
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy import retention
from kilauta.kit.refusals import Refused
from tests.cast import KAAKKO, KAINUU, LINES, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


def letters():
    """What was written about feedback; the demo has mails about other things."""
    return Message.objects.filter(kind__startswith="communications/")


TODAY = date(2026, 11, 24)
DUE = date(2026, 12, 8)
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
GOOD = {"about": "accessibility", "text": "Kartta ei aukea.", "contact": "", "form-key": "k" * 32}


def given(**more):
    said = {"about": "wish", "text": "Lisää karttoja.", "contact": "aino@posti.example", "lang": "fi"}
    return operations.receive_feedback("kainuu", **{**said, "actor": None, "now": NOW, **more})


def coordinator():
    return Person.objects.create(email="carla@verkosto.example", name="Carla")


def sent(data=None, *, path="/palaute/", host=KAINUU, **headers):
    return Client(SERVER_NAME=host).post(path, {**GOOD, **(data or {})}, **(headers or OURS))


def read(response):
    return BeautifulSoup(response.content, "html.parser")


# The deed


def test_feedback_is_due_in_fourteen_days_and_has_a_number():
    feedback = given()
    assert (feedback.received_on, feedback.due_on, feedback.answered_on) == (TODAY, DUE, None)
    assert (len(feedback.number), feedback.number.isdigit()) == (8, True)
    (change,) = recording.history("communications.Feedback", feedback.pk)
    assert (change.verb, change.actor, change.values) == ("received", None, {})


def test_an_answer_goes_by_mail_to_who_left_an_address():
    carla = coordinator()
    feedback = operations.answer_feedback(given(lang="sv"), answer=" Tack! ", actor=carla, now=NOW)
    assert (feedback.answer, feedback.answered_on, feedback.answered_by) == ("Tack!", TODAY, carla)
    message = letters().get()
    assert (message.address, message.lang) == ("aino@posti.example", "sv")
    assert queries.spoken(feedback.number) in message.subject
    assert "Tack!" in message.body
    assert "050 555 0100" in message.body


@pytest.mark.parametrize("contact", ["050 555 0199", ""])
def test_nothing_is_mailed_to_who_left_no_address(contact):
    operations.answer_feedback(given(contact=contact), answer="Kiitos!", actor=coordinator(), now=NOW)
    assert letters().count() == 0


def test_feedback_is_answered_once():
    carla, feedback = coordinator(), given()
    operations.answer_feedback(feedback, answer="Kiitos!", actor=carla, now=NOW)
    with pytest.raises(Refused) as refused:
        operations.answer_feedback(feedback, answer="Vielä kerran.", actor=carla, now=NOW)
    assert refused.value.code == "answered-already"
    assert Feedback.objects.get().answer == "Kiitos!"


@pytest.mark.parametrize(
    ("answer", "code"), [(" \n", "empty"), ("Tunnuksesi on 131052-308T.", "identity-number")]
)
def test_an_answer_that_may_not_be_sent_changes_nothing(answer, code):
    feedback = given()
    with pytest.raises(Refused) as refused:
        operations.answer_feedback(feedback, answer=answer, actor=coordinator(), now=NOW)
    assert (refused.value.code, refused.value.field) == (code, "answer")
    assert (Feedback.objects.get().answered_on, letters().count()) == (None, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"about": "x"},
        {"lang": "de"},
        {"text": ""},
        {"due_on": TODAY},
        {"answered_on": TODAY},
        {"answer": "Kiitos!"},
        {"answered_on": TODAY - timedelta(days=1), "answer": "Kiitos!"},
    ],
)
def test_the_database_holds_what_feedback_is(wrong):
    feedback = given()
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=feedback.pk).update(**wrong)


# The reading


def test_what_waits_is_shown_with_the_most_overdue_first():
    late = given(now=NOW - timedelta(days=20))
    last_day = given(now=NOW - timedelta(days=14))
    new = given()
    operations.answer_feedback(given(), answer="Kiitos!", actor=coordinator(), now=NOW)
    waiting = queries.waiting_feedback("kainuu", now=NOW)
    assert [(each.feedback, each.days_left, each.is_overdue) for each in waiting] == [
        (late, -6, True),
        (last_day, 0, False),
        (new, 14, False),
    ]
    assert queries.waiting_feedback("kaakko", now=NOW) == []


@pytest.mark.parametrize("about", ABOUT)
def test_what_feedback_is_about_has_words(about):
    given(about=about)
    assert queries.waiting_feedback("kainuu", now=NOW)[0].about == str(ABOUT[about])


# The end


def test_the_contact_goes_fourteen_days_after_the_answer_and_the_rest_after_two_years():
    feedback = operations.answer_feedback(given(), answer="Kiitos!", actor=coordinator(), now=NOW)

    def after(days):
        retention.run_retention(now=NOW + timedelta(days=days))
        return [(each.contact, each.text) for each in Feedback.objects.all()]

    assert after(13) == [("aino@posti.example", feedback.text)]
    assert after(15) == [("", feedback.text)]
    assert after(729) == [("", feedback.text)]
    assert after(731) == []


# The page


def test_a_visitor_gives_feedback_and_is_told_what_happens_next():
    response = sent({"contact": "050 555 0199"})
    feedback = Feedback.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/palaute/{feedback.number}/")
    assert (feedback.network_id, feedback.lang, feedback.contact) == ("kainuu", "fi", "050 555 0199")
    page = Client().get(response["Location"])
    text = read(page).get_text(" ").replace("\u00a0", " ")
    assert queries.spoken(feedback.number) in text
    assert "8.12.2026" in text
    assert "050 555 0199" not in text
    assert page.cookies == response.cookies == {}
    assert read(page).find("a", href=LINES[KAINUU]) is not None


def test_the_language_of_the_page_is_the_language_of_the_answer():
    response = sent(path="/sv/palaute/")
    assert response["Location"].startswith("/sv/palaute/")
    assert Feedback.objects.get().lang == "sv"


def test_what_is_wrong_is_in_the_title_above_the_form_and_at_the_field():
    response = sent({"about": "", "contact": "soita"}, path="/en/palaute/")
    page = read(response)
    assert (response.status_code, Feedback.objects.count()) == (200, 0)
    assert page.title.get_text().startswith("Error: ")
    assert [way["href"] for way in page.find(class_="errors").find_all("a")] == ["#id_about_0", "#id_contact"]
    assert page.find(id="id_text").get_text().strip() == GOOD["text"]
    assert page.find(id="id_contact")["value"] == "soita"


def test_an_identity_number_is_stopped_and_kept_nowhere():
    response = sent({"text": "Olen 131052-308T."}, path="/en/palaute/")
    assert "personal identity code" in read(response).find(class_="field-error").get_text()
    assert (Feedback.objects.count(), letters().count()) == (0, 0)


def test_sent_twice_there_is_one_feedback_and_one_number():
    assert sent()["Location"] == sent()["Location"]
    assert Feedback.objects.count() == 1


def test_another_site_cannot_send_it():
    assert sent(HTTP_ORIGIN="https://muu.example").status_code == 403
    assert sent(HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert Feedback.objects.count() == 0


def test_an_old_browser_that_only_says_which_page_it_was_on_can_send_it():
    assert sent(HTTP_REFERER="http://testserver/palaute/").status_code == 302


def test_further_fields_change_nothing():
    sent(
        {
            "answered_on": "2026-01-01",
            "answer": "x",
            "due_on": "2030-01-01",
            "network_id": "kaakko",
            "number": "1",
        }
    )
    feedback = Feedback.objects.get()
    assert (feedback.network_id, feedback.due_on, feedback.answer) == ("kainuu", DUE, "")
    assert feedback.number != "1"


def test_a_receipt_is_of_its_own_network_only():
    number = given().number
    assert Client().get(f"/palaute/{number}/").status_code == 200
    assert Client(SERVER_NAME=KAAKKO).get(f"/palaute/{number}/").status_code == 404
    assert Client().get("/palaute/00000000/").status_code == 404


def test_every_page_leads_to_it():
    links = {link["href"] for link in read(Client().get("/haku/")).footer.find_all("a")}
    assert "/palaute/" in links
    statement = read(Client().get("/saavutettavuus/")).find(id="feedback")
    assert statement.find("a", href="/palaute/") is not None


def test_the_form_tells_why_it_asks_and_sets_no_cookie():
    response = Client().get("/en/palaute/")
    assert response.cookies == {}
    assert response["Cache-Control"] == "private, no-cache"
    hints = {hint["id"] for hint in read(response).find_all(class_="hint") if hint.get("id")}
    assert hints == {"id_text_hint", "id_contact_hint"}
