from datetime import time
from itertools import islice

import pytest

from kilauta.domains.directory import operations
from kilauta.domains.directory.choices import read_values
from kilauta.domains.directory.models import (
    Channel,
    EverydayGroup,
    OpeningRule,
    Organisation,
    Place,
    RoutingRule,
    Service,
    Topic,
)
from kilauta.domains.directory.operations.addresses import candidates, free_short_id
from kilauta.domains.territory.models import Network
from kilauta.kit.exchange.saving import Outcome
from kilauta.kit.refusals import Refused
from tests.kit.exchange_story import LATER, NOW, TERMS, load, reference, rows, system, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(tmp_path):
    reference()
    load(write(tmp_path, rows()))


def by(now=NOW):
    return {"actor": system(), "now": now}


def organisation(key):
    return Organisation.objects.get(external_id=key)


def test_an_organisation_keeps_what_is_not_said(story):
    saved = operations.save_organisation("kilauta", "kunta", phone="112", **by(LATER))
    assert saved.outcome is Outcome.CHANGED
    kept = organisation("kunta")
    assert (kept.phone, kept.name_fi, kept.changed_at) == ("112", "Kunta", LATER)
    assert kept.identifiers.count() == 2


def test_identifiers_are_held_exactly_and_are_a_change_of_the_organisation(story):
    saved = operations.save_organisation("kilauta", "kunta", identifiers={"ptv": "x"}, **by(LATER))
    assert saved.outcome is Outcome.CHANGED
    assert list(saved.thing.identifiers.values_list("source", "value")) == [("ptv", "x")]
    assert organisation("kunta").changed_at == LATER
    again = operations.save_organisation("kilauta", "kunta", identifiers={"ptv": "x"}, **by(NOW))
    assert again.outcome is Outcome.UNCHANGED


def test_an_identifier_names_one_organisation(story):
    with pytest.raises(Refused) as refused:
        operations.save_organisation("kilauta", "kirjasto", identifiers={"ptv": "abc-1"}, **by())
    assert (refused.value.code, refused.value.field) == ("identifier-taken", "identifiers")


def test_no_organisation_stands_above_itself(story):
    with pytest.raises(Refused) as refused:
        operations.save_organisation("kilauta", "kunta", parent=organisation("kirjasto"), **by())
    assert (refused.value.code, refused.value.field) == ("parent-cycle", "parent")
    assert organisation("kunta").parent is None


def test_a_village_lies_in_its_municipality(story):
    with pytest.raises(Refused) as refused:
        operations.save_place("kilauta", "tupa", municipality_id="765", locality_id="kyla", **by())
    assert (refused.value.code, refused.value.field) == ("locality-elsewhere", "locality")


@pytest.mark.parametrize(
    ("mode", "lacking"),
    [
        ("walk-in", "place"),
        ("phone", "phone"),
        ("remote", "url"),
        ("home-visit", "phone"),
        ("mobile", "phone"),
    ],
)
def test_a_way_names_what_it_needs(mode, lacking, story):
    nothing = {"place": None, "phone": "", "url": "", "booking_url": ""}
    service = Service.objects.get(external_id="tuki")
    with pytest.raises(Refused) as refused:
        operations.save_channel("kilauta", "uusi", service=service, mode=mode, **nothing, **by())
    assert (refused.value.code, refused.value.field) == ("missing", lacking)
    assert not Channel.objects.filter(external_id="uusi").exists()


def test_a_detail_of_a_way_can_be_changed_alone(story):
    saved = operations.save_channel("kilauta", "tuki-talo", mode="booked-visit", lead_days=2, **by(LATER))
    assert (saved.thing.mode, saved.thing.lead_days, saved.thing.changed_at) == ("booked-visit", 2, LATER)


def test_everywhere_and_some_municipalities_are_two_things(story):
    assert Channel.objects.get(external_id="tuki-puhelin").everywhere
    assert not Channel.objects.get(external_id="tuki-puhelin").area.exists()
    home = Channel.objects.get(external_id="neuvo-kotiin")
    assert [each.code for each in home.area.order_by("code")] == ["205", "765"]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"state": "open", "weekdays": "1"}, "opens"),
        ({"state": "closed", "opens": time(9), "closes": None}, "closes"),
        ({"state": "closed", "nth": 1}, "weekdays"),
        ({"state": "closed", "exception": True}, "valid_from"),
    ],
)
def test_hours_that_mean_nothing_are_refused(details, field, story):
    place = Place.objects.get(external_id="talo")
    with pytest.raises(Refused) as refused:
        operations.save_opening_rule("kilauta", "uusi", owner=place, **details, **by())
    assert (refused.value.code, refused.value.field) == ("missing", field)


def test_hours_may_change_their_owner(story):
    network = Network.objects.get()
    operations.save_opening_rule("kilauta", "talo-1", owner=network, **by())
    rule = OpeningRule.objects.get(external_id="talo-1")
    assert (rule.network, rule.place) == (network, None)


def test_a_code_that_is_gone_from_the_table_is_retired_and_may_come_back(story):
    values = [value for value in read_values() if value.code in TERMS]
    less = [value for value in values if value.code != "a-turva"]
    held = operations.hold_terms(less, **by(LATER))
    assert {saved.outcome for saved in held["topic"]} == {Outcome.UNCHANGED, Outcome.CHANGED}
    assert Topic.objects.get(code="a-turva").retired_on == LATER.date()
    assert Service.objects.get(external_id="neuvo").topics.get().code == "a-turva"
    operations.hold_terms(less, **by(NOW))
    assert Topic.objects.get(code="a-turva").retired_on == LATER.date()
    operations.hold_terms(values, **by(LATER))
    assert Topic.objects.get(code="a-turva").retired_on is None


def test_the_whole_table_is_held_in_its_own_order():
    held = operations.hold_terms(read_values(), **by())
    assert {name: len(some) for name, some in held.items()} == {
        name: sum(value.list == name for value in read_values()) for name in held
    }
    assert EverydayGroup.objects.order_by("position").first().code == "puhelin"
    phone = EverydayGroup.objects.get(code="puhelin")
    assert (phone.device_id, phone.topics.count() > 0) == ("phone", True)
    again = operations.hold_terms(read_values(), **by(LATER))
    assert {saved.outcome for some in again.values() for saved in some} == {Outcome.UNCHANGED}


def test_a_routing_rule_is_held(story):
    details = {
        "topic_id": "a-turva",
        "prefer": "bank",
        "forbidden_limits": ["no-payments"],
        "forbidden_kinds": ["library"],
    }
    assert operations.save_routing_rule("s", **details, **by()).outcome is Outcome.CREATED
    assert operations.save_routing_rule("s", **details, **by()).outcome is Outcome.UNCHANGED
    assert RoutingRule.objects.get().forbidden_limits.get().code == "no-payments"


def test_a_short_id_is_made_of_what_the_entry_is_known_by():
    first, second = islice(candidates("kilauta", "service", "tuki"), 2)
    assert (first, len(first)) == (next(candidates("kilauta", "service", "tuki")), 6)
    others = {
        next(candidates(*key))
        for key in [("ptv", "service", "tuki"), ("kilauta", "place", "tuki"), ("kilauta", "service", "x")]
    }
    assert len(others | {first, second}) == 5
    assert first == "hc49f1"


def test_a_taken_short_id_gives_way_to_the_next(story):
    first, second = islice(candidates("kilauta", "service", "uusi"), 2)
    Service.objects.filter(external_id="tuki").update(short_id=first)
    assert free_short_id(Service, "kilauta", "uusi") == second


def test_a_verification_is_kept_beside_the_older_one(story):
    kunta = organisation("kunta")
    details = {"method": "email", "by_role": "koordinaattori", "due_on": LATER.date()}
    operations.save_verification(kunta, "contacts", NOW.date(), **details, **by())
    assert kunta.verifications.count() == 2
