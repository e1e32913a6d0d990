"""The doors, the pages about people, and signing in with a code."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kilauta.domains.directory.models import Organisation
from kilauta.kit.access.models import Grant, Invitation
from kilauta.kit.accounts.models import Person
from kilauta.kit.outbox.models import Message
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]
AINO, BENGT, CARLA, ELSA = (
    f"{name}.example" for name in ("aino@kainuu", "bengt@kainuu", "carla@kainuu", "elsa@kaakko")
)
SECOND = [{"method": "mfa", "at": NOW.timestamp()}]


def organisation(key: str) -> str:
    return str(Organisation.objects.get(source="kilauta", external_id=key).pk)


def signed_in(email: str, *, second: bool = True) -> Client:
    client = Client()
    client.force_login(Person.objects.get(email=email))
    if second:
        session = client.session
        session["account_authentication_methods"] = SECOND
        session.save()
    return client


def people(scope: str, scope_id: str) -> str:
    return reverse("access:people", args=[scope, scope_id])


# ── Doors ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_stranger_is_led_to_the_sign_in_page_and_back() -> None:
    answer = Client().get("/tyopoyta/")
    assert (answer.status_code, answer["Location"]) == (302, "/tili/login/code/?next=/tyopoyta/")


def test_who_sees_lists_needs_a_second_step_and_a_supporter_does_not() -> None:
    assert signed_in(CARLA, second=False).get("/tyopoyta/").status_code == 200
    answer = signed_in(BENGT, second=False).get(people("region", "kainuu"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert signed_in(BENGT).get(people("region", "kainuu")).status_code == 200


@pytest.mark.parametrize(
    ("email", "away", "stays"),
    [
        (BENGT, timedelta(minutes=29), True),
        (BENGT, timedelta(minutes=31), False),
        (CARLA, timedelta(minutes=31), True),
        (CARLA, timedelta(hours=11), True),
        (CARLA, timedelta(hours=13), False),
    ],
)
def test_a_sitting_ends_after_a_while(email: str, away: timedelta, stays: bool) -> None:
    client = signed_in(email)
    client.get("/tyopoyta/")
    with time_machine.travel(NOW + away, tick=False):
        assert (client.get("/tyopoyta/").status_code == 200) == stays


def test_a_sitting_that_goes_on_still_ends_after_twelve_hours() -> None:
    client = signed_in(BENGT)
    for minutes in range(0, 12 * 60, 20):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            assert client.get("/tyopoyta/").status_code == 200
    with time_machine.travel(NOW + timedelta(hours=12, minutes=5), tick=False):
        assert client.get("/tyopoyta/").status_code == 302


def test_public_pages_ask_nobody_who_they_are() -> None:
    client = signed_in(BENGT)
    answer = client.get("/")
    assert "Cookie" not in answer.get("Vary", "")
    assert answer.cookies == {}


# ── People ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("email", "scope", "place", "status"),
    [
        (AINO, "body", "kajaani-kirjasto", 200),
        (AINO, "body", "sotkamo-kirjasto", 404),
        (AINO, "region", "kainuu", 404),
        (BENGT, "body", "sotkamo-kirjasto", 200),
        (BENGT, "region", "kainuu", 200),
        (BENGT, "region", "kaakko", 404),
        (BENGT, "house", "kaikki", 404),
        (ELSA, "body", "kajaani-kirjasto", 404),
        (CARLA, "body", "hiisijarvi-kylayhdistys", 403),
        (BENGT, "region", "no-such-network", 404),
        (BENGT, "nonsense", "kainuu", 404),
    ],
)
def test_people_are_shown_to_those_who_have_a_say_about_them(
    email: str, scope: str, place: str, status: int
) -> None:
    scope_id = organisation(place) if scope == "body" else place
    assert signed_in(email).get(people(scope, scope_id)).status_code == status


def test_the_page_of_others_answers_as_one_that_is_not_there() -> None:
    client = signed_in(AINO)
    theirs = client.get(people("body", organisation("sotkamo-kirjasto")))
    nobodys = client.get(people("body", "00000000-0000-4000-8000-000000000000"))
    assert (theirs.status_code, _main(theirs)) == (nobodys.status_code, _main(nobodys))


def test_an_editor_invites_a_colleague_who_takes_it_up_with_one_press() -> None:
    aino, place = signed_in(AINO), organisation("kajaani-kirjasto")
    sent = {"email": "uusi@kainuu.example", "name": "Uusi", "lang": "fi", "role": "supporter"}
    assert aino.post(people("body", place), sent).status_code == 302
    mail = Message.objects.get(kind="access/invitation")
    link = re.search(r"http://testserver(/kutsu/\S+)", mail.body)[1]  # type: ignore[index]
    visitor = Client()
    assert (visitor.get(link).status_code, Person.objects.filter(email=sent["email"]).count()) == (200, 0)
    assert visitor.head(link).status_code == 200
    assert (visitor.post(link).status_code, visitor.get("/tyopoyta/").status_code) == (302, 200)
    assert Grant.objects.get(person__email=sent["email"]).scope_id == place
    assert (Client().get(link).status_code, Client().post(link).status_code) == (404, 409)


def test_a_role_above_ones_own_cannot_be_posted() -> None:
    before = Invitation.objects.count()
    sent = {"email": "uusi@kainuu.example", "name": "", "lang": "fi", "role": "administrator"}
    answer = signed_in(AINO).post(people("body", organisation("kajaani-kirjasto")), sent)
    assert (answer.status_code, Invitation.objects.count()) == (200, before)
    assert "uusi@kainuu.example" in answer.content.decode()


def test_a_role_of_others_cannot_be_ended_by_its_id() -> None:
    theirs = Grant.objects.get(person__email=ELSA)
    for email in (AINO, BENGT):
        assert signed_in(email).post(reverse("access:end", args=[theirs.pk])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.ends_on is None


def test_ending_a_role_asks_first_who_is_there_when_that_is_long_ago() -> None:
    client = signed_in(BENGT)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": (NOW - timedelta(minutes=16)).timestamp()}
    ]
    session.save()
    role = Grant.objects.get(person__email=CARLA)
    answer = client.post(reverse("access:end", args=[role.pk]))
    role.refresh_from_db()
    assert (answer.status_code, role.ends_on) == (302, None)
    assert signed_in(BENGT).post(reverse("access:end", args=[role.pk])).status_code == 302
    role.refresh_from_db()
    assert role.ends_on == NOW.date()


# ── Signing in ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_mailed_code_is_all_a_volunteer_needs() -> None:
    client = Client()
    assert client.post("/tili/login/code/", {"email": "CARLA@kainuu.example"}).status_code == 302
    mail = Message.objects.get(kind="accounts/login_code")
    assert (mail.lang, mail.urgent, mail.secret, mail.address) == ("fi", True, True, CARLA)
    code = mail.subject.rpartition(" ")[2]
    assert client.post("/tili/login/code/confirm/", {"code": code})["Location"] == "/tyopoyta/"
    assert client.get("/tyopoyta/").status_code == 200


def test_a_wrong_code_lets_nobody_in_and_works_out_after_five_tries() -> None:
    client = Client()
    client.post("/tili/login/code/", {"email": CARLA})
    code = Message.objects.get(kind="accounts/login_code").subject.rpartition(" ")[2]
    for _ in range(5):
        client.post("/tili/login/code/confirm/", {"code": "XXXXXX"})
    client.post("/tili/login/code/confirm/", {"code": code})
    assert client.get("/tyopoyta/").status_code == 302


def test_whether_an_address_has_an_account_is_not_told() -> None:
    """Not by the answer, its length, where it leads, what follows, nor by there being a mail."""

    def ask(email: str) -> tuple[object, ...]:
        before, client = Message.objects.count(), Client()
        first = client.post("/tili/login/code/", {"email": email})
        second = client.get("/tili/login/code/confirm/")
        wrong = client.post("/tili/login/code/confirm/", {"code": "XXXXXX"})
        told = [_plain(answer, email) for answer in (second, wrong)]
        mails = Message.objects.count() - before
        return first.status_code, first["Location"], second.status_code, wrong.status_code, told, mails

    assert ask(CARLA) == ask("nobody@kainuu.example")


def test_a_password_that_somebody_has_made_opens_the_door_and_another_one_does_not() -> None:
    person = Person.objects.get(email=CARLA)
    person.set_password("kissankellot kukkivat")
    person.save()
    client = Client()
    page = client.get("/tili/login/").content.decode()
    assert re.search(
        r'<input[^>]+type="password"[^>]+name="password"|name="password"[^>]+type="password"', page
    )

    def enter(email: str, password: str):
        return Client().post("/tili/login/", {"login": email, "password": password})

    wrong = enter(CARLA, "kissankellot lakastuvat")
    unknown = enter("nobody@kainuu.example", "kissankellot kukkivat")
    # a colleague who has made none
    without = enter(AINO, "kissankellot kukkivat")
    told = {
        _plain(answer, email)
        for answer, email in ((wrong, CARLA), (unknown, "nobody@kainuu.example"), (without, AINO))
    }
    assert [answer.status_code for answer in (wrong, unknown, without)] == [200, 200, 200]
    assert len(told) == 1
    assert (
        client.post("/tili/login/", {"login": CARLA, "password": "kissankellot kukkivat"})["Location"]
        == "/tyopoyta/"
    )
    assert client.get("/tyopoyta/").status_code == 200


def test_nobody_makes_an_account_by_themselves() -> None:
    sent = {
        "email": "uusi@kainuu.example",
        "password1": "a long password 1",
        "password2": "a long password 1",
    }
    Client().post("/tili/signup/", sent)
    assert Person.objects.filter(email=sent["email"]).count() == 0


def _main(answer) -> str:
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def _plain(answer, email: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return text.replace(email, "ADDRESS")
