"""Where the web addresses stand that the network's pages lead to, and which of them lead nowhere."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Q

from kilauta.domains.communications.logic import DEAD_AFTER, waits
from kilauta.domains.communications.models import Link, News, Page, WebAddress
from kilauta.domains.directory.models import Channel, EService, ExternalLink, Organisation
from kilauta.lib.links import addresses
from kilauta.lib.words import Words

T = TypeVar("T", bound=models.Model)

# So many are asked in a night: minutes when they answer, and less than an hour when none does.
MOST = 1000
LONGEST = 500
PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Standing:
    """A web address, and the thing it stands in: its kind, its key and its name. `network` is "" for everybody's."""

    url: str
    network: str
    kind: str
    key: object
    name: Words | str


@dataclass(frozen=True, slots=True)
class DeadLink:
    """An address that has failed twice or more, since when at the latest, and everything it stands in."""

    address: WebAddress
    standing: tuple[Standing, ...]


def standing(network_id: str = "") -> list[Standing]:
    """Return every address that the public can follow; with a network, those it looks after."""
    found = [*_own(), *_of_directory()]
    return [
        each
        for each in found
        if len(each.url) <= LONGEST and (not network_id or each.network in {network_id, ""})
    ]


def due_addresses(urls: Collection[str], *, now: datetime) -> list[str]:
    """Return those that should be asked now: new ones, then the longest unasked, a night's work at most."""
    held = {each.url: each for each in WebAddress.objects.all()}
    new = [url for url in dict.fromkeys(urls) if url not in held]
    known = set(urls)
    late = sorted(
        (each.asked_at, url)
        for url, each in held.items()
        if url in known and now - each.asked_at >= waits(each.failures)
    )
    return [*new, *(url for _at, url in late)][:MOST]


def dead_links(network_id: str) -> list[DeadLink]:
    """Return the addresses that failed at least twice in a row, by address, with what they stand in."""
    dead = list(WebAddress.objects.filter(failures__gte=DEAD_AFTER).order_by("url"))
    places: dict[str, list[Standing]] = {}
    for each in standing(network_id) if dead else ():
        places.setdefault(each.url, []).append(each)
    return [DeadLink(each, tuple(places[each.url])) for each in dead if each.url in places]


def _own() -> Iterator[Standing]:
    for page in Page.objects.filter(published_at__isnull=False).order_by("id"):
        yield from _in_text(page, "page", page.text, page.name)
    for news in News.objects.filter(published_at__isnull=False).order_by("id"):
        yield from _in_text(news, "news", news.text, news.title)
    for link in Link.objects.order_by("id"):
        yield Standing(link.url, link.network_id, "link", link.pk, link.label)


def _in_text(thing: Page | News, kind: str, text: Words, name: Words | str) -> Iterator[Standing]:
    for url in addresses("\n".join(text)):
        yield Standing(url, thing.network_id, kind, thing.pk, name)


def _of_directory() -> Iterator[Standing]:
    for found in _published(Organisation).exclude(website=""):
        yield Standing(found.website, found.steward_id or "", "organisation", found.pk, found.name)
    for eservice in _published(EService).exclude(url=""):
        yield Standing(eservice.url, eservice.steward_id or "", "eservice", eservice.pk, eservice.name)
    for way in _published(Channel).filter(service__state=PUBLISHED).select_related("service"):
        for url in dict.fromkeys(filter(None, (way.url, way.booking_url))):
            yield Standing(url, way.service.steward_id or "", "channel", way.pk, way.service.name)
    shown = Q(organisation__state=PUBLISHED) | Q(service__state=PUBLISHED)
    for link in ExternalLink.objects.filter(shown).select_related("organisation", "service").order_by("id"):
        of = link.organisation or link.service
        kind = "organisation" if link.organisation_id else "service"
        if of is not None:
            yield Standing(link.url, of.steward_id or "", kind, of.pk, of.name)


def _published(model: type[T]) -> models.QuerySet[T]:
    return models.QuerySet(model).filter(state=PUBLISHED).order_by("pk")
