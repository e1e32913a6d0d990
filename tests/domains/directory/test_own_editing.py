"""The editors of one's own entries: what they keep, what they refuse, what they show before it is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from kilauta.domains.directory import operations
from kilauta.domains.directory.logic import bring
from kilauta.domains.directory.models import Channel, Organisation, Place, Proposal, Service
from kilauta.domains.directory.queries.snapshots import snapshot
from kilauta.domains.directory.views.desk.hands import SAID_WORDS
from kilauta.kit.audit.models import Change
from kilauta.kit.search.models import SearchDocument
from kilauta.kit.store import editions
from kilauta.lib.words import Words
from tests import factories
from tests.cast import NOW
from tests.domains.directory.keeping import Helper, by, helper, told
from tests.domains.directory.owning import client_of, editor, fill, hold_lists, said, typed, where

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


EDITORS = (
    ("organisation", "giver"),
    ("service", "service"),
    ("channel", "line"),
    ("channel", "desk"),
    ("place", "place"),
)


# ── Saving ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("page", "part"), EDITORS)
def test_a_form_sent_back_as_it_was_changes_nothing(held: Helper, aino: Client, page: str, part: str) -> None:
    thing = getattr(held, part)
    operations.change_service(held.service, {
        "topics": ["a-laite", "b-kela"], "devices": ["phone"], "limits": ["no-repairs"], "bring_fi": "Oma laite. Tule ajoissa.",
        "bring_sv": "Egen apparat.", "languages": [{"language": "sv", "note_fi": "tiistaisin"}, {"language": "fi"}],
    }, **by())  # fmt: skip
    operations.change_place(
        held.place, {"access_yes": ["lift"], "access_no": ["quiet-room"], "lat": 64.13, "lon": 29.52}, **by()
    )
    operations.change_channel(held.line, {"area": ["290"], "note_fi": "Soita rohkeasti."}, **by())
    thing.refresh_from_db()
    before = snapshot(thing)
    answer = fill(aino, where(page, thing.pk))
    assert said(aino, answer) == str(SAID_WORDS["nothing"]())
    assert snapshot(type(thing).objects.get(pk=thing.pk)) == before


def test_an_organisation_keeps_its_contact_details(held: Helper, aino: Client) -> None:
    fill(
        aino, where("organisation", held.giver.pk), name_fi="Kylän tuki", name_sv="Byns stöd", summary_fi="Neuvomme kylällä.",
        phone="tel. 050 555 0123", email="tuki@kyla.example", website="kyla.example",
    )  # fmt: skip
    row = Organisation.objects.get(pk=held.giver.pk)
    assert (row.name, row.summary.fi, row.phone, row.email, row.website) == (
        Words("Kylän tuki", "Byns stöd"), "Neuvomme kylällä.", "050 555 0123", "tuki@kyla.example", "https://kyla.example",
    )  # fmt: skip


def test_a_service_keeps_its_ticks_and_what_is_said_beside_them(held: Helper, aino: Client) -> None:
    rows = [{"language": "sv", "note_fi": "tiistaisin"}]
    operations.change_service(held.service, {"languages": rows, "topics": ["a-laite", "b-kela"]}, **by())
    fill(
        aino, where("service", held.service.pk), topics=["b-kela", "b-vero"], devices=["phone", "tablet"],
        languages=["fi", "sv"], limits=["no-repairs"], fee="partly-free", audiences_also=["older"],
        things=["own-device", "glasses"], bring_fi="Varaa tunti aikaa.",
    )  # fmt: skip
    said_now = snapshot(Service.objects.get(pk=held.service.pk))
    assert said_now["topics"] == ["b-kela", "b-vero"]
    assert (said_now["devices"], said_now["limits"], said_now["fee"]) == (
        ["phone", "tablet"],
        ["no-repairs"],
        "partly-free",
    )
    assert {row["language"]: row["note_fi"] for row in said_now["languages"]} == {
        "fi": "",
        "sv": "tiistaisin",
    }
    assert said_now["bring_fi"] == "Oma laite, silmälasit. Varaa tunti aikaa."
    assert said_now["bring_sv"] == "Egen apparat, glasögon."
    opened = typed(aino.get(where("service", held.service.pk)))
    assert (opened["things"], opened["bring_fi"]) == (["own-device", "glasses"], ["Varaa tunti aikaa."])


def test_a_retired_topic_stays_although_the_form_cannot_show_it(held: Helper, aino: Client) -> None:
    from kilauta.domains.directory.models import Topic

    operations.change_service(
        held.service, {"topics": ["a-laite", "b-kela"], "languages": [{"language": "fi"}]}, **by()
    )
    Topic.objects.filter(pk="b-kela").update(retired_on=NOW.date())
    editions.renew()
    fill(aino, where("service", held.service.pk), topics=["a-laite", "b-vero"])
    assert snapshot(held.service, ["topics"])["topics"] == ["a-laite", "b-kela", "b-vero"]


def test_a_place_keeps_typed_coordinates_and_says_what_it_does_not_know(held: Helper, aino: Client) -> None:
    fill(
        aino, where("place", held.place.pk), point="64,1303 29,5197", access_lift="yes", access_quiet_room="no",
        connection="weak", address="Koulukatu 1", postal_code="88900",
    )  # fmt: skip
    row = Place.objects.get(pk=held.place.pk)
    assert (row.lat, row.lon, row.access_yes, row.access_no, row.connection) == (
        64.1303,
        29.5197,
        ["lift"],
        ["quiet-room"],
        "weak",
    )


@pytest.mark.parametrize("point", ["jossakin", "64.13", "29.5197, 64.1303", "48.85, 2.35"])
def test_coordinates_that_are_none_or_elsewhere_are_told(held: Helper, aino: Client, point: str) -> None:
    answer = fill(aino, where("place", held.place.pk), point=point)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="id_point_error"' in page
    assert f'value="{point}"' in page


def test_a_place_that_moves_leaves_its_village(held: Helper, aino: Client) -> None:
    from kilauta.domains.territory.models import Locality

    village = Locality.objects.create(pk="v", municipality_id="290", name_fi="Kylä", lat=64.1, lon=29.5)
    operations.change_place(held.place, {"locality": village.pk}, **by())
    fill(aino, where("place", held.place.pk), municipality="205")
    row = Place.objects.get(pk=held.place.pk)
    assert (row.municipality_id, row.locality_id) == ("205", None)


def test_extra_fields_change_nothing(held: Helper, aino: Client) -> None:
    for page, part in EDITORS:
        thing = getattr(held, part)
        extra = {"state": "withdrawn", "trusted": "on", "steward": "x", "short_id": "x", "merged_into": "x",
                 "organisation": "x", "host": "", "roles": "x", "kind": "bank"}  # fmt: skip
        sent = typed(aino.get(where(page, thing.pk)))
        if "kind" in sent:
            extra.pop("kind")
        aino.post(where(page, thing.pk), {"do": "save", **sent, **extra})
        row = type(thing).objects.get(pk=thing.pk)
        assert row.state == "published"
    row = Organisation.objects.get(pk=held.giver.pk)
    assert (row.trusted, row.kind, row.steward_id, row.short_id) == (False, "association", "kainuu", "ya")
    assert Place.objects.get(pk=held.place.pk).host == held.giver


def test_what_somebody_changed_meanwhile_is_not_lost_unseen(held: Helper, aino: Client) -> None:
    address = where("channel", held.line.pk)
    sent = typed(aino.get(address), note_fi="Kysy Digitukea.")
    operations.change_channel(held.line, {"phone": "050 555 0888"}, **by("Bengt", now=NOW.replace(minute=5)))
    first = aino.post(address, {"do": "save", **sent})
    page = first.content.decode()
    assert (first.status_code, Channel.objects.get(pk=held.line.pk).phone) == (200, "050 555 0888")
    assert "Kysy Digitukea." in page
    assert 'class="errors"' in page
    # who has been told and presses once more means it
    assert aino.post(address, {"do": "save", **typed(first)}).status_code == 302
    assert Channel.objects.get(pk=held.line.pk).note_fi == "Kysy Digitukea."


def test_two_presses_of_the_button_make_one_service(held: Helper, aino: Client) -> None:
    address = where("new-service", held.giver.pk)
    sent = {"do": "save", **typed(aino.get(address), name_fi="Uusi", summary_fi="Autamme.")}
    first, second = aino.post(address, sent), aino.post(address, sent)
    assert first.url == second.url
    assert Service.objects.filter(name_fi="Uusi").count() == 1


def test_an_identity_number_in_a_text_stops_the_form_kindly(held: Helper, aino: Client) -> None:
    before = Change.objects.count()
    answer = fill(
        aino,
        where("service", held.service.pk),
        description_fi="Soita 131052-308T",
        topics=["a-laite"],
        languages=["fi"],
    )
    assert answer.status_code == 200
    assert Service.objects.get(pk=held.service.pk).description_fi == ""
    assert Change.objects.count() == before


# ── Advice ──────────────────────────────────────────────────────────────────────────────────────────────


def test_advice_stands_above_the_field_and_does_not_keep_from_saving(held: Helper, aino: Client) -> None:
    answer = fill(
        aino, where("service", held.service.pk), description_fi="Soita 050 555 0123 ma 9-16.", topics=["a-laite"], languages=["fi"],
    )  # fmt: skip
    assert answer.status_code == 302
    page = aino.get(where("service", held.service.pk)).content.decode()
    above = page.partition('name="description_fi"')[0]
    assert above.count("050 555 0123") == 1
    assert 'class="notice advice"' in above


def test_too_long_a_sentence_is_refused_in_its_language(held: Helper, aino: Client) -> None:
    answer = fill(aino, where("organisation", held.giver.pk), summary_sv="x" * 151)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Svenska:" in page.partition('class="errors"')[2]
    assert Organisation.objects.get(pk=held.giver.pk).summary_sv == ""


def test_help_at_a_place_for_all_of_the_country_is_told_to_be_wide(held: Helper, aino: Client) -> None:
    operations.change_channel(held.line, {"mode": "home-visit", "everywhere": True}, **by())
    page = aino.get(where("channel", held.line.pk)).content.decode()
    assert 'class="notice advice"' in page.partition('name="area"')[0].rpartition("<h2>")[2]


# ── Trust ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_checked_entry_of_an_untrusted_organisation_becomes_a_proposal_in_words(
    held: Helper, aino: Client
) -> None:
    operations.verify(held.line, ["contacts"], **by("Bengt"))
    answer = fill(aino, where("channel", held.line.pk), phone="050 555 0321")
    assert said(aino, answer) == str(SAID_WORDS["asked"]())
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.values, proposal.by.name) == ("change", {"phone": "050 555 0321"}, "Aino")
    assert Channel.objects.get(pk=held.line.pk).phone == "050 555 0199"


def test_a_trusted_organisations_change_is_public_at_once(held: Helper, aino: Client) -> None:
    operations.set_trusted(held.giver, trusted=True, **by("Bengt"))
    operations.verify(held.line, ["contacts"], **by("Bengt"))
    fill(aino, where("channel", held.line.pk), phone="050 555 0321")
    assert Channel.objects.get(pk=held.line.pk).phone == "050 555 0321"
    assert Proposal.objects.count() == 0
    assert told(held.line)[-1][0] == "changed"


def test_resources_are_kept_at_once_since_nobody_else_sees_them(held: Helper, aino: Client) -> None:
    operations.verify(held.service, ["content"], **by("Bengt"))
    fill(
        aino,
        where("service", held.service.pk),
        resources="Kaksi neuvojaa",
        topics=["a-laite"],
        languages=["fi"],
        fee="paid",
    )
    row = Service.objects.get(pk=held.service.pk)
    assert (row.resources, row.fee) == ("Kaksi neuvojaa", "free")
    assert "resources" not in Proposal.objects.get().values


def test_a_proposal_that_came_back_is_mended_and_sent_again(held: Helper, aino: Client) -> None:
    operations.verify(held.line, ["contacts"], **by("Bengt"))
    fill(aino, where("channel", held.line.pk), phone="050 555 0321")
    proposal = Proposal.objects.get()
    operations.return_to_sender(proposal, "Numero puuttuu ryhmästä.", **by("Bengt"))
    page = aino.get(where("page", held.giver.pk)).content.decode()
    address = f"{where('channel', held.line.pk)}?ehdotus={proposal.pk}"
    assert "Numero puuttuu ryhmästä." in page
    assert address in page
    assert typed(aino.get(address))["phone"] == ["050 555 0321"]
    fill(aino, address, phone="050 555 0322")
    again = Proposal.objects.get()
    assert (again.state, again.values) == ("waiting", {"phone": "050 555 0322"})
    other = client_of(editor("Carla", held.giver))
    assert other.get(address).status_code == 404
    assert aino.get(f"{where('channel', held.line.pk)}?ehdotus=x").status_code == 404


# ── How it looks ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("page", "part", "changed", "shown"),
    [
        ("organisation", "giver", {"name_fi": "Kylän tuki"}, "<h1>Kylän tuki</h1>"),
        ("service", "service", {"name_fi": "Laiteapu", "topics": ["a-laite"], "languages": ["fi"]}, "<h1>Laiteapu</h1>"),
        ("channel", "line", {"phone": "050 555 0777"}, "tel:+358505550777"),
        ("place", "place", {"address": "Koulukatu 9"}, "Koulukatu 9"),
    ],
)  # fmt: skip
def test_how_it_would_look_is_shown_and_nothing_is_kept(
    held: Helper, aino: Client, *, page: str, part: str, changed: Any, shown: str
) -> None:
    thing = getattr(held, part)
    before = (
        snapshot(thing),
        Change.objects.count(),
        editions.current(),
        list(SearchDocument.objects.order_by("pk").values()),
    )
    answer = fill(aino, where(page, thing.pk), do="preview", **changed)
    text = answer.content.decode().replace("\u00ad", "")
    assert (answer.status_code, text.count("<h1>"), shown in text) == (200, 1, True)
    assert snapshot(type(thing).objects.get(pk=thing.pk)) == before[0]
    assert (
        Change.objects.count(),
        editions.current(),
        list(SearchDocument.objects.order_by("pk").values()),
    ) == before[1:]
    kept = typed_preview(answer)
    again = aino.post(where(page, thing.pk), {**kept, "do": "edit"})
    assert all(
        typed(again)[name] == (value if isinstance(value, list) else [value])
        for name, value in changed.items()
    )
    assert aino.post(where(page, thing.pk), {**kept, "do": "save"}).status_code == 302
    assert snapshot(type(thing).objects.get(pk=thing.pk)) != before[0]


def typed_preview(answer: Any) -> dict[str, list[str]]:
    from bs4 import BeautifulSoup

    found: dict[str, list[str]] = {}
    for each in BeautifulSoup(answer.content, "html.parser").select("main aside input"):
        found.setdefault(each["name"], []).append(each["value"])
    return found


def test_a_new_service_can_be_seen_before_it_is_made(held: Helper, aino: Client) -> None:
    answer = fill(
        aino, where("new-service", held.giver.pk), do="preview", name_fi="Uusi apu", summary_fi="Autamme."
    )
    assert "Uusi apu" in answer.content.decode()
    assert Service.objects.filter(name_fi="Uusi apu").count() == 0


def test_what_would_be_refused_is_told_instead_of_shown(held: Helper, aino: Client) -> None:
    answer = fill(aino, where("channel", held.line.pk), do="preview", closed_until="1.12.2026")
    assert 'id="id_closed_from_error"' in answer.content.decode()


# ── What to bring ───────────────────────────────────────────────────────────────────────────────────────

KNOWN = {
    "a": Words("oma laite", "egen apparat", "your own device"),
    "b": Words("laturi", "laddare", "charger"),
}


@pytest.mark.parametrize(
    ("text", "codes", "rest"),
    [
        (Words("Oma laite, laturi. Tule ajoissa."), ("a", "b"), Words("Tule ajoissa.")),
        (Words("Laturi.", "Laddare. Kom i tid."), ("b",), Words("", "Kom i tid.")),
        (Words("Laturi"), (), Words("Laturi")),
        (Words("Oma laite, kissa. Muuta."), (), Words("Oma laite, kissa. Muuta.")),
        (Words(""), (), Words("")),
    ],
)  # fmt: skip
def test_what_to_bring_is_taken_apart_only_where_it_is_wholly_known(
    text: Words, codes: tuple[str, ...], rest: Words
) -> None:
    assert bring.parted(text, KNOWN) == (codes, rest)


def test_what_to_bring_comes_back_as_it_was_put_together() -> None:
    sentence = Words("Tule ajoissa.", "", "Be on time.")
    for codes in ((), ("a",), ("b", "a")):
        assert bring.parted(bring.joined([KNOWN[code] for code in codes], sentence), KNOWN) == (
            codes,
            sentence,
        )
