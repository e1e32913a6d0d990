"""Twenty who take one request at once: one has it, the others are told."""

from __future__ import annotations

from threading import Barrier

import pytest
from django.db import transaction

from kilauta.domains.guidance.models import GuidanceSession, HelpRequest
from kilauta.domains.guidance.operations import requests as operations
from kilauta.domains.guidance.queries.requests import Offered
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from kilauta.kit.store import editions
from tests import factories
from tests.cast import NOW, at_once

pytestmark = pytest.mark.usefixtures("own_database")

TWENTY = 20


def story():
    factories.network("k")
    of = factories.organisation("o", steward_id="k")
    editions.renew()
    people = [Person.objects.create(email=f"p{number}@work.example") for number in range(TWENTY)]
    given = {"network_id": "k", "made_at": NOW, "due_at": NOW, "contact": "050 555 0132", "mode": "phone"}
    return HelpRequest.objects.create(number="12345678", **given), of, people


def tried(act):
    try:
        act()
    except Refused as refused:
        return refused.code
    return "won"


def test_of_twenty_one_has_it_and_the_others_are_told():
    ((made, of, people),) = at_once(story)
    offers = Offered(made, of, "staff", is_directed=False, is_late=False)
    told = at_once(
        *(lambda who=who: tried(lambda: operations.take(offers, actor=who, now=NOW)) for who in people)
    )
    assert sorted(told) == ["taken"] * (TWENTY - 1) + ["won"]
    winner = people[told.index("won")]
    ((state, taker),) = at_once(lambda: HelpRequest.objects.values_list("state", "taker").get())
    assert (state, taker) == ("taken", winner.pk)


def test_two_taps_of_the_same_person_are_one():
    ((made, of, people),) = at_once(story)
    offers = Offered(made, of, "staff", is_directed=False, is_late=False)
    told = at_once(
        *(lambda: tried(lambda: operations.take(offers, actor=people[0], now=NOW)) for _tap in range(2))
    )
    assert told == ["won", "won"]


def test_the_control_that_looks_first_and_writes_later_lets_several_have_it():
    """Without the condition in the statement that writes, many think that it is theirs."""
    ((made, of, people),) = at_once(story)

    def look_then_write(who):
        if HelpRequest.objects.get(pk=made.pk).state != "waiting":
            return "taken"
        ready.wait()
        with transaction.atomic():
            HelpRequest.objects.filter(pk=made.pk).update(
                state="taken", taker=who, organisation=of, taken_at=NOW, given_by="staff"
            )
        return "won"

    ready = Barrier(TWENTY)
    told = at_once(*(lambda who=who: look_then_write(who) for who in people))
    assert told.count("won") == TWENTY


def test_closing_as_helped_at_once_makes_one_entry():
    ((made, of, people),) = at_once(story)
    offers = Offered(made, of, "staff", is_directed=False, is_late=False)
    at_once(lambda: operations.take(offers, actor=people[0], now=NOW))
    told = at_once(
        *(
            lambda: tried(lambda: operations.close(made, reason="helped", actor=people[0], now=NOW))
            for _tap in range(4)
        )
    )
    assert set(told) <= {"won", "closed"}
    assert at_once(GuidanceSession.objects.count) == [1]
