"""Verbs of the one who keeps an entry: what they write, what they refuse, what they remember and show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kilauta.domains.directory import operations
from kilauta.domains.directory.models import Channel, OpeningRule, Planning, Service
from kilauta.domains.directory.queries import catalogue
from kilauta.domains.directory.queries.snapshots import KINDS, snapshot
from kilauta.domains.territory.models import Municipality
from kilauta.kit.audit.models import Change
from kilauta.kit.audit.recording import history
from kilauta.kit.refusals import Refused
from kilauta.kit.search.models import SearchTerm
from kilauta.kit.store import editions
from kilauta.lib.words import Words
from tests import factories
from tests.cast import NOW, Visitor
from tests.domains.directory.keeping import NINE_TO_FOUR, WAY, Helper, by, helper, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


@pytest.fixture
def held() -> Helper:
    made = helper()
    factories.shown()
    return made


def refusal(act, *args, **more) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        act(*args, **more)
    assert refused.value.message
    return refused.value.code, refused.value.field


# ── Changing ────────────────────────────────────────────────────────────────────────────────────────────


def test_only_what_differs_is_changed_and_remembered(held: Helper) -> None:
    values = {"name_fi": "Laiteapu", "fee": "free", "topics": ["a-laite", "a-posti"]}
    change = operations.change_service(held.service, values, **by(now=NOW + timedelta(days=1)))
    expected = {"name_fi": ["Palvelu a", "Laiteapu"], "topics": [["a-laite"], ["a-laite", "a-posti"]]}
    assert change.values == expected
    row = Service.objects.get(pk=held.service.pk)
    assert (row.name_fi, row.changed_at) == ("Laiteapu", NOW + timedelta(days=1))
    assert told(row) == [("changed", expected)]
    assert operations.change_service(row, values, **by()) is None
    assert Service.objects.get(pk=row.pk).changed_at == NOW + timedelta(days=1)


def test_each_write_renews_the_edition_and_a_write_of_nothing_does_not(held: Helper) -> None:
    before = editions.current()
    operations.change_place(held.place, {"name_fi": held.place.name_fi}, **by())
    assert editions.current() == before
    operations.change_place(held.place, {"address": "Koulukatu 1"}, **by())
    assert editions.current() != before
    assert catalogue().places[str(held.place.pk)].street == "Koulukatu 1"


@pytest.mark.parametrize(
    "field", ["state", "steward", "short_id", "organisation", "trusted", "merged_into", "id", "x"]
)
def test_a_field_that_is_not_the_editors_changes_nothing(held: Helper, field: str) -> None:
    values = {"name_fi": "Toinen", field: "published"}
    assert refusal(operations.change_service, held.service, values, **by()) == ("unknown-field", field)
    assert Service.objects.get(pk=held.service.pk).name_fi == "Palvelu a"
    assert told(held.service) == []


@pytest.mark.parametrize(
    ("verb", "thing", "values", "expected"),
    [
        ("change_service", "service", {"summary_fi": "x" * 151}, ("bad-value", "summary_fi")),
        ("change_service", "service", {"name_fi": ""}, ("bad-value", "name_fi")),
        ("change_service", "service", {"topics": ["a-laite", "olematon"]}, ("unknown-value", "topics")),
        ("change_service", "service", {"topics": "a-laite"}, ("bad-value", "topics")),
        ("change_service", "service", {"eservices": ["ei-uuid"]}, ("unknown-value", "eservices")),
        ("change_service", "service", {"depth": "syvä"}, ("contradiction", "")),
        ("change_service", "service", {"languages": [{"language": "fi", "id": 4}]}, ("unknown-field", "languages")),
        ("change_channel", "line", {"phone": ""}, ("missing", "phone")),
        ("change_channel", "line", {"mode": "walk-in"}, ("missing", "place")),
        ("change_channel", "line", {"hours_of_place": True}, ("missing", "place")),
        ("change_channel", "line", {"full_until": date(2026, 12, 1)}, ("contradiction", "full_until")),
        ("change_channel", "line", {"closed_until": date(2026, 12, 1)}, ("missing", "closed_from")),
        ("change_channel", "line", {"closed_from": "2026-12-02", "closed_until": "2026-12-01"}, ("contradiction", "closed_until")),
        ("change_channel", "line", {"email": "ei osoite"}, ("bad-value", "email")),
        ("change_channel", "line", {"lead_days": "kolme"}, ("bad-value", "lead_days")),
        ("change_channel", "line", {"hours": [{"weekdays": "1", "state": "open"}]}, ("missing", "hours")),
        ("change_place", "place", {"municipality": "999"}, ("bad-value", "municipality")),
        ("change_place", "place", {"lat": 12.0, "lon": 20.0}, ("contradiction", "")),
        ("change_place", "place", {"lat": 64.1}, ("contradiction", "")),
        ("change_organisation", "giver", {"website": "kotisivu"}, ("bad-value", "website")),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_its_field_and_leaves_everything(
    held: Helper, verb, thing, values, expected
) -> None:
    before, changes = snapshot(getattr(held, thing)), Change.objects.count()
    assert refusal(getattr(operations, verb), getattr(held, thing), values, **by()) == expected
    assert snapshot(type(getattr(held, thing)).objects.get(pk=getattr(held, thing).pk)) == before
    assert Change.objects.count() == changes


def test_nobody_comes_to_stand_above_itself(held: Helper) -> None:
    below = factories.organisation("b", parent=held.giver)
    assert refusal(operations.change_organisation, held.giver, {"parent": below}, **by()) == (
        "parent-cycle",
        "parent",
    )


def test_a_village_lies_in_its_municipality(held: Helper) -> None:
    elsewhere = Municipality.objects.get(code="205").localities.order_by("pk").first()
    wrong = {"locality": elsewhere.pk}
    assert refusal(operations.change_place, held.place, wrong, **by()) == ("locality-elsewhere", "locality")
    operations.change_place(held.place, {"municipality": "205", "locality": elsewhere.pk}, **by())


def test_every_field_can_be_given_back_as_it_is_and_that_changes_nothing(held: Helper) -> None:
    operations.set_hours(held.line, [NINE_TO_FOUR], **by())
    operations.change_service(held.service, {"languages": [{"language": "sv", "note_fi": "ti"}]}, **by())
    for thing in (held.giver, held.place, held.service, held.line, held.desk):
        everything = snapshot(thing)
        assert everything.keys() == KINDS[type(thing).__name__.lower()].fields
        assert operations.change_entry(thing, everything, **by()) is None


# ── Adding, showing, taking away ────────────────────────────────────────────────────────────────────────


def test_a_new_service_is_a_draft_until_it_is_published_with_its_ways(held: Helper) -> None:
    values = {
        "name_fi": "Verkkopankkiapu",
        "summary_fi": "Neuvomme pankkiasioissa.",
        "depth": "guided",
        "fee": "free",
        "topics": ["a-laite"],
    }
    made = operations.add_service(held.giver, values, **by())
    assert (made.state, made.steward_id, [t.code for t in made.topics.all()]) == (
        "draft",
        "kainuu",
        ["a-laite"],
    )
    assert refusal(operations.publish, made, **by()) == ("no-way", "channels")
    way = operations.add_channel(made, {**WAY, "area": ["290"]}, **by())
    assert way.state == "draft"
    page = f"/palvelut/{made.short_id}-verkkopankkiapu/"
    assert Visitor().get(page).status_code == 404
    operations.publish(made, **by())
    assert Channel.objects.get(pk=way.pk).state == "published"
    assert Visitor().get(page).status_code == 200
    assert told(made) == [("created", {}), ("published", {"state": ["draft", "published"]})]
    assert (
        operations.add_channel(made, {"mode": "phone", "phone": "050 555 0178"}, **by()).state == "published"
    )


def test_a_service_of_an_organisation_that_nobody_sees_is_not_published(held: Helper) -> None:
    operations.withdraw(held.giver, **by())
    operations.withdraw(held.service, **by())
    assert refusal(operations.publish, held.service, **by()) == ("organisation-not-public", "organisation")


def test_a_way_that_is_retired_is_shown_no_more_and_its_history_stays(held: Helper) -> None:
    operations.retire_channel(held.line, **by())
    assert str(held.line.pk) not in catalogue().channels
    assert told(held.line) == [("withdrawn", {"state": ["published", "withdrawn"]})]


def test_two_services_of_one_name_have_addresses_of_their_own(held: Helper) -> None:
    values = {"name_fi": "Apu", "summary_fi": "Apua.", "depth": "tip", "fee": "free", "topics": ["a-laite"]}
    made = [operations.add_service(held.giver, values, **by()) for _ in range(3)]
    assert len({each.short_id for each in made}) == len({each.external_id for each in made}) == 3


# ── Hours ───────────────────────────────────────────────────────────────────────────────────────────────


def test_hours_are_held_exactly_and_rows_that_stay_are_left_alone(held: Helper) -> None:
    saturday = {**NINE_TO_FOUR, "weekdays": "6", "closes": "12:00"}
    operations.set_hours(held.line, [NINE_TO_FOUR, saturday], **by())
    stays = held.line.hours.get(weekdays="12345").pk
    christmas = {"valid_from": "2026-12-24", "valid_to": "2026-12-26", "state": "closed"}
    operations.set_exceptions(held.line, [christmas], **by())
    operations.set_hours(held.line, [NINE_TO_FOUR], **by())
    assert held.line.hours.filter(exception=False).get().pk == stays
    assert held.line.hours.get(exception=True).state == "closed"
    assert operations.set_hours(held.line, [NINE_TO_FOUR], **by()) is None
    operations.set_hours(held.line, [], **by())
    assert [verb for verb, _values in told(held.line)] == ["changed"] * 4
    assert OpeningRule.objects.filter(channel=held.line).count() == 1


def test_the_hours_of_a_networks_line_are_kept_the_same_way(held: Helper) -> None:
    operations.set_hours(held.network, [NINE_TO_FOUR], **by())
    assert held.network.hours.count() == 1
    assert [verb for verb, _values in told(held.network)] == ["created", "changed"]


# ── Notices ─────────────────────────────────────────────────────────────────────────────────────────────

WEEK_48 = {"from_on": date(2026, 11, 23), "until_on": date(2026, 11, 29)}


@pytest.mark.parametrize(("day", "helps"), [(22, True), (23, False), (29, False), (30, True)])
@pytest.mark.parametrize("owner", ["place", "desk", "service"])
def test_a_notice_that_closes_holds_on_its_days_and_ends_by_itself(
    held: Helper, owner: str, day: int, helps: bool
) -> None:
    operations.add_notice(getattr(held, owner), Words("Kiinni viikolla 48"), closes=True, **WEEK_48, **by())
    desk = catalogue().channels[str(held.desk.pk)]
    assert desk.may_pause
    assert (desk.pause_on(date(2026, 11, day)) is None) is helps
    if owner == "service":
        line = catalogue().channels[str(held.line.pk)]
        assert line.closed_on(date(2026, 11, day)) is not helps


def test_a_notice_of_words_only_closes_nothing_and_is_there_to_be_read(held: Helper) -> None:
    operations.add_notice(held.service, Words("Uusi ohjaaja"), closes=False, **WEEK_48, **by())
    facts = catalogue().services[str(held.service.pk)]
    assert [str(notice.text.pick("fi")) for notice in facts.notices] == ["Uusi ohjaaja"]
    assert not any(channel.may_pause for channel in facts.channels)


def test_the_page_of_a_service_says_why_there_is_no_help(held: Helper) -> None:
    operations.add_notice(held.line, Words("Kiinni viikolla 48"), closes=True, **WEEK_48, **by())
    assert (
        "Kiinni viikolla 48"
        in Visitor().get(f"/palvelut/{held.service.short_id}-palvelu-a/").content.decode()
    )


def test_a_notice_can_be_ended_and_its_days_must_be_in_order(held: Helper) -> None:
    words = Words("Kiinni")
    backwards = {"from_on": date(2026, 12, 2), "until_on": date(2026, 12, 1), "closes": True, **by()}
    assert refusal(operations.add_notice, held.place, words, **backwards) == ("contradiction", "until_on")
    empty = {**WEEK_48, "closes": True, **by()}
    assert refusal(operations.add_notice, held.place, Words(" "), **empty) == ("missing", "text_fi")
    notice = operations.add_notice(held.place, words, closes=True, **WEEK_48, **by())
    operations.end_notice(notice, **by())
    assert catalogue().places[str(held.place.pk)].notices == ()
    assert [verb for verb, _values in told(held.place)] == ["noticed", "noticed"]


# ── Planning ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_for_planning_is_kept_apart_and_never_public(held: Helper) -> None:
    secret = "Zsalaisuus: kaksi ohjaajaa ja lainakone"
    operations.plan(held.giver, "resources", secret, **by())
    operations.change_service(held.service, {"resources": secret}, **by())
    assert Planning.objects.get().text == secret
    visitor = Visitor()
    pages = [
        f"/antajat/{held.giver.short_id}-yhdistys-a/", f"/palvelut/{held.service.short_id}-palvelu-a/",
        f"/paikat/{held.place.short_id}-paikka-a/", "/haku/?q=lainakone", "/kunnat/290-kuhmo/",
    ]  # fmt: skip
    answers = [visitor.get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [200] * len(pages)
    assert [
        page for page, answer in zip(pages, answers, strict=True) if b"Zsalaisuus" in answer.content
    ] == []
    assert "zsalaisuus" not in repr(catalogue().organisations[str(held.giver.pk)]).lower()
    assert not SearchTerm.objects.filter(term__startswith="zsalais").exists()
    operations.plan(held.giver, "resources", "", **by())
    assert not Planning.objects.exists()


# ── Taking back ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_change_is_taken_back_and_that_is_a_change_too(held: Helper) -> None:
    operations.set_hours(held.line, [NINE_TO_FOUR], **by())
    change = operations.change_channel(held.line, {"phone": "050 555 0188", "area": ["205"]}, **by())
    operations.change_channel(held.line, {"note_fi": "Soita rohkeasti."}, **by())
    operations.revert(change, **by("Bengt"))
    row = Channel.objects.get(pk=held.line.pk)
    assert (row.phone, [m.code for m in row.area.all()], row.note_fi) == (
        "050 555 0199",
        ["290"],
        "Soita rohkeasti.",
    )
    newest = history("directory.Channel", row.pk).first()
    assert (newest.verb, newest.actor.name) == ("reverted", "Bengt")
    operations.revert(newest, **by())
    assert Channel.objects.get(pk=row.pk).phone == "050 555 0188"


def test_what_has_been_changed_since_is_not_taken_back(held: Helper) -> None:
    change = operations.change_channel(held.line, {"phone": "050 555 0188"}, **by())
    operations.change_channel(held.line, {"phone": "050 555 0189"}, **by())
    assert refusal(operations.revert, change, **by()) == ("changed-since", "phone")
    assert Channel.objects.get(pk=held.line.pk).phone == "050 555 0189"


def test_hours_and_states_can_be_taken_back_and_a_beginning_cannot(held: Helper) -> None:
    operations.set_hours(held.line, [NINE_TO_FOUR], **by())
    change = operations.set_hours(held.line, [], **by())
    operations.revert(change, **by())
    assert held.line.hours.get().weekdays == "12345"
    gone = operations.withdraw(held.service, **by())
    operations.revert(gone, **by())
    assert Service.objects.get(pk=held.service.pk).state == "published"
    made = operations.add_channel(held.service, WAY, **by())
    beginning = history("directory.Channel", made.pk).get()
    assert refusal(operations.revert, beginning, **by()) == ("not-revertible", "")
