"""The coordinator of a network at the importer's pages, and another one of another network."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.models import Upload
from kilauta.kit.store import editions
from tests import factories
from tests.cast import KAINUU, NOW
from tests.kit.exchange_story import reference
from tests.kit.exchange_workbook import xlsx

HETU = "131052-308T"
HEAD = ["Tunnus", "Nimi", "Tyyppi", "Kunta", "Osoite"]
TALO = ["talo", "Talo", "Kirjasto", "Kajaani", "Tie 1"]
TUPA = ["tupa", "Tupa", "Kylätalo", "Sotkamo", "Tie 2"]
OTHER = "toinen.localhost"


def bengt() -> Client:
    """The coordinator of the network of the host, signed in; there is another network beside it."""
    reference()
    factories.network("verkko", is_default=True, host=None).municipalities.set(["205"])
    factories.network("toinen")
    editions.renew()
    return coordinator("Bengt", "verkko")


def coordinator(name: str, network: str, role: str = "coordinator", host: str = KAINUU) -> Client:
    person = Person.objects.get_or_create(email=f"{name.lower()}@verkko.example", defaults={"name": name})[0]
    if role:
        grant(person, role=role, scope_id=network, actor=Person.objects.system(), now=NOW)
    client = Client(SERVER_NAME=host)
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    return client


def at(name: str, *parts: object) -> str:
    return reverse(f"exchange:{name}", args=parts)


def handed(
    client: Client,
    sheets: dict[str, Any] | bytes,
    source: str = "Kunta",
    name: str = "kunta.xlsx",
    **more: str,
) -> Any:
    content = sheets if isinstance(sheets, bytes) else xlsx(sheets)
    return client.post(at("start"), {"file": SimpleUploadedFile(name, content), "source": source, **more})


def received(
    client: Client, sheets: dict[str, Any] | bytes, source: str = "Kunta", name: str = "kunta.xlsx"
) -> Upload:
    """Hand a file in, and return what has become of it."""
    answer = handed(client, sheets, source, name)
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.get(pk=answer.url.rstrip("/").rpartition("/")[2])


def brought(client: Client, sheets: dict[str, Any], source: str = "Kunta") -> Upload:
    """Go through all the steps."""
    upload = received(client, sheets, source)
    assert client.post(at("look", upload.pk)).url == at("report", upload.pk)
    assert client.post(at("bring", upload.pk)).url == at("report", upload.pk)
    upload.refresh_from_db()
    assert upload.brought_at == NOW
    return upload


def numbers(upload: Upload) -> tuple[int, int, int, int]:
    found = upload.report["numbers"]
    return found["created"], found["changed"], found["unchanged"], found["failed"]


def page(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return BeautifulSoup(answer.content.decode().replace("\u00ad", ""), "html.parser")


def places(*rows: list[Any]) -> dict[str, Any]:
    return {"Toimipaikat": [HEAD, *rows]}
