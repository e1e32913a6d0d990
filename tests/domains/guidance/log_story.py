"""Who logs help in these tests, and how a page of the log is read and sent."""

from __future__ import annotations

from datetime import date

from bs4 import BeautifulSoup
from django.test import Client

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from tests.cast import NOW

TODAY = date(2026, 11, 24)
LOG, GROUP, LIST = "/tyopoyta/kirjaa/", "/tyopoyta/kirjaa/ryhma/", "/tyopoyta/kirjaukset/"
PAPER, SHEET = "/tyopoyta/kirjaa/paperilta/", "/tyopoyta/kirjaa/lomake/"


def at_work(name, *roles):
    """Return the browser of somebody with these roles, each with its organisation or network."""
    person = Person.objects.create(email=f"{name}@log.example", name=name)
    bodies = {
        key: str(Organisation.objects.get(external_id=key).pk)
        for _role, key in roles
        if key not in {"kainuu", "kaakko", ""}
    }
    for role, key in roles:
        grant(person, role=role, scope_id=bodies.get(key, key), actor=Person.objects.system(), now=NOW)
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    client.person = person
    return client


def read(answer, status=200):
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


def filled(page):
    """Return what the form of the log would send as it stands."""
    form = page.select_one("form:has(input[name='form-key'])")
    said: dict[str, list[str]] = {}
    for each in form.select("input[name], select[name]"):
        if each.name == "select":
            value = (each.select_one("option[selected]") or {}).get("value", "")
        elif each.get("type") in {"radio", "checkbox"}:
            if not each.has_attr("checked"):
                continue
            value = each.get("value", "on")
        else:
            value = each.get("value", "")
        said.setdefault(each["name"], []).append(value)
    return said


def told(page):
    return " ".join(page.main.get_text().replace("\u00ad", "").split())


def log_one(client, **said):
    """Log help to one person as the form stands, with what is said besides; return the session."""
    form = {**filled(read(client.get(LOG))), "practised": ["a-laite"], "outcome": ["solved"], **said}
    answer = client.post(LOG, form)
    assert answer.status_code == 302, read(answer).select(".errors")
    return GuidanceSession.objects.get(pk=answer["Location"].split("/")[-3])
