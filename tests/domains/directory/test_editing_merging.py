"""One entry out of two: nothing is lost, old addresses lead on, and it can be taken apart again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kilauta.domains.directory import operations
from kilauta.domains.directory.models import (
    Channel,
    Organisation,
    OrganisationIdentifier,
    OrganisationRole,
    Place,
    Service,
)
from kilauta.domains.directory.queries.duplicates import likely_pairs
from kilauta.domains.directory.queries.history import history_of
from kilauta.domains.directory.queries.snapshots import snapshot
from kilauta.kit.audit.models import Change
from kilauta.kit.refusals import Refused
from kilauta.kit.search import index
from tests import factories
from tests.cast import NOW, Visitor
from tests.domains.directory.keeping import NINE_TO_FOUR, Helper, by, helper, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]
KAINUU = ["kainuu"]


@pytest.fixture
def twins() -> tuple[Helper, Helper]:
    keep, other = helper("a"), helper("b")
    for each, given in ((keep, {"ptv": "1"}), (other, {"ptv": "2", "y": "3"})):
        rows = [{"source": source, "value": value} for source, value in given.items()]
        operations.change_organisation(each.giver, {"identifiers": rows}, **by())
    factories.shown()
    return keep, other


def now(thing):
    return type(thing).objects.get(pk=thing.pk)


def everything() -> dict[str, object]:
    """Return what all entries say and where they hang."""
    found: dict[str, object] = {}
    for model in (Organisation, Place, Service, Channel):
        for row in model.objects.order_by("pk"):
            standing = {
                name: str(getattr(row, name, None))
                for name in (
                    "state",
                    "merged_into_id",
                    "service_id",
                    "host_id",
                    "organisation_id",
                    "place_id",
                )
            }
            found[f"{model.__name__} {row.pk}"] = {**snapshot(row), **standing}
    found["roles"] = sorted(
        OrganisationRole.objects.values_list("organisation_id", "network_id", "role"), key=str
    )
    return found


# ── Joining ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_newer_value_that_is_not_empty_wins_field_by_field(twins) -> None:
    keep, other = twins
    later, latest = NOW + timedelta(days=1), NOW + timedelta(days=2)
    operations.change_organisation(
        keep.giver, {"website": "https://vanha.example/", "phone": "050 555 0101"}, **by(now=later)
    )
    operations.change_organisation(
        other.giver,
        {"website": "https://uusi.example/", "phone": "050 555 0102", "summary_sv": "Hjälp"},
        **by(now=latest),
    )
    operations.change_organisation(
        keep.giver, {"phone": "050 555 0103", "email": "a@apu.example"}, **by(now=latest + timedelta(days=1))
    )
    operations.change_organisation(other.giver, {"email": ""}, **by(now=latest + timedelta(days=2)))
    operations.merge(keep.giver, other.giver, **by("Bengt", latest + timedelta(days=9)))
    row = now(keep.giver)
    assert (row.website, row.phone) == ("https://uusi.example/", "050 555 0103")
    assert (row.summary_sv, row.email) == ("Hjälp", "a@apu.example")


def test_all_identifiers_and_everything_around_it_go_with_the_one_that_is_kept(twins) -> None:
    keep, other = twins
    operations.merge(keep.giver, other.giver, **by())
    numbers = OrganisationIdentifier.objects.filter(organisation=keep.giver).values_list("source", "value")
    assert sorted(numbers) == [("ptv", "1"), ("ptv", "2"), ("y", "3")]
    assert {now(other.service).organisation, now(other.place).host} == {keep.giver}
    gone = now(other.giver)
    assert (gone.state, gone.merged_into, gone.external_id) == ("withdrawn", keep.giver, "b")
    assert [verb for verb, _values in told(keep.giver)][-1] == "merged"
    assert history_of(keep.giver)[0].verb == "merged"


def test_of_two_business_ids_the_other_is_kept_as_a_number(twins) -> None:
    keep, other = twins
    operations.change_organisation(keep.giver, {"business_id": "1234567-1"}, **by())
    operations.change_organisation(
        other.giver, {"business_id": "7654321-8"}, **by(now=NOW + timedelta(days=1))
    )
    operations.merge(keep.giver, other.giver, **by())
    assert now(keep.giver).business_id == "7654321-8"
    assert keep.giver.identifiers.get(source="business-id").value == "1234567-1"


def test_old_addresses_lead_on_also_over_two_joinings(twins) -> None:
    keep, other = twins
    third = helper("c")
    operations.merge(other.giver, third.giver, **by())
    operations.merge(keep.giver, other.giver, **by())
    for short in (other.giver.short_id, third.giver.short_id):
        answer = Visitor().get(f"/antajat/{short}-mika-tahansa/")
        assert (answer.status_code, answer["Location"]) == (
            301,
            f"/antajat/{keep.giver.short_id}-yhdistys-a/",
        )
    operations.merge(keep.place, other.place, **by())
    operations.merge(keep.service, other.service, **by())
    assert Visitor().get("/paikat/pb-paikka-b/")["Location"] == "/paikat/pa-paikka-a/"
    assert Visitor().get("/palvelut/sb-palvelu-b/")["Location"] == "/palvelut/sa-palvelu-a/"


def test_ways_and_places_go_along_and_are_found_anew(twins) -> None:
    keep, other = twins
    operations.merge(keep.place, other.place, **by())
    operations.merge(keep.service, other.service, **by())
    assert now(other.desk).place == keep.place
    assert {now(each).service for each in (other.line, other.desk)} == {keep.service}
    assert index.faults() == []


def test_one_that_stands_below_the_other_does_not_come_to_stand_below_itself(twins) -> None:
    keep, other = twins
    above = factories.organisation("z")
    operations.change_organisation(other.giver, {"parent": above}, **by())
    operations.change_organisation(keep.giver, {"parent": now(other.giver)}, **by())
    change = operations.merge(keep.giver, other.giver, **by())
    assert now(keep.giver).parent == above
    operations.unmerge(change, **by())
    assert now(keep.giver).parent == other.giver


@pytest.mark.parametrize("wrong", ["itself", "another kind", "joined already"])
def test_only_two_different_entries_of_a_kind_are_joined(twins, wrong: str) -> None:
    keep, other = twins
    if wrong == "joined already":
        operations.merge(keep.giver, other.giver, **by())
    with_what = {"itself": keep.giver, "another kind": other.place, "joined already": other.giver}[wrong]
    with pytest.raises(Refused):
        operations.merge(keep.giver, with_what, **by())
    with pytest.raises(Refused):
        operations.publish(now(other.giver), **by()) if wrong == "joined already" else operations.merge(
            with_what, with_what, **by()
        )


# ── Taking apart ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["giver", "place", "service"])
def test_what_is_taken_apart_is_as_it_was(twins, kind: str) -> None:
    keep, other = twins
    operations.set_hours(other.place, [NINE_TO_FOUR], **by())
    OrganisationRole.objects.create(organisation=keep.giver, network=keep.network, role="member")
    for role in ("member", "steering"):
        OrganisationRole.objects.create(organisation=other.giver, network=keep.network, role=role)
    operations.change_organisation(other.giver, {"phone": "050 555 0102", "business_id": "7654321-8"}, **by())
    operations.change_service(other.service, {"bring_fi": "Laite", "languages": [{"language": "sv"}]}, **by())
    before = everything()
    change = operations.merge(getattr(keep, kind), getattr(other, kind), **by())
    assert everything() != before
    operations.unmerge(change, **by("Bengt", NOW + timedelta(days=1)))
    assert everything() == before
    assert index.faults() == []
    with pytest.raises(Refused):
        operations.unmerge(change, **by())


def test_what_was_changed_by_hand_since_stays(twins) -> None:
    keep, other = twins
    operations.change_organisation(other.giver, {"phone": "050 555 0102", "email": "b@apu.example"}, **by())
    change = operations.merge(keep.giver, other.giver, **by())
    operations.change_organisation(keep.giver, {"phone": "050 555 0109"}, **by())
    operations.unmerge(change, **by())
    assert (now(keep.giver).phone, now(keep.giver).email) == ("050 555 0109", "")


def test_only_a_joining_is_taken_apart(twins) -> None:
    keep, _other = twins
    with pytest.raises(Refused):
        operations.unmerge(Change.objects.filter(thing_id=str(keep.giver.pk)).first(), **by())


# ── Likely pairs ────────────────────────────────────────────────────────────────────────────────────────


def test_likely_pairs_are_offered_until_they_are_joined_or_told_apart(twins) -> None:
    keep, other = twins
    for each in twins:
        operations.change_organisation(each.giver, {"name_fi": "Kuhmon eläkeläiset"}, **by())
    (pair,) = likely_pairs(KAINUU, "organisation")
    assert ({pair.first, pair.second}, pair.first_name, len(pair.reasons)) == (
        {str(keep.giver.pk), str(other.giver.pk)},
        "Kuhmon eläkeläiset",
        1,
    )
    assert likely_pairs(["kaakko"], "organisation") == ()
    operations.keep_apart(keep.giver, other.giver, **by())
    operations.keep_apart(other.giver, keep.giver, **by())
    assert likely_pairs(KAINUU, "organisation") == ()


def test_places_pair_by_address_and_services_within_their_organisation(twins) -> None:
    keep, other = twins
    for each in twins:
        operations.change_place(each.place, {"name_fi": "Kylätalo", "address": "Koulukatu 1"}, **by())
        operations.change_service(each.service, {"name_fi": "Laiteneuvonta"}, **by())
    assert len(likely_pairs(KAINUU, "place")) == 1
    assert likely_pairs(KAINUU, "service") == ()
    operations.merge(keep.giver, other.giver, **by())
    assert len(likely_pairs(KAINUU, "service")) == 1
    operations.merge(keep.place, other.place, **by())
    assert likely_pairs(KAINUU, "place") == ()


def test_pairs_cost_the_same_number_of_queries_for_many(twins) -> None:
    def cost() -> list[int]:
        found = []
        for kind in ("organisation", "place", "service"):
            with CaptureQueriesContext(connection) as queries:
                likely_pairs(KAINUU, kind)
            found.append(len(queries))
        return found

    before = cost()
    for key in "cdef":
        helper(key)
    assert cost() == before
    assert max(before) <= 3
