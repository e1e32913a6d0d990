"""Who gives, gathers and reads feedback on help in these tests."""

from __future__ import annotations

from datetime import date

from bs4 import BeautifulSoup
from django.test import Client

from kilauta.domains.directory.models import Organisation, Place, Service
from kilauta.domains.guidance.logic.feedback import GENERAL, Helped
from kilauta.domains.guidance.models import HelpFeedback
from kilauta.domains.guidance.operations.feedback import give_feedback
from kilauta.kit.access.operations import grant
from kilauta.kit.access.pledging import accept, current
from kilauta.kit.accounts.models import Person
from kilauta.kit.questions.given import Given
from kilauta.kit.questions.models import Response
from tests.cast import KAINUU, NOW

TODAY = date(2026, 11, 24)
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
GOOD = {
    "q_got": "yes",
    "q_found": "library",
    "q_in-time": "yes",
    "q_right-kind": "partly",
    "form-key": "k" * 32,
}


def forget_the_demo() -> None:
    """Take away what the demo says, so that the numbers are those of the test."""
    HelpFeedback.objects.all().delete()
    Response.objects.all().delete()


def library() -> Organisation:
    return Organisation.objects.get(source="kilauta", external_id="kajaani-kirjasto")


def service() -> Service:
    return Service.objects.filter(organisation=library(), state="published").order_by("external_id")[0]


def place() -> Place:
    return Place.objects.filter(host=library(), state="published").order_by("external_id")[0]


def helped() -> Helped:
    return Helped(organisation=library().pk, service=service().pk)


def given(*, about=GENERAL, network="kainuu", way="link", on=TODAY, lang="fi", text="", **choices):
    """Say it: choices by question, a reason in place of a choice; with a dash where the code has one."""
    answers = {code.replace("_", "-"): said(choice) for code, choice in ({"got": "yes"} | choices).items()}
    if text:
        answers["words"] = Given("given", text=text)
    return give_feedback(network, answers, about=about, way=way, lang=lang, on=on, now=NOW)


def said(choice):
    return Given(choice) if choice in {"dont-know", "wont-say"} else Given("given", codes=(choice,))


def somebody(role="coordinator", place="kainuu"):
    scope = str(library().pk) if place == "library" else place
    person = Person.objects.create(email=f"{role}-{place}@verkosto.example", name=role)
    grant(person, role=role, scope_id=scope, actor=Person.objects.system(), now=NOW)
    accept("kainuu", version=current("kainuu").version, actor=person, now=NOW)
    return person


def at_work(person, host=KAINUU):
    client = Client(SERVER_NAME=host)
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    return client


def sent(data=None, *, path="/miten-meni/", host=KAINUU, **headers):
    return Client(SERVER_NAME=host).post(path, {**GOOD, **(data or {})}, **(headers or OURS))


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def answers_of(feedback):
    rows = feedback.response.answers.select_related("question").order_by("question__position")
    return {row.question.code: row.code or row.text or row.state for row in rows}
