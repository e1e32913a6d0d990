"""What one does with a whole entry: make it public, take it away, put a notice beside it; and planning."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from kilauta.domains.directory import forms, operations
from kilauta.domains.directory.choices import PLANNING
from kilauta.domains.directory.models import Channel, Place, Proposal, Service
from kilauta.domains.directory.queries import own as queries
from kilauta.kit.accounts.models import Person
from kilauta.kit.forms.once import once
from kilauta.kit.refusals import Refused

from .hands import Hand, Request

# The words of addresses.
KINDS = {"palvelu": "service", "tapa": "channel", "paikka": "place", "organisaatio": "organisation"}
Draft = Place | Service | Channel


def ways(request: Request, hand: Hand, key: UUID) -> HttpResponse:
    """One service with its ways, and what can be done with them."""
    service = cast("Service", hand.entry("service", key))
    shown = queries.service_page(service, request.reading.now)
    return render(request, "directory/desk/ways.html", {"page": shown, "service": service, "hand": hand})


def publish(request: Request, hand: Hand, word: str, key: UUID) -> HttpResponse:
    thing = _draft(hand, word, key)
    try:
        done = operations.offer(thing, actor=cast("Person", hand.person), now=request.reading.now)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(_place_of(hand, thing))
    code = "asked" if isinstance(done, Proposal) else "public"
    return redirect(hand.said(request, code, _place_of(hand, thing)))


def withdraw(request: Request, hand: Hand, word: str, key: UUID) -> HttpResponse:
    thing = _draft(hand, word, key)
    done = operations.take_away(thing, actor=cast("Person", hand.person), now=request.reading.now)
    code = "asked" if isinstance(done, Proposal) else "gone"
    return redirect(hand.said(request, code, _place_of(hand, thing)))


def notice(request: Request, hand: Hand, word: str, key: UUID) -> HttpResponse:
    """Put a dated notice beside an entry."""
    thing = hand.entry(_kind(word), key)
    form = forms.NoticeForm(request)
    after = hand.home(queries.owner_of(thing))

    def add() -> str:
        given = dict(form.cleaned_data)
        actor = cast("Person", hand.person)
        operations.add_notice(thing, given.pop("text"), **given, actor=actor, now=request.reading.now)
        return hand.said(request, "notice", after)

    done = once(form, add, now=request.reading.now) if form.is_valid() else None
    context = {"form": form, "thing": thing, "name": queries.name_of(thing), "after": after, "hand": hand}
    return done or render(request, "directory/desk/notice.html", context)


def end_notice(request: Request, hand: Hand, key: int) -> HttpResponse:
    found = hand.notice(key)
    thing = found.organisation or found.place or found.service or found.channel
    operations.end_notice(found, actor=cast("Person", hand.person), now=request.reading.now)
    return redirect(hand.said(request, "notice-ended", hand.home(queries.owner_of(thing))))


def planning(request: Request, hand: Hand, key: UUID) -> HttpResponse:
    """What the organisation tells its network, and never the public."""
    organisation = hand.organisation_of(key)
    form = forms.PlanningForm(request, initial=dict(queries.planning_of(organisation)))

    def save() -> str:
        for kind in PLANNING:
            operations.plan(
                organisation,
                kind,
                form.values()[kind],
                actor=cast("Person", hand.person),
                now=request.reading.now,
            )
        return hand.said(request, "kept", hand.home(organisation))

    done = once(form, save, now=request.reading.now) if form.is_valid() else None
    context = {"form": form, "organisation": organisation, "hand": hand}
    return done or render(request, "directory/desk/planning.html", context)


def _draft(hand: Hand, word: str, key: UUID) -> Draft:
    kind = _kind(word)
    if kind == "organisation":
        raise Http404
    return cast("Draft", hand.entry(kind, key))


def _kind(word: str) -> str:
    if word not in KINDS:
        raise Http404
    return KINDS[word]


def _place_of(hand: Hand, thing: Draft) -> str:
    if isinstance(thing, Place):
        return hand.home(thing.host)
    return hand.url("ways", thing.pk if isinstance(thing, Service) else thing.service_id)
