"""How the finder's answers and results are written out."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from kilauta.domains.directory import choices as directory_choices
from kilauta.domains.directory.logic.facts import ServiceFacts
from kilauta.domains.directory.logic.status import Status
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder import choices
from kilauta.domains.finder.logic.ranking import Fact, Ranked
from kilauta.domains.finder.queries import speaking
from kilauta.domains.finder.queries.search_page import Facet, Link
from kilauta.kit.components.templatetags.components import say
from kilauta.lib.hours import Schedule

register = template.Library()

KINDS = {
    "organisation": "directory:provider",
    "place": "directory:place",
    "eservice": "finder:eservice",
    "topic": "finder:topic",
}


@register.filter
def way_name(family: str) -> str:
    return str(choices.WAYS[family])


@register.simple_tag
def why(ranked: Ranked) -> str:
    """Why this one, as one sentence."""
    said = [reason(fact) for fact in ranked.said]
    if len(said) > 1:
        said[-2:] = [gettext("%(first)s and %(last)s") % {"first": said[-2], "last": said[-1]}]
    words = ", ".join(said)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


@register.simple_tag
def short_id(service: ServiceFacts) -> str:
    """The part of a service's address that finds it by itself."""
    return service.address.split("-", 1)[0]


@register.filter
def in_pieces(number: str) -> str:
    """A number as it is said on the telephone."""
    return speaking.number_words(number)


@register.simple_tag
def spoken_state(status: Status, reading: Reading) -> str:
    return speaking.status_sentence(status, reading.now)


@register.simple_tag
def spoken_hours(schedule: Schedule, reading: Reading) -> str:
    """The ordinary week in sentences; nothing when it is not known."""
    return " ".join(speaking.hours_sentences(schedule, reading.clockwork.today))


@register.inclusion_tag("directory/parts/hours_short.html")
def printed_hours(schedule: Schedule, reading: Reading) -> dict[str, object]:
    """The hours with a helper on one line, for paper."""
    return {"lines": speaking.printed_lines(schedule, reading.clockwork.today)}


@register.simple_tag
def languages(service: ServiceFacts) -> SafeString:
    """The languages of the help, each with its note."""
    spoken = (
        (
            say(directory_choices.label("language", language.code)),
            format_html(" ({})", say(language.note)) if any(language.note) else "",
        )
        for language in service.languages
    )
    return format_html_join(", ", "{}{}", spoken)


@register.simple_tag
def limits(service: ServiceFacts, reading: Reading) -> SafeString:
    """What the service does not do, in words."""
    held = reading.catalogue.limits
    return format_html_join(" ", "{}.", ((say(held[code].name),) for code in service.limits if code in held))


@register.simple_tag
def facet_links(facet: Facet) -> SafeString:
    """The values of a filter that are not chosen, as list items. Written here: a page has a hundred of them."""
    values = (
        (choice.address, say(choice.name), choice.count) for choice in facet.choices if not choice.chosen
    )
    return format_html_join("", '<li><a href="{}">{} <span class="filter-count">({})</span></a></li>', values)


@register.simple_tag
def direct_address(link: Link) -> str:
    return reverse(KINDS[link.kind], args=[link.address])


@register.simple_tag
def direct_kind(link: Link) -> str:
    return {
        "organisation": gettext("Provider"),
        "place": gettext("Place"),
        "eservice": gettext("E-service"),
        "topic": gettext("Topic"),
    }[link.kind]


def reason(fact: Fact) -> str:
    """Return why, as one says it to a person."""
    if fact.code == "near":
        return gettext("%(km)s km from you") % {"km": fact.number}
    if fact.code == "verified":
        if fact.number == 0:
            return gettext("confirmed today")
        return ngettext("confirmed %(days)s day ago", "confirmed %(days)s days ago", fact.number) % {
            "days": fact.number
        }
    return str(choices.REASONS[fact.code])
