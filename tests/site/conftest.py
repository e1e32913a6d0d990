"""A network just large enough for the pages about the service: one helper, one topic, one municipality."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from django.utils import translation

NOW = datetime(2026, 12, 3, 8, 30, tzinfo=UTC)
ENTRY = {"state": "published", "changed_at": NOW}


@pytest.fixture
def kuhmo(db):
    from kilauta.domains.territory.models import Municipality, Network, Region
    from kilauta.kit.store import editions

    region = Region.objects.create(code="18", name_fi="Kainuu", name_sv="Kajanaland", name_en="Kainuu")
    municipality = Municipality.objects.create(
        code="290", name_fi="Kuhmo", name_sv="Kuhmo", region=region, lat=64.13, lon=29.52, languages="fi"
    )
    network = Network.objects.create(
        id="kuhmo",
        is_default=True,
        name_fi="Kuhmon digituki",
        name_sv="Kuhmo digistöd",
        name_en="Kuhmo Digital Support",
        region=region,
        phone="050 555 0100",
        email="apua@kuhmo.example",
    )
    network.municipalities.add(municipality)
    _helper(network)
    editions.renew()
    yield network
    translation.deactivate()


def _helper(network):
    from kilauta.domains.directory.models import (
        Channel,
        EverydayGroup,
        OpeningRule,
        Organisation,
        OrganisationRole,
        Service,
        ServiceLanguage,
        Theme,
        Topic,
    )

    theme = Theme.objects.create(code="arki", name_fi="Arki", name_sv="Vardag", name_en="Everyday")
    topic = Topic.objects.create(
        code="a-laite", name_fi="Laitteen käyttö", name_sv="Apparaten", name_en="Device", theme=theme
    )
    group = EverydayGroup.objects.create(
        code="puhelin", name_fi="Puhelin", name_sv="Telefon", name_en="Phone"
    )
    group.topics.add(topic)
    library = Organisation.objects.create(
        external_id="kirjasto",
        short_id="k1",
        kind="library",
        name_fi="Kuhmon kirjasto",
        phone="050 555 0110",
        email="kirjasto@kuhmo.example",
        **ENTRY,
    )
    for role in ("coordinator", "responsible", "steering"):
        OrganisationRole.objects.create(
            organisation=library, network=network, role=role, note="Aino Esimerkki"
        )
    service = Service.objects.create(
        external_id="neuvonta",
        short_id="p1",
        organisation=library,
        name_fi="Digineuvonta",
        summary_fi="Neuvomme.",
        depth="guided",
        fee="free",
        **ENTRY,
    )
    service.topics.add(topic)
    ServiceLanguage.objects.create(service=service, language="fi")
    line = Channel.objects.create(
        external_id="soitto", service=service, mode="phone", phone="050 555 0132", **ENTRY
    )
    line.area.set(network.municipalities.all())
    for number, owner in enumerate(({"channel": line}, {"network": network})):
        OpeningRule.objects.create(
            external_id=f"tunnit-{number}",
            weekdays="12345",
            opens=time(9),
            closes=time(16),
            state="open",
            **owner,
        )
