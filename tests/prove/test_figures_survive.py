"""What is personal ends by its clock or with the person, and every figure of the help stays as it was, to the last digit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kilauta.domains.guidance.logic import periods
from kilauta.domains.guidance.models import GuidanceSession, Tag
from kilauta.domains.guidance.queries.figures import Figures, Of, figures
from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy import erasing, finding, retention
from kilauta.site.reference import load_reference_data
from tests import factories
from tests.cast import NOW, at_once
from tests.domains.guidance.forty import Story, tell

pytestmark = [pytest.mark.prove, pytest.mark.usefixtures("own_database"), pytest.mark.timeout(900)]

DAYS = (8, 15, 31, 91, 400)
YEAR = periods.between(date(2026, 1, 1), date(2026, 11, 24))


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def story() -> Story:
    load_reference_data(actor=Person.objects.system(), now=NOW)
    factories.network("kainuu", is_default=True)
    told = tell()
    for session in told.sessions.values():
        session.note = "Kävi ystävän kanssa."
        session.save()
    tag = Tag.objects.create(
        network_id=told.network,
        scope="mine",
        person=told.people["aada"],
        name="Keskiviikko",
        folded="keskiviikko",
    )
    told.sessions[1].tags.add(tag)
    return told


def all_figures(told: Story) -> list[Figures]:
    """Return the figures of the network, of each organisation and of each part that one may ask for."""
    assert YEAR is not None
    asked = [
        Of(told.network),
        *(Of(told.network, organisation=each.pk) for each in told.organisations.values()),
        *(Of(told.network, **{name: value}) for name, value in (
            ("municipality", "290"), ("topic", "a-laite"), ("mode", "phone"), ("given_by", "volunteer"),
        )),
    ]  # fmt: skip
    return [figures(of, YEAR, now=NOW + timedelta(days=500)) for of in asked]


def of_help(found: list[Figures]) -> list[Figures]:
    """Leave out how many people have logged: who is erased is one of them no more."""
    return [replace(each, coverage=None) for each in found]


def test_figures_stay_while_the_clocks_run_and_when_everybody_who_helped_is_erased() -> None:
    def live() -> tuple[list[Figures], dict[int, bool], list[int], list[Figures]]:
        told = story()
        before = all_figures(told)
        same, notes = {}, []
        for days in DAYS:
            retention.run_retention(now=NOW + timedelta(days=days))
            same[days] = all_figures(told) == before
            notes.append(GuidanceSession.objects.exclude(note="").count())
        for person in told.people.values():
            erasing.erase(finding.whom(person=person.pk), actor=Person.objects.system(), now=NOW)
        connection.close()
        return before, same, notes, all_figures(told)

    ((before, same, notes, after),) = at_once(live)
    assert before[0].all.now.sessions == 30
    assert same == dict.fromkeys(DAYS, True)
    assert notes == [40, 40, 0, 0, 0]  # a note ends 30 days after it was written
    assert of_help(after) == of_help(before)
    assert after[0].coverage is not None
    assert (after[0].coverage.supporters, after[0].coverage.logged) == (0, 0)


def test_a_session_that_went_with_its_person_would_be_missed() -> None:
    """The control: the same look notices one session less."""

    def live() -> tuple[list[Figures], list[Figures]]:
        told = story()
        before = all_figures(told)
        told.sessions[7].delete()
        return before, all_figures(told)

    ((before, after),) = at_once(live)
    assert of_help(after) != of_help(before)
    assert after[0].all.now.sessions == 29
