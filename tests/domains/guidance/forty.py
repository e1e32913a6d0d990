"""Forty sessions of an invented network, few enough to count on one's fingers, in a year that has come to 24 November.

A column each: number, day, organisation, who helped, as what, kind, persons (0: one person, else a group), way,
municipality, minutes, topics, devices, outcome, age, language, was here before, close to home.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance.models import GuidanceSession, Share
from kilauta.domains.guidance.models.sessions import in_a_word
from kilauta.domains.territory.models import Municipality, Network
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from tests import factories
from tests.cast import KAINUU, NOW

ROWS = """
 1 2026-01-05 A aada staff     session  0 walk-in      290  30 a-laite            phone        solved          75-84 fi yes .
 2 2026-01-05 A aada staff     session  0 walk-in      290  15 a-laite,b-kela     phone        solved          65-74 fi no  .
 3 2026-01-31 A aada staff     session  0 phone        290  10 b-kela             .            continues-alone 65-74 sv .   .
 4 2026-02-01 A cia  trainee   session  0 walk-in      290  45 .                  tablet       not-recorded    .     .  .   .
 5 2026-02-28 A cia  trainee   session  0 walk-in      290  60 a-turva            tablet,phone will-return     85+   fi yes .
 6 2026-03-01 A aada staff     session  0 remote       205   . a-turva            computer     solved          40-59 ru no  .
 7 2026-03-29 A aada staff     session  0 phone        .    20 b-terveys          phone        referred        .     fi .   .
 8 2026-03-30 B bo   staff     session  0 walk-in      765  30 a-laite            phone        solved          75-84 fi yes .
 9 2026-04-15 B bo   staff     session  0 booked-visit 765  30 a-tunnus           computer     not-solved      60-64 fi no  .
10 2026-04-15 B bo   staff     session  0 booked-visit 765  30 a-tunnus,b-pankki  computer     solved          60-64 fi no  .
11 2026-05-01 B aada volunteer session  0 home-visit   765  90 a-laite            tablet       solved          85+   fi yes near
12 2026-05-02 B aada volunteer session  0 neighbour    765  40 a-viesti           phone        continues-alone 75-84 sv yes near
13 2026-05-03 B aada volunteer session  0 walk-in      290  25 .                  .            not-recorded    .     .  .   near
14 2026-06-15 B bo   staff     session  0 chat         .     5 b-vero             computer     solved          25-39 en no  .
15 2026-06-30 B bo   staff     session  0 phone        .     . b-vero             .            not-recorded    .     .  .   .
16 2026-07-01 A cia  trainee   session  0 walk-in      290  30 a-laite            phone        solved          65-74 fi .   .
17 2026-08-10 A aada staff     session  0 walk-in      290  30 a-posti            computer     solved          65-74 fi yes .
18 2026-08-10 A aada staff     session  0 walk-in      205  30 a-posti            computer     will-return     65-74 fi yes .
19 2026-09-01 A aada staff     session  0 mobile       205  15 x-muu              other        solved          .     .  .   .
20 2026-10-25 A aada staff     session  0 walk-in      290  20 a-turva            phone        solved          75-84 fi no  .
21 2026-10-31 B bo   staff     session  0 remote       765  50 a-viesti,a-turva   tablet       solved          40-59 fi no  .
22 2026-11-01 B bo   staff     session  0 phone        .    10 b-kela             phone        referred        75-84 fi .   .
23 2026-11-23 B bo   staff     session  0 walk-in      765  30 a-laite            phone        solved          65-74 sv yes .
24 2026-11-24 A aada staff     session  0 walk-in      290  30 a-laite            phone        solved          75-84 fi yes .
25 2026-02-10 A aada staff     course  10 group        290  90 a-alku             tablet       not-recorded    .     .  .   .
26 2026-03-10 B aada volunteer meeting  6 group        765 120 a-alku,a-turva     .            not-recorded    .     .  .   near
27 2026-04-20 A aada staff     course   8 group        290  90 a-turva            computer     not-recorded    .     .  .   .
28 2026-05-20 C .    staff     meeting  5 group        205   . .                  .            not-recorded    .     .  .   .
29 2026-09-15 B bo   staff     session  4 walk-in      765  60 a-laite            phone        not-recorded    .     .  .   .
30 2026-11-10 A cia  trainee   meeting  3 group        290  45 a-viesti           phone        not-recorded    .     .  .   .
31 2025-01-15 A aada staff     session  0 walk-in      290  30 a-laite            phone        solved          75-84 fi yes .
32 2025-06-01 A aada staff     session  0 phone        290  30 a-laite            phone        solved          75-84 fi yes .
33 2025-11-24 B bo   staff     session  0 remote       765  30 a-laite            phone        solved          75-84 fi yes .
34 2025-11-25 B bo   staff     session  0 walk-in      765  30 a-laite            phone        solved          75-84 fi yes .
35 2025-12-31 A aada staff     course  12 group        290  30 a-laite            phone        not-recorded    .     .  .   .
36 2024-11-24 C .    staff     session  0 walk-in      205  30 a-laite            phone        solved          75-84 fi yes .
37 2026-03-03 A aada staff     session  0 walk-in      290  30 a-laite            phone        solved          75-84 fi yes near
38 2026-03-03 B bo   staff     course  50 group        765  90 a-laite            phone        not-recorded    .     .  .   near
39 2026-03-03 A aada staff     session  0 walk-in      290  30 a-laite            phone        solved          75-84 fi yes near
40 2026-11-25 A aada staff     session  0 walk-in      290  30 a-laite            phone        solved          75-84 fi yes near
"""
# Of groups: what was told, one property at a time. Of number 28 nothing was.
SHARES = {
    25: {"age": {"65-74": 4, "75-84": 3}, "before": {"yes": 6, "no": 4}, "outcome": {"solved": 7}},
    26: {"age": {"75-84": 6}, "municipality": {"765": 4, "018": 1}},
    27: {"language": {"fi": 5, "sv": 2}},
    29: {"age": {"65-74": 2}, "before": {"yes": 1}},
    30: {"outcome": {"continues-alone": 3}},
}
# These count nowhere: two were taken back, one was held in another network, one is of tomorrow.
TAKEN_BACK, ELSEWHERE = (37, 38), 39
MUNICIPALITIES = ("205", "290", "765")


@dataclass
class Story:
    network: str
    organisations: dict[str, Organisation]
    people: dict[str, Person]
    sessions: dict[int, GuidanceSession]


def tell(network: str = "luku") -> Story:
    """Write the forty down, with the people who logged them and some who logged nothing."""
    made = factories.network(network)
    made.municipalities.set(Municipality.objects.filter(code__in=MUNICIPALITIES))
    organisations = {
        key: factories.organisation(f"{network}-{key.lower()}", steward=made, name_fi=key) for key in "ABC"
    }
    people = {name: Person.objects.create(email=f"{name}@{network}.example", name=name.capitalize())
              for name in ("aada", "bo", "cia", "elli", "felix", "greta")}  # fmt: skip
    _give_roles(people, organisations)
    story = Story(network, organisations, people, {})
    for line in ROWS.strip().splitlines():
        number, *cells = line.split()
        story.sessions[int(number)] = write(story, int(number), *cells)
    return story


def _give_roles(people: dict[str, Person], organisations: dict[str, Organisation]) -> None:
    """Let Aada help in two organisations; Elli has logged nothing, Felix has stopped, Greta does not help."""
    held = (("aada", "supporter", "A"), ("aada", "supporter", "B"), ("bo", "supporter", "B"), ("cia", "trainee", "A"),
            ("elli", "supporter", "C"), ("felix", "supporter", "C"), ("greta", "provider-editor", "A"))  # fmt: skip
    long_ago = NOW - timedelta(days=1000)
    for name, role, key in held:
        made = grant(
            people[name],
            role=role,
            scope_id=str(organisations[key].pk),
            actor=Person.objects.system(),
            now=long_ago,
        )
        if name == "felix":
            made.ends_on = date(2025, 6, 1)
            made.save()


def write(story: Story, number: int, *cells: str) -> GuidanceSession:
    told = [None if cell == "." else cell for cell in cells]
    (
        on,
        of,
        who,
        given_by,
        kind,
        persons,
        mode,
        place,
        minutes,
        topics,
        devices,
        outcome,
        age,
        language,
        before,
        near,
    ) = told
    codes = {
        "topic_codes": in_a_word(filter(None, (topics or "").split(","))),
        "device_codes": in_a_word(filter(None, (devices or "").split(","))),
    }
    session = GuidanceSession.objects.create(
        **codes,
        network=Network.objects.get(pk="kainuu" if number == ELSEWHERE else story.network),
        organisation=story.organisations[str(of)],
        supporter=story.people[who] if who else None,
        given_by=given_by,
        shape="one" if persons == "0" else "group",
        persons=int(persons or 0) or 1,
        kind=kind,
        held_on=date.fromisoformat(str(on)),
        mode=mode,
        municipality_id=place,
        minutes=int(minutes) if minutes else None,
        outcome=outcome,
        age=age or "",
        language=language or "",
        was_before=None if before is None else before == "yes",
        is_near=bool(near),
        logged_at=NOW,
        withdrawn_at=NOW if number in TAKEN_BACK else None,
    )
    session.topics.set(codes["topic_codes"].split())
    session.devices.set(codes["device_codes"].split())
    for by, shares in SHARES.get(number, {}).items():
        for code, part in shares.items():
            Share.objects.create(session=session, by=by, code=code, persons=part)
    return session


def another(story: Story, **more: Any) -> GuidanceSession:
    """Add a plain session of one person to the story; what is not given is not told."""
    given: dict[str, Any] = {
        "network_id": story.network,
        "organisation": story.organisations["A"],
        "held_on": date(2026, 11, 24),
        "mode": "walk-in",
        "logged_at": NOW,
        **more,
    }
    topics = given.pop("topics", ())
    made = GuidanceSession.objects.create(**given, topic_codes=in_a_word(topics))
    made.topics.set(topics)
    return made


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00:00+00:00")


def signed_in(who: Person) -> Client:
    """Return the browser of somebody who has proved twice who they are, as the numbers of others ask."""
    client = Client(SERVER_NAME=KAINUU)
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    return client
