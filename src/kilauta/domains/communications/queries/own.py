"""What the public reads of the network's own words: never a draft, never another network's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from kilauta.domains.communications.choices import DUTIES, LINK_KINDS
from kilauta.domains.communications.models import Contact, Link, News, Page
from kilauta.lib.words import Words
from kilauta.lib.zone import local

EARLIER = 20


@dataclass(frozen=True, slots=True)
class FootPage:
    """A page that the foot of every page leads to."""

    slug: str
    title: Words


@dataclass(frozen=True, slots=True)
class Reached:
    """Where the network is reached in a matter."""

    duty: str | Promise
    note: Words
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Links:
    """Links of one kind, in their order."""

    name: str | Promise
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NewsPage:
    in_force: tuple[News, ...]
    earlier: tuple[News, ...]


_feet: tuple[UUID, dict[str, tuple[FootPage, ...]]] = (UUID(int=0), {})


def foot_pages(network_id: str, *, edition: UUID) -> tuple[FootPage, ...]:
    """Return the pages of the network for the foot of every page: read once per edition, then free."""
    global _feet  # noqa: PLW0603 -- one copy for the process, as the catalogue
    held = _feet
    if held[0] != edition:
        found: dict[str, tuple[FootPage, ...]] = {}
        rows = _published_pages().filter(kind="own", in_foot=True).order_by("position", "title_fi", "id")
        for page in rows:
            found[page.network_id] = (*found.get(page.network_id, ()), FootPage(page.slug, page.title))
        _feet = held = (edition, found)
    return held[1].get(network_id, ())


def own_text(network_id: str, kind: str) -> Words:
    """Return the published text of the network's "about" or "contacts"; nothing when it has none."""
    page = _published_pages().filter(network_id=network_id, kind=kind).first()
    return page.text if page else Words("")


def own_page(network_id: str, slug: str) -> Page | None:
    """Return a published page of the network's own."""
    return _published_pages().filter(network_id=network_id, kind="own", slug=slug).first()


def own_pages(network_id: str) -> QuerySet[Page]:
    """Return the published pages of the network's own, in their order."""
    return _published_pages().filter(network_id=network_id, kind="own").order_by("position", "title_fi", "id")


def contacts(network_id: str) -> tuple[Reached, ...]:
    """Return where the network is reached, in the order the network has given."""
    rows = Contact.objects.filter(network_id=network_id).order_by("position", "id")
    return tuple(Reached(DUTIES[each.duty], each.note, each.phone, each.email) for each in rows)


def links_by_kind(network_id: str) -> tuple[Links, ...]:
    """Return the network's links to elsewhere, by kind; a kind without links is left out."""
    rows = list(Link.objects.filter(network_id=network_id).order_by("position", "label_fi", "id"))
    groups = (
        Links(name, tuple(row for row in rows if row.kind == kind)) for kind, name in LINK_KINDS.items()
    )
    return tuple(group for group in groups if group.links)


def news_in_force(network_id: str, *, now: datetime) -> QuerySet[News]:
    """Return the published news that hold today in Finland, the newest first."""
    today = local(now).date()
    return _news(network_id).filter(from_on__lte=today, until_on__gte=today)


def news_page(network_id: str, *, now: datetime) -> NewsPage:
    """Return the news in force, and the latest of those that were."""
    earlier = _news(network_id).filter(until_on__lt=local(now).date())
    return NewsPage(tuple(news_in_force(network_id, now=now)), tuple(earlier[:EARLIER]))


def has_news(network_id: str, *, now: datetime) -> bool:
    """Return whether the page of news has anything to show."""
    return _news(network_id).filter(from_on__lte=local(now).date()).exists()


def _news(network_id: str) -> QuerySet[News]:
    return News.objects.filter(network_id=network_id, published_at__isnull=False).order_by("-from_on", "-id")


def _published_pages() -> QuerySet[Page]:
    return Page.objects.filter(published_at__isnull=False)
