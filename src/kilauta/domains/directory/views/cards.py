"""A provider's service card for print."""

from django.utils.formats import date_format
from django.utils.translation import gettext

from kilauta.domains.directory.logic.facts import NetworkFacts
from kilauta.domains.directory.queries import wording
from kilauta.domains.directory.queries.pages import Listed, ProviderPage
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit.documents import Card, CardEntry

SIZES = ("a4", "a5")
ACCENT = "#0B4A6F"


def provider_card(reading: Reading, page: ProviderPage, *, size: str, url: str) -> Card:
    """Return the card of a provider: what it helps with, where to ring and come, what it does not do."""
    facts = page.organisation
    return Card(
        kind="service",
        lang=reading.lang,
        title=str(facts.name.pick(reading.lang)),
        subtitle=str(facts.summary.pick(reading.lang)),
        network_name=str(reading.network.name.pick(reading.lang)),
        network_phone=reading.network.phone,
        network_hours=network_hours(reading.network, reading),
        entries=tuple(entry(reading, listed) for listed in page.services),
        safety=gettext("Never tell your bank codes to anyone, not even to a helper."),
        dated=gettext("Information of %(day)s")
        % {"day": date_format(reading.clockwork.today, "SHORT_DATE_FORMAT")},
        url=url,
        size="a4" if size == "a4" else "a5",
        accent=reading.network.accent or ACCENT,
    )


def entry(reading: Reading, listed: Listed) -> CardEntry:
    way, lang = listed.best, reading.lang
    held = reading.catalogue
    limits = [str(held.limits[code].name.pick(lang)) for code in listed.service.limits if code in held.limits]
    place = way.place if way else None
    return CardEntry(
        name=str(listed.service.name.pick(lang)),
        what=str(listed.service.summary.pick(lang)),
        phone=way.channel.phone if way else "",
        address=f"{place.name.pick(lang)}, {place.street}".rstrip(", ") if place else "",
        hours=tuple(
            f"{days} {times}".strip()
            for days, times, _season in wording.regular_lines(way.channel.schedule, reading.clockwork.today)
        )
        if way
        else (),
        note=" ".join(f"{limit}." for limit in limits),
    )


def network_hours(network: NetworkFacts, reading: Reading) -> str:
    lines = wording.regular_lines(network.schedule, reading.clockwork.today)
    return ", ".join(f"{days} {times}" for days, times, _season in lines)
