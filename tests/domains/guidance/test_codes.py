"""What hangs on a session stands in it once more, in a word: the figures count by that, so both say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance import operations
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.logic.figures import Breakdown, told_often
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.domains.guidance.operations.past import Past, bring_in
from kilauta.domains.guidance.queries.sessions import entry_of
from kilauta.kit.accounts.models import Person
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


@pytest.fixture
def entry():
    library = Organisation.objects.get(external_id="kajaani-kirjasto")
    return Entry(
        key=uuid4(), network="kainuu", organisation=library.pk, held_on=date(2026, 11, 24), mode="walk-in",
        topics=("b-kela", "a-laite"), devices=("tablet", "phone"),
    )  # fmt: skip


def other_than_hangs():
    """Return the sessions that say another thing in a word than what hangs on them."""
    return [
        row.pk
        for row in GuidanceSession.objects.prefetch_related("topics", "devices")
        if (row.topic_codes.split(), row.device_codes.split())
        != (sorted(each.pk for each in row.topics.all()), sorted(each.pk for each in row.devices.all()))
    ]


def test_what_is_logged_changed_and_brought_in_says_the_same_in_a_word(entry):
    actor = Person.objects.system()
    session = operations.log_session(entry, actor=actor, now=NOW)
    assert (session.topic_codes, session.device_codes) == ("a-laite b-kela", "phone tablet")
    bring_in([Past(replace(entry, key=uuid4(), topics=("b-vero", "a-posti"), devices=()), None, NOW)])
    assert GuidanceSession.objects.filter(topic_codes="a-posti b-vero", device_codes="").exists()
    assert other_than_hangs() == []
    said = replace(entry_of(session), topics=("a-posti",), devices=())
    changed = operations.change_session(session, said, actor=actor, now=NOW)
    assert (changed.topic_codes, changed.device_codes) == ("a-posti", "")
    assert other_than_hangs() == []


def test_sessions_of_before_are_told_in_a_word_by_the_migration(entry):
    actor = Person.objects.system()
    bare = operations.log_session(replace(entry, key=uuid4(), topics=(), devices=()), actor=actor, now=NOW)
    session = operations.log_session(entry, actor=actor, now=NOW)
    GuidanceSession.objects.update(topic_codes="", device_codes="")
    assert session.pk in other_than_hangs()
    migration = import_module("kilauta.domains.guidance.migrations.0002_codes_in_a_word")
    migration.tell(apps, SimpleNamespace(connection=connection))
    assert other_than_hangs() == []
    bare.refresh_from_db()
    assert (bare.topic_codes, bare.device_codes) == ("", "")


def test_what_each_may_have_several_of_is_counted_by_each_and_once_in_the_base():
    found = told_often([(("a", "b"), 3), (("a",), 2), ((), 4), (("b", "c"), 1)])
    assert found == Breakdown({"a": 5, "b": 4, "c": 1}, base=6, untold=4)
    assert found.share("a") == 83
    assert told_often([]) == Breakdown({}, 0, 0)
