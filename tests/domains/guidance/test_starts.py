"""A body would like to start guidance: asked by anybody, answered by the office, counted by month, forgotten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client

from kilauta.domains.guidance.models import StartRequest
from kilauta.domains.guidance.operations import starts as operations
from kilauta.domains.guidance.queries import links
from kilauta.domains.guidance.queries import starts as queries
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy import retention
from kilauta.kit.refusals import Refused
from tests.cast import KAINUU, NOW, Visitor
from tests.domains.guidance.asking import OURS, client_of, coordinator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

DAY = timedelta(days=1)
SAID = {
    "organisation_name": "Kylätoimikunta",
    "municipality": "290",
    "wish": "Digi-iltapäivä.",
    "contact": "k@kyla.example",
}


def asked(*, now=NOW, **more):
    wish = operations.Wish(**{**SAID, **more})
    return operations.ask_to_start(wish, network="kainuu", actor=None, now=now)


def test_a_body_asks_and_gets_a_number():
    client = Client(SERVER_NAME=KAINUU)
    sent = {**SAID, "form-key": "s" * 32}
    done = client.post("/haluamme-aloittaa/", sent, **OURS)
    held = StartRequest.objects.get(organisation_name="Kylätoimikunta")
    assert done["Location"].endswith(f"{links.token(links.START, held.pk)}/")
    assert client.post("/haluamme-aloittaa/", sent, **OURS)["Location"] == done["Location"]
    page = Visitor().get(done["Location"])
    assert held.number[:2] in BeautifulSoup(page.content, "html.parser").select_one(".lead").get_text()
    assert "Digi-iltap" not in page.content.decode()


@pytest.mark.parametrize("field", ["organisation_name", "wish", "contact"])
def test_an_identity_number_stops_it(field):
    before = StartRequest.objects.count()
    with pytest.raises(Refused) as refused:
        asked(**{field: "131052-308T"})
    assert (refused.value.field, StartRequest.objects.count()) == (field, before)


def test_the_office_answers_by_mail_and_closes_with_what_came_of_it():
    held, carl = asked(lang="sv"), coordinator("carl")
    client = client_of(carl)
    at = f"/koordinointi/aloitukset/{held.pk}/"
    client.post(at, {"do": "answer", "answer": "Tervetuloa!"})
    message = Message.objects.get(about=f"guidance.start:{held.pk}")
    assert (message.address, message.lang, "Tervetuloa!" in message.body) == ("k@kyla.example", "sv", True)
    with pytest.raises(Refused) as refused:
        operations.answer_start(held, answer="Toinen.", actor=carl, now=NOW)
    assert refused.value.code == "answered-already"
    client.post(at, {"do": "close", "outcome": "started"})
    held.refresh_from_db()
    assert (held.state, held.outcome, held.answered_by) == ("closed", "started", carl)
    assert held in queries.closed_starts("kainuu")
    assert held not in queries.open_starts("kainuu")


def test_a_number_is_rung_and_nothing_is_mailed():
    held = operations.answer_start(
        asked(contact="050 555 0199"), answer="Soitan.", actor=coordinator("carl"), now=NOW
    )
    assert Message.objects.filter(about=f"guidance.start:{held.pk}").count() == 0


def test_what_nobody_has_answered_stands_first():
    carl = coordinator("carl")
    old, new = asked(now=NOW - DAY, contact="a@kyla.example"), asked(contact="b@kyla.example")
    operations.answer_start(old, answer="Hei.", actor=carl, now=NOW)
    order = [each.pk for each in queries.open_starts("kainuu")]
    assert order.index(new.pk) < order.index(old.pk)


def test_they_are_counted_by_month_and_the_words_go_thirty_days_after_the_end():
    # the last evening of October in Finland is no day of November
    held = asked(now=NOW.replace(month=10, day=31, hour=21, minute=59))
    operations.close_start(held, outcome="advised", actor=coordinator("carl"), now=NOW)
    figures = queries.starts_by_month("kainuu")
    assert (date(2026, 10, 1), 1) in figures
    for after, kept in ((29, True), (31, False), (400, False)):
        retention.run_retention(now=NOW + after * DAY)
        held.refresh_from_db()
        assert bool(held.organisation_name and held.wish and held.contact) is kept
        assert bool(held.organisation_name or held.wish or held.contact or held.answer) is kept
        assert queries.starts_by_month("kainuu") == figures


@pytest.mark.parametrize(
    "wrong", [{"state": "answered"}, {"state": "closed"}, {"outcome": "no"}, {"lang": "de"}]
)
def test_the_database_holds_what_a_request_to_start_is(wrong):
    held = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        StartRequest.objects.filter(pk=held.pk).update(**wrong)


def test_another_networks_office_does_not_see_it():
    client = client_of(coordinator("xenia", "kaakko"))
    assert client.get(f"/koordinointi/aloitukset/{asked().pk}/").status_code == 404
