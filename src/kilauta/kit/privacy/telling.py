"""What the house holds about one person, for the person: as JSON for machines, in large print for eyes."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kilauta.kit.documents import pdf
from kilauta.lib.zone import local

from . import finding
from .access_log import accesses_to
from .declarations import Personal, personal
from .finding import Whom
from .models import Deed

LINES = "\n"


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a row; its value as JSON can hold it. What is secret is named and not given."""

    field: str
    called: str
    value: object
    purpose: str
    basis: str
    retention: str
    visibility: str

    @property
    def said(self) -> str:
        """Return the value as it is read."""
        return _value(self.value)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row about the person, with the instants and days that stand in it."""

    model: str
    key: str
    facts: tuple[Fact, ...]
    times: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody has looked at an entry."""

    at: datetime
    what: str
    purpose: str


@dataclass(frozen=True, slots=True)
class SubjectReport:
    made_at: datetime
    entries: tuple[Entry, ...]
    seen: tuple[Seen, ...]

    @property
    def filled(self) -> tuple[Entry, ...]:
        """Return the entries with something to read; the others only point at the person."""
        return tuple(entry for entry in self.entries if entry.facts)


def subject_report(meant: Whom, *, now: datetime) -> SubjectReport:
    """Gather every declared row about the person and who has looked at it, in the words of the active language.

    Whoever asks for it sees another person's data: `note_access` comes first.
    """
    rows, declared = finding.rows_about(meant), personal()
    entries = (_entry(row, declared) for row in rows)
    seen = [
        Seen(access.at, str(Deed(access.what).label), access.purpose)
        for row in rows
        for access in accesses_to(row)
    ]
    return SubjectReport(now, tuple(entries), tuple(sorted(seen, key=lambda each: each.at)))


def as_json(report: SubjectReport) -> str:
    return json.dumps(asdict(report), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + LINES


def as_text(report: SubjectReport) -> str:
    """Return it as plain lines, as a screen shows or reads them."""
    said = [_title(), "", *_sentences(report)]
    for number, entry in enumerate(report.entries, 1):
        said += ["", _entry_title(number)]
        for fact in entry.facts:
            said += [f"{fact.called}: {_value(fact.value)}", *(f"  {told}" for told in _told(fact))]
    return LINES.join(said) + LINES


def as_pdf(report: SubjectReport) -> bytes:
    """Return it as a document in large print (18 points)."""
    entries = [
        {
            "title": _entry_title(number),
            "facts": [
                {"called": fact.called, "value": _value(fact.value), "told": list(_told(fact))}
                for fact in entry.facts
            ],
        }
        for number, entry in enumerate(report.entries, 1)
    ]
    data = {"title": _title(), "sentences": _sentences(report), "entries": entries}
    return pdf("subject", data, lang=get_language() or "fi")


def _entry(row: models.Model, declared: Iterable[Personal]) -> Entry:
    model = row._meta.label  # noqa: SLF001 -- Django's documented API
    fields = row._meta.concrete_fields  # noqa: SLF001 -- Django's documented API
    times = {
        field.name: field.value_from_object(row)
        for field in fields
        if isinstance(field, models.DateField) and field.value_from_object(row)  # an instant is a day as well
    }
    facts = (_fact(row, each) for each in declared if each.model == model)
    return Entry(model, str(row.pk), tuple(fact for fact in facts if fact), times)


def _fact(row: models.Model, declared: Personal) -> Fact | None:
    value = row._meta.get_field(declared.field).value_from_object(row)  # type: ignore[union-attr]  # noqa: SLF001
    if value in (None, "", b"", {}, []):
        return None
    if declared.secret:
        value = _("It is kept, and nobody is given a copy.")
    elif isinstance(value, bytes | memoryview):
        value = _("A file of %(number)s bytes") % {"number": len(value)}
    elif not isinstance(value, str | int | float | bool | dict | list):
        value = str(value)
    said = (str(each) for each in (declared.purpose, declared.basis, declared.retention, declared.visibility))
    return Fact(declared.field, str(declared.label), value, *said)


def _title() -> str:
    return _("What we know about you")


def _entry_title(number: int) -> str:
    return _("Entry %(number)s") % {"number": number}


def _sentences(report: SubjectReport) -> list[str]:
    day = {"day": formats.date_format(local(report.made_at), "SHORT_DATE_FORMAT")}
    said = [_("This is all that the service holds about you on %(day)s.") % day]
    if not report.entries:
        said = [_("On %(day)s the service holds nothing about you.") % day]
    for each in report.seen:
        told = {"day": formats.date_format(local(each.at), "SHORT_DATE_FORMAT"), "what": each.what}
        said.append(_("Your data were %(what)s on %(day)s.") % told)
        if each.purpose:
            said.append(_("Reason: %(reason)s") % {"reason": each.purpose})
    return said


def _told(fact: Fact) -> Iterator[str]:
    yield _("For what: %(purpose)s") % {"purpose": fact.purpose}
    yield _("Basis: %(basis)s") % {"basis": fact.basis}
    yield _("Kept: %(retention)s") % {"retention": fact.retention}
    yield _("Who sees it: %(who)s") % {"who": fact.visibility}


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
