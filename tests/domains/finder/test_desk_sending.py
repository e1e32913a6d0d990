"""A hand-out goes to the caller: by mail or text message, in the caller's language, with what the directory says only."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kilauta.domains.directory.models import Organisation, Service
from kilauta.domains.directory.queries.reading import reading
from kilauta.domains.finder.operations import MOST_SENT
from kilauta.domains.finder.queries import desk_page
from kilauta.domains.finder.queries.sent import told
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.outbox.models import Message
from tests.cast import KAINUU, NOW, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

SEND = "/tyopoyta/laheta/"


@pytest.fixture
def adviser() -> Client:
    library = Organisation.objects.get(external_id="kajaani-kirjasto")
    person = Person.objects.create(email="neuvoja@kirjasto.example", name="Neuvoja")
    grant(person, role="adviser", scope_id=str(library.pk), actor=Person.objects.system(), now=NOW)
    client = Client(SERVER_NAME=KAINUU)
    client.force_login(person)
    return client


def chosen(number: int = 2) -> str:
    """Return the short ids of services that have a number to ring."""
    rows = Service.objects.filter(state="published", channels__mode="phone", organisation__steward="kainuu")
    return "-".join(rows.order_by("short_id").values_list("short_id", flat=True).distinct()[:number])


def key_of(client: Client, where: str) -> str:
    found = re.search(r'name="form-key" value="([^"]+)"', client.get(where).content.decode())
    assert found
    return found[1]


def send(client: Client, contact: str, lang: str = "fi", ids: str = "", key: str = ""):
    where = f"{SEND}?palvelu={ids or chosen()}"
    return client.post(where, {"contact": contact, "lang": lang, "form-key": key or key_of(client, where)})


def sent() -> list[Message]:
    return list(Message.objects.filter(kind="finder/handout").order_by("created_at"))


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_the_caller_gets_numbers_places_and_the_sheet_in_their_own_language(
    adviser: Client, lang: str
) -> None:
    assert send(adviser, "elli@esimerkki.example", lang).status_code == 302
    (message,) = sent()
    assert (message.address, message.lang, message.channel) == ("elli@esimerkki.example", lang, "mail")
    sheet = desk_page.handout(reading(host=KAINUU, lang=lang, now=NOW), chosen().split("-"))
    choices = told(reading(host=KAINUU, lang=lang, now=NOW), sheet)
    assert len(choices) == 2
    for choice in choices:
        assert choice.who in message.body
        assert choice.what in message.body
        assert choice.phone in message.body != ""
    start = {"fi": "", "sv": "/sv", "en": "/en"}[lang]
    assert f"http://{KAINUU}{start}/tiski/tuloste/?palvelu={chosen()}" in message.body


def test_what_is_sent_can_be_opened_by_the_caller(adviser: Client) -> None:
    send(adviser, "elli@esimerkki.example")
    address = re.search(r"http://testserver(/\S+)", sent()[0].body)
    assert address is not None
    assert Visitor().get(address[1]).status_code == 200


def test_a_number_gets_a_short_text_message(adviser: Client, settings) -> None:
    settings.DEMO = True  # what stays on the shelf
    assert send(adviser, "050 555 0199", ids=chosen(5)).status_code == 302
    (message,) = sent()
    assert (message.channel, message.subject) == ("sms", "")
    assert "/tiski/tuloste/?palvelu=" in message.body
    assert len(message.body) < 459  # three parts of a text message


def test_without_a_gateway_a_number_is_told_so_and_what_was_typed_stays(adviser: Client) -> None:
    page = send(adviser, "050 555 0199").content.decode()
    assert 'value="050 555 0199"' in page
    assert "tekstiviestejä" in page
    assert sent() == []


@pytest.mark.parametrize("wrong", ["", "elli", "12", "elli@", "a@b.example, c@d.example"])
def test_an_address_that_is_none_is_told_so(adviser: Client, wrong: str) -> None:
    assert send(adviser, wrong).status_code == 200
    assert sent() == []


def test_the_same_form_sent_twice_sends_one_message(adviser: Client) -> None:
    key = key_of(adviser, f"{SEND}?palvelu={chosen()}")
    for _time in range(2):
        send(adviser, "elli@esimerkki.example", key=key)
    assert len(sent()) == 1


def test_nothing_chosen_sends_nothing(adviser: Client) -> None:
    page = adviser.get(SEND).content.decode()
    assert "form-key" not in page
    assert adviser.post(SEND, {"contact": "elli@esimerkki.example", "lang": "fi"}).status_code == 200
    assert sent() == []


def test_one_adviser_cannot_send_without_end(adviser: Client) -> None:
    for number in range(MOST_SENT):
        send(adviser, f"elli{number}@esimerkki.example")
    assert len(sent()) == MOST_SENT
    assert "Odota" in send(adviser, "elli@esimerkki.example").content.decode()
    assert len(sent()) == MOST_SENT


def test_a_stranger_is_led_to_sign_in_and_nothing_is_sent() -> None:
    answer = Client(SERVER_NAME=KAINUU).post(
        f"{SEND}?palvelu={chosen()}", {"contact": "elli@esimerkki.example"}
    )
    assert answer.status_code == 302
    assert sent() == []


def test_the_sheet_leads_to_the_sending_of_the_same_choices() -> None:
    page = Visitor().get(f"/tiski/tuloste/?palvelu={chosen()}").content.decode()
    assert f'href="{SEND}?palvelu={chosen()}"' in page
