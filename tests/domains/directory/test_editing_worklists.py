"""What is due, missing or waiting: the number of each list is the number of the rows it opens with."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kilauta.domains.directory import operations
from kilauta.domains.directory.logic.trust import GROUPS, Stage, stage_of
from kilauta.domains.directory.models import Channel, OrganisationRole, Verification
from kilauta.domains.directory.operations import Reporter
from kilauta.domains.directory.queries.verifying import (
    checks_of,
    due_for_mail,
    long_stale,
    stale,
    unverified,
)
from kilauta.domains.directory.queries.worklists import counts, worklist, worklists
from kilauta.domains.territory.models import Network, Region
from kilauta.kit.audit.models import Change
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import HELSINKI, local
from tests import factories
from tests.cast import NOW
from tests.domains.directory.keeping import Helper, by, helper, told

pytestmark = pytest.mark.django_db
KAINUU = ["kainuu"]


@pytest.fixture
def held() -> Helper:
    return helper()


def after(days: int) -> datetime:
    return NOW + timedelta(days=days)


def keys(rows) -> set[object]:
    return set(rows.values_list("pk", flat=True))


def number(code: str, now: datetime = NOW) -> int:
    return counts(worklists(KAINUU, now))[code]


# ── Making sure ─────────────────────────────────────────────────────────────────────────────────────────


def test_making_sure_sets_the_clock_of_each_group_anew(held: Helper) -> None:
    operations.verify(
        held.line, ["hours", "contacts"], method="phone", by_role="coordinator", note="Soitin.", **by("Bengt")
    )
    due = {check.group: (check.due_on - local(NOW).date()).days for check in checks_of(held.line)}
    assert due == {"hours": 90, "contacts": 180}
    (change,) = Change.objects.filter(verb="verified")
    assert (change.note, change.actor.name, set(change.values)) == ("Soitin.", "Bengt", {"hours", "contacts"})
    operations.verify(held.line, ["hours"], **by(now=after(10)))
    assert {check.group: check.method for check in checks_of(held.line)} == {
        "contacts": "phone",
        "hours": "owner",
    }


def test_twice_on_one_day_is_once(held: Helper) -> None:
    for _ in range(2):
        operations.verify(held.place, ["hours"], **by())
    assert Verification.objects.count() == 1


@pytest.mark.parametrize(
    ("groups", "method"), [([], "owner"), (["contacts"], "owner"), (["hours"], "arvaus")]
)
def test_only_what_an_entry_has_can_be_made_sure_of(held: Helper, groups: list[str], method: str) -> None:
    with pytest.raises(Refused):
        operations.verify(held.place, groups, method=method, **by())
    assert not Verification.objects.exists()


def test_everything_is_right_is_one_step(held: Helper) -> None:
    assert operations.verify_all([held.giver, held.place, held.service, held.line], **by()) == 4
    assert Verification.objects.count() == sum(len(groups) for groups in GROUPS.values())


def test_a_network_sets_its_own_clock_also_for_what_was_made_sure_of_before(held: Helper) -> None:
    operations.verify(held.line, ["hours", "contacts"], **by())
    other = Network.objects.create(
        pk="muu", host="muu.localhost", name_fi="Muu", region=Region.objects.get(), phone="112"
    )
    elsewhere = factories.organisation("z", steward=other)
    operations.verify(elsewhere, ["contacts"], **by())
    operations.set_clock(held.network, "contacts", 30, **by("Bengt"))
    days = dict(Verification.objects.values_list("group", "due_on").filter(channel=held.line))
    today = local(NOW).date()
    assert (days["contacts"] - today).days == 30
    assert (days["hours"] - today).days == 90
    assert (Verification.objects.get(organisation=elsewhere).due_on - today).days == 180
    operations.verify(held.desk, ["contacts"], **by())
    assert (Verification.objects.get(channel=held.desk).due_on - today).days == 30
    with pytest.raises(Refused, match="1095"):
        operations.set_clock(held.network, "contacts", 5000, **by("Bengt"))


# ── Borders ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "turned", [datetime(2026, 7, 27, 9, tzinfo=NOW.tzinfo), datetime(2026, 12, 28, 9, tzinfo=NOW.tzinfo)]
)
def test_the_list_begins_with_the_second_after_midnight_as_the_public_mark_does(
    held: Helper, turned: datetime
) -> None:
    """Both days are 90 days before the clock is turned."""
    operations.verify(held.line, ["hours"], **by(now=turned))
    (check,) = checks_of(held.line)
    midnight = datetime.combine(check.due_on + timedelta(days=1), datetime.min.time(), HELSINKI)
    for instant, is_late in (
        (midnight - timedelta(seconds=1), False),
        (midnight, True),
        (midnight + timedelta(days=1), True),
    ):
        now = instant.astimezone(NOW.tzinfo)
        assert (keys(stale(KAINUU, "channel", now)) == {held.line.pk}) is is_late
        assert (stage_of([check], local(now).date()) is Stage.OVERDUE) is is_late


@pytest.mark.parametrize(("days", "is_long"), [(179, False), (180, False), (181, True)])
def test_the_second_clock_is_twice_the_first(held: Helper, days: int, is_long: bool) -> None:
    operations.verify(held.line, ["hours"], **by())
    assert bool(keys(long_stale(KAINUU, "channel", after(days)))) is is_long
    assert (stage_of(checks_of(held.line), local(after(days)).date()) is Stage.LONG_OVERDUE) is is_long


def test_the_newest_check_of_each_group_counts(held: Helper) -> None:
    operations.verify(held.line, ["hours", "contacts"], **by())
    operations.verify(held.line, ["hours"], **by(now=after(80)))
    assert keys(stale(KAINUU, "channel", after(170))) == set()
    assert keys(stale(KAINUU, "channel", after(171))) == {held.line.pk}


def test_what_nobody_sees_or_another_network_keeps_is_not_on_the_list(held: Helper) -> None:
    operations.verify_all([held.giver, held.service, held.line], **by())
    assert keys(unverified(KAINUU, "place")) == {held.place.pk}
    assert keys(unverified(["kaakko"], "place")) == set()
    assert keys(stale(KAINUU, "channel", after(100))) == {held.line.pk}
    operations.withdraw(held.service, **by())
    assert keys(stale(KAINUU, "channel", after(100))) == set()


def test_an_entry_of_no_network_belongs_to_that_of_its_organisation(held: Helper) -> None:
    own = factories.service("b", held.giver)
    factories.channel("b-line", own, ["290"])
    assert own.pk in keys(unverified(KAINUU, "service"))
    assert Channel.objects.get(external_id="b-line").pk in keys(unverified(KAINUU, "channel"))


# ── Mails ───────────────────────────────────────────────────────────────────────────────────────────────


def test_each_round_is_one_mail_with_everything_that_is_due_soon(held: Helper) -> None:
    operations.verify(held.line, ["hours"], **by())
    operations.verify(held.place, ["hours"], **by(now=after(20)))
    operations.verify(held.giver, ["contacts"], **by())
    assert due_for_mail(after(75)) == ()
    (mail,) = due_for_mail(after(76))
    assert mail.organisation == held.giver
    assert [(fact.kind, fact.group) for fact in mail.facts] == [("channel", "hours"), ("place", "hours")]
    assert operations.note_asked(mail.verifications, now=after(76)) == 2
    assert operations.note_asked(mail.verifications, now=after(76)) == 0
    for day in (77, 90, 100, 130):
        assert due_for_mail(after(day)) == ()
    (mail,) = due_for_mail(after(170))
    assert [(fact.kind, fact.group) for fact in mail.facts] == [("organisation", "contacts")]


def test_a_new_round_begins_when_it_has_been_made_sure_of(held: Helper) -> None:
    operations.verify(held.line, ["hours"], **by())
    (mail,) = due_for_mail(after(80))
    operations.note_asked(mail.verifications, now=after(80))
    operations.verify(held.line, ["hours"], **by(now=after(85)))
    assert due_for_mail(after(150)) == ()
    assert len(due_for_mail(after(85 + 76))) == 1


def test_the_mails_of_a_network_are_its_own_and_cost_the_same_for_many(held: Helper) -> None:
    for each in (held, helper("b"), helper("c")):
        operations.verify_all([each.giver, each.place, each.service, each.line, each.desk], **by())
    assert due_for_mail(after(90), ["kaakko"]) == ()
    with CaptureQueriesContext(connection) as queries:
        mails = due_for_mail(after(90), KAINUU)
    assert [mail.organisation.name_fi for mail in mails] == ["Yhdistys a", "Yhdistys b", "Yhdistys c"]
    assert len(queries) == 5


# ── Lists ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def everything(held: Helper) -> Helper:
    """One row at least on every list."""
    operations.propose(held.line, {"phone": "050 555 0188"}, **by())
    operations.report_error(
        held.line, "Ei vastaa", page="/", network=None, actor=None, reporter=Reporter(), now=NOW
    )
    operations.report_error(None, "Kirjoitusvirhe", page="/tietoa/", network=None, actor=None, now=NOW)
    for each in (helper("b"), helper("c")):
        operations.verify_all(
            [each.giver, each.place, each.service, each.line, each.desk], **by(now=after(-800))
        )
    factories.organisation("d", steward=held.network)
    factories.service("e", held.giver, steward=held.network)
    lonely = factories.organisation("f", steward=held.network)
    factories.service(
        "f", lonely, steward=held.network, resources="Kaksi ohjaajaa", name_sv="Hjälp", name_en="Help"
    )
    OrganisationRole.objects.create(organisation=lonely, network=held.network, role="member")
    return held


def test_the_number_of_each_list_is_that_of_its_rows_and_no_list_is_empty(everything: Helper) -> None:
    lists = worklists(KAINUU, NOW)
    numbers = counts(lists)
    assert {each.code for each in lists} == numbers.keys()
    for each in lists:
        rows = [row for first in range(0, 60, 2) for row in each.page(first, 2)]
        assert (each.code, numbers[each.code], each.count()) == (each.code, len(rows), len(rows))
        assert len({(row.kind, row.id, row.proposal) for row in rows}) == len(rows)
        assert rows
        assert str(each.name)
        assert worklist(KAINUU, each.code, NOW).count() == numbers[each.code]
    assert worklist(KAINUU, "olematon", NOW) is None


def test_the_lists_hold_what_they_say(everything: Helper) -> None:
    def names(code: str) -> list[str]:
        return [row.name for row in worklist(KAINUU, code, NOW).page()]

    assert names("no-role") == ["Yhdistys a", "Yhdistys b", "Yhdistys c", "Yhdistys d"]
    assert names("no-service") == ["Yhdistys d"]
    assert names("no-form") == ["Yhdistys f"]
    assert names("no-resources") == ["Yhdistys a", "Yhdistys b", "Yhdistys c", "Yhdistys d"]
    assert names("no-way") == ["Palvelu e", "Palvelu f"]
    assert "Palvelu f" not in names("no-swedish") + names("no-english")
    assert names("stale-service") == ["Palvelu b", "Palvelu c"]
    operations.plan(everything.giver, "resources", "Yksi ohjaaja", **by())
    assert "Yhdistys a" not in names("no-resources")


def test_another_network_sees_none_of_it(everything: Helper) -> None:
    seen = {code: number for code, number in counts(worklists(["kaakko"], NOW)).items() if number}
    assert seen == {"errors": 1}  # of a page that is nobody's


def test_what_is_handled_leaves_its_list(everything: Helper) -> None:
    (row,) = worklist(KAINUU, "proposals", NOW).page()
    assert (row.kind, row.organisation, number("proposals")) == ("channel", "Yhdistys a", 1)
    from kilauta.domains.directory.models import Proposal

    operations.accept(Proposal.objects.get(pk=row.proposal), **by("Bengt"))
    assert number("proposals") == 0


def test_a_dashboard_is_one_query_and_a_page_of_a_list_another_however_many_rows(everything: Helper) -> None:
    def cost() -> list[int]:
        found = []
        with CaptureQueriesContext(connection) as queries:
            counts(worklists(KAINUU, NOW))
        found.append(len(queries))
        for each in worklists(KAINUU, NOW):
            with CaptureQueriesContext(connection) as queries:
                each.page()
            found.append(len(queries))
        return found

    before = cost()
    for key in "ghijk":
        made = helper(key)
        operations.propose(made.line, {"phone": "050 555 0188"}, **by())
    assert cost() == before == [1] * len(before)


def test_what_was_made_sure_of_is_told_in_the_history(held: Helper) -> None:
    operations.verify(held.line, ["hours"], **by())
    assert [verb for verb, _values in told(held.line)] == ["verified"]
