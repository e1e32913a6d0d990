"""What the network writes itself: pages, news, contacts and links to elsewhere.

`values` are clean values by column. Every verb leaves a history. Each page reads anew what is written here; only the
foot of the pages is held in memory, and read again with the next edition.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit

from django.db import models, transaction
from django.utils.translation import gettext as _

from kilauta.domains.communications.models import Contact, Link, News, Page
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused
from kilauta.kit.store import editions
from kilauta.lib.text import slugify

Values = Mapping[str, object]
Own = TypeVar("Own", bound=Page | News | Contact | Link)
Told = TypeVar("Told", bound=Page | News)

# What a person may change; the address, the network and the state are none of it.
COLUMNS: Mapping[type[models.Model], frozenset[str]] = {
    Page: frozenset({"title", "text", "in_foot", "position"}),
    News: frozenset({"title", "text", "from_on", "until_on"}),
    Contact: frozenset({"duty", "note", "phone", "email", "position"}),
    Link: frozenset({"kind", "label", "url", "position"}),
}
TONGUES = ("_fi", "_sv", "_en")


@transaction.atomic
def add_page(network_id: str, *, kind: str, values: Values, actor: Person, now: datetime) -> Page:
    """Write a draft of a page; a network has one of each kind, and as many of its own as it likes.

    A page of its own gets its address from its heading in Finnish, for good.
    """
    page = Page(network_id=network_id, kind=kind)
    if kind != "own" and Page.objects.filter(network_id=network_id, kind=kind).exists():
        raise Refused("there-already", _("This page is there already. Change that one."))
    if kind == "own":
        page.slug = next(_free_slugs(network_id, str(values.get("title_fi", ""))))
    return _made(page, values, actor=actor, now=now)


def _free_slugs(network_id: str, title: str) -> Iterator[str]:
    start = slugify(title, 50) or "sivu"
    number = 1
    while True:
        slug = start if number == 1 else f"{start}-{number}"
        if not Page.objects.filter(network_id=network_id, kind="own", slug=slug).exists():
            yield slug
        number += 1


@transaction.atomic
def add_news(network_id: str, *, values: Values, actor: Person, now: datetime) -> News:
    """Write a draft of news."""
    return _made(News(network_id=network_id), values, actor=actor, now=now)


@transaction.atomic
def add_contact(network_id: str, *, values: Values, actor: Person, now: datetime) -> Contact:
    """Tell where the network is reached in a matter; it is public at once."""
    return _made(Contact(network_id=network_id), values, actor=actor, now=now)


@transaction.atomic
def add_link(network_id: str, *, values: Values, actor: Person, now: datetime) -> Link:
    """Link to elsewhere; it is public at once."""
    return _made(Link(network_id=network_id), values, actor=actor, now=now)


@transaction.atomic
def change(thing: Own, *, values: Values, actor: Person, now: datetime) -> Own:
    """Make it say this; what is published says it at once. Nothing is remembered where nothing changes."""
    held = _locked(thing)
    before = {column: getattr(held, column) for column in values}
    was_at_foot = _is_at_foot(held)
    _write(held, values)
    changed = {column: (old, values[column]) for column, old in before.items() if old != values[column]}
    if changed:
        held.save(update_fields=list(changed))
        recording.record(held, "changed", actor=actor, now=now, values=changed)
        if was_at_foot or _is_at_foot(held):
            editions.renew()
    return held


@transaction.atomic
def publish(thing: Told, *, actor: Person, now: datetime) -> Told:
    """Let the public see it; what they see already stays as it is."""
    held = _locked(thing)
    if held.published_at is None:
        _show(held, now, verb="published", actor=actor, now=now)
    return held


@transaction.atomic
def withdraw(thing: Told, *, actor: Person, now: datetime) -> Told:
    """Make it a draft again: the public no longer finds it."""
    held = _locked(thing)
    if held.published_at is not None:
        _show(held, None, verb="withdrawn", actor=actor, now=now)
    return held


@transaction.atomic
def remove(thing: Contact | Link, *, actor: Person, now: datetime) -> None:
    """Take a contact or a link away; its history stays."""
    held = _locked(thing)
    recording.record(held, "removed", actor=actor, now=now, note=str(held))
    held.delete()


def _show(held: Page | News, at: datetime | None, *, verb: str, actor: Person, now: datetime) -> None:
    held.published_at = at
    held.save(update_fields=["published_at"])
    recording.record(held, verb, actor=actor, now=now)
    if _is_at_foot(held):
        editions.renew()


def _is_at_foot(thing: Page | News | Contact | Link) -> bool:
    return isinstance(thing, Page) and thing.in_foot


def _made(thing: Own, values: Values, *, actor: Person, now: datetime) -> Own:
    _write(thing, values)
    thing.save(force_insert=True)
    recording.record(thing, "made", actor=actor, now=now)
    return thing


def _write(thing: Page | News | Contact | Link, values: Values) -> None:
    """Put the values into the thing, or refuse them."""
    known = {f"{name}{end}" for name in COLUMNS[type(thing)] for end in ("", *TONGUES)}
    if not known >= values.keys():
        raise ValueError(f"Not to be changed: {sorted(values.keys() - known)}")
    refuse_identity_numbers(**{name: value for name, value in values.items() if isinstance(value, str)})
    for column, value in values.items():
        setattr(thing, column, value)
    if isinstance(thing, Page | News):
        _check_words(thing)
    if isinstance(thing, News) and thing.until_on < thing.from_on:
        raise Refused("contradiction", _("It cannot end before it begins."), "until_on")
    if isinstance(thing, Contact) and not (thing.phone or thing.email):
        raise Refused("missing", _("Give a phone number or an e-mail address."), "phone")
    if isinstance(thing, Link):
        _check_link(thing)


def _check_words(thing: Page | News) -> None:
    if not thing.text_fi.strip():
        raise Refused("missing", _("Write the text in Finnish at least."), "text")
    has_title = isinstance(thing, News) or thing.kind == "own"
    if has_title and not thing.title_fi.strip():
        raise Refused("missing", _("Write the heading in Finnish at least."), "title")


def _check_link(link: Link) -> None:
    if urlsplit(link.url).scheme not in {"http", "https"}:
        raise Refused("not-web", _("Begin the address with https://."), "url")
    if Link.objects.filter(network_id=link.network_id, url=link.url).exclude(pk=link.pk).exists():
        raise Refused("there-already", _("There is a link to this address already."), "url")


def _locked(thing: Own) -> Own:
    rows: models.QuerySet[Own] = models.QuerySet(type(thing))
    held = rows.select_for_update(of=("self",)).filter(pk=thing.pk).first()
    if held is None:
        raise Refused("gone", _("Somebody has removed this in the meantime."))
    return held
