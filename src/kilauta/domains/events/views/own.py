"""The events of those who hold them: the list, one form, and the page of one event with what must be done."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kilauta.domains.events import rules
from kilauta.domains.events.forms.events import EventForm, MoveForm, NewEventForm, TimeForm, opening
from kilauta.domains.events.logic.times import MOST_TIMES
from kilauta.domains.events.models import Event, Occurrence
from kilauta.domains.events.operations import events as operations
from kilauta.domains.events.operations import occurrences
from kilauta.domains.events.queries import own as queries
from kilauta.domains.events.queries.choice import choice
from kilauta.domains.events.queries.telling import address_of
from kilauta.domains.events.queries.times import time_opening
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.forms.once import once
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

BOTH = ["GET", "HEAD", "POST"]


@room(Verb.WORK)
@require_safe
def own(request: WorkRequest) -> HttpResponse:
    """The events that I have to do with: what comes, what waits to be closed, drafts, the past."""
    page = queries.own_list(request.holdings, str(request.region), now=clock.now())
    may_add = rules.organisers_for(request.holdings).exists()
    return render(request, "events/desk/own.html", {"page": page, "may_add": may_add})


@room(Verb.EDIT)
@require_http_methods(BOTH)
def new(request: WorkRequest) -> HttpResponse:
    """One form, and the event has its page, its leaflet, its place in calendars and its texts."""
    region, now = str(request.region), clock.now()
    form = NewEventForm(request, choice(request.holdings, region))

    def make() -> str:
        made = operations.add_event(
            region, form.told(), spans=form.spans, actor=request.person, now=now,
            publish=request.POST.get("do") == "publish",
        )  # fmt: skip
        return reverse("events:own-event", args=[made.pk])

    if form.is_valid() and (done := once(form, make, now=now)):
        return done
    return render(request, "events/desk/edit.html", {"form": form, "most": MOST_TIMES})


@room(Verb.WORK)
@require_safe
def event(request: WorkRequest, key: UUID) -> HttpResponse:
    """One event: its times, where it is told of, who must be rung."""
    held = found(request, key)
    page = queries.event_page(held, request.holdings, now=clock.now())
    return render(request, "events/desk/event.html", {"page": page, "address": address_of(held)})


@room(Verb.EDIT)
@require_POST
def state(request: WorkRequest, key: UUID) -> HttpResponse:
    """Publish the event, or withdraw it."""
    held, now = found(request, key, to_change=True), clock.now()
    try:
        if request.POST.get("do") == "publish":
            operations.publish_event(held, actor=request.person, now=now)
            messages.success(request, _("Published: everybody can see it now."))
        elif request.POST.get("do") == "withdraw":
            operations.withdraw_event(held, actor=request.person, now=now)
            messages.success(request, _("Withdrawn: nobody sees it in the lists any more."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("events:own-event", key)


@room(Verb.EDIT)
@require_http_methods(BOTH)
def edit(request: WorkRequest, key: UUID) -> HttpResponse:
    held = found(request, key, to_change=True)
    form = EventForm(request, choice(request.holdings, held.network_id, held=held), initial=opening(held))

    def change() -> str:
        operations.change_event(held, form.told(), actor=request.person, now=clock.now())
        return reverse("events:own-event", args=[key])

    if form.is_valid() and (done := once(form, change, now=clock.now())):
        messages.success(request, _("Saved."))
        return done
    return render(request, "events/desk/edit.html", {"form": form, "event": held})


@room(Verb.EDIT)
@require_http_methods(BOTH)
def add_time(request: WorkRequest, key: UUID) -> HttpResponse:
    held = found(request, key, to_change=True)
    form = TimeForm(request, initial=time_opening(held))

    def add() -> str:
        for span in form.spans:
            occurrences.add_occurrence(held, span, actor=request.person, now=clock.now())
        return reverse("events:own-event", args=[key])

    if form.is_valid() and (done := once(form, add, now=clock.now())):
        messages.success(request, _("Saved."))
        return done
    return render(request, "events/desk/time.html", {"form": form, "event": held})


@room(Verb.EDIT)
@require_http_methods(BOTH)
def time(request: WorkRequest, key: UUID, occurrence: UUID) -> HttpResponse:
    """Move a time, or cancel it; all who signed up are told."""
    held = found(request, key, to_change=True)
    mine = _time(held, occurrence)
    form = MoveForm(
        request, choice(request.holdings, held.network_id, held=held), initial=time_opening(held, mine)
    )
    if request.method == "POST" and request.POST.get("do") == "cancel":
        return _cancelled(request, mine)

    def move() -> str:
        place = queries.place_of(form.cleaned_data["place"])
        (span,) = form.spans
        occurrences.move_occurrence(mine, span, place=place, actor=request.person, now=clock.now())
        return reverse("events:own-event", args=[key])

    if form.is_valid() and (done := once(form, move, now=clock.now())):
        messages.success(request, _("Moved. Everybody who signed up is told."))
        return done
    return render(request, "events/desk/time.html", {"form": form, "event": held, "occurrence": mine})


def _cancelled(request: WorkRequest, occurrence: Occurrence) -> HttpResponse:
    try:
        occurrences.cancel_occurrence(occurrence, actor=request.person, now=clock.now())
        messages.success(request, _("Cancelled. Everybody who signed up is told."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("events:own-event", occurrence.event_id)


def found(request: WorkRequest, key: UUID, *, to_change: bool = False) -> Event:
    """Return the event that the person may run, or change; to everybody else it is not there."""
    held = queries.event_for(request.holdings, key, to_change=to_change)
    if held is None:
        raise Http404
    return held


def _time(event: Event, key: UUID) -> Occurrence:
    held = event.occurrences.select_related("event__network", "place").filter(pk=key).first()
    if held is None:
        raise Http404
    return held
