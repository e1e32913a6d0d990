"""How the directory's facts are written out."""

from datetime import date

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from kilauta.domains.directory import choices
from kilauta.domains.directory.logic import facts
from kilauta.domains.directory.logic.facts import (
    ChannelFacts,
    HasHours,
    NoticeFacts,
    PlaceFacts,
)
from kilauta.domains.directory.logic.status import Standing, Status
from kilauta.domains.directory.logic.trust import Check, Trust, weakest
from kilauta.domains.directory.queries import wording
from kilauta.domains.directory.queries.pages import Listed, Way
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit.components.templatetags.components import phone, say
from kilauta.kit.translations import reader_language
from kilauta.lib.hours import Schedule
from kilauta.lib.words import Words

register = template.Library()


@register.filter
def label(code: str, list_name: str) -> Words:
    """Return the words for a code of a value list."""
    return choices.label(list_name, code)


# A shape for each state, so that it is told without its colour too.
SHAPES = {
    standing: SafeString(shape)
    for standing, shape in (
        (Standing.OPEN, '<circle cx="8" cy="8" r="7"/>'),
        (
            Standing.SELF_SERVICE,
            '<circle class="line" cx="8" cy="8" r="6.5"/><path d="M8 1.5a6.5 6.5 0 0 1 0 13z"/>',
        ),
        (Standing.BY_APPOINTMENT, '<path class="line" d="M8 1.5 14.5 8 8 14.5 1.5 8z"/>'),
        (Standing.CLOSED, '<circle class="line" cx="8" cy="8" r="6.5"/>'),
        (Standing.UNKNOWN, '<path class="line" d="M5 5.5a3 3 0 1 1 3 3v2M8 13v1"/>'),
        (Standing.PAUSED, '<path class="line" d="M5 3v10M11 3v10"/>'),
    )
}


@register.simple_tag
def state(status: Status, reading: Reading) -> SafeString:
    """The state as shape, word and colour. Made here: a list has one on every row."""
    shown = format_html(
        '<span class="state state-{}"><svg class="dot" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        "{}</svg>{}</span>",
        status.standing.value,
        SHAPES[status.standing],
        wording.status_words(status, reading.now),
    )
    if status.full:
        full = wording.full_words(status)
        shown = format_html('{} · <span class="state state-full">{}</span>', shown, full)
    for notice in status.notices:
        shown = format_html("{} · {}", shown, notice_words(notice))
    return shown


@register.filter
def in_force(notices: tuple[NoticeFacts, ...], today: date) -> tuple[NoticeFacts, ...]:
    """Return the notices of today."""
    return facts.in_force(notices, today)


@register.filter
def notice_words(notice: NoticeFacts) -> SafeString:
    """Return what a notice says, and on which days it holds."""
    return format_html("{} ({})", say(notice.text), wording.notice_days(notice))


@register.simple_tag
def service_row(listed: Listed, way: Way | None, reading: Reading, *, km: int | None = None) -> SafeString:
    """A service in a list: its name, who and where, the state of its way, what it is, and the number to ring.

    Made here and not in a template of its own: these rows are most of what the pages with lists cost.
    """
    service, organisation = listed.service, listed.organisation
    who = [say(organisation.name)]
    about = [say(choices.label("fee", service.fee))]
    if way is not None:
        about[:0] = [state(way.status, reading), say(choices.label("mode", way.channel.mode))]
        who += [say(way.place.name)] if way.place else []
    if km is not None:
        who.append(format_html("{} km", km))
    number = phone(way.channel.phone, who=organisation.name) if way is not None and way.channel.phone else ""
    return format_html(
        '<article class="hit"><div class="hit-text"><h3><a href="{}">{}</a></h3><p class="hit-who">{}</p>'
        '<p class="hit-state">{}</p><p class="hit-what">{}</p></div>{}</article>',
        reverse("directory:service", args=[service.address]),
        say(service.name),
        format_html_join(" · ", "{}", ((part,) for part in who)),
        format_html_join(" · ", "{}", ((part,) for part in about)),
        say(service.summary),
        number,
    )


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
    return wording.area(channel, reading.catalogue, reading.network)


@register.filter
def municipality_name(place: PlaceFacts, reading: Reading) -> str:
    return str(reading.catalogue.municipalities[place.municipality].name.pick(reader_language()))


@register.inclusion_tag("directory/parts/hours_short.html")
def hours_short(schedule: Schedule, reading: Reading) -> dict[str, object]:
    """The ordinary hours on one line."""
    return {"lines": wording.regular_lines(schedule, reading.clockwork.today)}
