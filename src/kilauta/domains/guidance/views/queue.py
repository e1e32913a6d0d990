"""Requests for help as supporters and coordinators see them: taken with one tap, and closed with one more."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance import choices
from kilauta.domains.guidance.forms.requests import CloseForm, NumberForm, PassForm, PromiseForm
from kilauta.domains.guidance.models import HelpRequest
from kilauta.domains.guidance.operations import requests as operations
from kilauta.domains.guidance.queries import requests as queries
from kilauta.domains.guidance.queries.referrals import of_request
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Deed
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.zone import local

from .requests import spoken


@room(Verb.WORK, pledged=True)
@require_safe
def queue(request: WorkRequest) -> HttpResponse:
    """What I have taken, and what waits for somebody like me."""
    found = queries.queue(request.person, request.holdings, str(request.region), now=clock.now())
    context = {
        "mine": [_row(each) for each in found.mine],
        "offered": [{**_row(each.request), "offered": each} for each in found.offered],
    }
    return render(request, "guidance/desk/queue.html", context)


def _row(held: HelpRequest) -> dict[str, object]:
    return {
        "asked": held,
        "number": spoken(held.number),
        "way": choices.WISHED[held.mode],
        "when": choices.WHEN[held.wanted],
        "whose": choices.WHOSE[held.whose],
        "only_by": choices.ONLY_BY[held.only_by] if held.only_by else "",
    }


@room(Verb.WORK, pledged=True)
@require_POST
def take(request: WorkRequest, key: UUID) -> HttpResponse:
    """Take a waiting request; of several who press at once one gets it."""
    now = clock.now()
    offered = queries.offered_to(request.person, request.holdings, str(request.region), key, now=now)
    if offered is None:
        return _too_late(request, key)
    try:
        operations.take(offered, actor=request.person, now=now)
    except Refused as refused:
        messages.info(request, refused.message)
        return redirect("guidance:queue")
    messages.success(request, _("It is yours now. Ring or write as they wished."))
    return redirect("guidance:request", key)


def _too_late(request: WorkRequest, key: UUID) -> HttpResponse:
    """Lead to what one has; tell who came second; to everybody else there is nothing."""
    if queries.request_of(request.person, key):
        return redirect("guidance:request", key)
    gone = queries.was_offered_to(request.person, request.holdings, str(request.region), key, now=clock.now())
    if not gone:
        raise Http404
    messages.info(request, _("Somebody else has just taken this one. Thank you for being ready to help."))
    return redirect("guidance:queue")


@room(Verb.WORK, pledged=True)
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: WorkRequest, key: UUID) -> HttpResponse:
    """A request that I have taken: how to reach the person, and how it ended. One that waits for me: what it is."""
    now, person = clock.now(), request.person
    held = queries.request_of(person, key)
    if held is None:
        offered = queries.offered_to(person, request.holdings, str(request.region), key, now=now)
        if offered is None:
            raise Http404
        return render(
            request, "guidance/desk/request_waits.html", {**_row(offered.request), "offered": offered}
        )
    whom = _whom(held, but=person)
    closing = CloseForm(request.POST if request.POST.get("do") == "close" else None)
    passing = PassForm(request.POST if request.POST.get("do") == "pass" else None, whom=whom)
    done = _done(request, held, closing, passing) if request.method == "POST" else None
    if done:
        return done
    shows = bool(held.contact) and held.state == "taken"
    if shows:
        note_access(Deed.SEEN, [held], actor=person, now=now)
    context = {
        **_row(held), "held": held, "shows": shows, "form": closing, "passing": passing, "who": _("whoever asked"),
        "ended": choices.REASONS[held.reason] if held.reason else "",
        "led": [(each, choices.REFERRAL_STATES[each.state]) for each in of_request(held)],
    }  # fmt: skip
    return render(request, "guidance/desk/request.html", context)


def _done(
    request: WorkRequest, held: HelpRequest, closing: CloseForm, passing: PassForm
) -> HttpResponse | None:
    """Do what the button says; None when the page is to be shown again, with what is wrong."""
    actor, now, do = request.person, clock.now(), request.POST.get("do", "")
    try:
        if do == "back":
            operations.give_back(held, actor=actor, now=now)
            messages.success(request, _("It waits for others again."))
            return redirect("guidance:queue")
        if do == "pass" and passing.is_valid():
            person, body = _chosen(passing.cleaned_data["whom"])
            office = _office(request)
            operations.pass_on(held, person=person, organisation=body, office=office, actor=actor, now=now)
            messages.success(request, _("It has been passed on."))
            return redirect("guidance:queue")
        if do == "close" and closing.is_valid():
            closed = operations.close(held, reason=closing.cleaned_data["reason"], actor=actor, now=now)
            return _on(request, closed)
    except Refused as refused:
        messages.info(request, refused.message)
        return redirect("guidance:queue")
    return None


def _on(request: WorkRequest, closed: HelpRequest) -> HttpResponse:
    """Go on: to the entry of the log that the help has made, to leading on, else to the queue."""
    if closed.session_id:
        messages.success(request, _("Closed, and noted in the log. Add more here if you like."))
        return redirect("guidance:session", closed.session_id)
    messages.success(request, _("Closed. The contact is erased in a week."))
    return redirect("guidance:queue")


def _office(request: WorkRequest) -> str:
    return request.build_absolute_uri(reverse("guidance:queue"))


def _whom(held: HelpRequest, *, but: Person | None = None) -> list[tuple[str, str]]:
    """Return to whom a request may go: supporters, those it fits first, then organisations."""
    day = local(clock.now()).date()
    people = [
        (f"person:{person.pk}:{body.pk}", f"{person}, {body}")
        for person, body in queries.takers(held, day=day)
        if person != but
    ]
    bodies = queries.organisations_of(held.network_id, day=day)
    return [*people, *((f"body::{body.pk}", str(body)) for body in bodies)]


def _chosen(whom: str) -> tuple[Person | None, Organisation]:
    """Return the person and the organisation of a choice of `_whom`."""
    _kind, person, body = whom.split(":")
    return Person.objects.filter(pk=person).first() if person else None, Organisation.objects.get(pk=body)


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def by_number(request: WorkRequest) -> HttpResponse:
    """Somebody rings with their number: how the request stands; it can be taken back for them. No contact is shown."""
    form = NumberForm(request)
    held = None
    if form.is_valid():
        held = queries.by_number(str(request.region), form.cleaned_data["number"])
        if held is None:
            form.add_error("number", _("There is no such request here. Check the number."))
        elif request.POST.get("do") == "withdraw":
            held = operations.withdraw(held, actor=request.person, now=clock.now())
    context = {"form": form, **(_row(held) if held else {}), "held": held}
    if held:
        context["ended"] = choices.REASONS[held.reason] if held.reason else ""
        context["state"] = choices.REQUEST_STATES[held.state]
    return render(request, "guidance/desk/by_number.html", context)


@room(Verb.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: WorkRequest) -> HttpResponse:
    """All open requests of the network: those that nobody has taken in the promised time at the top."""
    network, now = here(request, Verb.COORDINATE), clock.now()
    days = queries.promise(network)
    form = PromiseForm(request.POST or None, initial={"working_days": days})
    if form.is_valid():
        operations.set_promise(network, **form.cleaned_data, actor=request.person, now=now)
        messages.success(request, _("Saved."))
        return redirect("guidance:office-requests")
    late, others = queries.of_office(network, now=now)
    context = {"late": [_row(each) for each in late], "others": [_row(each) for each in others], "form": form}
    return render(request, "guidance/office/requests.html", context)


@room(Verb.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def office_request(request: WorkRequest, key: UUID) -> HttpResponse:
    """One request in the office: who has it, and to whom it is given now. No contact is shown."""
    network, now = here(request, Verb.COORDINATE), clock.now()
    held = queries.in_office(network, key)
    if held is None:
        raise Http404
    form = PassForm(request.POST or None, whom=_whom(held))
    if form.is_valid():
        person, body = _chosen(form.cleaned_data["whom"])
        try:
            operations.assign(
                held, person=person, organisation=body, office=_office(request), actor=request.person, now=now
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("It waits for them now."))
            return redirect("guidance:office-requests")
    context = {**_row(held), "held": held, "form": form, "is_late": queries.is_late(held, now),
               "state": choices.REQUEST_STATES[held.state],
               "ended": choices.REASONS[held.reason] if held.reason else ""}  # fmt: skip
    return render(request, "guidance/office/request.html", context)
