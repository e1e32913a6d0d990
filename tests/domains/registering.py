"""Who keeps the registers, and what a browser would send of their forms."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from tests.cast import NOW
from tests.domains.directory.keeping import person
from tests.domains.directory.owning import coordinator, typed

SECOND = [{"method": "mfa", "at": NOW.timestamp()}]


def administrator(name: str = "Daniela") -> Person:
    made = person(name)
    grant(made, role="administrator", scope_id="", actor=Person.objects.system(), now=NOW)
    return made


def office(who: Person, host: str = "testserver") -> Client:
    """Return a browser in which somebody has signed in with both steps."""
    client = Client(SERVER_NAME=host)
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = SECOND
    session.save()
    return client


def keeper() -> Client:
    """Return the browser of somebody who keeps what all networks share."""
    return office(administrator())


def bengt() -> Client:
    """Return the browser of the coordinator of Kainuu."""
    return office(coordinator("Bengt", "kainuu"))


def rows(word: str) -> str:
    return reverse("registers:rows", args=[word])


def new(word: str) -> str:
    return reverse("registers:new", args=[word])


def one(word: str, key: object) -> str:
    return reverse("registers:one", args=[word, key])


def save(client: Client, at: str, /, **changed: Any) -> Any:
    """Open a form, fill it in and press Save."""
    opened = client.get(at)
    assert opened.status_code == 200
    return client.post(at, typed(opened, **changed))


def end(client: Client, word: str, key: object, deed: str = "end") -> Any:
    return client.post(reverse("registers:end", args=[word, key]), {"deed": deed})


def read(at: str, host: str = "testserver") -> str:
    """Return a public page as a visitor reads it, without the places where words may break."""
    return Client(SERVER_NAME=host).get(at).content.decode().replace("\u00ad", "")


def told(answer: Any) -> str:
    return unescape(answer.content.decode().replace("\u00ad", ""))
