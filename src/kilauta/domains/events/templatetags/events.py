from django import template
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import pgettext

from kilauta.domains.events.choices import CALLS, KINDS, PARTS, SIGNUP_STATES, VENUE_STATES
from kilauta.domains.events.models import Occurrence
from kilauta.domains.events.queries.telling import when
from kilauta.kit.translations import reader_language

register = template.Library()


@register.filter
def kind_word(code: str) -> str | Promise:
    return KINDS[code]


@register.filter
def part_word(code: str) -> str | Promise:
    return PARTS[code]


@register.filter
def signup_word(code: str) -> str | Promise:
    return SIGNUP_STATES[code]


@register.filter
def call_word(code: str) -> str | Promise:
    return CALLS[code]


@register.filter
def venue_word(code: str) -> str | Promise:
    return VENUE_STATES[code]


@register.simple_tag
def time_words(occurrence: Occurrence) -> str:
    """The time as it is said: day and hours, or days without a time."""
    return when(occurrence, reader_language())


@register.simple_tag
def euros(cents: int) -> str:
    """A sum, "12,50 €"."""
    return f"{number_format(cents / 100, decimal_pos=2)}\u00a0€"


@register.simple_tag
def event_verb(verb: str) -> str | Promise:
    """What was done to an event, in its history."""
    words = {
        "made": pgettext("event", "Made"),
        "changed": pgettext("event", "Changed"),
        "published": pgettext("event", "Published"),
        "withdrawn": pgettext("event", "Withdrawn"),
        "time-added": pgettext("event", "A time added"),
        "moved": pgettext("event", "Moved"),
        "cancelled": pgettext("event", "A time cancelled"),
        "closed": pgettext("event", "Attendance closed"),
        "notice-added": pgettext("event", "A channel added"),
        "notice-dropped": pgettext("event", "A channel taken off"),
    }
    return words.get(verb, verb)
