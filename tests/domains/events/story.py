"""One event at a library, and what is done with it: in the demo's network, or in a small one where there is no demo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from kilauta.domains.directory.models import Place
from kilauta.domains.events.logic.guest import Guest
from kilauta.domains.events.logic.times import Span, spans
from kilauta.domains.events.logic.told import EventTold, PartOf
from kilauta.domains.events.models import Event, Occurrence, Signup
from kilauta.domains.events.operations import events, signups
from kilauta.domains.events.operations.signups import SignedUp
from kilauta.domains.territory.models import Municipality, Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from kilauta.kit.store import editions
from kilauta.lib.words import Words
from tests import factories
from tests.cast import NOW

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TUESDAY = date(2026, 12, 1)


def actor() -> Person:
    held = Person.objects.filter(email="event@work.example").first()
    return held or factories.person("event")


def network() -> Network:
    """Return the network of the demo, or a small one with a town, an organisation and a library."""
    held = Network.objects.filter(pk__in=("kainuu", "small")).first()
    if held is not None:
        return held
    made = factories.network("small", is_default=True)
    Municipality.objects.get_or_create(code="290", defaults={"name_fi": "Kuhmo", "region": made.region})
    made.municipalities.add("290")
    host = factories.organisation("a", steward=made, phone="050 555 0110")
    factories.place("a", host=host, address="Kirjastokatu 1", postal_code="88900")
    editions.renew()
    return made


def place() -> Place:
    known = Place.objects.filter(
        state="published", host__isnull=False, host__steward=network(), municipality="290"
    )
    return known.select_related("host").order_by("external_id")[0]


def told(**more: Any) -> EventTold:
    at = place()
    plain = EventTold(
        kind="guidance", name=Words("Avoin digineuvonta", "Öppen digirådgivning", "Open digital help"),
        summary=Words("Tule kysymään puhelimesta ja tietokoneesta.", "Kom och fråga om telefon och dator."),
        parts=(PartOf(at.host_id),), place=at.pk,
    )  # fmt: skip
    return replace(plain, **more)


def event(
    on: date = TUESDAY,
    begins: time = time(10),
    ends: time = time(12),
    *,
    times: list[Span] | None = None,
    **more: Any,
) -> Event:
    publish = more.pop("publish", True)
    series = {name: more.pop(name) for name in ("again", "number") if name in more}
    when = times or spans(on, begins, ends, **series)
    return events.add_event(network().pk, told(**more), spans=when, actor=actor(), now=NOW, publish=publish)


def first(of: Event) -> Occurrence:
    return of.occurrences.order_by("starts_at", "pk")[0]


def sign_up(of: Event, *, now: Any = NOW, key: str = "", by: Person | None = None, **guest: Any) -> SignedUp:
    occurrence = None if of.is_whole else first(of)
    return signups.sign_up(of, occurrence=occurrence, guest=Guest(**guest), actor=by, now=now, key=key)


def states(of: Event) -> list[str]:
    return list(Signup.objects.filter(event=of).order_by("turn").values_list("state", flat=True))


def code(act: Any) -> str:
    """Return with which code the act was refused; nothing when it was not."""
    try:
        act()
    except Refused as refused:
        return refused.code
    return ""
