"""How the directory's facts are written out."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from kilauta.domains.directory import choices
from kilauta.domains.directory.logic.facts import ChannelFacts, HasHours, NetworkFacts, PlaceFacts
from kilauta.domains.directory.logic.status import Status
from kilauta.domains.directory.logic.trust import Check, Trust, weakest
from kilauta.domains.directory.queries import wording
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit.translations import reader_language
from kilauta.lib.hours import Schedule
from kilauta.lib.words import Words

register = template.Library()


@register.filter
def label(code: str, list_name: str) -> Words:
    """Return the words for a code of a value list."""
    return choices.label(list_name, code)


@register.inclusion_tag("directory/parts/state.html")
def state(status: Status, reading: Reading) -> dict[str, object]:
    """The state as shape, word and colour."""
    return {
        "standing": status.standing.value,
        "words": wording.status_words(status, reading.now),
        "full": status.full,
        "full_until": status.full_until,
    }


@register.inclusion_tag("directory/parts/hours.html")
def hours(owner: HasHours, reading: Reading) -> dict[str, object]:
    """The ordinary week as a table, then the exceptional days soon to come."""
    today = reading.clockwork.today
    return {
        "regular": wording.regular_lines(owner.schedule, today),
        "exceptions": wording.exception_lines(owner.schedule, today),
        "notes": owner.hours_notes,
    }


@register.inclusion_tag("directory/parts/checked.html")
def checked(checks: tuple[Check, ...], today: date) -> dict[str, object]:
    """When somebody last made sure that this is right."""
    weak = weakest(checks)
    if weak is None:
        return {"trust": Trust.UNVERIFIED.value, "words": gettext("Not confirmed")}
    days = (today - max(check.verified_on for check in checks)).days
    if weak.trust(today) is Trust.OVERDUE:
        day = date_format(weak.verified_on, "SHORT_DATE_FORMAT")
        return {
            "trust": Trust.OVERDUE.value,
            "words": gettext("Last confirmed %(day)s, check by calling") % {"day": day},
        }
    return {"trust": Trust.FRESH.value, "words": confirmed_words(days)}


def confirmed_words(days: int) -> str:
    if days == 0:
        return gettext("Confirmed today")
    return ngettext("Confirmed %(days)s day ago", "Confirmed %(days)s days ago", days) % {"days": days}


@register.filter
def area_words(channel: ChannelFacts, reading: Reading) -> str:
    """Return where a channel reaches: everywhere, the whole network, or its municipalities by name."""
    if channel.everywhere:
        return gettext("Everywhere in Finland")
    network: NetworkFacts = reading.network
    held = reading.catalogue.municipalities
    names = sorted(str(held[code].name.pick(reader_language())) for code in channel.area)
    if len(names) > 1 and channel.area >= network.municipalities:
        return str(network.region.pick(reader_language()))
    return ", ".join(names)


@register.filter
def municipality_name(place: PlaceFacts, reading: Reading) -> str:
    return str(reading.catalogue.municipalities[place.municipality].name.pick(reader_language()))


@register.inclusion_tag("directory/parts/hours_short.html")
def hours_short(schedule: Schedule, reading: Reading) -> dict[str, object]:
    """The ordinary hours on one line."""
    return {"lines": wording.regular_lines(schedule, reading.clockwork.today)}
