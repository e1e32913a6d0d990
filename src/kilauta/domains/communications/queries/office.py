"""What the office is shown of the network's own words: drafts too, with advice and history."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _

from kilauta.domains.communications.choices import DEEDS, DUTIES, FIELD_NAMES, LINK_KINDS, PAGE_KINDS
from kilauta.domains.communications.logic import is_of_one_person
from kilauta.domains.communications.models import Contact, Link, News, Page
from kilauta.domains.directory.choices import FINDINGS, LANGUAGE_NAMES
from kilauta.domains.directory.logic.content import text_findings
from kilauta.domains.directory.queries.history import Difference, who
from kilauta.kit.audit.recording import history
from kilauta.lib.words import LANGUAGES, Words

Own = Page | News | Contact | Link
Written = TypeVar("Written", Page, News, Contact, Link)


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to mend in a text: where it is, the words it is about, and what to do."""

    where: str
    excerpt: str
    sentence: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    at: datetime
    who: str
    did: str
    differences: tuple[Difference, ...]


def listed_pages(network_id: str) -> list[Page]:
    """Return all pages of the network, drafts too: first those that are part of another."""
    first = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(PAGE_KINDS)),
        output_field=IntegerField(),
    )
    return list(Page.objects.filter(network_id=network_id).order_by(first, "position", "title_fi", "id"))


def advice(thing: Own) -> tuple[Advice, ...]:
    """Return what may be said to the writer; nothing of it hinders anybody."""
    texts = {
        f"{name}_{language}": getattr(thing, f"{name}_{language}")
        for name in ("text", "note", "label")
        for language in LANGUAGES
        if hasattr(thing, f"{name}_{language}")
    }
    found = [
        Advice(_field_name(each.field), each.excerpt, str(FINDINGS[each.code]))
        for each in text_findings(texts)
    ]
    if isinstance(thing, Contact) and thing.email and is_of_one_person(thing.email):
        said = _("Is this one person's address? People change. A shared address stays.")
        found.append(Advice(_field_name("email"), thing.email, said))
    return (*found, *_missing(thing))


def _missing(thing: Own) -> list[Advice]:
    said = str(FINDINGS["missing-language"])
    return [
        Advice(_field_name(f"{name}_{language}"), "", said)
        for name in ("title", "text", "note", "label")
        if isinstance(words := getattr(thing, name, None), Words) and words
        for language in LANGUAGES
        if not words[LANGUAGES.index(language)]
    ]


def history_of(thing: Own, most: int = 30) -> tuple[HistoryRow, ...]:
    """Return what was done to it, the newest first."""
    label = thing._meta.label  # noqa: SLF001 -- Django's documented API
    return tuple(
        HistoryRow(
            row.at,
            who(row.actor),
            str(DEEDS.get(row.verb, row.verb)),
            tuple(
                Difference(name, _field_name(name), _told(name, old), _told(name, new))
                for name, (old, new) in row.values.items()
            ),
        )
        for row in history(label, thing.pk)[:most]
    )


def _field_name(field: str) -> str:
    stem, _underscore, language = field.rpartition("_")
    if stem in FIELD_NAMES and language in LANGUAGE_NAMES:
        return f"{FIELD_NAMES[stem]} {LANGUAGE_NAMES[language]}"
    return str(FIELD_NAMES.get(field, field))


def _told(field: str, value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    names = {"duty": DUTIES, "kind": LINK_KINDS}.get(field, {})
    return str(names.get(str(value), value))


def one(model: type[Written], network_id: str, key: int) -> Written | None:
    """Return one thing that this network has written."""
    return models.QuerySet(model).filter(network_id=network_id, pk=key).first()


def all_of(model: type[Written], network_id: str) -> models.QuerySet[Written]:
    """Return the network's contacts or links in their order, or its news, the newest first."""
    order = ("-until_on", "-id") if model is News else ("position", "id")
    return models.QuerySet(model).filter(network_id=network_id).order_by(*order)
