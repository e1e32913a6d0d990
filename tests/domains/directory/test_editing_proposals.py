"""What others would have the directory say: public at once or looked at first, and handled exactly once."""

from __future__ import annotations

from copy import copy
from datetime import timedelta

import pytest

from kilauta.domains.directory import operations
from kilauta.domains.directory.models import Channel, Organisation, Proposal, Service
from kilauta.domains.directory.operations import Conflict, Reporter, proposals
from kilauta.domains.directory.operations.proposals import CONTACT_KEPT
from kilauta.domains.directory.queries import catalogue
from kilauta.domains.directory.queries.proposals import proposal_page
from kilauta.kit import privacy
from kilauta.kit.audit.models import Change
from kilauta.kit.refusals import Refused
from tests.cast import NOW, at_once
from tests.domains.directory.keeping import NINE_TO_FOUR, Helper, by, helper, told

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def held() -> Helper:
    return helper()


@pytest.fixture
def sure(held: Helper) -> Helper:
    """The same helper, of whose line somebody has made sure."""
    operations.verify(held.line, ["hours", "contacts"], method="phone", **by("Bengt"))
    return held


def refusal(act, *args, **more) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **more)
    assert refused.value.message
    return refused.value.code


def waiting(held: Helper, **values) -> Proposal:
    made = operations.propose(held.line, values or {"phone": "050 555 0188"}, **by())
    assert made is not None
    return made


def phone(held: Helper) -> str:
    return Channel.objects.get(pk=held.line.pk).phone


# ── At once or looked at first ──────────────────────────────────────────────────────────────────────────


def test_a_change_of_what_nobody_has_made_sure_of_is_public_at_once(held: Helper) -> None:
    assert isinstance(operations.submit(held.line, {"phone": "050 555 0188"}, **by()), Change)
    assert phone(held) == "050 555 0188"


def test_a_change_of_a_verified_entry_waits_for_the_coordinator(sure: Helper) -> None:
    made = operations.submit(sure.line, {"phone": "050 555 0188", "note_fi": ""}, note="Uusi numero", **by())
    assert isinstance(made, Proposal)
    assert (made.values, made.base) == ({"phone": "050 555 0188"}, {"phone": "050 555 0199"})
    assert (made.network_id, made.organisation, made.by.name) == ("kainuu", sure.giver, "Aino")
    assert phone(sure) == "050 555 0199"
    assert catalogue().channels[str(sure.line.pk)].phone == "050 555 0199"


def test_a_trusted_organisation_is_public_at_once_and_a_draft_always(sure: Helper) -> None:
    operations.set_trusted(sure.giver, trusted=True, **by("Bengt"))
    line = Channel.objects.get(pk=sure.line.pk)
    assert isinstance(operations.submit(line, {"phone": "050 555 0188"}, **by()), Change)
    operations.set_trusted(sure.giver, trusted=False, **by("Bengt"))
    operations.retire_channel(line, **by())
    assert isinstance(operations.submit(line, {"phone": "050 555 0189"}, **by()), Change)


def test_a_change_of_nothing_is_nothing(sure: Helper) -> None:
    assert operations.submit(sure.line, {"phone": "050 555 0199"}, **by()) is None
    assert not Proposal.objects.exists()


def test_a_proposal_can_ask_for_the_editors_fields_only(sure: Helper) -> None:
    assert refusal(operations.submit, sure.line, {"state": "withdrawn"}, **by()) == "unknown-field"
    assert refusal(operations.propose, sure.line, {"phone": ""}, **by()) == "missing"


# ── Accepting ───────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_accepted_is_public_and_remembered(held: Helper) -> None:
    made = waiting(held, phone="050 555 0188", hours=[NINE_TO_FOUR])
    done = operations.accept(made, **by("Bengt", LATER))
    assert (done.state, done.handled_by.name, done.handled_at) == ("accepted", "Bengt", LATER)
    assert catalogue().channels[str(held.line.pk)].phone == "050 555 0188"
    ((verb, values),) = told(held.line)
    assert (verb, values["phone"]) == ("changed", ["050 555 0199", "050 555 0188"])
    assert told(made) == [("accepted", {})]


def test_the_coordinator_may_mend_it_first(held: Helper) -> None:
    made = waiting(held)
    operations.accept(made, values={"phone": "050 555 0190"}, **by("Bengt"))
    assert phone(held) == "050 555 0190"
    assert Proposal.objects.get().values == {"phone": "050 555 0188"}


def test_an_entry_changed_since_is_a_conflict_told_field_by_field_and_nothing_is_kept(held: Helper) -> None:
    made = waiting(held, phone="050 555 0188", note_fi="Uusi", email="uusi@apu.example")
    operations.change_channel(
        held.line, {"phone": "050 555 0177", "email": "uusi@apu.example"}, **by("Bengt")
    )
    with pytest.raises(Conflict) as conflict:
        operations.accept(made, **by("Bengt"))
    (field,) = conflict.value.fields
    assert (field.field, field.old, field.new) == ("phone", "050 555 0199", "050 555 0177")
    row = Channel.objects.get(pk=held.line.pk)
    assert (row.phone, row.note_fi, Proposal.objects.get().state) == ("050 555 0177", "", "waiting")
    operations.accept(made, seen=conflict.value.seen, **by("Bengt"))
    row.refresh_from_db()
    assert (row.phone, row.note_fi) == ("050 555 0188", "Uusi")


def test_what_was_seen_counts_only_as_long_as_it_is_so(held: Helper) -> None:
    made = waiting(held)
    operations.change_channel(held.line, {"phone": "050 555 0177"}, **by())
    with pytest.raises(Conflict) as first:
        operations.accept(made, **by("Bengt"))
    operations.change_channel(held.line, {"phone": "050 555 0166"}, **by())
    with pytest.raises(Conflict) as second:
        operations.accept(made, seen=first.value.seen, **by("Bengt"))
    assert second.value.seen == {"phone": "050 555 0166"}


def test_the_page_of_a_proposal_tells_the_differences_and_what_stands_in_the_way(held: Helper) -> None:
    made = waiting(held, phone="050 555 0188", note_fi="Uusi")
    page = proposal_page(made)
    assert [(each.field, each.old, each.new) for each in page.differences] == [
        ("phone", "050 555 0199", "050 555 0188"),
        ("note_fi", "", "Uusi"),
    ]
    assert page.conflicts == ()
    operations.change_channel(held.line, {"phone": "050 555 0177"}, **by())
    assert [each.new for each in proposal_page(made).conflicts] == ["050 555 0177"]


@pytest.mark.parametrize("verb", ["return_to_sender", "refuse"])
def test_a_no_says_why(held: Helper, verb: str) -> None:
    made = waiting(held)
    assert refusal(getattr(operations, verb), made, " ", **by("Bengt")) == "missing"
    done = getattr(operations, verb)(made, "Numero ei vastaa.", **by("Bengt"))
    assert (done.state != "waiting", done.answer, phone(held)) == (True, "Numero ei vastaa.", "050 555 0199")


def test_what_came_back_is_mended_and_sent_again_by_the_same_person(held: Helper) -> None:
    made = waiting(held)
    operations.return_to_sender(made, "Tarkista numero.", **by("Bengt"))
    mended = {"phone": "050 555 0189"}
    assert refusal(operations.propose_again, made, mended, **by("Carla")) == "already-handled"
    operations.propose_again(made, mended, **by("Aino", LATER))
    operations.accept(made, **by("Bengt"))
    assert phone(held) == "050 555 0189"
    assert refusal(operations.propose_again, made, mended, **by()) == "already-handled"


@pytest.mark.parametrize("verb", ["accept", "refuse", "return_to_sender"])
def test_what_is_handled_is_handled_once(held: Helper, verb: str) -> None:
    made = waiting(held)
    operations.refuse(made, "Ei.", **by("Bengt"))
    reason = () if verb == "accept" else ("Ei.",)
    with pytest.raises(Refused, match="Bengt") as refused:
        getattr(operations, verb)(made, *reason, **by("Carla"))
    assert refused.value.code == "already-handled"


def accept_at_once() -> tuple[list[str], str, int]:
    """Let two coordinators accept one proposal, each with a number of their own.

    Return what each was told, the number that is there now, and how often the line was changed.
    """

    def prepare() -> tuple[Helper, Proposal]:
        by("Aino"), by("Bengt")
        made = helper()
        return made, waiting(made)

    ((made, proposal),) = at_once(prepare)

    def accept(name: str, number: str):
        mine = copy(proposal)  # as each has read it on a page of their own

        def act() -> str:
            try:
                operations.accept(mine, values={"phone": number}, **by(name))
            except Refused as refused:
                return refused.code
            return number

        return act

    outcomes = at_once(accept("Aino", "050 555 0188"), accept("Bengt", "050 555 0189"))
    ((left, changes),) = at_once(lambda: (phone(made), told(made.line)))
    return outcomes, left, len(changes)


@pytest.mark.usefixtures("own_database")
def test_of_two_coordinators_at_once_one_accepts_and_the_other_is_told() -> None:
    outcomes, left, changes = accept_at_once()
    assert sorted(each == "already-handled" for each in outcomes) == [False, True]
    assert left in outcomes
    assert changes == 1


@pytest.mark.prove
@pytest.mark.usefixtures("own_database")
def test_the_control_who_does_not_look_anew_under_lock_accepts_twice(monkeypatch) -> None:
    monkeypatch.setattr(proposals, "locked", lambda thing: thing)
    outcomes, _left, _changes = accept_at_once()
    assert "already-handled" not in outcomes


@pytest.mark.usefixtures("own_database")
def test_of_two_edits_at_once_each_is_remembered_as_it_happened() -> None:
    (made,) = at_once(helper)
    at_once(lambda: by("Aino"), lambda: by("Bengt"))

    def change(number: str):
        return lambda: operations.change_channel(made.line, {"phone": number}, **by("Aino"))

    at_once(change("050 555 0188"), change("050 555 0189"))
    ((left, changes),) = at_once(lambda: (phone(made), told(made.line)))
    (first, second) = (values["phone"] for _verb, values in changes)
    assert (first[0], first[1], second[1]) == ("050 555 0199", second[0], left)


# ── New ones, claims, leaving, errors ───────────────────────────────────────────────────────────────────

SERVICE = {"name_fi": "Kerho", "summary_fi": "Autamme puhelimissa.", "depth": "guided", "fee": "free"}


def test_a_body_that_helps_proposes_itself_without_an_account(held: Helper) -> None:
    parts = {
        "organisation": {"name_fi": "Kylän kerho", "kind": "association"},
        "place": {"name_fi": "Kylätalo", "kind": "village-hall", "municipality": "290"},
        "service": SERVICE,
        "channels": [{"mode": "walk-in"}, {"mode": "phone", "phone": "050 555 0155", "area": ["290"]}],
    }
    # somebody who comes to a place is told where: the place of the same proposal
    made = operations.propose_new(
        parts, network=held.network, actor=None, reporter=Reporter("kerho@kyla.example", "sv"), now=NOW
    )
    assert (made.kind, made.entry_kind, made.contact, made.lang) == (
        "new",
        "organisation",
        "kerho@kyla.example",
        "sv",
    )
    assert not Organisation.objects.filter(name_fi="Kylän kerho").exists()
    done = operations.accept(made, **by("Bengt"))
    new = Organisation.objects.get(pk=done.entry_id)
    service = catalogue().services_of[str(new.pk)][0]
    assert (new.state, new.steward_id, str(service.name.pick("fi"))) == ("published", "kainuu", "Kerho")
    assert sorted(channel.mode for channel in service.channels) == ["phone", "walk-in"]


def test_a_new_one_holds_nothing_but_its_parts(held: Helper) -> None:
    rest = {"network": held.network, "actor": None, "now": NOW}
    assert refusal(operations.propose_new, {"service": SERVICE}, **rest) == "unknown-field"
    assert (
        refusal(operations.propose_new, {"organisation": {"name_fi": "A", "trusted": True}}, **rest)
        == "unknown-field"
    )
    assert (
        operations.propose_new({"service": SERVICE}, organisation=held.giver, **rest).entry_kind == "service"
    )


def test_a_listed_body_claims_its_entry_or_asks_to_leave(held: Helper) -> None:
    claimed = operations.claim(
        held.giver, note="Olen puheenjohtaja.", actor=None, reporter=Reporter("050 555 0123"), now=NOW
    )
    assert operations.accept(claimed, **by("Bengt")).state == "accepted"
    assert Organisation.objects.get(pk=held.giver.pk).state == "published"
    leaves = operations.ask_to_leave(held.service, note="Emme enää auta.", actor=None, now=NOW)
    operations.accept(leaves, **by("Bengt"))
    assert Service.objects.get(pk=held.service.pk).state == "withdrawn"


def test_anybody_tells_an_error_in_words_or_field_by_field(held: Helper) -> None:
    words = operations.report_error(
        held.line, "Ei vastaa", page="/palvelut/x/", network=None, actor=None, now=NOW
    )
    assert (words.kind, words.network_id, words.values) == ("error", "kainuu", {})
    operations.accept(words, **by("Bengt"), answer="Kiitos, tarkistimme.")
    fields = operations.report_error(
        held.line, "", page="/", network=None, values={"phone": "050 555 0144"}, actor=None, now=NOW
    )
    operations.accept(fields, **by("Bengt"))
    assert phone(held) == "050 555 0144"
    of_page = operations.report_error(
        None, "Kirjoitusvirhe", page="/tietoa/", network=held.network, actor=None, now=NOW
    )
    operations.accept(of_page, **by("Bengt"))
    rest = {"page": "/", "network": None, "actor": None, "now": NOW}
    assert refusal(operations.report_error, held.line, "  ", **rest) == "missing"


def test_a_contact_is_forgotten_fourteen_days_after_the_answer() -> None:
    (contact,) = [each for each in privacy.personal() if each.name == "directory.Proposal.contact"]
    assert (contact.clock.since, contact.clock.after, contact.clock.how) == (
        "handled_at",
        CONTACT_KEPT,
        privacy.EMPTY,
    )
    assert CONTACT_KEPT == timedelta(days=14)
