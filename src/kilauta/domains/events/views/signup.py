"""Signing up without an account, and seeing or cancelling what one has signed up for."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.events.forms.public import SignupCodeForm, SignupForm
from kilauta.domains.events.logic.guest import Guest
from kilauta.domains.events.models import Signup
from kilauta.domains.events.operations import signups as operations
from kilauta.domains.events.operations.opening import open_by_code
from kilauta.domains.events.queries import secrets
from kilauta.domains.events.queries import signing as queries
from kilauta.kit.access.doors import public
from kilauta.kit.calendars import sheet
from kilauta.kit.documents import qr_svg
from kilauta.kit.forms import OnceForm
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.forms.once import once
from kilauta.kit.limits.addresses import client_address
from kilauta.kit.refusals import Refused

from .public import Request

CALENDAR = "text/calendar; charset=utf-8"


@public
@visitor_form
def sign_up(request: Request, address: str, occurrence: UUID | None = None) -> HttpResponse:
    """Who comes and how they are reached; then they have a seat, or a place in the waiting line."""
    reading = request.reading
    thing = queries.wanted(reading, address.split("-", 1)[0], occurrence)
    if thing is None:
        raise Http404
    if not thing.is_open and request.method != "POST":
        # its page says what has become of it
        return redirect("events:event", thing.address)
    form = SignupForm(request, ways=queries.ways_found(reading.lang))

    def receive() -> str:
        operations.sign_up(
            thing.event,
            occurrence=thing.occurrence,
            guest=Guest(**form.cleaned_data, lang=reading.lang, waits=form.waits),
            actor=None,
            now=reading.now,
            key=form.key,
        )
        return reverse("events:event", args=[thing.address])

    if form.is_valid() and once(form, receive, now=reading.now):
        # made from the key of the form, so that the secret address is written down nowhere
        return redirect("events:signup", secrets.token_of(secrets.key_of_form(form.key)))
    return render(request, "events/public/sign_up.html", {"thing": thing, "form": form})


@public
@visitor_form
def find(request: Request) -> HttpResponse:
    """The way in for who has only a number and a code on paper."""
    form, reading = SignupCodeForm(request), request.reading
    if form.is_valid():
        try:
            signup = open_by_code(
                **form.cleaned_data,
                network=reading.network.id,
                visitor=client_address(request),
                now=reading.now,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("events:signup", secrets.token_of(signup.pk))
    return render(request, "events/public/find.html", {"form": form})


@public
@require_safe
def signup(request: Request, token: str) -> HttpResponse:
    """The sign-up as it stands now, on whatever device it is opened."""
    page = queries.signup_page(request.reading, _signup(request.reading, token))
    return render(request, "events/public/signup.html", {"page": page})


@public
@require_safe
def slip(request: Request, token: str) -> HttpResponse:
    """The sign-up on paper: when and where, how to cancel, and a picture that leads to its page."""
    page = queries.signup_page(request.reading, _signup(request.reading, token))
    address = request.build_absolute_uri(reverse("events:signup", args=[token]))
    drawn = qr_svg(address, title=_("The page of this sign-up"))
    return render(request, "events/public/slip.html", {"page": page, "qr": drawn})


@public
@visitor_form
def cancel(request: Request, token: str) -> HttpResponse:
    form, reading = OnceForm(request), request.reading
    held = _signup(reading, token)

    def receive() -> str:
        operations.cancel_signup(held, actor=None, now=reading.now)
        return reverse("events:find")

    if form.is_valid() and once(form, receive, now=reading.now):
        return redirect("events:signup", token)
    page = queries.signup_page(reading, held)
    if not page.is_open:
        return redirect("events:signup", token)
    return render(request, "events/public/cancel.html", {"page": page, "form": form})


@public
@require_safe
def calendar_file(request: Request, token: str) -> HttpResponse:
    """The times to come of a sign-up, for the calendar of whoever has its link."""
    held = _signup(request.reading, token)
    entries = queries.own_entries(held, now=request.reading.now)
    answer = HttpResponse(sheet(entries, now=request.reading.now), content_type=CALENDAR)
    answer["Content-Disposition"] = f'inline; filename="{held.number}.ics"'
    # no copy is kept on the way, and no machine lists it
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _signup(reading: Reading, token: str) -> Signup:
    found = secrets.by_token(token)
    if found is None or found.event.network_id != reading.network.id:
        raise Http404
    return found
