"""Who writes the network's own words in these tests, and what."""

from __future__ import annotations

from datetime import date

from bs4 import BeautifulSoup
from django.test import Client

from kilauta.domains.communications import operations
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from tests.cast import KAINUU, NOW

TODAY = date(2026, 11, 24)
HEADING = {"title_fi": "Uusi sivu", "title_sv": "Ny sida", "title_en": "A new page"}
TEXT = {"text_fi": "Tervetuloa.", "text_sv": "", "text_en": ""}


def writer(network="kainuu"):
    """Return somebody who tells for a network."""
    person = Person.objects.create(email=f"diana@{network}.example", name="Diana")
    grant(person, role="communicator", scope_id=network, actor=Person.objects.system(), now=NOW)
    return person


def at_work(person, host=KAINUU):
    client = Client(SERVER_NAME=host)
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    return client


def page(network="kainuu", *, kind="own", published=True, **more):
    values = {**(HEADING if kind == "own" else {}), **TEXT, **more}
    system = Person.objects.system()
    made = operations.add_page(network, kind=kind, values=values, actor=system, now=NOW)
    return operations.publish(made, actor=system, now=NOW) if published else made


def news(network="kainuu", *, published=True, **more):
    values = {**HEADING, **TEXT, "from_on": TODAY, "until_on": TODAY, **more}
    system = Person.objects.system()
    made = operations.add_news(network, values=values, actor=system, now=NOW)
    return operations.publish(made, actor=system, now=NOW) if published else made


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def seen(address, host=KAINUU, status=200):
    """Return what a visitor finds at an address."""
    response = Client(SERVER_NAME=host).get(address)
    assert response.status_code == status, address
    return read(response)
