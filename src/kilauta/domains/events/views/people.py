"""Who has signed up: the list, a sign-up by phone or paper, and whom to ring."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kilauta.domains.events.forms.people import StaffSignupForm
from kilauta.domains.events.models import Event
from kilauta.domains.events.operations import signups as operations
from kilauta.domains.events.queries import own as queries
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.forms.once import once
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

from .own import found

BOTH = ["GET", "HEAD", "POST"]


@room(Verb.WORK)
@require_http_methods(BOTH)
def people(request: WorkRequest, key: UUID) -> HttpResponse:
    """The list by time; somebody who rings or writes on paper is signed up here, in one form."""
    held, now = found(request, key), clock.now()
    times = queries.open_times(held, now=now)
    form = StaffSignupForm(request, times)

    def sign_up() -> str:
        operations.sign_up(
            held, occurrence=form.occurrence, guest=form.guest(), actor=request.person, now=now, key=form.key
        )
        return reverse("events:people", args=[key])

    if request.method == "POST" and request.POST.get("cancel"):
        return _cancelled(request, held)
    if form.is_valid() and (done := once(form, sign_up, now=now)):
        messages.success(request, _("Signed up."))
        return done
    context = {"event": held, "form": form, "lists": queries.signups_of(held), "times": times}
    return render(request, "events/desk/people.html", context)


@room(Verb.WORK)
@require_http_methods(BOTH)
def calls(request: WorkRequest) -> HttpResponse:
    """Whom no message reaches: rung one by one, and marked."""
    mine = queries.open_calls(request.holdings, str(request.region))
    if request.method == "POST":
        call = (
            mine.filter(pk=_key(request.POST.get("call", ""))).first() if request.POST.get("call") else None
        )
        # rung already by somebody else, it is on the list no more
        if call is not None:
            operations.note_rung(call, actor=request.person, now=clock.now())
        return redirect("events:calls")
    return render(request, "events/desk/calls.html", {"rows": queries.call_rows(mine)})


def _cancelled(request: WorkRequest, event: Event) -> HttpResponse:
    signup = queries.signup_for(event, _key(request.POST["cancel"]))
    if signup is None:
        raise Http404
    try:
        operations.cancel_signup(signup, actor=request.person, now=clock.now())
        messages.success(request, _("Cancelled. The seat goes to the next who waits."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("events:people", event.pk)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
