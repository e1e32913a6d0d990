"""Every field of every form behind a door, filled with what is another's: nothing of theirs is read, nothing is written.

The addresses themselves are swapped in `test_doors.py`; here what stands in the forms of the pages is: a coordinator and
an editor open each page they reach, and send each of its forms once for each field that holds a key, with the key of a
thing of another network (and, for the editor, of another organisation) in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from kilauta.domains.directory.models import Service
from tests.site.door_things import arguments, comers, helper, things_of
from tests.site.doors_table import GET, MAY, ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door"), pytest.mark.timeout(900)]

CANARY = "Kanarianlintu"
UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
# Made by each page anew, and of nobody's thing.
KEYS_OF_FORMS = frozenset({"csrfmiddlewaretoken", "form_key", "key"})
# Who takes part in an event is told of any organisation of the network that everybody sees.
TAKE_PART = frozenset({"others", "partners", "present"})
WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Field:
    """A field of a form that holds a key; `form` is all that the form would send as it stands."""

    page: str
    action: str
    name: str
    form: dict[str, Any]


@pytest.mark.parametrize("who", ["e", "c"])
def test_a_key_of_anothers_in_a_field_reads_and_writes_nothing(who: str) -> None:
    client = comers()[who]
    owners = ("theirs", "neighbour") if who == "e" else ("theirs",)
    others = {key: owner for owner in owners for key in _keys(owner)}
    Service.objects.filter(pk__in=others).update(name_fi=CANARY, summary_fi=CANARY, state="draft")
    tried, breaches = 0, []
    for name, owner in _reached(who):
        with transaction.atomic():
            page = reverse(name, args=arguments(ROWS[name], owner))
            for field in _fields(client, page):
                tried += 1
                keys = [key for key in others if others[key] != "neighbour" or field.name not in TAKE_PART]
                breaches += [found for key in keys for found in _try(client, field, key)]
            transaction.set_rollback(True)
    assert breaches == []
    # there is something to swap: places and services to choose from, people to stand in, rows to act on
    assert tried >= 10


def test_the_look_would_show_a_field_that_takes_anything() -> None:
    """The control: a statement that writes another's key is seen."""
    key = _keys("theirs")[0]
    with _written() as written:
        Service.objects.filter(pk=key).update(summary_fi="Muutettu")
    assert [key for statement in written if _names(statement, key)] == [key]


def _keys(owner: str) -> list[str]:
    # help may be given at any public place of one's own network: a neighbour's is no secret and no breach
    kinds = {kind: each for kind, each in things_of(owner).items() if (owner, kind) != ("neighbour", "place")}
    things = [thing.pk for thing in kinds.values()]  # type: ignore[attr-defined]
    return [*map(str, things), str(helper(f"{owner}").pk)]


def _reached(who: str) -> Iterator[tuple[str, str]]:
    """Return the pages that this one reaches, of our own organisation and network: name and owner."""
    for name, row in ROWS.items():
        if who in MAY[row.verb] and GET in row.methods:
            yield from (
                (name, owner) for owner in row.reach if who in row.reach[owner] and owner in {"", "ours"}
            )


def _fields(client: Client, page: str) -> Iterator[Field]:
    answer = client.get(page)
    if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
        return
    soup = BeautifulSoup(answer.content, "html.parser")
    for form in soup.select("form[method=post]"):
        sent = _as_it_stands(form)
        for name in dict.fromkeys(each["name"] for each in form.select("[name]") if _holds_a_key(each)):
            if name not in KEYS_OF_FORMS:
                yield Field(page, str(form.get("action") or page), str(name), sent)


def _holds_a_key(field: Tag) -> bool:
    values = [str(field.get("value", "")), *(str(each.get("value", "")) for each in field.select("option"))]
    return any(UUID.match(value) for value in values)


def _as_it_stands(form: Tag) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], button[name]"):
        if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        sent.setdefault(
            str(field["name"]), field.get("value", field.text if field.name == "textarea" else "")
        )
    for field in form.select("select[name]"):
        chosen = field.select("option[selected]") or field.select("option")[:1]
        sent[str(field["name"])] = [str(each.get("value", "")) for each in chosen]
    return sent


def _try(client: Client, field: Field, key: str) -> Iterator[str]:
    with transaction.atomic():
        with _written() as written:
            answer = client.post(field.action, {**field.form, field.name: key}, follow=True)
        transaction.set_rollback(True)
    where = f"{field.page} {field.name}"
    if answer.status_code >= 500:
        yield f"{where}: {answer.status_code}"
    if CANARY.encode() in answer.content:
        yield f"{where}: reads"
    yield from (f"{where}: {statement[0][:60]}" for statement in written if _names(statement, key))


@contextmanager
def _written() -> Iterator[list[tuple[str, str]]]:
    written: list[tuple[str, str]] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.split(None, 1)[0].upper() in WRITES:
            written.append((sql, repr(params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield written


def _names(statement: tuple[str, str], key: str) -> bool:
    return key in statement[1] or key.replace("-", "") in statement[1]
