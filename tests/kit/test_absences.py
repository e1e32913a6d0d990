"""Being away: a deputy has the work and the mail, for those days only; a hand-over is for good."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kilauta.domains.directory.models import Organisation
from kilauta.domains.directory.queries import asking
from kilauta.kit.access import absences
from kilauta.kit.access.holdings import holdings
from kilauta.kit.access.models import Absence, Grant
from kilauta.kit.access.operations import grant
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.outbox.models import Message
from kilauta.kit.refusals import Refused
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

TODAY = date(2026, 11, 24)
FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)


@pytest.fixture
def library() -> Organisation:
    return Organisation.objects.get(source="kilauta", external_id="kajaani-kirjasto")


def person(name: str, role: str, place: object) -> Person:
    made = Person.objects.create(email=f"{name.lower()}@away.example", name=name)
    grant(made, role=role, scope_id=str(place), actor=Person.objects.system(), now=NOW)
    return made


@pytest.fixture
def aila(library: Organisation) -> Person:
    return person("Aila", "provider-editor", library.pk)


@pytest.fixture
def berit(library: Organisation) -> Person:
    return person("Berit", "supporter", library.pk)


def arranged(who: Person, deputy: Person, **more: object) -> Absence:
    days = {"starts_on": FRIDAY, "ends_on": MONDAY, "actor": who, "now": NOW, "host": "kainuu.example"}
    return absences.arrange(who, deputy, **{**days, **more})  # type: ignore[arg-type]


def may_edit(who: Person, library: Organisation, day: date) -> bool:
    return holdings(who, day).may(Verb.EDIT, Scope.BODY, str(library.pk))


def test_the_deputy_has_the_work_on_those_days_and_no_others(aila, berit, library) -> None:
    arranged(aila, berit)
    days = [FRIDAY - timedelta(days=1), FRIDAY, MONDAY - timedelta(days=1), MONDAY]
    assert [may_edit(berit, library, day) for day in days] == [False, True, True, False]
    assert all(may_edit(aila, library, day) for day in days)


def test_the_deputy_is_told_by_mail_when_it_begins_and_ends(aila, berit) -> None:
    arranged(aila, berit)
    mail = Message.objects.get(kind="access/deputy")
    assert mail.address == berit.email
    assert "27.11.2026" in mail.body
    assert "29.11.2026" in mail.body


def test_mail_to_who_is_away_goes_to_the_deputy(aila, berit, library) -> None:
    def asked() -> set[str]:
        return {one.email or "" for one in asking._editors([library], NOW)[str(library.pk)]}

    before = asked()
    assert aila.email in before
    arranged(aila, berit, starts_on=TODAY)
    assert asked() == (before - {aila.email}) | {berit.email}


def test_who_comes_back_early_has_the_work_alone(aila, berit, library) -> None:
    now, later = arranged(aila, berit, starts_on=TODAY, ends_on=FRIDAY), arranged(aila, berit)
    absences.come_back(now, now=NOW)
    absences.come_back(later, now=NOW)
    assert not any(may_edit(berit, library, TODAY + timedelta(days=number)) for number in range(9))
    assert not absences.absences_of(aila, TODAY).exists()


def test_two_absences_on_the_same_days_are_refused(aila, berit) -> None:
    arranged(aila, berit)
    with pytest.raises(Refused) as refused:
        arranged(aila, berit, starts_on=FRIDAY - timedelta(days=2), ends_on=FRIDAY + timedelta(days=1))
    assert refused.value.field == "starts_on"


def test_only_who_works_there_can_stand_in(aila) -> None:
    stranger = person("Cilla", "coordinator", "kaakko")
    with pytest.raises(Refused):
        arranged(aila, stranger)
    assert not Absence.objects.exists()


def test_what_is_held_for_another_is_not_passed_on(aila, berit, library) -> None:
    third = person("Dan", "supporter", library.pk)
    arranged(aila, berit, starts_on=TODAY)
    arranged(berit, third, starts_on=TODAY)
    assert not may_edit(third, library, TODAY)


def test_nobody_arranges_for_others_whose_roles_they_could_not_give(aila, berit) -> None:
    with pytest.raises(Refused):
        arranged(aila, berit, actor=berit)


def test_a_coordination_is_handed_over_in_one_step() -> None:
    old, new = person("Elin", "coordinator", "kainuu"), person("Fia", "steering", "kainuu")
    assert absences.hand_over(old, new, actor=old, now=NOW) == 1
    assert holdings(new, TODAY).may(Verb.COORDINATE, Scope.REGION, "kainuu")
    assert not holdings(old, TODAY).may(Verb.COORDINATE, Scope.REGION, "kainuu")
    assert Grant.objects.get(person=old).ends_on == TODAY


def test_the_database_refuses_a_deputy_of_oneself_and_an_end_before_the_start(aila, berit) -> None:
    good = {
        "person": aila,
        "deputy": berit,
        "starts_on": FRIDAY,
        "ends_on": MONDAY,
        "made_by": aila,
        "made_at": NOW,
    }
    for bad in ({"deputy": aila}, {"ends_on": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Absence.objects.create(**{**good, **bad})


# The page


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    return client


def test_a_person_says_it_on_the_page_and_it_stands_on_both_desks(aila, berit) -> None:
    mine = signed_in(aila)
    sent = {"deputy": str(berit.pk), "starts_on": "24.11.2026", "last_day": "29.11.2026"}
    assert mine.post("/tyopoyta/poissa/", sent).status_code == 302
    assert "Berit" in mine.get("/tyopoyta/").content.decode()
    assert "Aila" in signed_in(berit).get("/tyopoyta/").content.decode()
    absence = Absence.objects.get()
    stranger = person("Ida", "coordinator", "kaakko")
    assert signed_in(stranger).post(f"/tyopoyta/poissa/takaisin/{absence.pk}/").status_code == 404
    assert mine.post(f"/tyopoyta/poissa/takaisin/{absence.pk}/").status_code == 302
    assert "Berit" not in mine.get("/tyopoyta/").content.decode()


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"starts_on": "24.11.2026"}, "last_day"), ({"starts_on": "eilen", "last_day": "29.11.2026"}, "starts_on"),
     ({"starts_on": "1.11.2026", "last_day": "2.11.2026"}, "last_day")],
)  # fmt: skip
def test_what_is_wrong_is_told_and_what_was_typed_stays(aila, berit, sent, field) -> None:
    page = signed_in(aila).post("/tyopoyta/poissa/", {"deputy": str(berit.pk), **sent})
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert sent["starts_on"] in page.content.decode()


def test_of_others_there_is_no_page(aila, berit) -> None:
    assert signed_in(berit).get(f"/tyopoyta/poissa/{aila.pk}/").status_code == 404
    coordinator = person("Gun", "coordinator", "kainuu")
    assert signed_in(coordinator).get(f"/tyopoyta/poissa/{aila.pk}/").status_code == 200
    assert (
        signed_in(person("Hans", "coordinator", "kaakko")).get(f"/tyopoyta/poissa/{aila.pk}/").status_code
        == 404
    )
