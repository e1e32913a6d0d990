"""One entry sent by many at the same time is one session, on a database of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from kilauta.domains.guidance import operations
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.kit.accounts.models import Person
from kilauta.kit.store import editions
from tests import factories
from tests.cast import NOW, at_once

pytestmark = [pytest.mark.usefixtures("own_database")]

TODAY = date(2026, 11, 24)


def made_by_eight(log_one):
    """Return how many sessions there are when eight send the same entry at the same time, and what each was told."""

    def prepare():
        editions.renew()
        factories.network("kainuu")
        return factories.organisation("kirjasto").pk, Person.objects.create(email="aino@kainuu.example").pk

    ((organisation, person),) = at_once(prepare)
    entry = Entry(key=uuid4(), network="kainuu", organisation=organisation, held_on=TODAY, mode="walk-in")

    def send():
        return log_one(entry, Person.objects.get(pk=person))

    told = at_once(*([send] * 8))
    (count,) = at_once(GuidanceSession.objects.count)
    return count, told


def test_eight_sendings_of_one_entry_at_once_are_one_session():
    count, told = made_by_eight(lambda entry, actor: operations.log_session(entry, actor=actor, now=NOW).pk)
    assert (count, len(set(told))) == (1, 1)


def test_without_the_key_eight_sendings_would_be_eight():
    """The control: the same entry under keys of their own."""
    count, told = made_by_eight(
        lambda entry, actor: operations.log_session(replace(entry, key=uuid4()), actor=actor, now=NOW).pk
    )
    assert (count, len(set(told))) == (8, 8)
