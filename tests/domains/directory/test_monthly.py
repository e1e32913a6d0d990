"""The directory month by month: kept once, by the clock of Finland, and compared with what it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from kilauta.domains.directory import operations
from kilauta.domains.directory.models import MonthlyEntry, Organisation, Service
from kilauta.domains.directory.ports.jobs import keep_month
from kilauta.domains.directory.queries.monthly import differences, months
from kilauta.domains.directory.queries.pages import providers_of_network, services_of_network
from kilauta.domains.directory.queries.reading import reading
from kilauta.kit.accounts.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

# The last moment of October in Finland, and the first of November.
OCTOBER = datetime(2026, 10, 31, 21, 59, 59, tzinfo=UTC)
NOVEMBER = OCTOBER + timedelta(seconds=1)


def test_a_month_is_kept_once_and_belongs_to_the_clock_of_finland() -> None:
    keep_month(OCTOBER)
    keep_month(NOVEMBER)
    before = MonthlyEntry.objects.count()
    keep_month(NOVEMBER + timedelta(days=3))
    assert MonthlyEntry.objects.count() == before
    found = set(MonthlyEntry.objects.values_list("network", "month"))
    days = (date(2026, 10, 1), date(2026, 11, 1))
    assert found == {(network, day) for network in ("kainuu", "kaakko") for day in days}


def test_the_figures_are_those_of_the_public_pages() -> None:
    keep_month(NOVEMBER)
    here = reading(host="testserver", lang="fi", now=NOVEMBER)
    [month] = months("kainuu")
    services = services_of_network(here)
    assert month.figures.services == len(services)
    assert month.figures.topics == len({topic for one in services for topic in one.topics})
    assert (
        month.figures.providers
        == len({one.organisation for one in services})
        <= len(providers_of_network(here))
    )
    assert month.figures.municipalities == len(here.network.municipalities)
    assert (month.before, month.year_before) == (None, None)


def test_what_came_went_and_changed_is_told_by_name() -> None:
    system = Person.objects.system()
    keep_month(OCTOBER)
    gone = Service.objects.filter(organisation__external_id="kajaani-kirjasto", state="published").order_by(
        "pk"
    )[0]
    operations.withdraw(gone, actor=system, now=OCTOBER)
    giver = Organisation.objects.get(external_id="sotkamo-kirjasto")
    operations.plan(giver, "resources", "Kaksi neuvojaa", actor=system, now=OCTOBER)
    keep_month(NOVEMBER)
    told = {one.kind: one for one in differences("kainuu", date(2026, 11, 1), date(2026, 10, 1))}
    assert told["service"].gone == (gone.name_fi,)
    assert told["service"].come == ()
    assert told["organisation"].changed == ((giver.name_fi, ("resources",)),)
    newest = months("kainuu")[0]
    assert newest.before is not None
    assert newest.before.services - newest.figures.services == 1
