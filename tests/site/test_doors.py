"""Every address × who comes × whose thing × GET and POST, with the expected answer; an unlisted address fails."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kilauta.domains.territory.models import Network
from kilauta.kit.access.models import Grant
from tests.cast import NOW
from tests.site.door_things import arguments, comers, organisation
from tests.site.doors_table import EDITORS, GET, MAY, POST, ROWS, Row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door"), pytest.mark.timeout(400)]


def routes() -> dict[str, str]:
    """Return every address of ours by its name, with its door; the library of accounts lets in by itself whom it must."""
    return dict(_routes(get_resolver().url_patterns, ""))


def _routes(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, str]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
        elif each.name and not each.callback.__module__.startswith("allauth."):
            yield f"{space}{each.name}", str(getattr(each.callback, "door", ""))


def test_every_address_has_a_door_and_every_shut_one_is_in_the_table() -> None:
    doors = routes()
    assert [name for name, door in doors.items() if not door] == []
    assert {name: door for name, door in doors.items() if door != "public"} == {
        name: row.verb for name, row in ROWS.items()
    }


@pytest.fixture(scope="module")
def signed_in(demo: None) -> dict[str, Client]:
    with time_machine.travel(NOW, tick=False):
        return comers()


@pytest.fixture
def people(signed_in: dict[str, Client]) -> dict[str, Client]:
    """Each as they came: what an answer does to the cookies of one test is nothing to the next."""
    found = {who: Client() for who in signed_in}
    for who, client in found.items():
        client.cookies = deepcopy(signed_in[who].cookies)
    return found


@pytest.mark.parametrize("name", ROWS)
def test_an_address_answers_each_person_as_the_table_says(name: str, people: dict[str, Client]) -> None:
    row, surprises = ROWS[name], []
    for owner, reach in row.reach.items():
        with transaction.atomic():
            address = reverse(name, args=arguments(row, owner))
            for who, client in people.items():
                for method in (GET, POST):
                    with transaction.atomic():
                        answer = client.get(address) if method == GET else client.post(address)
                        transaction.set_rollback(True)
                    expected = expectation(row, who, reach, method)
                    if told(answer) != expected:
                        surprises.append(
                            f"{method} {owner} {who}: {told(answer)} ({answer.status_code}), not {expected}"
                        )
            transaction.set_rollback(True)
    assert surprises == []


def expectation(row: Row, who: str, reach: str, method: str) -> str:
    if who == "-":
        return "sign in"
    if who not in MAY[row.verb]:
        return "forbidden"
    if method not in row.methods:
        return "not by this method"
    return "let in" if who in reach else "not there"


def told(answer) -> str:
    if answer.status_code == 302 and "/tili/" in answer["Location"]:
        return "sign in"
    known = {
        403: "forbidden",
        404: "not there",
        405: "not by this method",
        200: "let in",
        302: "let in",
        409: "let in",
    }
    return known.get(answer.status_code, str(answer.status_code))


def test_the_table_would_show_a_door_that_stands_open(
    people: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with a rule that lets everybody reach everything, the same look finds it."""
    from kilauta.domains.directory import rules

    monkeypatch.setattr(rules, "reach_of", lambda _mine: rules.Reach(everywhere=True))
    theirs = reverse("directory:own-page", args=[organisation("theirs").pk])
    assert told(people["e"].get(theirs)) == "let in"
    assert expectation(ROWS["directory:own-page"], "e", EDITORS["theirs"], GET) == "not there"


def test_there_are_two_networks_and_three_owners_in_the_story() -> None:
    owners = [organisation(owner) for owner in ("ours", "neighbour", "theirs")]
    assert [of.steward_id for of in owners] == ["kainuu", "kainuu", "kaakko"]
    assert Network.objects.count() == 2
    assert Grant.objects.count() > 0
