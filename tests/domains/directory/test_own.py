"""My organisation: who may open which page, what it shows, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kilauta.domains.directory import operations, rules
from kilauta.domains.directory.models import Channel, Notice, Organisation, Place, Planning, Proposal, Service
from kilauta.domains.directory.models import Verification as Check
from kilauta.domains.directory.queries.own import own_page
from kilauta.kit.access.holdings import holdings
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.store import editions
from kilauta.lib.words import Words
from tests import factories
from tests.cast import NOW
from tests.domains.directory.keeping import Helper, by, helper, person
from tests.domains.directory.owning import KAINUU, client_of, coordinator, editor, hold_lists

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]


@dataclass
class Two:
    """A helper of our own, and one of another organisation in another network."""

    ours: Helper
    theirs: Helper


@pytest.fixture
def two(db: None) -> Two:
    hold_lists()
    ours, theirs = helper("a"), helper("b")
    other = factories.network("toinen")
    for thing in (theirs.giver, theirs.place, theirs.service):
        type(thing).objects.filter(pk=thing.pk).update(steward=other)
    factories.shown()
    return Two(ours, theirs)


# Every page and button of the room: its name, whose entry it is about, whether it only takes a POST.
PAGES = (
    ("own-page", ("giver",)), ("own-right", ("giver",)), ("own-planning", ("giver",)),
    ("own-new-service", ("giver",)), ("own-new-place", ("giver",)), ("own-ways", ("service",)),
    ("own-new-channel", ("service",)), ("own-organisation", ("giver",)), ("own-service", ("service",)),
    ("own-channel", ("line",)), ("own-place", ("place",)), ("own-notice", ("organisaatio", "giver")),
    ("own-notice", ("palvelu", "service")), ("own-notice", ("tapa", "line")), ("own-notice", ("paikka", "place")),
    ("own-hours", ("tapa", "line")), ("own-hours", ("paikka", "place")), ("own-exceptions", ("tapa", "line")),
    ("own-exceptions", ("paikka", "place")), ("own-holidays", ("tapa", "desk")), ("own-holidays", ("paikka", "place")),
)  # fmt: skip
DEEDS = (
    ("own-publish", ("palvelu", "service")), ("own-publish", ("tapa", "line")), ("own-publish", ("paikka", "place")),
    ("own-withdraw", ("palvelu", "service")), ("own-withdraw", ("tapa", "line")),
    ("own-withdraw", ("paikka", "place")),
)  # fmt: skip


def address(name: str, parts: tuple[str, ...], held: Helper) -> str:
    args = [getattr(held, part).pk if hasattr(held, part) else part for part in parts]
    return reverse(f"directory:{name}", args=args)


def each(client: Client, held: Helper, pages: Any = (*PAGES, *DEEDS), method: str = "get") -> set[int]:
    return {getattr(client, method)(address(name, parts, held)).status_code for name, parts in pages}


def whole(held: Helper) -> rules.Reach:
    return rules.Reach(bodies=frozenset({str(held.giver.pk)}))


def everything() -> list[Any]:
    """Return what a page that is only read may not change."""
    counts = [
        model.objects.count()
        for model in (Organisation, Place, Service, Channel, Proposal, Notice, Check, Planning, Change)
    ]
    return [*counts, editions.current()]


# ── Who may ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_stranger_is_sent_to_sign_in(two: Two) -> None:
    for method in ("get", "post"):
        for name, parts in (("own", ()), *PAGES, *DEEDS):
            answer = getattr(Client(SERVER_NAME=KAINUU), method)(address(name, parts, two.ours))
            assert (answer.status_code, answer.url.partition("?")[0]) == (
                302,
                reverse("account_request_login_code"),
            ), name


def test_who_has_no_role_or_only_helps_is_told_so(two: Two) -> None:
    supporter = person("Carla")
    grant(
        supporter, role="supporter", scope_id=str(two.ours.giver.pk), actor=Person.objects.system(), now=NOW
    )
    for who in (person("Nobody"), supporter):
        assert each(client_of(who), two.ours) == {403}
        assert each(client_of(who), two.ours, method="post") == {403}


def test_an_editor_opens_every_page_of_the_own_organisation(two: Two) -> None:
    aino = client_of(editor("Aino", two.ours.giver))
    assert each(aino, two.ours, PAGES) == {200}
    assert each(aino, two.ours, DEEDS) == {405}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_there_in_every_language(two: Two, language: str) -> None:
    with translation.override(language):
        assert each(client_of(editor("Aino", two.ours.giver)), two.ours, PAGES) == {200}


def test_anothers_entry_is_not_there_and_cannot_be_changed(two: Two) -> None:
    before = everything()
    for who in (editor("Aino", two.ours.giver), coordinator("Bengt", "kainuu")):
        client = client_of(who)
        for method in ("get", "post"):
            pages = PAGES if method == "get" else (*PAGES, *DEEDS)
            assert each(client, two.theirs, pages, method) == {404}
    notice = Notice.objects.create(
        place=two.theirs.place, text_fi="x", from_on=date(2026, 12, 1), until_on=date(2026, 12, 2)
    )
    assert (
        client_of(person("Aino")).post(reverse("directory:own-end-notice", args=[notice.pk])).status_code
        == 404
    )
    notice.delete()
    assert everything() == before


def test_what_does_not_exist_answers_like_what_is_anothers(two: Two) -> None:
    client = client_of(editor("Aino", two.ours.giver))
    nowhere = "00000000-0000-4000-8000-000000000000"
    for key in (two.theirs.place.pk, nowhere):
        answer = client.get(reverse("directory:own-place", args=[key]))
        assert answer.status_code == 404
        assert str(key) not in answer.content.decode().split("<main")[1].split("</main")[0]
    assert (
        client.get(reverse("directory:own-hours", args=["palvelu", two.ours.service.pk])).status_code == 404
    )
    assert client.get(reverse("directory:own-hours", args=["muu", two.ours.place.pk])).status_code == 404


def test_the_coordinator_edits_what_the_network_looks_after(two: Two) -> None:
    assert each(client_of(coordinator("Bengt", "kainuu")), two.ours, PAGES) == {200}


def test_an_entry_without_a_steward_is_looked_after_with_its_organisation(two: Two) -> None:
    Service.objects.filter(pk=two.ours.service.pk).update(steward=None)
    reach = rules.reach_of(holdings(coordinator("Bengt", "kainuu"), NOW.date()))
    assert rules.entry_for(reach, "channel", two.ours.line.pk) == two.ours.line
    Service.objects.filter(pk=two.ours.service.pk).update(steward="toinen")
    assert rules.entry_for(reach, "channel", two.ours.line.pk) is None


def test_a_coordinator_does_not_make_sure_of_what_another_network_looks_after(two: Two) -> None:
    Service.objects.filter(pk=two.ours.service.pk).update(steward="toinen")
    right(client_of(coordinator("Bengt", "kainuu")), two.ours, right="kaikki")
    assert {name for name, _group in groups()} == {"Paikka a", "Yhdistys a"}


def test_one_person_edits_for_several_organisations(two: Two) -> None:
    client = client_of(editor("Aino", two.ours.giver))
    answer = client.get(reverse("directory:own"))
    assert answer.url == reverse("directory:own-page", args=[two.ours.giver.pk])
    editor("Aino", two.theirs.giver)
    page = client.get(reverse("directory:own")).content.decode()
    for organisation in (two.ours.giver, two.theirs.giver):
        assert reverse("directory:own-page", args=[organisation.pk]) in page


def test_a_role_that_has_ended_opens_nothing(two: Two) -> None:
    who = person("Aino")
    grant(
        who, role="provider-editor", scope_id=str(two.ours.giver.pk), actor=Person.objects.system(),
        now=NOW - timedelta(days=9), ends_on=NOW.date() - timedelta(days=1),
    )  # fmt: skip
    assert each(client_of(who), two.ours) == {403}


def test_reading_a_page_changes_nothing(two: Two) -> None:
    client = client_of(editor("Aino", two.ours.giver))
    before = everything()
    each(client, two.ours)
    assert everything() == before


# ── The page ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_tells_what_is_missing_and_where_it_is_mended(two: Two) -> None:
    held = two.ours
    empty = factories.service(
        "empty", held.giver, name_sv="Tom", summary_sv="Tom.", name_en="Empty", summary_en="Empty."
    )
    operations.set_hours(
        held.line, [{"weekdays": "1", "opens": "09:00", "closes": "16:00", "state": "open"}], **by()
    )
    held.line.refresh_from_db()
    found = [(need.page, need.id) for need in own_page(held.giver, whole(held), NOW).needs]
    assert found == [
        ("organisation", str(held.giver.pk)), ("organisation", str(held.giver.pk)),
        ("channel-hours", str(held.desk.pk)), ("service", str(held.service.pk)), ("service", str(held.service.pk)),
        ("new-channel", str(empty.pk)),
        ("place", str(held.place.pk)),
    ]  # fmt: skip
    page = client_of(editor("Aino", held.giver)).get(address("own-page", ("giver",), held)).content.decode()
    for name, args in (
        ("own-new-channel", [empty.pk]),
        ("own-hours", ["tapa", held.desk.pk]),
        ("own-place", [held.place.pk]),
    ):
        assert reverse(f"directory:{name}", args=args) in page


def test_the_page_leads_to_what_others_see_and_to_the_people(two: Two) -> None:
    page = (
        client_of(editor("Aino", two.ours.giver))
        .get(address("own-page", ("giver",), two.ours))
        .content.decode()
    )
    assert reverse("directory:provider", args=["ya-yhdistys-a"]) in page
    assert reverse("access:people", args=["body", two.ours.giver.pk]) in page


def test_a_late_check_is_told(two: Two) -> None:
    operations.verify(two.ours.line, ["hours"], **by(now=NOW - timedelta(days=200)))
    needs = own_page(two.ours.giver, whole(two.ours), NOW).needs
    assert [need.page for need in needs if need.page == "right"] == ["right"]


def test_the_pages_cost_the_same_with_many_services(two: Two) -> None:
    client = client_of(editor("Aino", two.ours.giver))
    pages = [("own", ()), *PAGES]

    def costs() -> dict[Any, int]:
        found = {}
        for name, parts in pages:
            where = address(name, parts, two.ours)
            client.get(where)
            with CaptureQueriesContext(connection) as asked:
                client.get(where)
            found[name, parts] = len(asked)
        return found

    _more(two.ours.giver, two.ours.place, 0, 10)
    few = costs()
    _more(two.ours.giver, two.ours.place, 10, 300)
    assert costs() == few
    assert {name: cost for name, cost in few.items() if cost > 20} == {}


def _more(giver: Organisation, place: Place, first: int, last: int) -> None:
    numbers = range(first, last)
    services = Service.objects.bulk_create(
        Service(external_id=f"n{n}", short_id=f"n{n}", organisation=giver, name_fi=f"Apu {n}", summary_fi="Autamme.",
                depth="guided", fee="free", **factories.ENTRY)
        for n in numbers
    )  # fmt: skip
    for mode, more in (
        ("phone", {"phone": "050 555 0111"}),
        ("walk-in", {"place": place, "hours_of_place": True}),
    ):
        Channel.objects.bulk_create(
            Channel(external_id=f"{mode}{n}", service=each, mode=mode, **more, **factories.ENTRY)
            for n, each in zip(numbers, services, strict=True)
        )
    organisations = [
        Organisation(
            external_id=f"o{n}", short_id=f"o{n}", kind="association", name_fi=f"Muu {n}", **factories.ENTRY
        )
        for n in numbers
    ]
    Organisation.objects.bulk_create(organisations)
    factories.shown()


# ── Is it right? ────────────────────────────────────────────────────────────────────────────────────────


def right(client: Client, held: Helper, **sent: str) -> Any:
    where = address("own-right", ("giver",), held)
    seen = client.get(where).content.decode().split('name="seen" value="')[1].split('"')[0]
    return client.post(where, {"seen": seen, **sent})


def groups() -> list[tuple[str, str]]:
    rows = Check.objects.all()
    return sorted(
        (str(row.organisation or row.place or row.service or row.channel), row.group) for row in rows
    )


def test_one_press_says_that_everything_is_right(two: Two) -> None:
    answer = right(client_of(editor("Aino", two.ours.giver)), two.ours, right="kaikki")
    assert (answer.status_code, answer.url) == (302, address("own-page", ("giver",), two.ours))
    assert groups() == [
        ("Paikka a", "content"), ("Paikka a", "hours"), ("Palvelu a", "content"), ("Yhdistys a", "contacts"),
        ("Yhdistys a", "content"), ("a-desk", "contacts"), ("a-desk", "hours"), ("a-line", "contacts"), ("a-line", "hours"),
    ]  # fmt: skip
    assert set(Check.objects.values_list("verified_on", "method")) == {(NOW.date(), "owner")}


def test_a_button_for_each_group_says_only_that(two: Two) -> None:
    right(client_of(editor("Aino", two.ours.giver)), two.ours, right="contacts")
    assert groups() == [("Yhdistys a", "contacts"), ("a-desk", "contacts"), ("a-line", "contacts")]


@pytest.mark.parametrize("sent", [{}, {"right": "muu"}, {"right": ""}])
def test_a_press_of_no_button_says_nothing(two: Two, sent: dict[str, str]) -> None:
    assert right(client_of(editor("Aino", two.ours.giver)), two.ours, **sent).status_code == 200
    assert groups() == []


def test_what_has_changed_meanwhile_is_not_said_to_be_right(two: Two) -> None:
    client, where = client_of(editor("Aino", two.ours.giver)), address("own-right", ("giver",), two.ours)
    seen = client.get(where).content.decode().split('name="seen" value="')[1].split('"')[0]
    operations.change_channel(two.ours.line, {"phone": "050 555 0999"}, **by("Bengt"))
    answer = client.post(where, {"seen": seen, "right": "kaikki"})
    assert (answer.status_code, groups()) == (200, [])
    assert "050 555 0999" in answer.content.decode()
    assert right(client, two.ours, right="kaikki").status_code == 302


def test_a_draft_and_what_is_withdrawn_are_nothing_to_be_sure_of(two: Two) -> None:
    operations.withdraw(two.ours.service, **by())
    factories.service("draft", two.ours.giver, state="draft")
    right(client_of(editor("Aino", two.ours.giver)), two.ours, right="kaikki")
    assert {name for name, _group in groups()} == {"Paikka a", "Yhdistys a"}


# ── Notices and planning ────────────────────────────────────────────────────────────────────────────────


def test_a_notice_is_put_beside_a_place_and_taken_away(two: Two) -> None:
    client = client_of(editor("Aino", two.ours.giver))
    where = address("own-notice", ("paikka", "place"), two.ours)
    sent = {"text_fi": "Kiinni viikolla 30", "text_sv": "Stängt vecka 30", "text_en": "", "from_on": "20.7.2027",
            "until_on": "26.7.2027", "closes": "on"}  # fmt: skip
    assert client.post(where, sent).status_code == 302
    notice = Notice.objects.get()
    assert (notice.place, notice.text, notice.closes) == (
        two.ours.place,
        Words("Kiinni viikolla 30", "Stängt vecka 30"),
        True,
    )
    assert (notice.from_on, notice.until_on) == (date(2027, 7, 20), date(2027, 7, 26))
    assert "Kiinni" in client.get(address("own-page", ("giver",), two.ours)).content.decode()
    assert client.post(reverse("directory:own-end-notice", args=[notice.pk])).status_code == 302
    assert Notice.objects.count() == 0


def test_a_notice_that_ends_before_it_begins_is_told_so_and_keeps_what_was_typed(two: Two) -> None:
    client = client_of(editor("Aino", two.ours.giver))
    sent = {"text_fi": "Kiinni", "from_on": "20.7.2027", "until_on": "2.7.2027"}
    answer = client.post(address("own-notice", ("tapa", "line"), two.ours), sent)
    assert (answer.status_code, Notice.objects.count()) == (200, 0)
    assert 'value="2.7.2027"' in answer.content.decode()
    assert "field-error" in answer.content.decode()


def test_what_is_told_for_planning_is_kept_and_nowhere_public(two: Two) -> None:
    client = client_of(editor("Aino", two.ours.giver))
    client.post(
        address("own-planning", ("giver",), two.ours), {"resources": "Kymmenen tablettia", "problems": ""}
    )
    assert list(Planning.objects.values_list("organisation", "kind", "text")) == [
        (two.ours.giver.pk, "resources", "Kymmenen tablettia")
    ]
    assert "Kymmenen tablettia" in client.get(address("own-planning", ("giver",), two.ours)).content.decode()
    public = Client(SERVER_NAME=KAINUU).get(reverse("directory:provider", args=["ya-yhdistys-a"]))
    assert "tablettia" not in public.content.decode()


def test_every_page_has_help_of_its_own(two: Two) -> None:
    client = client_of(editor("Aino", two.ours.giver))
    for name, parts in PAGES:
        page = client.get(address(name, parts, two.ours)).content.decode()
        assert len(page.partition('<details class="help">')[2].partition("</details>")[0]) > 150, name
