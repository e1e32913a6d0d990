"""Waiting for a time without an account: joining the line, seeing one's place, taking what comes free."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kilauta.domains.booking.forms.desk import WaitForm
from kilauta.domains.booking.operations import waiting as operations
from kilauta.domains.booking.queries import public
from kilauta.domains.booking.queries import waiting as queries
from kilauta.domains.booking.queries.secrets import key_of_form, token_of
from kilauta.domains.directory.models import Channel
from kilauta.domains.directory.queries.pages import by_name
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit.access.doors import public as open_door
from kilauta.kit.forms import OnceForm
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.forms.once import once
from kilauta.lib.zone import local

# What is written in the fields at first: a month of days.
USUAL = timedelta(days=30)


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@open_door
@visitor_form
def join(request: Request, channel: UUID) -> HttpResponse:
    """Where no time suits: wait for one that comes free."""
    reading, now = request.reading, request.reading.now
    thing = public.bookable(reading, channel)
    if thing is None:
        raise Http404
    today = local(now).date()
    known = reading.catalogue.municipalities
    towns = by_name((known[code] for code in reading.network.municipalities if code in known), reading.lang)
    form = WaitForm(
        request, towns=[(each.code, str(each.name.pick(reading.lang))) for each in towns],
        is_home=thing.family == "home", initial={"from_on": today, "until_on": today + USUAL},
    )  # fmt: skip

    def act() -> str:
        given = form.cleaned_data
        operations.join(
            Channel.objects.get(pk=channel), network=reading.network.id, contact=form.contact(reading.lang),
            from_on=given["from_on"], until_on=given["until_on"], now=now, key=form.key,
        )  # fmt: skip
        return reverse("booking:wait", args=[channel])

    if form.is_valid() and once(form, act, now=now):
        # made from the key of the form, so that the secret address is written down nowhere
        return redirect("booking:waiting", token_of(key_of_form(form.key)))
    return render(request, "booking/public/waiting_join.html", {"form": form, "thing": thing})


@open_door
@visitor_form
def waiting(request: Request, token: str) -> HttpResponse:
    """One's place in line, and leaving it."""
    now = request.reading.now
    held = queries.waiting_by(token, request.reading.network.id)
    if held is None:
        raise Http404
    form = OnceForm(request)

    def act() -> str:
        operations.leave(held, now=now)
        return reverse("booking:find")

    if form.is_valid() and once(form, act, now=now):
        return redirect("booking:waiting", token)
    context = {"page": queries.waiting_page(held, now=now), "form": form}
    return render(request, "booking/public/waiting.html", context)


@open_door
@visitor_form
def opening(request: Request, token: str) -> HttpResponse:
    """A time that has come free: take it, or leave it to the next in line."""
    now = request.reading.now
    held = queries.opening_by(token, request.reading.network.id)
    if held is None:
        raise Http404
    form, deed = OnceForm(request), request.POST.get("do", "")

    def act() -> str:
        if deed == "take":
            operations.accept(held, actor=None, now=now)
        elif deed == "leave":
            operations.leave(held.waiting, now=now)
        elif deed == "pass":
            operations.decline(held, actor=None, now=now)
        return reverse("booking:find")

    if form.is_valid() and once(form, act, now=now):
        return redirect("booking:opening", token)
    held.refresh_from_db()
    page = queries.opening_page(held, now=now)
    return render(request, "booking/public/waiting_opening.html", {"page": page, "form": form})
