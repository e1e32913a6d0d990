"""What stands on the paper of an event: all one needs to come, and the way to what is so now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kilauta.domains.directory.models import Place
from kilauta.domains.events.models import Event, Occurrence
from kilauta.kit.documents import Leaflet, LeafletTime

from .telling import EventWords, short_page_of, when, words_of

MOST_TIMES = 8
ACCENT = "#0B4A6F"
Size = Literal["a5", "a4", "a3"]


def leaflet_of(event: Event, lang: str, *, size: Size, now: datetime) -> Leaflet:
    """Return the leaflet of the event as it is now; the times that have ended are not on it while others come."""
    times = sorted(event.occurrences.all(), key=lambda each: (each.starts_at, str(each.pk)))
    coming = [each for each in times if each.ends_at > now] or times
    words = words_of(event, lang, place=_only_place(coming))
    with translation.override(lang):
        return Leaflet(
            lang=lang,
            size=size,
            title=words.name,
            url=short_page_of(event, lang),
            notice=_notice(event, coming),
            summary=words.summary,
            times=tuple(
                _told(each, event, lang, elsewhere=_elsewhere(each, coming, lang))
                for each in coming[:MOST_TIMES]
            ),
            is_cut=len(coming) > MOST_TIMES,
            place=words.place or words.where,
            street=words.street if words.place else "",
            directions=words.directions,
            facts=_facts(words),
            ask=_("Ask more by phone"),
            phone=words.phone,
            organisers=" · ".join(words.organisers) or words.network,
            accent=event.network.accent or ACCENT,
        )


def _notice(event: Event, times: Sequence[Occurrence]) -> str:
    """Say on top what is not as somebody may have heard it."""
    gone = [each.state == "cancelled" for each in times]
    if event.state == "withdrawn" or (gone and all(gone)):
        return _("This event is cancelled.")
    if any(gone) or any(each.was_at for each in times):
        return _("Note the changes in times.") if len(times) > 1 else _("The time has changed.")
    return ""


def _elsewhere(occurrence: Occurrence, times: Sequence[Occurrence], lang: str) -> str:
    """Return the place of a time, where all are not there."""
    if occurrence.place is None or _only_place(times) is not None:
        return ""
    return str(occurrence.place.name.pick(lang))


def _told(occurrence: Occurrence, event: Event, lang: str, *, elsewhere: str) -> LeafletTime:
    words = when(occurrence, lang)
    if elsewhere:
        words = f"{words}, {elsewhere}"
    if occurrence.state == "cancelled" or event.state == "withdrawn":
        return LeafletTime(words, pgettext("event", "Cancelled"), gone=True)
    if occurrence.was_at is None:
        return LeafletTime(words)
    length = occurrence.ends_at - occurrence.starts_at
    before = Occurrence(
        starts_at=occurrence.was_at, ends_at=occurrence.was_at + length, all_day=occurrence.all_day
    )
    return LeafletTime(words, _("New time. It was to be %(time)s.") % {"time": when(before, lang)})


def _facts(words: EventWords) -> tuple[str, ...]:
    event = words.event
    signup = _("Sign up in advance, by phone or on the web.") if event.capacity else ""
    bring = _("Take with you: %(things)s") % {"things": words.bring} if words.bring else ""
    afar = _("You can also take part on the web.") if words.remote and words.place else ""
    return tuple(fact for fact in (words.fee, signup, bring, afar) if fact)


def _only_place(times: Sequence[Occurrence]) -> Place | None:
    found = {each.place_id: each.place for each in times}
    return next(iter(found.values())) if len(found) == 1 else None
