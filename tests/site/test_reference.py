import pytest

from kilauta.domains.finder.models import Synonym
from kilauta.domains.territory.models import Municipality
from kilauta.kit.accounts.models import Person
from kilauta.kit.store import editions
from kilauta.site.demo.load import load_demo
from kilauta.site.reference import load_reference_data
from tests.kit.exchange_story import LATER, NOW

pytestmark = pytest.mark.django_db


def test_reference_data_is_clean_and_is_held_once():
    actor = Person.objects.system()
    first = load_reference_data(actor=actor, now=NOW)
    assert first.problems == []
    assert first.created == sum(counts.created for counts in first.tables.values()) > 1000
    edition = editions.current()
    second = load_reference_data(actor=actor, now=LATER)
    assert (second.created, second.changed, second.unchanged) == (0, 0, first.created)
    assert editions.current() == edition
    assert Municipality.objects.get(code="205").name_fi == "Kajaani"
    assert Synonym.objects.filter(lang="sv").exists()


def test_both_example_networks_live_in_one_installation():
    actor = Person.objects.system()
    load_reference_data(actor=actor, now=NOW)
    first = load_demo(actor=actor, now=NOW)
    assert first.problems == []
    second = load_demo(actor=actor, now=LATER)
    assert (second.created, second.changed, second.unchanged) == (0, 0, first.created)
