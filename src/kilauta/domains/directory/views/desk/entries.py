"""Editing what an organisation says of itself: the organisation, its services, the ways to get them, its places."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory import forms, operations
from kilauta.domains.directory.choices import label
from kilauta.domains.directory.models import Channel, Organisation, Place, Proposal, Service
from kilauta.domains.directory.queries import pages, preview
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.directory.queries.snapshots import KINDS, Plain, kind_of, snapshot
from kilauta.kit.accounts.models import Person
from kilauta.kit.forms.once import once
from kilauta.kit.refusals import Refused

from . import making
from .hands import Hand, Request

Entry = Organisation | Place | Service | Channel


@dataclass(frozen=True, slots=True)
class Desk:
    """What an editor's page needs besides its form."""

    title: object
    name: object
    owner: Organisation | None
    entry: Entry | None
    help: str | Promise
    save: Callable[[], str]
    trial: Callable[[], Entry]
    back: str = ""


def organisation(request: Request, hand: Hand, key: UUID) -> HttpResponse:
    thing = cast("Organisation", hand.entry("organisation", key))
    held = _held(request, hand, thing, KINDS["organisation"].columns)
    form = forms.OrganisationForm(request, held=held, changed_at=thing.changed_at)
    desk = _desk(request, hand, thing, form, title=_("Contact details and introduction"), owner=thing)
    return _edit(request, hand, form, desk)


def service(request: Request, hand: Hand, key: UUID) -> HttpResponse:
    thing = cast("Service", hand.entry("service", key))
    names = KINDS["service"].fields - {"roles", "links"}
    form = making.service_form(request, hand, _held(request, hand, thing, names), thing)
    desk = _desk(request, hand, thing, form, title=_("Service"), owner=thing.organisation)
    return _edit(request, hand, form, desk)


def new_service(request: Request, hand: Hand, key: UUID) -> HttpResponse:
    owner = hand.organisation_of(key)
    form = making.service_form(request, hand, {}, None)

    def add() -> Service:
        return operations.add_service(owner, form.values(), actor=hand.person, now=request.reading.now)

    def save() -> str:
        made = add()
        return hand.said(request, "draft", hand.url("ways", made.pk))

    desk = Desk(_("New service"), owner.name, owner, None, HELP["service"], save, add)
    return _edit(request, hand, form, desk)


def place(request: Request, hand: Hand, key: UUID) -> HttpResponse:
    thing = cast("Place", hand.entry("place", key))
    held = _held(request, hand, thing, KINDS["place"].columns)
    form = making.place_form(request, held, thing)
    desk = _desk(request, hand, thing, form, title=_("Place"), owner=thing.host)
    return _edit(request, hand, form, desk)


def new_place(request: Request, hand: Hand, key: UUID) -> HttpResponse:
    owner = hand.organisation_of(key)
    form = making.place_form(request, {}, None)
    by = {"actor": hand.person, "now": request.reading.now}

    def add() -> Place:
        return operations.add_place(owner, form.values(), steward=owner.steward, **by)  # type: ignore[arg-type]  # who and when

    def save() -> str:
        made = add()
        operations.offer(made, **by)  # type: ignore[arg-type]  # the same
        return hand.said(
            request, "public" if owner.trusted else "asked", hand.url("hours", "paikka", made.pk)
        )

    desk = Desk(_("New place"), owner.name, owner, None, HELP["place"], save, add)
    return _edit(request, hand, form, desk)


def channel(request: Request, hand: Hand, key: UUID) -> HttpResponse:
    thing = cast("Channel", hand.entry("channel", key))
    mode = request.GET.get("tapa", thing.mode)
    if mode not in forms.FIELDS_OF_MODE:
        return making.modes(request, hand, thing.service, hand.url("channel", thing.pk))
    held = _held(request, hand, thing, (*KINDS["channel"].columns, "area"))
    form = making.channel_form(request, held, thing.service, mode, thing)
    desk = _desk(
        request,
        hand,
        thing,
        form,
        title=label("mode", mode),
        owner=thing.service.organisation,
        name=thing.service.name,
    )
    return _edit(request, hand, form, desk, other_modes=f"{hand.url('channel', thing.pk)}?tapa=valitse")


def new_channel(request: Request, hand: Hand, key: UUID) -> HttpResponse:
    thing = cast("Service", hand.entry("service", key))
    mode = request.GET.get("tapa", "")
    if mode not in forms.FIELDS_OF_MODE:
        return making.modes(request, hand, thing, hand.url("new-channel", thing.pk))
    form = making.channel_form(request, {}, thing, mode, None)
    person = cast("Person", hand.person)

    def save() -> str:
        made = operations.offer_channel(thing, form.values(), actor=person, now=request.reading.now)
        public = made.state == "published"
        code = "public" if public else "asked" if thing.state == "published" else "draft"
        return hand.said(request, code, hand.url("hours", "tapa", made.pk))

    def add() -> Channel:
        return operations.add_channel(thing, form.values(), actor=person, now=request.reading.now)

    desk = Desk(label("mode", mode), thing.name, thing.organisation, None, HELP["channel"], save, add)
    return _edit(request, hand, form, desk, other_modes=hand.url("new-channel", thing.pk))


def _held(request: Request, hand: Hand, thing: Entry, names: Iterable[str]) -> Plain:
    return making.proposed(snapshot(thing, names), making.returned(request, hand, thing))


def _desk(
    request: Request,
    hand: Hand,
    thing: Entry,
    form: forms.EntryForm,
    *,
    title: object,
    owner: Organisation | None,
    name: object = None,
) -> Desk:
    by = {"actor": hand.person, "now": request.reading.now}
    again = making.returned(request, hand, thing)

    def save() -> str:
        values = form.values()
        if again is not None:
            operations.propose_again(again, making.different(snapshot(thing, values), values), **by)  # type: ignore[arg-type]  # who and when
            return hand.said(request, "asked", hand.home(owner))
        resources = {"resources": values.pop("resources")} if "resources" in values else {}
        done = operations.submit(
            thing,
            values,
            seen=form.opened_at,
            note=hand.note,
            reporter=hand.reporter,
            **by,  # type: ignore[arg-type]  # who and when
        )
        # never public, so nobody looks at it first
        aside = operations.change_entry(thing, resources, **by) if resources else None  # type: ignore[arg-type]  # the same
        code = _code(thing, done if done is not None else aside)
        return hand.said(request, code, _after(hand, thing))

    def trial() -> Entry:
        operations.change_entry(thing, form.values(), **by)  # type: ignore[arg-type]  # the same
        return type(thing).objects.get(pk=thing.pk)

    back = _after(hand, thing)
    return Desk(title, name or thing.name, owner, thing, HELP[kind_of(thing)], save, trial, back)  # type: ignore[union-attr]  # a channel gives its name


def _after(hand: Hand, thing: Entry) -> str:
    """Return where one goes on from an editor: the page of the service, else that of the organisation."""
    if isinstance(thing, Service | Channel) and not hand.token:
        return hand.url("ways", thing.pk if isinstance(thing, Service) else thing.service_id)
    owner = thing.host if isinstance(thing, Place) else thing if isinstance(thing, Organisation) else None
    return hand.home(owner)


def _code(thing: Entry, done: object) -> str:
    if done is None:
        return "nothing"
    if isinstance(done, Proposal):
        return "asked"
    return "public" if thing.state == "published" else "draft"


def _edit(request: Request, hand: Hand, form: forms.EntryForm, desk: Desk, **more: object) -> HttpResponse:
    """Show an editor, show what it would look like, or save."""
    if request.method == "POST" and form.action != "edit" and form.is_valid():
        if form.action == "preview":
            shown = _preview(request, hand, form, desk)
        else:
            shown = once(form, desk.save, now=request.reading.now)
        if shown is not None:
            return shown
    context = {"form": form, "desk": desk, "hand": hand, "other_modes": "", **more}
    return render(request, "directory/desk/edit.html", context)


def _preview(request: Request, hand: Hand, form: forms.EntryForm, desk: Desk) -> HttpResponse | None:
    """Return the public page with what was typed, or None where it would be refused."""
    now = request.reading
    held = now.catalogue

    def see(thing: Entry) -> tuple[str, object, Reading]:
        trial = Reading(preview.with_entry(held, thing), now.network, now.lang, now.now, now.clockwork)
        kind, shown = _public_page(trial, thing)
        return kind, shown, trial

    try:
        kind, shown, trial = operations.tried(desk.trial, see)
    except Refused as refused:
        form.refuse(refused)
        return None
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("do", "csrfmiddlewaretoken")
        for value in values
    ]
    context = {
        "public": f"directory/public/{kind}.html",
        "page": shown,
        "reading": trial,
        "sent": sent,
        "hand": hand,
    }
    return render(request, "directory/desk/preview.html", context)


def _public_page(reading: Reading, thing: Entry) -> tuple[str, object]:
    if isinstance(thing, Organisation):
        return "provider", pages.provider_page(reading, thing.short_id)
    if isinstance(thing, Place):
        return "place", pages.place_page(reading, thing.short_id)
    service = thing.service if isinstance(thing, Channel) else thing
    return "service", pages.service_page(reading, service.short_id)


HELP: dict[str, str | Promise] = {
    "organisation": _(
        "Here you keep your organisation's own contact details. Look at them first, change what is wrong, and press "
        "Save. “See how it looks” shows the page as people see it, and saves nothing yet."
    ),
    "service": _(
        "A service tells what you help with. How people get the help is told separately: a phone line, a place, a "
        "visit. Write so that somebody in need understands. You can save a draft with a name and one sentence, and "
        "go on later."
    ),
    "place": _(
        "Tell where the place is and how one gets in. If you do not know something, say so: that is better than a "
        "guess. People with a walker or a wheelchair plan their way by these answers. The opening hours have a page "
        "of their own."
    ),
    "channel": _(
        "Here you tell one way to get the help. If there are several, add each of them. Afterwards tell when the help "
        "is given: without hours people are asked to call first."
    ),
}
