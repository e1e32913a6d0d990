"""Made when new, changed where it differs, and otherwise not touched."""

import pytest

from kilauta.domains.territory.models import Municipality, Network, Region
from kilauta.kit.exchange.saving import Outcome, save
from tests.kit.exchange_story import NOW, reference, system

pytestmark = pytest.mark.django_db


def hold(model, keys, values, **more):
    return save(model, keys, values, actor=system(), now=NOW, **more)


def test_a_new_thing_is_made():
    saved = hold(Region, {"code": "18"}, {"name_fi": "Kainuu"})
    assert saved.outcome is Outcome.CREATED
    assert Region.objects.get() == saved.thing


def test_a_thing_that_is_so_already_costs_one_query(django_assert_num_queries):
    hold(Region, {"code": "18"}, {"name_fi": "Kainuu"})
    actor = system()
    with django_assert_num_queries(1):
        assert (
            save(Region, {"code": "18"}, {"name_fi": "Kainuu"}, actor=actor, now=NOW).outcome
            is Outcome.UNCHANGED
        )


def test_only_the_given_values_change():
    hold(Region, {"code": "18"}, {"name_fi": "Kainuu", "name_sv": "Kajanaland"})
    saved = hold(Region, {"code": "18"}, {"name_fi": "Toinen"})
    assert saved.outcome is Outcome.CHANGED
    assert (saved.thing.name_fi, Region.objects.get().name_sv) == ("Toinen", "Kajanaland")


def test_a_reference_is_compared_by_its_key():
    reference()
    region = Region.objects.get()
    assert (
        hold(Municipality, {"code": "205"}, {"region": region, "successor": None}).outcome
        is Outcome.UNCHANGED
    )
    sotkamo = Municipality.objects.get(code="765")
    assert hold(Municipality, {"code": "205"}, {"successor": sotkamo}).outcome is Outcome.CHANGED
    assert hold(Municipality, {"code": "205"}, {"successor": sotkamo}).outcome is Outcome.UNCHANGED
    assert hold(Municipality, {"code": "205"}, {"successor": None}).outcome is Outcome.CHANGED


def test_a_list_is_held_exactly_and_none_leaves_it():
    reference()
    values = {"name_fi": "V", "region_id": "18", "is_default": True, "phone": "112"}

    def with_list(wanted):
        return hold(Network, {"id": "v"}, values, lists={"municipalities": wanted}).outcome

    assert with_list(["205"]) is Outcome.CREATED
    assert with_list(["205"]) is Outcome.UNCHANGED
    assert with_list(None) is Outcome.UNCHANGED
    assert with_list([Municipality.objects.get(code="765"), "205"]) is Outcome.CHANGED
    assert with_list([]) is Outcome.CHANGED
    assert not Network.objects.get().municipalities.exists()
