"""New services, places and ways of one's own: drafts, what is asked for, and how they become public."""

from __future__ import annotations

import pytest
from django.test import Client

from kilauta.domains.directory import operations
from kilauta.domains.directory.choices import value_list
from kilauta.domains.directory.models import Channel, Place, Proposal, Service
from kilauta.kit.search.models import SearchDocument
from tests import factories
from tests.domains.directory.keeping import Helper, by, helper
from tests.domains.directory.owning import KAINUU, client_of, editor, fill, hold_lists, typed, where

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]


@pytest.fixture
def held(db: None) -> Helper:
    hold_lists()
    made = helper()
    factories.shown()
    return made


@pytest.fixture
def aino(held: Helper) -> Client:
    return client_of(editor("Aino", held.giver))


# ── New entries ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_service_is_a_draft_until_it_is_made_public(held: Helper, aino: Client) -> None:
    operations.set_trusted(held.giver, trusted=True, **by("Bengt"))
    answer = fill(
        aino, where("new-service", held.giver.pk), name_fi="Tablettikahvit", summary_fi="Opettelemme yhdessä."
    )
    made = Service.objects.get(name_fi="Tablettikahvit")
    assert (made.state, made.organisation, answer.url) == ("draft", held.giver, where("ways", made.pk))
    public = f"/palvelut/{made.short_id}-tablettikahvit/"
    assert Client(SERVER_NAME=KAINUU).get(public).status_code == 404

    press = where("publish", "palvelu", made.pk)
    for missing in ({"topics": ["a-laite"]}, {"languages": ["fi"]}, {}):
        assert aino.post(press).status_code == 302
        assert Service.objects.get(pk=made.pk).state == "draft"
        if missing:
            fill(aino, where("service", made.pk), **missing)
    way = f"{where('new-channel', made.pk)}?tapa=phone"
    answer = fill(aino, way, phone="050 555 0444")
    line = Channel.objects.get(service=made)
    assert (line.state, answer.url) == ("draft", where("hours", "tapa", line.pk))
    aino.post(press)
    assert Client(SERVER_NAME=KAINUU).get(public).status_code == 200
    assert SearchDocument.objects.filter(kind="service", key=str(made.pk)).exists()


def test_a_new_service_of_an_untrusted_organisation_waits_for_the_coordinator(
    held: Helper, aino: Client
) -> None:
    made = operations.add_service(held.giver, {
        "name_fi": "Uusi", "summary_fi": "Autamme.", "depth": "guided", "fee": "free", "topics": ["a-laite"],
        "languages": [{"language": "fi"}],
    }, **by())  # fmt: skip
    operations.add_channel(made, {"mode": "phone", "phone": "050 555 0444"}, **by())
    press = where("publish", "palvelu", made.pk)
    aino.post(press)
    aino.post(press)
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.entry_kind, proposal.entry_id, proposal.network_id) == (
        "new",
        "service",
        made.pk,
        "kainuu",
    )
    assert Service.objects.get(pk=made.pk).state == "draft"
    operations.accept(proposal, **by("Bengt"))
    assert Service.objects.get(pk=made.pk).state == "published"
    assert set(made.channels.values_list("state", flat=True)) == {"published"}


def test_a_way_added_to_a_checked_service_waits_too(held: Helper, aino: Client) -> None:
    operations.verify(held.service, ["content"], **by("Bengt"))
    fill(aino, f"{where('new-channel', held.service.pk)}?tapa=walk-in", place=str(held.place.pk))
    made = held.service.channels.exclude(pk__in=[held.line.pk, held.desk.pk]).get()
    assert (made.state, Proposal.objects.get().entry_id) == ("draft", made.pk)


def test_taking_a_checked_way_away_is_asked_and_another_goes_at_once(held: Helper, aino: Client) -> None:
    operations.verify(held.line, ["contacts"], **by("Bengt"))
    aino.post(where("withdraw", "tapa", held.line.pk))
    aino.post(where("withdraw", "tapa", held.desk.pk))
    assert (Channel.objects.get(pk=held.line.pk).state, Channel.objects.get(pk=held.desk.pk).state) == (
        "published",
        "withdrawn",
    )
    assert Proposal.objects.get().kind == "leave"


def test_a_new_place_is_the_organisations_own(held: Helper, aino: Client) -> None:
    operations.set_trusted(held.giver, trusted=True, **by("Bengt"))
    fill(
        aino,
        where("new-place", held.giver.pk),
        name_fi="Kylätalo",
        kind="village-hall",
        municipality="290",
        point="64.1, 29.5",
    )
    made = Place.objects.get(name_fi="Kylätalo")
    assert (made.host, made.steward_id, made.state, made.connection) == (
        held.giver,
        "kainuu",
        "published",
        "unknown",
    )


# ── Ways ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_mode_is_asked_first_and_then_only_what_it_needs(held: Helper, aino: Client) -> None:
    address = where("new-channel", held.service.pk)
    page = aino.get(address).content.decode()
    assert [mode for mode in value_list("mode") if f"?tapa={mode}" not in page] == []
    assert "<form class" not in page
    shown = {mode: set(typed(aino.get(f"{address}?tapa={mode}"))) for mode in value_list("mode")}
    assert {mode for mode, names in shown.items() if "place" in names} == {
        "walk-in",
        "booked-visit",
        "group",
        "self-service",
    }
    assert {mode for mode, names in shown.items() if "url" in names} == {"remote", "chat"}
    assert "phone" not in shown["self-service"]


@pytest.mark.parametrize(
    ("mode", "field"), [("phone", "phone"), ("walk-in", "place"), ("remote", "url"), ("home-visit", "phone")]
)
def test_what_a_mode_cannot_do_without_is_asked_for(
    held: Helper, aino: Client, mode: str, field: str
) -> None:
    answer = fill(aino, f"{where('new-channel', held.service.pk)}?tapa={mode}")
    assert answer.status_code == 200
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert held.service.channels.count() == 2


def test_another_mode_leaves_behind_what_it_does_not_have(held: Helper, aino: Client) -> None:
    operations.change_channel(
        held.desk, {"hours_of_place": True, "booking_url": "https://varaa.example"}, **by()
    )
    fill(aino, f"{where('channel', held.desk.pk)}?tapa=phone", phone="050 555 0555")
    row = Channel.objects.get(pk=held.desk.pk)
    assert (row.mode, row.place, row.hours_of_place, row.booking_url, row.phone) == (
        "phone",
        None,
        False,
        "",
        "050 555 0555",
    )


def test_full_until_is_kept_only_while_it_is_full(held: Helper, aino: Client) -> None:
    address = where("channel", held.line.pk)
    fill(aino, address, intake="full", full_until="1.2.2027")
    assert str(Channel.objects.get(pk=held.line.pk).full_until) == "2027-02-01"
    fill(aino, address, intake="open")
    assert Channel.objects.get(pk=held.line.pk).full_until is None
