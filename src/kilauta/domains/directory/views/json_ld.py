"""The public entries for search engines, in the words of schema.org."""

from datetime import date, time
from functools import lru_cache

from kilauta.domains.directory.logic.facts import ChannelFacts, OrganisationFacts, PlaceFacts
from kilauta.domains.directory.queries.pages import PlacePage, ProviderPage, ServicePage, Way
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit.components.templatetags.components import dialled
from kilauta.lib.hours import DayHours, Schedule, State
from kilauta.lib.words import Words

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SPECIAL_DAYS = 60
Data = dict[str, object]


def service(reading: Reading, page: ServicePage, url: str) -> Data:
    facts, lang = page.listed.service, reading.lang
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Service",
            "@id": url,
            "url": url,
            "name": _text(facts.name, lang),
            "description": _text(facts.summary, lang),
            "provider": _organisation(page.listed.organisation, lang),
            "serviceType": [_text(topic.name, lang) for topic in page.topics],
            "audience": [
                {"@type": "Audience", "audienceType": _text(a.name, lang)}
                for a in (*page.audiences_only, *page.audiences_also)
            ],
            "isAccessibleForFree": facts.fee == "free",
            "dateModified": facts.changed_on.isoformat(),
            "availableChannel": [
                _channel(reading, way, sorted(facts.language_codes)) for way in page.listed.ways
            ],
        }
    )


def organisation(reading: Reading, page: ProviderPage, url: str) -> Data:
    return {
        "@context": "https://schema.org",
        "@id": url,
        "url": url,
        **_organisation(page.organisation, reading.lang),
    }


def place(reading: Reading, page: PlacePage, url: str) -> Data:
    return {"@context": "https://schema.org", "@id": url, "url": url, **_place(reading, page.place)}


def _filled(data: Data) -> Data:
    """Leave out what is not known: an empty value would be a statement."""
    return {key: value for key, value in data.items() if value not in ("", [], None, {})}


def _text(words: Words, lang: str) -> str:
    return str(words.pick(lang))


def _organisation(facts: OrganisationFacts, lang: str) -> Data:
    return _filled(
        {
            "@type": "Organization",
            "name": _text(facts.name, lang),
            "description": _text(facts.summary, lang),
            "telephone": dialled(facts.phone),
            "email": facts.email,
            "sameAs": facts.website,
        }
    )


def _channel(reading: Reading, way: Way, languages: list[str]) -> Data:
    channel = way.channel
    return _filled(
        {
            "@type": "ServiceChannel",
            "servicePhone": {"@type": "ContactPoint", "telephone": dialled(channel.phone)}
            if channel.phone
            else None,
            "serviceUrl": channel.booking_url or channel.url,
            "serviceLocation": _place(reading, way.place) if way.place else None,
            "availableLanguage": languages,
            **_hours(channel.schedule, reading.clockwork.today),
            **_area(channel, reading),
        }
    )


def _area(channel: ChannelFacts, reading: Reading) -> Data:
    if channel.everywhere:
        return {"areaServed": {"@type": "Country", "name": "FI"}}
    held = reading.catalogue.municipalities
    return {
        "areaServed": [
            {"@type": "AdministrativeArea", "name": _text(held[code].name, reading.lang)}
            for code in sorted(channel.area)
        ]
    }


def _place(reading: Reading, facts: PlaceFacts) -> Data:
    municipality = reading.catalogue.municipalities[facts.municipality]
    return _filled(
        {
            "@type": "Place",
            "name": _text(facts.name, reading.lang),
            "address": _filled(
                {
                    "@type": "PostalAddress",
                    "streetAddress": facts.street,
                    "postalCode": facts.postal_code,
                    "addressLocality": _text(municipality.name, reading.lang),
                    "addressCountry": "FI",
                }
            ),
            "geo": {"@type": "GeoCoordinates", "latitude": facts.point.lat, "longitude": facts.point.lon}
            if facts.point
            else None,
            **_hours(facts.schedule, reading.clockwork.today),
        }
    )


@lru_cache(maxsize=2048)
def _hours(schedule: Schedule, today: date) -> Data:
    """Say only staffed hours: what schema.org calls open is help being there. Reckoned once a day for a schedule."""
    regular = [
        _filled(
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [DAYS[day - 1] for day in line.weekdays],
                "opens": _clock(line.opens),
                "closes": _clock(line.closes, end=True),
                "validFrom": line.valid_from.isoformat() if line.valid_from else "",
                "validThrough": line.valid_to.isoformat() if line.valid_to else "",
            }
        )
        for line in schedule.regular()
        if line.state is State.OPEN
        and line.nth is None
        and line.weeks == "all"
        and (line.valid_to is None or line.valid_to >= today)
    ]
    special = [
        part
        for day in [*schedule.exceptions(today, SPECIAL_DAYS), *_rare_days(schedule, today)]
        if not day.unknown
        for part in _special(day)
    ]
    return _filled({"openingHoursSpecification": regular, "specialOpeningHoursSpecification": special})


def _rare_days(schedule: Schedule, today: date) -> list[DayHours]:
    """Days opened by odd or even weeks or the n-th weekday, which a weekly specification cannot say."""
    rare = {
        day
        for line in schedule.regular()
        if line.state is State.OPEN and (line.nth is not None or line.weeks != "all")
        for day in line.weekdays
    }
    return [
        day
        for day in schedule.days(today, SPECIAL_DAYS)
        if day.date.isoweekday() in rare and day.spans and not day.exceptional
    ]


def _special(day: DayHours) -> list[Data]:
    # Opening and closing at the same minute says closed all day, as search engines read it.
    spans = [(_clock(s.opens), _clock(s.closes, end=True)) for s in day.spans if s.state is State.OPEN] or [
        ("00:00", "00:00")
    ]
    return [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": day.date.isoformat(),
            "validThrough": day.date.isoformat(),
            "opens": opens,
            "closes": closes,
        }
        for opens, closes in spans
    ]


def _clock(moment: time | None, *, end: bool = False) -> str:
    if moment is None:
        return "23:59" if end else "00:00"
    return "23:59" if end and moment == time(0) else moment.strftime("%H:%M")
