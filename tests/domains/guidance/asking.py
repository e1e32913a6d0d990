"""Who helps, and what somebody asks for: what the tests of requests and referrals share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.test import Client

from kilauta.domains.directory.models import Organisation
from kilauta.domains.directory.operations.supporting import Support, set_support
from kilauta.domains.guidance.operations.requests import Asked, ask_for_help
from kilauta.domains.guidance.queries.requests import offered_to, queue
from kilauta.kit.access.holdings import holdings
from kilauta.kit.access.operations import grant
from kilauta.kit.access.pledging import accept, current
from kilauta.kit.accounts.models import Person
from tests.cast import KAINUU, NOW

if TYPE_CHECKING:
    from kilauta.domains.guidance.models import HelpRequest
    from kilauta.domains.guidance.queries.requests import Offered, Queue

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
SECOND = [{"method": "mfa", "at": NOW.timestamp()}]
KAJAANI, KUHMO = "205", "290"
# How the numbers and addresses begin that the demo's requests have.
DEMO = ("050 555 04", "eino@")


def body(key: str = "kajaani-kirjasto") -> Organisation:
    return Organisation.objects.get(source="kilauta", external_id=key)


def helper(name: str, of: Organisation | None = None, *, role: str = "supporter", **support: Any) -> Person:
    """Return somebody who works in the organisation; with what they help, if it is said."""
    system, of = Person.objects.system(), of or body()
    made, _new = Person.objects.get_or_create(email=f"{name}@help.example", defaults={"name": name})
    grant(made, role=role, scope_id=str(of.pk), actor=system, now=NOW)
    promise_of(made)
    if support:
        set_support(made, Support(**support), organisation=of, actor=made, now=NOW)
    return made


def coordinator(name: str, network: str = "kainuu") -> Person:
    made = Person.objects.create(email=f"{name}@help.example", name=name)
    grant(made, role="coordinator", scope_id=network, actor=Person.objects.system(), now=NOW)
    promise_of(made)
    return made


def promise_of(person: Person) -> None:
    accept("kainuu", version=current("kainuu").version, actor=person, now=NOW)


def client_of(who: Person, host: str = KAINUU) -> Client:
    client = Client(SERVER_NAME=host)
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = SECOND
    session.save()
    return client


def asked(**more: Any) -> Asked:
    given = {"topic": "a-laite", "municipality": KAJAANI, "mode": "phone", "contact": "050 555 0132"}
    return Asked(**{**given, **more})


def request(
    *, network: str = "kainuu", now: Any = NOW, made_by: str = "resident", **more: Any
) -> HelpRequest:
    return ask_for_help(
        asked(**more),
        network=network,
        made_by=made_by,
        link=lambda thing: f"https://digituki.example/tukipyynto/oma/{thing.pk}/",
        office="https://digituki.example/tyopoyta/pyynnot/",
        actor=None,
        now=now,
    )


def queue_of(person: Person, *, now: Any = NOW) -> Queue:
    return queue(person, holdings(person, now.date()), "kainuu", now=now)


def offer_of(person: Person, made: HelpRequest, *, now: Any = NOW) -> Offered | None:
    return offered_to(person, holdings(person, now.date()), "kainuu", made.pk, now=now)


def waiting_for(person: Person, *, now: Any = NOW) -> list[HelpRequest]:
    """Return what waits for the person beside the requests of the demo."""
    waiting = [each.request for each in queue_of(person, now=now).offered]
    return [each for each in waiting if not each.contact.startswith(DEMO)]
