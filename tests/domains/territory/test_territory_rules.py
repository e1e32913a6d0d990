"""Whose the lists are that the networks of an installation share."""

from __future__ import annotations

import pytest

from tests import factories
from tests.domains.registering import bengt, new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]


def test_the_coordinator_of_the_only_network_keeps_what_networks_share() -> None:
    factories.network("kainuu", is_default=True)
    client = bengt()
    assert client.get(new("sanat")).status_code == 200
    factories.network("toinen")
    assert client.get(new("sanat")).status_code == 404
