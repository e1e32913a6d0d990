"""Events as they stand in calendars."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from kilauta.domains.events.models import Event, Occurrence, Signup
from kilauta.kit import calendars

from .secrets import token_of
from .telling import EventWords, signup_page, uid_of, words_of


def entry_of(occurrence: Occurrence, words: EventWords) -> calendars.Event:
    """Return one time as everybody may see it; one that is cancelled stays, and says so."""
    event = words.event
    with translation.override(words.lang):
        told = [
            words.summary,
            words.kind,
            words.fee,
            _("Take with you: %(things)s") % {"things": words.bring} if words.bring else "",
            _("Ask: %(phone)s") % {"phone": words.phone} if words.phone else "",
            words.directions,
        ]
        gone = occurrence.state == "cancelled" or event.state == "withdrawn"
        summary = _("Cancelled: %(name)s") % {"name": words.name} if gone else words.name
    return calendars.Event(
        uid=uid_of(occurrence, event.network),
        sequence=occurrence.sequence,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        all_day=occurrence.all_day,
        summary=summary,
        lang=words.lang,
        place=words.where,
        told="\n".join(line for line in told if line),
        url=words.page,
        meeting=words.remote,
        state="CANCELLED" if gone else "CONFIRMED",
    )


def entries_of(occurrences: Iterable[Occurrence], lang: str) -> list[calendars.Event]:
    """Return the times as they stand in a calendar of this language; their events are at hand."""
    held: dict[tuple[object, object], EventWords] = {}
    found = []
    for each in occurrences:
        key = (each.event_id, each.place_id)
        if key not in held:
            held[key] = words_of(each.event, lang, place=each.place)
        found.append(entry_of(each, held[key]))
    return found


def own_entry(signup: Signup, occurrence: Occurrence, event: Event) -> calendars.Event:
    """Return the time as it stands in the calendar of somebody who signed up: without the secret link."""
    words = words_of(event, signup.lang, place=occurrence.place)
    entry = entry_of(occurrence, words)
    with translation.override(signup.lang):
        number = _("The number of the sign-up: %(number)s") % {"number": signup.number}
        change = _("If you cannot come: %(address)s") % {"address": signup_page(signup)}
    gone = signup.state == "cancelled"
    # each time of a course is an entry of its own
    key = signup.pk if signup.occurrence_id else f"{signup.pk}-{occurrence.pk}"
    return calendars.Event(
        uid=f"{key}@{entry.uid.partition('@')[2]}",
        sequence=signup.sequence + occurrence.sequence,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        all_day=entry.all_day,
        summary=entry.summary,
        lang=entry.lang,
        place=entry.place,
        told=f"{number}\n{change}\n{entry.told}",
        url=entry.url,
        meeting=entry.meeting,
        state="CANCELLED" if gone else entry.state,
    )


def link_of(signup: Signup) -> str:
    """Return the secret link of a sign-up."""
    return signup_page(signup, token_of(signup.pk))
