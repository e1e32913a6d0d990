"""Every address × who comes × whose thing × GET and POST, with the expected answer; an unlisted address fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kilauta.domains.communications.models import Contact, Feedback, Link, News, Page
from kilauta.domains.directory import operations as directory
from kilauta.domains.directory.models import Channel, Notice, Organisation, Place, Service
from kilauta.domains.territory.models import Locality, Network
from kilauta.kit.access.models import Absence, Grant
from kilauta.kit.access.operations import grant, invite
from kilauta.kit.access.pledging import accept, current
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.exchange import uploads
from kilauta.kit.exchange.models import Review
from kilauta.kit.outbox.operations import send
from kilauta.lib.words import Words
from tests.cast import NOW
from tests.site.doors_table import EDITORS, GET, MAY, POST, ROWS, Row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door"), pytest.mark.timeout(400)]

SECOND = [{"method": "mfa", "at": NOW.timestamp()}]

# Who comes: "-" a stranger, s a supporter of ours, e the editor of our organisation, o the editor of another one of
# our network, c our coordinator, t our steering group, x the coordinator of the other network, a the administrator.
PEOPLE = {
    "s": (("supporter", "ours"),),
    "e": (("provider-editor", "ours"),),
    "o": (("provider-editor", "neighbour"),),
    "c": (("coordinator", "kainuu"),),
    "t": (("steering", "kainuu"),),
    "x": (("coordinator", "kaakko"),),
    "a": (("administrator", ""),),
}


def routes() -> dict[str, str]:
    """Return every address of ours by its name, with its door; the library of accounts lets in by itself whom it must."""
    return dict(_routes(get_resolver().url_patterns, ""))


def _routes(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, str]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
        elif each.name and not each.callback.__module__.startswith("allauth."):
            yield f"{space}{each.name}", str(getattr(each.callback, "door", ""))


def test_every_address_has_a_door_and_every_shut_one_is_in_the_table() -> None:
    doors = routes()
    assert [name for name, door in doors.items() if not door] == []
    assert {name: door for name, door in doors.items() if door != "public"} == {
        name: row.verb for name, row in ROWS.items()
    }


@pytest.fixture
def people() -> dict[str, Client]:
    system = Person.objects.system()
    scopes = {"ours": str(_organisation("ours").pk), "neighbour": str(_organisation("neighbour").pk)}
    found = {"-": Client()}
    for who, roles in PEOPLE.items():
        person = Person.objects.create(email=f"{who}@doors.example", name=who)
        for role, place in roles:
            grant(person, role=role, scope_id=scopes.get(place, place), actor=system, now=NOW)
        for network in ("kainuu", "kaakko"):
            accept(network, version=current(network).version, actor=person, now=NOW)
        client = found[who] = Client()
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = SECOND
        session.save()
    return found


def _organisation(owner: str) -> Organisation:
    """Return the organisation of an owner: two of our network, and one of the other's."""
    if owner == "theirs":
        services = Service.objects.filter(organisation__steward="kaakko", organisation__places__isnull=False)
        return (
            services.filter(channels__isnull=False)
            .order_by("pk")
            .select_related("organisation")[0]
            .organisation
        )
    key = {"ours": "kajaani-kirjasto", "neighbour": "sotkamo-kirjasto"}[owner]
    return Organisation.objects.get(source="kilauta", external_id=key)


def _things(owner: str) -> dict[str, object]:
    of = _organisation(owner)
    service = Service.objects.filter(organisation=of, channels__isnull=False).order_by("pk")[0]
    return {
        "organisation": of,
        "service": service,
        "channel": Channel.objects.filter(service=service).order_by("pk")[0],
        "place": Place.objects.filter(host=of).order_by("pk")[0],
    }


def arguments(row: Row, owner: str) -> tuple[object, ...]:
    """Return what stands in the address for the thing of an owner; of nobody: ids of the right form that are not there."""
    if not row.thing:
        return ()
    if owner == "nobody":
        return NOT_THERE[row.thing]
    return MAKE[row.thing](owner)


def _grant(owner: str) -> tuple[object, ...]:
    helper = Person.objects.create(email=f"helper-{owner}@doors.example")
    place = str(_organisation(owner).pk)
    return (grant(helper, role="supporter", scope_id=place, actor=Person.objects.system(), now=NOW).pk,)


def _helper(owner: str) -> Person:
    helper = Person.objects.create(email=f"away-{owner}@doors.example")
    grant(
        helper,
        role="supporter",
        scope_id=str(_organisation(owner).pk),
        actor=Person.objects.system(),
        now=NOW,
    )
    return helper


def _absence(owner: str) -> tuple[object, ...]:
    helper, deputy = _helper(owner), Person.objects.create(email=f"deputy-{owner}@doors.example")
    days = {"starts_on": NOW.date(), "ends_on": NOW.date() + timedelta(days=3)}
    made = Absence.objects.create(person=helper, deputy=deputy, made_by=helper, made_at=NOW, **days)
    return (made.pk,)


def _invitation(owner: str) -> tuple[object, ...]:
    place = str(_organisation(owner).pk)
    made, _ = invite(
        "new@doors.example", role="supporter", scope_id=place, actor=Person.objects.system(), now=NOW
    )
    return (made.pk,)


def _scope(owner: str) -> tuple[object, ...]:
    if owner in {"region", "other region"}:
        return "region", {"region": "kainuu", "other region": "kaakko"}[owner]
    return ("house", "kaikki") if owner == "house" else ("body", str(_organisation(owner).pk))


def _proposal(owner: str) -> tuple[object, ...]:
    of = _organisation(owner)
    made = directory.propose(of, {"name_fi": "Toinen nimi"}, actor=Person.objects.system(), now=NOW)
    return (made.pk,)


def _change(owner: str) -> tuple[object, ...]:
    system = Person.objects.system()
    directory.change_organisation(_organisation(owner), {"summary_fi": "Muutettu."}, actor=system, now=NOW)
    return (Change.objects.order_by("-pk")[0].pk,)


def _notice(owner: str) -> tuple[object, ...]:
    words, day = Words("Kiinni viikolla 30"), NOW.date()
    directory.add_notice(
        _organisation(owner),
        words,
        from_on=day,
        until_on=day,
        closes=False,
        actor=Person.objects.system(),
        now=NOW,
    )
    return (Notice.objects.order_by("-pk")[0].pk,)


def _feedback(owner: str) -> tuple[object, ...]:
    network = {"ours": "kainuu", "theirs": "kaakko"}[owner]
    from kilauta.domains.communications.operations import receive_feedback

    made = receive_feedback(network, about="other", text="Hyvä", contact="", lang="fi", actor=None, now=NOW)
    return (Feedback.objects.get(pk=made.pk).number,)


def _message(_owner: str) -> tuple[object, ...]:
    return (send("accounts/unknown", to="nobody", lang="fi", now=NOW, context={"host": "testserver"}).pk,)


def _pair(owner: str) -> tuple[object, ...]:
    other = {"ours": "neighbour", "theirs": "ours"}[owner]
    return "organisaatio", _organisation(owner).pk, _organisation(other).pk


def _registered(owner: str) -> tuple[object, ...]:
    if owner == "shared":
        return "aiheet", "a-laite"
    network = {"ours": "kainuu", "theirs": "kaakko"}[owner]
    villages = Locality.objects.filter(municipality__networks=network, places__isnull=True)
    return "kylat", villages.order_by("pk")[0].pk


def _upload(owner: str) -> tuple[object, ...]:
    who, region = {"ours": ("c", "kainuu"), "theirs": ("x", "kaakko")}[owner]
    person = Person.objects.get(email=f"{who}@doors.example")
    # a row that is wrong: nothing comes of it
    made = uploads.receive(
        "places.csv", b"id,name_fi,kind\nx,X,library\n", source="kunta", region=region, actor=person, now=NOW
    )
    uploads.look(made, actor=person, now=NOW)
    return (made.pk,)


def _review(owner: str) -> tuple[object, ...]:
    region = {"ours": "kainuu", "theirs": "kaakko"}[owner]
    return (Review.objects.create(source="kunta", table="places", region=region, kind="missing", at=NOW).pk,)


MAKE: dict[str, Callable[[str], tuple[object, ...]]] = {
    **{
        kind: (lambda owner, kind=kind: (_things(owner)[kind].pk,))
        for kind in ("organisation", "service", "channel", "place")
    },  # type: ignore[misc,attr-defined]
    "word": lambda owner: ("organisaatio", _organisation(owner).pk),
    "service word": lambda owner: ("palvelu", _things(owner)["service"].pk),  # type: ignore[attr-defined]
    "place word": lambda owner: ("paikka", _things(owner)["place"].pk),  # type: ignore[attr-defined]
    "list": lambda _owner: ("no-role",),
    "source": lambda _owner: ("kilauta",),
    "upload": _upload,
    "upload sheet": lambda owner: (*_upload(owner), 0),
    "review": _review,
    "form of a file": lambda _owner: ("xlsx",),
    "scope": _scope,
    "grant": _grant,
    "invitation": _invitation,
    "helper": lambda owner: (_helper(owner).pk,),
    "absence": _absence,
    "proposal": _proposal,
    "change": _change,
    "notice": _notice,
    "feedback": _feedback,
    "kind of page": lambda _owner: ("oma",),
    **{
        f"own {kind.__name__.lower()}": (
            lambda owner, kind=kind: (
                kind.objects.filter(network={"ours": "kainuu", "theirs": "kaakko"}[owner]).earliest("id").pk,
            )
        )
        for kind in (Page, News, Contact, Link)
    },  # type: ignore[misc,attr-defined]
    "message": _message,
    "pair": _pair,
    "register": lambda owner: ({"ours": "kylat", "shared": "aiheet"}[owner],),
    "registered": _registered,
}
NOT_THERE: dict[str, tuple[object, ...]] = {
    **dict.fromkeys(
        ("organisation", "service", "channel", "place", "grant", "invitation", "proposal", "message"),
        (uuid4(),),
    ),
    "word": ("organisaatio", uuid4()),
    "service word": ("palvelu", uuid4()),
    "place word": ("paikka", uuid4()),
    "list": ("nonsense",),
    "helper": (uuid4(),),
    "absence": (10**9,),
    "source": ("nonsense",),
    "upload": (uuid4(),),
    "upload sheet": (uuid4(), 0),
    "review": (10**9,),
    "form of a file": ("pdf",),
    "scope": ("body", str(uuid4())),
    "change": (10**9,),
    "notice": (10**9,),
    "feedback": ("123456",),
    "kind of page": ("muu",),
    **dict.fromkeys(("own page", "own news", "own contact", "own link"), (10**9,)),
    "pair": ("organisaatio", uuid4(), uuid4()),
    "register": ("nonsense",),
    "registered": ("kylat", "nonsense"),
}


@pytest.mark.parametrize("name", ROWS)
def test_an_address_answers_each_person_as_the_table_says(name: str, people: dict[str, Client]) -> None:
    row, surprises = ROWS[name], []
    for owner, reach in row.reach.items():
        with transaction.atomic():
            address = reverse(name, args=arguments(row, owner))
            for who, client in people.items():
                for method in (GET, POST):
                    with transaction.atomic():
                        answer = client.get(address) if method == GET else client.post(address)
                        transaction.set_rollback(True)
                    expected = expectation(row, who, reach, method)
                    if told(answer) != expected:
                        surprises.append(
                            f"{method} {owner} {who}: {told(answer)} ({answer.status_code}), not {expected}"
                        )
            transaction.set_rollback(True)
    assert surprises == []


def expectation(row: Row, who: str, reach: str, method: str) -> str:
    if who == "-":
        return "sign in"
    if who not in MAY[row.verb]:
        return "forbidden"
    if method not in row.methods:
        return "not by this method"
    return "let in" if who in reach else "not there"


def told(answer) -> str:
    if answer.status_code == 302 and "/tili/" in answer["Location"]:
        return "sign in"
    known = {
        403: "forbidden",
        404: "not there",
        405: "not by this method",
        200: "let in",
        302: "let in",
        409: "let in",
    }
    return known.get(answer.status_code, str(answer.status_code))


def test_the_table_would_show_a_door_that_stands_open(
    people: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with a rule that lets everybody reach everything, the same look finds it."""
    from kilauta.domains.directory import rules

    monkeypatch.setattr(rules, "reach_of", lambda _mine: rules.Reach(everywhere=True))
    theirs = reverse("directory:own-page", args=[_organisation("theirs").pk])
    assert told(people["e"].get(theirs)) == "let in"
    assert expectation(ROWS["directory:own-page"], "e", EDITORS["theirs"], GET) == "not there"


def test_there_are_two_networks_and_three_owners_in_the_story() -> None:
    owners = [_organisation(owner) for owner in ("ours", "neighbour", "theirs")]
    assert [of.steward_id for of in owners] == ["kainuu", "kainuu", "kaakko"]
    assert Network.objects.count() == 2
    assert Grant.objects.count() > 0
