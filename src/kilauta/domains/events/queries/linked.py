"""Events as regional calendars take them (LinkedEvents, version 1)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.html import escape

from kilauta.domains.directory.models import Place
from kilauta.domains.events.choices import FOR_SUPPORTERS
from kilauta.domains.events.logic.linked import SHORT_LONGEST, checked
from kilauta.domains.events.logic.texts import shortened
from kilauta.domains.events.models import Event, Occurrence
from kilauta.lib.words import LANGUAGES, Words
from kilauta.lib.zone import local

from .listing import AHEAD, BACK
from .telling import page_of

Data = dict[str, object]
# Concepts of the General Finnish Ontology: guidance in digital skills, and lectures.
GUIDANCE, LECTURES = "yso:p37943", "yso:p15875"
KEYWORDS = {"info": (GUIDANCE, LECTURES), "webinar": (GUIDANCE, LECTURES), "broadcast": (GUIDANCE, LECTURES)}
TYPES = {"course": "Course", "volunteers": "Volunteering"}
PARAGRAPH = re.compile(r"\n\s*\n")
BREAK = re.compile(r"\n")
PAGE = 50


@dataclass(frozen=True, slots=True)
class Calendar:
    """Another calendar: where its interface begins, our name in it, and the organisation we publish as.

    Without an address the references are to names only, as who reads them here knows them.
    """

    address: str = ""
    source: str = "kilauta"
    publisher: str = ""

    def ref(self, kind: str, key: str) -> Data:
        return {"@id": f"{self.address}{kind}/{key}/" if self.address else key}


OURS = Calendar()


def linked_of(event: Event, calendar: Calendar = OURS) -> Data:
    """Return the event with its times as one payload; a series is an event above its times.

    Raises UnfitError where it would be refused: a draft may lack its place, what is published may not.
    """
    times = sorted(event.occurrences.all(), key=lambda each: (each.starts_at, str(each.pk)))
    common = _common(event, calendar)
    if len(times) == 1:
        made = {**common, **_time(event, times[0], calendar), "id": _id(calendar, event.short_id)}
    else:
        made = {**common, **_series(event, times, calendar), "id": _id(calendar, event.short_id)}
    checked(made)
    return made


def shared_events(network: str, *, now: datetime) -> QuerySet[Event]:
    """Return the events with a time near now, for residents; withdrawn ones too, so that they are seen as cancelled."""
    near = Occurrence.objects.filter(ends_at__gt=now - BACK, starts_at__lt=now + AHEAD).values("event")
    shown = Q(state="published") | Q(state="withdrawn", published_at__isnull=False)
    found = Event.objects.filter(shown, network=network, pk__in=near).exclude(kind__in=FOR_SUPPORTERS)
    joined = found.select_related("network", "place__municipality", "municipality")
    return joined.prefetch_related("occurrences__place__municipality").order_by("made_at", "pk")


def _common(event: Event, calendar: Calendar) -> Data:
    public = event.state != "draft"
    keywords = KEYWORDS.get(event.kind, (GUIDANCE,))
    return {
        "data_source": calendar.source,
        "type_id": TYPES.get(event.kind, "General"),
        "name": _each(event, lambda lang: str(event.name.pick(lang))),
        "short_description": _each(event, lambda lang: _short(event.summary, lang)),
        "description": _each(event, lambda lang: _described(event, lang)),
        "location": _location(event, event.place, calendar),
        "keywords": [calendar.ref("keyword", each) for each in keywords],
        "in_language": [calendar.ref("language", lang) for lang in _languages(event)],
        "offers": [_offer(event)],
        "publisher": calendar.publisher or f"{calendar.source}:{event.network_id}",
        "publication_status": "public" if public else "draft",
        "info_url": {lang: page_of(event, lang) for lang in _languages(event)},
        "external_links": [{"name": "remote", "link": event.remote_url, "language": "fi"}]
        if event.remote_url
        else [],
        "last_modified_time": local(event.changed_at).isoformat(),
    }


def _series(event: Event, times: list[Occurrence], calendar: Calendar) -> Data:
    common = _common(event, calendar)
    gone = event.state == "withdrawn" or (bool(times) and all(each.state == "cancelled" for each in times))
    return {
        "super_event_type": "recurring",
        **({"start_time": _moment(times[0].starts_at)} if times else {}),
        "end_time": _moment(max(each.ends_at for each in times)) if times else None,
        "has_start_time": not any(each.all_day for each in times),
        "has_end_time": not any(each.all_day for each in times),
        "event_status": "EventCancelled" if gone else "EventScheduled",
        "sub_events": [
            {**common, **_time(event, each, calendar), "id": _id(calendar, each.pk.hex)} for each in times
        ],
    }


def _time(event: Event, occurrence: Occurrence, calendar: Calendar) -> Data:
    gone = occurrence.state == "cancelled" or event.state == "withdrawn"
    moved = occurrence.was_at is not None
    elsewhere = {"location": _location(event, occurrence.place, calendar)} if occurrence.place else {}
    return {
        "start_time": _moment(occurrence.starts_at),
        "end_time": _moment(occurrence.ends_at),
        "has_start_time": not occurrence.all_day,
        "has_end_time": not occurrence.all_day,
        "event_status": "EventCancelled" if gone else "EventRescheduled" if moved else "EventScheduled",
        **elsewhere,
    }


def _moment(at: datetime) -> str:
    # with the offset of Finland, whatever is left out: there a time without one is taken as of Greenwich
    return local(at).isoformat()


def _id(calendar: Calendar, key: str) -> str:
    return f"{calendar.source}:{key}"


def _languages(event: Event) -> list[str]:
    return [lang for lang in LANGUAGES if getattr(event, f"name_{lang}")]


def _each(event: Event, said: Callable[[str], str]) -> dict[str, str]:
    """Return the text in every language that the name has."""
    return {lang: text for lang in _languages(event) if (text := said(lang))}


def _short(summary: Words, lang: str) -> str:
    return shortened(str(summary.pick(lang)), SHORT_LONGEST)


def _described(event: Event, lang: str) -> str:
    """Return the text as paragraphs; whatever somebody wrote in it stays letters."""
    text = str(event.text.pick(lang)) or str(event.summary.pick(lang))
    parts = (part.strip() for part in PARAGRAPH.split(text.replace("\r\n", "\n")))
    return "".join(f"<p>{BREAK.sub('<br>', escape(part))}</p>" for part in parts if part)


def _location(event: Event, place: Place | None, calendar: Calendar) -> Data | None:
    """Return where it is: a place of the directory, else a place of this event's own, else the web."""
    if place is not None:
        # the registry of units of Finnish cities is known to these calendars
        known = place.source == "tprek"
        key = f"tprek:{place.external_id}" if known else f"{calendar.source}:{place.short_id}"
        return {
            **calendar.ref("place", key),
            "name": _written(place.name),
            "street_address": {"fi": place.address},
            "postal_code": place.postal_code,
            "address_locality": _written(place.municipality.name),
        }
    if event.where:
        own = calendar.ref("place", f"{calendar.source}:{event.short_id}")
        town = {"address_locality": _written(event.municipality.name)} if event.municipality else {}
        return {**own, "name": {"fi": event.where}, **town}
    if event.remote_url:
        return calendar.ref("place", f"{calendar.source}:internet")
    return None


def _written(words: Words) -> dict[str, str]:
    return {lang: text for lang, text in zip(LANGUAGES, words, strict=True) if text}


def _offer(event: Event) -> Data:
    return {"is_free": True} if not event.fee else {"is_free": False, "price": {"fi": event.fee}}
