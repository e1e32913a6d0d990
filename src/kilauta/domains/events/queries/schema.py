"""Events for search engines, in the words of schema.org: each time is an event of its own."""

import re
from collections.abc import Iterable
from datetime import datetime

from kilauta.domains.directory.models import Place
from kilauta.domains.events.models import Event, Occurrence
from kilauta.lib.words import LANGUAGES
from kilauta.lib.zone import local

from .telling import A_MOMENT, EventWords, words_of

Data = dict[str, object]
CONTEXT = "https://schema.org"
MONEY = re.compile(r"(\d{1,5})(?:[.,](\d{1,2}))? ?(?:€|e|eur|euroa?)", re.IGNORECASE)


def schema_of(event: Event, occurrence: Occurrence, lang: str) -> Data:
    """Return one time as a schema.org Event. The filter `json_ld` writes it into a page."""
    words = words_of(event, lang, place=occurrence.place)
    return {"@context": CONTEXT, **_event(words, occurrence)}


def schemas_of(event: Event, occurrences: Iterable[Occurrence], lang: str) -> Data:
    """Return all times of an event as one set of schema.org Events."""
    made = [_event(words_of(event, lang, place=each.place), each) for each in occurrences]
    return {"@context": CONTEXT, "@graph": made}


def _event(words: EventWords, occurrence: Occurrence) -> Data:
    event = words.event
    return _filled(
        {
            "@type": "Event",
            "@id": f"{words.page}#{occurrence.pk}",
            "url": words.page,
            "name": words.name,
            "description": words.text or words.summary,
            "startDate": _moment(occurrence, occurrence.starts_at),
            "endDate": _moment(occurrence, occurrence.ends_at, is_end=True),
            **_status(occurrence, event),
            "eventAttendanceMode": f"{CONTEXT}/{_mode(words)}EventAttendanceMode",
            "location": _locations(words, occurrence.place or event.place),
            "isAccessibleForFree": not event.fee,
            "offers": _offer(words),
            "inLanguage": [lang for lang in LANGUAGES if getattr(event, f"name_{lang}")],
            "organizer": [{"@type": "Organization", "name": name} for name in words.organisers],
            "maximumAttendeeCapacity": event.capacity,
        }
    )


def _status(occurrence: Occurrence, event: Event) -> Data:
    """Say whether it is as it was told; one that was moved says when it was to be, also when it was cancelled later."""
    moved = occurrence.was_at is not None
    gone = occurrence.state == "cancelled" or event.state == "withdrawn"
    name = "EventCancelled" if gone else "EventRescheduled" if moved else "EventScheduled"
    before = _moment(occurrence, occurrence.was_at) if occurrence.was_at else None
    return {"eventStatus": f"{CONTEXT}/{name}", "previousStartDate": before}


def _moment(occurrence: Occurrence, at: datetime, *, is_end: bool = False) -> str:
    """Return the moment with its offset; of whole days the day, the last one included."""
    if occurrence.all_day:
        return local(at - A_MOMENT if is_end else at).date().isoformat()
    return local(at).isoformat()


def _mode(words: EventWords) -> str:
    if not words.remote:
        return "Offline"
    return "Mixed" if _is_somewhere(words) else "Online"


def _is_somewhere(words: EventWords) -> bool:
    # a town alone is where an event on the web is told of
    return bool(words.place)


def _locations(words: EventWords, place: Place | None) -> Data | list[Data] | None:
    found: list[Data] = []
    if _is_somewhere(words):
        found.append(_place(words, place))
    if words.remote:
        found.append({"@type": "VirtualLocation", "url": words.remote})
    return found[0] if len(found) == 1 else found or None


def _place(words: EventWords, place: Place | None) -> Data:
    town = place.municipality if place else words.event.municipality
    return _filled(
        {
            "@type": "Place",
            "name": words.place,
            "address": _filled(
                {
                    "@type": "PostalAddress",
                    "streetAddress": place.address if place else "",
                    "postalCode": place.postal_code if place else "",
                    "addressLocality": str(town.name.pick(words.lang)) if town else "",
                    "addressCountry": "FI",
                }
            ),
            "geo": {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
            if place and place.lat is not None and place.lon is not None
            else None,
        }
    )


def _offer(words: EventWords) -> Data:
    """Return what it costs: a number where the words are one."""
    offer: Data = {"@type": "Offer", "url": words.page, "description": words.fee}
    found = MONEY.fullmatch(words.event.fee.strip())
    if not words.event.fee:
        return {**offer, "price": "0", "priceCurrency": "EUR"}
    if found:
        whole, cents = found[1], (found[2] or "").ljust(2, "0")
        return {**offer, "price": f"{whole}.{cents}", "priceCurrency": "EUR"}
    return offer


def _filled(data: Data) -> Data:
    """Leave out what is not known: an empty value would be a statement."""
    return {key: value for key, value in data.items() if value not in ("", [], None, {})}
