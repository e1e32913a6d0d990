"""The walls: what the database itself refuses, whoever writes."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint

from kilauta.domains.territory.models import Locality, Municipality, Network
from tests.kit.exchange_story import load, reference, rows, write

pytestmark = pytest.mark.django_db

CASES = {
    "municipality_in_finland": (Municipality, {"lat": 48.8, "lon": 25.0}),
    "ended_municipality_has_successor": (Municipality, {"ended_on": "2025-01-01"}),
    "municipality_succeeds_another": (Municipality, {"successor_id": "205"}),
    "locality_in_finland": (Locality, {"lon": 1.0}),
    "one_default_network": (Network, {"is_default": True}),
    "network_has_host_or_is_default": (Network, {"host": None}),
}


def test_every_constraint_has_a_case():
    models = apps.get_app_config("territory").get_models()
    assert {constraint.name for model in models for constraint in model._meta.constraints} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name, tmp_path):
    reference()
    second = {**rows()["networks"][0], "id": "toinen", "default": "no", "host": "toinen.example"}
    assert load(write(tmp_path, rows(networks=[second]))).problems == []
    model, change = CASES[name]
    key = {Municipality: "205", Locality: "kyla", Network: "toinen"}[model]
    constraint = next(each for each in model._meta.constraints if each.name == name)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        model.objects.filter(pk=key).update(**change)
    assert name in str(refused.value) or not isinstance(constraint, CheckConstraint)


@pytest.mark.parametrize(("lat", "lon"), [(64.2, None), (None, 27.7)])
def test_half_a_point_is_refused(lat, lon):
    reference()
    with pytest.raises(IntegrityError), transaction.atomic():
        Municipality.objects.filter(pk="205").update(lat=lat, lon=lon)
