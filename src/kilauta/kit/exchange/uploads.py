"""A file on its way in through the page: handed in, its sheets and headings put right, looked at, brought in."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused

from . import mapping
from .bringing import carry_out, everything_known, plan
from .folder import dump_workbook
from .loading import SOURCE
from .mapping import Choice
from .models import Mapping, Upload
from .packing import pack, unpack
from .regions import plain, region_of
from .reports import report_of
from .sheets import Book, open_book
from .tables import Row, Table

KEPT = timedelta(days=1)
MOST = 20  # files of one person in a region at a time


def uploads_of(person: Person, region: str, *, now: datetime) -> QuerySet[Upload]:
    """Return what the person has under way in the region, the newest first, without what was read of it."""
    found = Upload.objects.filter(who=person, region=region, at__gt=now - KEPT)
    return found.defer("content", "choices", "report").order_by("-at")


def upload_of(person: Person, region: str, key: UUID, *, now: datetime) -> Upload | None:
    """Return the upload of this key, if it is the person's own, of this region, and not over."""
    return Upload.objects.filter(pk=key, who=person, region=region, at__gt=now - KEPT).first()


def sources_of(region: str) -> list[str]:
    """Return the sources of which the region has brought something in before; the usual one first."""
    found = Mapping.objects.filter(region=region).order_by("source").values_list("source", flat=True)
    return list(dict.fromkeys([SOURCE, *found]))


def workbook_of(source: str, region: str) -> bytes:
    """Return what stands here of a source and is looked after by the region, as a workbook."""
    known = everything_known(source)

    def ours(table: Table, row: Row) -> bool:
        return region_of(table, plain(table, row), known) == region

    return dump_workbook(source=source, keep=ours)


@transaction.atomic
def receive(name: str, content: bytes, *, source: str, region: str, actor: Person, now: datetime) -> Upload:
    """Read a file and keep what was read of it; refuse what is no table."""
    if uploads_of(actor, region, now=now).count() >= MOST:
        raise Refused(
            "too-many", _("You have many files here already. Throw one of them away first."), "file"
        )
    book = open_book(name, content)
    if not book.sheets:
        why = book.problems[0].message if book.problems else ""
        raise Refused("unreadable", _("Nothing could be read from the file.") + f" {why}".rstrip(), "file")
    choices = mapping.guess(book, source, region)
    return Upload.objects.create(
        who=actor,
        region=region,
        source=source,
        name=book.name,
        content=pack(book),
        choices=[_written(each) for each in choices],
        at=now,
    )


def book_of(upload: Upload) -> Book:
    return unpack(bytes(upload.content))


def choices_of(upload: Upload) -> list[Choice]:
    """Return what each sheet is taken for, in the order of the sheets."""
    return [Choice(sheet, table, columns) for sheet, table, columns in upload.choices]


@transaction.atomic
def choose(upload: Upload, number: int, choice: Choice) -> None:
    """Take the sheet of this number for another table, or its headings for other columns."""
    mapping.apply(book_of(upload), [choice])
    upload.choices[number] = _written(choice)
    upload.report = {}
    upload.save(update_fields=["choices", "report"])


@transaction.atomic
def look(upload: Upload, *, actor: Person, now: datetime) -> None:
    """Find out what bringing it in would do; nothing but the report of it stays."""
    held = _alone(upload)
    if held is None or held.brought_at:
        return
    book = book_of(held)
    incoming = mapping.apply(book, choices_of(held))
    outcome = plan(incoming, source=held.source, actor=actor, now=now, region=held.region)
    held.report = report_of(outcome, book.problems)
    held.save(update_fields=["report"])


@transaction.atomic
def bring(upload: Upload, *, actor: Person, now: datetime) -> bool:
    """Bring it in, once, and remember what its sheets and headings were taken for; return whether entries changed.

    What was read of the file is gone afterwards; the report stays for the rest of the day. The caller makes the
    search index anew if entries changed.
    """
    held = _alone(upload)
    if held is None or held.brought_at:
        return False
    if not held.report:
        raise Refused("not-seen", _("Look at what would change first, then bring it in."))
    book, choices = book_of(held), choices_of(held)
    incoming = mapping.apply(book, choices)
    outcome = carry_out(incoming, source=held.source, actor=actor, now=now, region=held.region)
    mapping.remember(held.source, choices, held.region)
    held.report, held.content, held.brought_at = report_of(outcome, book.problems), b"", now
    held.save(update_fields=["report", "content", "brought_at"])
    return outcome.wrote


@transaction.atomic
def dismiss(upload: Upload) -> None:
    upload.delete()


def _alone(upload: Upload) -> Upload | None:
    """Return the upload as it is now, once no other file of its source is under way; None if it is gone."""
    same = Upload.objects.select_for_update().filter(source=upload.source).order_by("pk")
    list(same.values_list("pk", flat=True))
    return Upload.objects.filter(pk=upload.pk).first()


def _written(choice: Choice) -> list[object]:
    return [choice.sheet, choice.table, dict(choice.columns)]
