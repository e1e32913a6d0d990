"""What must be known of an event to find it and be there: for messages, calendars, paper and other machines."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import Organisation, Place
from kilauta.domains.events.choices import KINDS
from kilauta.domains.events.models import Event, Occurrence, Signup
from kilauta.domains.territory.models import Network
from kilauta.lib.text import slugify
from kilauta.lib.zone import local

# as `urls` has them; messages are written where nobody has asked for a page
PAGE, SIGNUP = "tapahtumat", "ilmoittautuminen"
A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class EventWords:
    """An event in the words of one language; what is not there is empty."""

    event: Event
    lang: str
    name: str
    summary: str
    text: str
    kind: str
    place: str
    street: str
    directions: str
    remote: str
    fee: str
    bring: str
    phone: str
    organisers: tuple[str, ...]
    network: str
    page: str

    @property
    def where(self) -> str:
        """The place with its address; on the web, so."""
        there = ", ".join(part for part in (self.place, self.street) if part)
        with translation.override(self.lang):
            return there or (_("On the web") if self.remote else "")


def words_of(event: Event, lang: str, *, place: Place | None = None) -> EventWords:
    """Return the event in this language; `place`: of a time that is elsewhere than the others."""
    where, network = place or event.place, event.network
    organisers = [each.organisation for each in event.parts.all() if each.part == "organiser"]
    with translation.override(lang):
        fee = event.fee or _("Free of charge")
        kind = str(KINDS[event.kind])
    return EventWords(
        event=event,
        lang=lang,
        name=str(event.name.pick(lang)),
        summary=str(event.summary.pick(lang)),
        text=str(event.text.pick(lang)),
        kind=kind,
        place=str(where.name.pick(lang)) if where else event.where,
        street=street_of(where, lang) if where else _town(event, lang),
        directions=str(where.directions.pick(lang)) if where else "",
        remote=event.remote_url,
        fee=fee,
        bring=event.bring,
        phone=event.phone or _phone_of(organisers) or network.phone,
        organisers=tuple(str(each.name.pick(lang)) for each in organisers),
        network=str(network.name.pick(lang)),
        page=page_of(event, lang),
    )


def when(occurrence: Occurrence, lang: str) -> str:
    """Return the time in words: "tiistai 24.11.2026 klo 10.00–12.00", or days without a time."""
    first, last = local(occurrence.starts_at), local(occurrence.ends_at - A_MOMENT)
    with translation.override(lang):
        begins = day_of(first)
        if occurrence.all_day:
            return begins if first.date() == last.date() else f"{begins} – {day_of(last)}"
        ends = formats.time_format(local(occurrence.ends_at))
        if first.date() != last.date():
            ends = f"{day_of(last)} {ends}"
        words = _("%(day)s at %(time)s") % {"day": begins, "time": formats.time_format(first)}
        return f"{words}–{ends}" if first.date() == last.date() else f"{words} – {ends}"


def day_of(moment: datetime) -> str:
    """Return the day with its weekday, in the language in force."""
    return f"{formats.date_format(moment, 'l')} {formats.date_format(moment, 'SHORT_DATE_FORMAT')}"


def street_of(place: Place, lang: str) -> str:
    town = " ".join(part for part in (place.postal_code, str(place.municipality.name.pick(lang))) if part)
    return ", ".join(part for part in (place.address, town) if part)


def address_of(event: Event) -> str:
    """Return the event's part of its address: what never changes, and its Finnish name to read."""
    return "-".join(part for part in (event.short_id, slugify(event.name_fi)) if part)


def page_of(event: Event, lang: str) -> str:
    """Return the web address of the event's page."""
    return f"{start_of(event.network, lang)}{PAGE}/{address_of(event)}/"


def short_page_of(event: Event, lang: str) -> str:
    """Return the address that stands on paper, short to type and always the event's."""
    return f"{start_of(event.network, lang)}{PAGE}/{event.short_id}/"


def own_page(event: Event) -> str:
    """Return where those who hold the event find it."""
    return f"{start_of(event.network, 'fi')}tyopoyta/{PAGE}/{event.pk}/"


def signup_page(signup: Signup, token: str = "") -> str:
    """Return the page of a sign-up, by its secret link; without one the page that asks for number and code."""
    end = f"{token}/" if token else ""
    return f"{start_of(signup.event.network, signup.lang)}{SIGNUP}/{end}"


def host_of(network: Network) -> str:
    """Return the host name of the network's pages."""
    return urlsplit(start_of(network, "fi")).hostname or ""


def uid_of(occurrence: Occurrence, network: Network) -> str:
    """Return the name of the time among all calendar entries of the world, the same for its whole life."""
    return f"{occurrence.pk}@{host_of(network)}"


def start_of(network: Network, lang: str) -> str:
    """Return where the network's pages begin in this language, with a stroke at the end."""
    parts = urlsplit(settings.ADDRESS)
    port = f":{parts.port}" if parts.port else ""
    host = network.host or parts.hostname or ""
    return f"{parts.scheme}://{host}{port}/" + ("" if lang == "fi" else f"{lang}/")


def _town(event: Event, lang: str) -> str:
    return str(event.municipality.name.pick(lang)) if event.municipality else ""


def _phone_of(organisers: list[Organisation]) -> str:
    return next((each.phone for each in organisers if each.phone), "")
