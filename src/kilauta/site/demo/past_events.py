"""What the report of 2018 counted in the south-east: 41 venues, 1,414 participants, nine at a time.

The report gives these three figures, the places where guidance goes on, and that some events had a queue and some
nobody (README of the demo's tables). How the participants fell on single events it does not tell: that is invented here
so that the sums are the report's.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from kilauta.domains.directory.models import Organisation, Place
from kilauta.domains.events.logic.counting import Attendance
from kilauta.domains.events.logic.times import span
from kilauta.domains.events.logic.told import EventTold, PartOf
from kilauta.domains.events.models import Event, Venue
from kilauta.domains.events.operations.attendance import close_occurrence
from kilauta.domains.events.operations.events import add_event
from kilauta.domains.events.operations.publishing import change_venue
from kilauta.domains.territory.models import Locality
from kilauta.kit.accounts.models import Person
from kilauta.lib.words import Words

NETWORK, IMPLEMENTER = "kaakko", "socom"
VENUES, EVENTS, PARTICIPANTS = 41, 157, 1414
FIRST_WEEK = date(2016, 9, 5)
COACHED = "hankkeen valmentamat vapaaehtoiset"
# Table 1 of the report: who guides from now on
GOES_ON = {
    "kuusankoski-etappi": ("agreed", COACHED),
    "inkeroinen-sarastus": ("agreed", f"{COACHED} ja hyvinvointiaseman henkilökunta"),
    "elimaki-kirjasto": ("agreed", COACHED),
    "valkeala-kirjasto": ("agreed", COACHED),
    "iitti-kirjasto": ("agreed", COACHED),
    "kouvola-vammaisjarjestot": ("agreed", COACHED),
    "taavetti-kirjasto": ("in-talks", "kunnan ja kirjaston väki miettii kiky-tuntien käyttöä"),
    "ruokolahti-kirjasto": ("agreed", "valmennetut vapaaehtoiset PIRRe-hankkeessa"),
}
# how many came, over and over; what is over or under is set right by the last ones
CAME = (9, 12, 6, 15, 0, 8, 11, 14, 5, 10, 18, 7, 3, 13, 9)
MANY = 14


def bring_in_past(*, actor: Person, now: datetime) -> None:
    """Enter the events of the report, each closed with how many came, and how guidance goes on."""
    organiser = Organisation.objects.get(external_id=IMPLEMENTER).pk
    numbers = iter(_numbers())
    held_on = _days()
    for number, (name, where) in enumerate(_venues()):
        times = EVENTS // VENUES + (number < EVENTS % VENUES)
        told = EventTold(
            kind="introduction" if number % 10 == 9 else "guidance",  # noqa: PLR2004 -- each tenth one
            name=Words(f"Nettiopastusta: {name}", f"Näthandledning: {name}", f"Net guidance: {name}"),
            summary=Words(
                "Maksutonta opastusta ikäihmisille: tietokone, tabletti, puhelin ja sähköiset palvelut.",
                "Avgiftsfri handledning för äldre: dator, platta, telefon och e-tjänster.",
            ),
            parts=(PartOf(organiser),), audiences=("older",), **where,
        )  # fmt: skip
        days = sorted(next(held_on) for _time in range(times))
        spans = [span(day, time(10), time(13)) for day in days]
        event = add_event(NETWORK, told, spans=spans, actor=actor, now=now, publish=True)
        _close_all(event, numbers, actor=actor, now=now)
    for venue in Venue.objects.filter(network=NETWORK).select_related("place").order_by("pk"):
        state, guides = GOES_ON[venue.place.external_id]
        change_venue(venue, values={"state": state, "guides": guides}, actor=actor, now=now)


def _close_all(event: Event, numbers: Iterator[int], *, actor: Person, now: datetime) -> None:
    for each in event.occurrences.order_by("starts_at", "pk"):
        came = next(numbers)
        close_occurrence(
            each, Attendance(residents_here=came, supporters_here=2), had_queue=came >= MANY,
            handouts=came, actor=actor, now=now,
        )  # fmt: skip


def _venues() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield 41 places: those of Table 1, and villages of the network's municipalities, one after another."""
    places = Place.objects.filter(external_id__in=GOES_ON).order_by("external_id")
    for place in places:
        yield place.name_fi, {"place": place.pk}
    villages = Locality.objects.filter(municipality__networks=NETWORK).order_by("pk")
    for village in villages[: VENUES - len(GOES_ON)]:
        where = f"Kylätalo, {village.name_fi}"
        yield village.name_fi, {"where": where, "municipality": village.municipality_id}


def _numbers() -> list[int]:
    """Return how many came to each event: the sum is that of the report."""
    numbers = [CAME[place % len(CAME)] for place in range(EVENTS)]
    over, place = sum(numbers) - PARTICIPANTS, 0
    while over:
        step = -1 if over > 0 else 1
        if numbers[place] + step > 0:
            numbers[place] += step
            over += step
        place = (place + 1) % EVENTS
    return numbers


def _days() -> Iterator[date]:
    """Yield weekdays, two in each week, outside of the darkest and the lightest weeks."""
    day = FIRST_WEEK
    while True:
        if day.month not in {7, 12}:
            yield day + timedelta(days=1)
            yield day + timedelta(days=3)
        day += timedelta(weeks=1)
