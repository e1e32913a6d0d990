import pytest

from kilauta.domains.territory import operations
from kilauta.domains.territory.models import Municipality, Network
from kilauta.kit.exchange.saving import Outcome
from kilauta.kit.refusals import Refused
from tests.kit.exchange_story import NOW, reference, system

pytestmark = pytest.mark.django_db

DETAILS = {"name_fi": "Verkko", "region_id": "18", "municipalities": ["205"], "phone": "050 555 0100"}


def save_network(key, **details):
    return operations.save_network(key, actor=system(), now=NOW, **{**DETAILS, **details})


@pytest.fixture(autouse=True)
def _territory():
    reference()


def test_a_network_is_held_with_its_municipalities():
    saved = save_network("verkko", default=True)
    assert saved.outcome is Outcome.CREATED
    assert [each.code for each in saved.thing.municipalities.all()] == ["205"]
    assert save_network("verkko", default=True).outcome is Outcome.UNCHANGED


def test_there_is_one_default_network():
    save_network("verkko", default=True)
    with pytest.raises(Refused) as refused:
        save_network("toinen", default=True)
    assert (refused.value.code, refused.value.field) == ("second-default", "default")


def test_another_network_needs_a_host_name():
    save_network("verkko", default=True)
    with pytest.raises(Refused) as refused:
        save_network("toinen")
    assert (refused.value.code, refused.value.field) == ("missing", "host")


def test_a_host_name_shows_one_network():
    save_network("verkko", default=True, host="a.example")
    with pytest.raises(Refused) as refused:
        save_network("toinen", host="a.example")
    assert (refused.value.code, refused.value.field) == ("host-taken", "host")


def test_what_is_not_said_of_a_network_stays():
    save_network("verkko", default=True, host="a.example")
    operations.save_network("verkko", actor=system(), now=NOW, phone="112")
    network = Network.objects.get()
    assert (network.phone, network.host, network.is_default) == ("112", "a.example", True)
    assert network.municipalities.count() == 1


def test_a_merged_municipality_stays_readable():
    sotkamo = Municipality.objects.get(code="765")
    saved = operations.save_municipality(
        "205", actor=system(), now=NOW, successor=sotkamo, ended_on=NOW.date()
    )
    assert saved.outcome is Outcome.CHANGED
    assert Municipality.objects.get(code="205").name_fi == "Kajaani"
