"""Opening hours: the ordinary week, days off by their dates, holidays by name. Nobody writes rules."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory import forms, operations
from kilauta.domains.directory.models import Channel, Place, Proposal
from kilauta.domains.directory.queries import own as queries
from kilauta.domains.directory.queries.hours import schedule_of
from kilauta.domains.directory.queries.snapshots import Plain, snapshot
from kilauta.kit.forms.once import once
from kilauta.lib.hours import Schedule

from . import making
from .deeds import KINDS
from .hands import Hand, Request

Owner = Place | Channel
FIELDS = ("hours", "exceptions", "hours_of_place")
PAGES = (
    ("hours", _("The ordinary week")),
    ("exceptions", _("Days off and other hours")),
    ("holidays", _("Holidays")),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What people would see of these hours."""

    schedule: Schedule
    hours_notes: tuple[object, ...] = ()


def week(request: Request, hand: Hand, word: str, key: UUID) -> HttpResponse:
    def make(owner: Owner, held: Plain) -> forms.HoursForm:
        has_place = isinstance(owner, Channel) and owner.place_id is not None
        return forms.HoursForm(request, held=held, changed_at=owner.changed_at, has_place=has_place)

    return _hours(request, hand, (word, key), here="hours", make=make, template="directory/desk/hours.html")


def exceptions(request: Request, hand: Hand, word: str, key: UUID) -> HttpResponse:
    def make(owner: Owner, held: Plain) -> forms.ExceptionsForm:
        today = request.reading.clockwork.today
        return forms.ExceptionsForm(request, held=held, changed_at=owner.changed_at, today=today)

    return _hours(
        request, hand, (word, key), here="exceptions", make=make, template="directory/desk/exceptions.html"
    )


def holidays(request: Request, hand: Hand, word: str, key: UUID) -> HttpResponse:
    def make(owner: Owner, held: Plain) -> forms.HolidaysForm:
        today = request.reading.clockwork.today
        return forms.HolidaysForm(request, held=held, changed_at=owner.changed_at, today=today)

    return _hours(
        request, hand, (word, key), here="holidays", make=make, template="directory/desk/holidays.html"
    )


def _hours(
    request: Request,
    hand: Hand,
    which: tuple[str, UUID],
    *,
    here: str,
    make: Callable[[Owner, Plain], forms.EntryForm],
    template: str,
) -> HttpResponse:
    word, key = which
    if KINDS.get(word) not in ("place", "channel"):
        raise Http404
    owner = cast("Owner", hand.entry(KINDS[word], key))
    again = making.returned(request, hand, owner)
    held = making.proposed(snapshot(owner, FIELDS), again)
    form = make(owner, held)
    address = hand.url(here, word, key)
    if request.method == "POST" and form.action in ("save", "preview") and form.is_valid():
        save = _saving(request, hand, owner, form, address)
        done = once(form, save, now=request.reading.now) if form.action == "save" else None
        if done:
            return done
        held = {**held, **form.values()}
    context = {
        "form": form,
        "hand": hand,
        "name": queries.name_of(owner),
        "pages": [(name, hand.url(page, word, key), page == here) for page, name in PAGES],
        "shown": _shown(owner, held),
        "help": HELP[here],
        "after": hand.home(queries.owner_of(owner)),
    }
    return render(request, template, context)


def _saving(
    request: Request, hand: Hand, owner: Owner, form: forms.EntryForm, address: str
) -> Callable[[], str]:
    again = making.returned(request, hand, owner)

    def save() -> str:
        if again is not None and hand.person is not None:
            values = making.different(snapshot(owner, form.values()), form.values())
            operations.propose_again(again, values, actor=hand.person, now=request.reading.now)
            return hand.said(request, "asked", hand.home(queries.owner_of(owner)))
        done = operations.submit(
            owner, form.values(), actor=hand.person, now=request.reading.now, seen=form.opened_at, note=hand.note,
            reporter=hand.reporter,
        )  # fmt: skip
        code = "nothing" if done is None else "asked" if isinstance(done, Proposal) else _kept(owner)
        return hand.said(request, code, address)

    return save


def _kept(owner: Owner) -> str:
    return "public" if owner.state == "published" else "draft"


def _shown(owner: Owner, held: Plain) -> Shown:
    """Return what people would see; a way that keeps the hours of its place shows those."""
    if isinstance(owner, Channel) and held.get("hours_of_place") and owner.place:
        held = snapshot(owner.place, ("hours", "exceptions"))
    return shown_of(held)


def shown_of(held: Plain) -> Shown:
    """Return what people would see of these rows."""
    rows: Any = held
    schedule, notes = schedule_of(rows["hours"], rows["exceptions"])
    return Shown(schedule, notes)


HELP: dict[str, str | Promise] = {
    "hours": _(
        "Write from when to when people get help. A day without times is a day on which you are closed. If the hours "
        "are different in the summer, add other hours and say from when until when they hold."
    ),
    "exceptions": _(
        "Write here single days or weeks that are unlike the others: a day off, a course day, a summer break. They "
        "replace the ordinary hours on those days, and end by themselves."
    ),
    "holidays": _(
        "Say what is there on each holiday. If nothing is said about a public holiday, people are told that the "
        "hours are not known. Christmas Eve and Midsummer Eve are not public holidays by law: say them by name."
    ),
}
