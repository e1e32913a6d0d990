"""Who may do what: roles given, ended, offered and taken up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from kilauta.domains.territory.models import Network
from kilauta.kit.access import operations
from kilauta.kit.access.holdings import holdings
from kilauta.kit.access.models import Grant, Invitation
from kilauta.kit.access.roles import GUARDED, ROLES, Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from tests.cast import NOW, at_once
from tests.factories import network, organisation

TODAY = date(2026, 11, 24)


@pytest.fixture
def places(db: None) -> dict[str, str]:
    """Two networks, and an organisation that each of them looks after."""
    first, second = network("first", is_default=True), network("second")
    return {
        "first": first.pk,
        "second": second.pk,
        "ours": str(organisation("ours", steward=first).pk),
        "theirs": str(organisation("theirs", steward=second).pk),
    }


def person(name: str) -> Person:
    return Person.objects.create(email=f"{name}@work.example", name=name)


def holder(name: str, role: str, place: str = "", *, now: datetime = NOW) -> Person:
    made = person(name)
    operations.grant(made, role=role, scope_id=place, actor=Person.objects.system(), now=now)
    return made


def refused(code: str) -> pytest.RaisesExc:
    return pytest.raises(Refused, check=lambda refusal: refusal.code == code)


# ── What a role gives ───────────────────────────────────────────────────────────────────────────────────


def test_every_role_may_work_and_the_administrator_may_everything() -> None:
    assert [code for code, role in ROLES.items() if Verb.WORK not in role.verbs] == []
    assert ROLES["administrator"].verbs == set(Verb)
    assert max(ROLES.values(), key=lambda role: role.rank).code == "administrator"


def test_who_helps_people_needs_no_second_step_and_who_sees_lists_does() -> None:
    light = {code for code, role in ROLES.items() if not GUARDED & role.verbs}
    assert light == {
        "trainee", "supporter", "adviser", "survey-collector", "web-editor", "eservice-owner", "volunteer-lead",
    }  # fmt: skip


def test_a_role_holds_in_its_own_place_only(places: dict[str, str]) -> None:
    mine = holdings(holder("Aino", "provider-editor", places["ours"]), TODAY)
    assert mine.may(Verb.EDIT, Scope.BODY, places["ours"])
    assert not mine.may(Verb.EDIT, Scope.BODY, places["theirs"])
    assert not mine.may(Verb.COORDINATE, Scope.BODY, places["ours"])
    assert not mine.may(Verb.EDIT, Scope.REGION, places["ours"])
    assert mine.ids(Verb.EDIT, Scope.BODY) == {places["ours"]}
    assert (mine.anywhere(Verb.EDIT), mine.everywhere(Verb.EDIT)) == (True, False)


def test_the_whole_house_holds_every_place(places: dict[str, str]) -> None:
    mine = holdings(holder("Daniela", "administrator"), TODAY)
    assert mine.may(Verb.EDIT, Scope.BODY, places["theirs"])
    assert mine.everywhere(Verb.LOGS)


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2026, 11, 23), False), (date(2026, 11, 24), True), (date(2026, 11, 30), True), (date(2026, 12, 1), False)],
)  # fmt: skip
def test_a_role_is_held_from_its_first_day_up_to_its_last(
    places: dict[str, str], day: date, held: bool
) -> None:
    made = person("Aino")
    operations.grant(
        made, role="supporter", scope_id=places["ours"], actor=Person.objects.system(), now=NOW,
        ends_on=date(2026, 12, 1),
    )  # fmt: skip
    assert holdings(made, day).anywhere(Verb.WORK) == held


def test_who_has_been_shut_out_holds_nothing(places: dict[str, str]) -> None:
    made = holder("Aino", "supporter", places["ours"])
    made.is_active = False
    assert holdings(made, TODAY).held == ()


# ── Giving and ending ───────────────────────────────────────────────────────────────────────────────────


def test_nobody_gives_a_role_above_their_own(places: dict[str, str]) -> None:
    aino, bengt = (
        holder("Aino", "provider-editor", places["ours"]),
        holder("Bengt", "coordinator", places["first"]),
    )
    new = person("Carla")
    for actor, role, place in (
        (aino, "coordinator", places["first"]),
        (aino, "administrator", ""),
        (bengt, "administrator", ""),
    ):
        with refused("above-own"):
            operations.grant(new, role=role, scope_id=place, actor=actor, now=NOW)
    assert Grant.objects.filter(person=new).count() == 0
    operations.grant(new, role="provider-editor", scope_id=places["ours"], actor=aino, now=NOW)
    operations.grant(new, role="coordinator", scope_id=places["first"], actor=bengt, now=NOW)


def test_nobody_gives_a_role_where_they_have_no_say(places: dict[str, str]) -> None:
    aino, bengt = (
        holder("Aino", "provider-editor", places["ours"]),
        holder("Bengt", "coordinator", places["first"]),
    )
    for n, (actor, role, place) in enumerate(
        (
            (aino, "supporter", places["theirs"]),
            (bengt, "supporter", places["theirs"]),
            (bengt, "steering", places["second"]),
            (holder("Carla", "supporter", places["ours"]), "supporter", places["ours"]),
        )
    ):
        with refused("above-own"):
            operations.grant(person(f"new-{n}"), role=role, scope_id=place, actor=actor, now=NOW)


def test_a_coordinator_gives_roles_in_the_organisations_of_the_network(places: dict[str, str]) -> None:
    bengt = holder("Bengt", "coordinator", places["first"])
    given = operations.grant(person("Carla"), role="supporter", scope_id=places["ours"], actor=bengt, now=NOW)
    assert (given.scope, given.given_by) == (Scope.BODY, bengt)


@pytest.mark.parametrize(
    ("role", "place"),
    [("king", "ours"), ("supporter", "nowhere"), ("supporter", ""), ("administrator", "ours")],
)
def test_a_role_that_is_not_there_or_in_no_such_place_is_refused(
    places: dict[str, str], role: str, place: str
) -> None:
    with refused("no-such-role"):
        operations.grant(
            person("Aino"),
            role=role,
            scope_id=places.get(place, place),
            actor=Person.objects.system(),
            now=NOW,
        )


def test_a_role_given_twice_is_held_once(places: dict[str, str]) -> None:
    aino = holder("Aino", "supporter", places["ours"])
    operations.grant(aino, role="supporter", scope_id=places["ours"], actor=Person.objects.system(), now=NOW)
    assert Grant.objects.filter(person=aino).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            person=aino, role="supporter", scope=Scope.BODY, scope_id=places["ours"], starts_on=TODAY,
            given_by=aino, given_at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "scope", "scope_id"),
    [
        ("coordinator", "body", "x"),
        ("administrator", "house", "x"),
        ("supporter", "body", ""),
        ("king", "body", "x"),
    ],
)
def test_the_database_refuses_a_role_in_a_place_of_another_kind(
    places: dict[str, str], role: str, scope: str, scope_id: str
) -> None:
    aino = person("Aino")
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            person=aino,
            role=role,
            scope=scope,
            scope_id=scope_id,
            starts_on=TODAY,
            given_by=aino,
            given_at=NOW,
        )


def test_a_role_that_has_ended_gives_nothing_any_more(places: dict[str, str]) -> None:
    bengt, carla = (
        holder("Bengt", "coordinator", places["first"]),
        holder("Carla", "supporter", places["ours"]),
    )
    operations.end(carla.grants.get(), actor=bengt, now=NOW)
    assert holdings(carla, TODAY).held == ()


def test_one_lays_down_an_own_role_and_ends_nobody_elses_above(places: dict[str, str]) -> None:
    aino, bengt = (
        holder("Aino", "provider-editor", places["ours"]),
        holder("Bengt", "coordinator", places["first"]),
    )
    with refused("above-own"):
        operations.end(bengt.grants.get(), actor=aino, now=NOW)
    operations.end(aino.grants.get(), actor=aino, now=NOW)
    assert holdings(aino, TODAY).held == ()


def test_the_last_administrator_stays(places: dict[str, str]) -> None:
    first = holder("Daniela", "administrator")
    with refused("last-administrator"):
        operations.end(first.grants.get(), actor=first, now=NOW)
    with refused("last-administrator"):
        operations.grant(
            first, role="administrator", scope_id="", actor=first, now=NOW, ends_on=date(2027, 1, 1)
        )
    second = holder("Elsa", "administrator")
    operations.end(first.grants.get(), actor=second, now=NOW)
    with refused("last-administrator"):
        operations.end(second.grants.get(), actor=second, now=NOW)


@pytest.mark.usefixtures("own_database")
def test_two_administrators_who_end_each_other_at_once_leave_one() -> None:
    def make() -> None:
        holder("Daniela", "administrator")
        holder("Elsa", "administrator")

    def end(mine: str, others: str) -> str:
        me = Person.objects.get(name=mine)
        try:
            operations.end(Grant.objects.get(person__name=others), actor=me, now=NOW)
        except Refused as refusal:
            return refusal.code
        return "ended"

    at_once(make)
    told = at_once(lambda: end("Daniela", "Elsa"), lambda: end("Elsa", "Daniela"))
    (left,) = at_once(lambda: Grant.objects.filter(role="administrator").held_on(TODAY).count())
    assert (told.count("ended"), left) == (1, 1), told


# ── Invitations ─────────────────────────────────────────────────────────────────────────────────────────


def offer(places: dict[str, str], email: str = "new@work.example") -> str:
    return operations.invite(
        email, role="supporter", scope_id=places["ours"], actor=Person.objects.system(), now=NOW, lang="sv"
    )[1]


def test_an_invitation_makes_a_person_with_the_role(places: dict[str, str]) -> None:
    made = operations.accept(offer(places, " New@Work.example "), visitor=None, now=NOW)
    assert (made.email, made.lang, made.has_usable_password()) == ("new@work.example", "sv", False)
    assert holdings(made, TODAY).ids(Verb.WORK, Scope.BODY) == {places["ours"]}


def test_an_invitation_works_once(places: dict[str, str]) -> None:
    token = offer(places)
    operations.accept(token, visitor=None, now=NOW)
    with refused("not-open"):
        operations.accept(token, visitor=None, now=NOW)


@pytest.mark.parametrize(
    ("after", "works"), [(timedelta(days=7, seconds=-1), True), (timedelta(days=7), False)]
)
def test_an_invitation_works_for_seven_days(places: dict[str, str], after: timedelta, works: bool) -> None:
    token = offer(places)
    assert (operations.open_invitation(token, now=NOW + after) is not None) == works


def test_an_invitation_never_enters_the_account_of_somebody_else(places: dict[str, str]) -> None:
    owner, other = person("new"), person("other")
    token = offer(places, "NEW@work.example")
    with refused("sign-in-first"):
        operations.accept(token, visitor=None, now=NOW)
    with refused("another-account"):
        operations.accept(token, visitor=other, now=NOW)
    assert operations.accept(token, visitor=owner, now=NOW) == owner
    assert holdings(other, TODAY).held == ()


def test_who_is_signed_in_does_not_take_up_an_invitation_to_another_address(places: dict[str, str]) -> None:
    with refused("another-account"):
        operations.accept(offer(places), visitor=person("other"), now=NOW)
    assert Person.objects.filter(email="new@work.example").count() == 0


def test_a_newer_invitation_ends_the_older_one_and_one_taken_back_does_nothing(
    places: dict[str, str],
) -> None:
    older, newer = offer(places), offer(places)
    assert operations.open_invitation(older, now=NOW) is None
    operations.withdraw(Invitation.objects.get(withdrawn_at=None), actor=Person.objects.system(), now=NOW)
    with refused("not-open"):
        operations.accept(newer, visitor=None, now=NOW)


def test_the_token_is_not_kept(places: dict[str, str]) -> None:
    token = offer(places)
    row = Invitation.objects.values().get()
    assert [name for name, value in row.items() if token in str(value)] == []


@pytest.mark.usefixtures("own_database")
def test_an_invitation_that_two_take_up_at_once_makes_one_person() -> None:
    def make() -> str:
        return offer({"ours": str(organisation("ours", steward=network("first", is_default=True)).pk)})

    (token,) = at_once(make)

    def take() -> str:
        try:
            operations.accept(token, visitor=None, now=NOW)
        except (Refused, IntegrityError) as problem:
            return type(problem).__name__
        return "taken"

    told = at_once(*[take] * 4)
    (people,) = at_once(lambda: Person.objects.filter(email="new@work.example").count())
    assert (sorted(told), people) == (["Refused"] * 3 + ["taken"], 1)


def test_the_clock_of_an_invitation_is_of_the_instant_not_of_the_wall(places: dict[str, str]) -> None:
    """Over the night when clocks go back a week has an hour more."""
    before = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)
    made, _token = operations.invite(
        "a@work.example", role="supporter", scope_id=places["ours"], actor=Person.objects.system(), now=before
    )
    assert made.expires_at == datetime(2026, 10, 27, 12, 0, tzinfo=UTC)
    assert Network.objects.count() == 2
