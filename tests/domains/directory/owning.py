"""Who edits an organisation's own entries, and what a browser would send back of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from kilauta.domains.directory import operations
from kilauta.domains.directory.choices import EDITABLE_LISTS, read_values
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from tests.cast import KAINUU, NOW
from tests.domains.directory.keeping import person

if TYPE_CHECKING:
    from kilauta.domains.directory.models import Organisation


def hold_lists() -> None:
    """Hold the values of the lists that coordinators edit, from the committed table."""
    values = [each for each in read_values() if each.list in EDITABLE_LISTS and each.list != "group"]
    operations.hold_terms(values, actor=Person.objects.system(), now=NOW)


def editor(name: str, *places: Organisation) -> Person:
    """Return somebody who edits the entries of these organisations."""
    made = person(name)
    for place in places:
        grant(made, role="provider-editor", scope_id=str(place.pk), actor=Person.objects.system(), now=NOW)
    return made


def coordinator(name: str, network: str) -> Person:
    made = person(name)
    grant(made, role="coordinator", scope_id=network, actor=Person.objects.system(), now=NOW)
    return made


def client_of(who: Person) -> Client:
    client = Client(SERVER_NAME=KAINUU)
    client.force_login(who)
    return client


def typed(answer: Any, **changed: Any) -> dict[str, Any]:
    """Return what a browser would send of the page's form, with these fields filled in otherwise."""
    form = BeautifulSoup(answer.content, "html.parser").select_one("main form.form")
    assert form is not None
    found: dict[str, list[str]] = {}
    for each in form.select("input[name], textarea[name], select[name]"):
        name = each["name"]
        if each.name == "select":
            chosen = each.select("option[selected]") or each.select("option")[:1]
            values = [option["value"] for option in chosen]
        elif each.name == "textarea":
            values = [each.get_text().removeprefix("\n")]
        elif each.get("type") in ("radio", "checkbox"):
            values = [each["value"] if each.has_attr("value") else "on"] if each.has_attr("checked") else []
        else:
            values = [each.get("value", "")]
        found.setdefault(name, []).extend(values)
    found |= {name: value if isinstance(value, list) else [value] for name, value in changed.items()}
    return {name: values for name, values in found.items() if values}


def where(name: str, *parts: object) -> str:
    return reverse(f"directory:own-{name}", args=parts)


def fill(client: Client, at: str, /, **changed: Any) -> Any:
    """Open a page, fill it in and press the button of that name (Save, if none is given)."""
    opened = client.get(at)
    assert opened.status_code == 200
    return client.post(at, {"do": "save", **typed(opened, **changed)})


def said(client: Client, answer: Any) -> str:
    """Return what is said on the page one comes to, without the places where words may break."""
    page = client.get(answer.url).content.decode().replace("\u00ad", "")
    return page.partition('class="notice')[2].partition("</p>")[0].partition(">")[2]
