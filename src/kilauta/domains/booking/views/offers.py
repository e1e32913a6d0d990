"""My times: what can be booked of me, in which weeks, days that are otherwise, and the rooms that go with it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kilauta.domains.booking import rules
from kilauta.domains.booking.forms import staff as forms
from kilauta.domains.booking.models import Offer
from kilauta.domains.booking.operations import offers as operations
from kilauta.domains.booking.queries import offers as queries
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.forms import Form
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.zone import local

BOTH = ["GET", "HEAD", "POST"]
# What a notice says that the week was asked to do, beside saving it.
ADD = "add"


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD"])
def offers(request: WorkRequest) -> HttpResponse:
    """Everything that can be booked of me, and of those whose times I look after."""
    page = queries.offers_page(request.person, request.holdings, now=clock.now())
    return render(request, "booking/desk/offers.html", {"page": page})


@room(Verb.WORK)
@require_http_methods(BOTH)
def new(request: WorkRequest) -> HttpResponse:
    """Begin to be booked: by which way to get help, how long, how early."""
    now = clock.now()
    choice = queries.choice(request.person, request.holdings, str(request.region), today=local(now).date())
    opening = {"supporter": str(request.person.pk), "channel": request.GET.get("tapa", "")}
    form = forms.NewOfferForm(request.POST or None, choice=choice, initial=opening)
    if form.is_valid():
        try:
            made = operations.add_offer(
                form.way, network=str(request.region), supporter=form.person, values=form.values(),
                facilities=form.chosen(), actor=request.person, now=now,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved. Write next in which weeks you can be booked."))
            return redirect("booking:offer-week", made.pk)
    return render(request, "booking/desk/offer_edit.html", {"form": form, "choice": choice})


@room(Verb.WORK)
@require_http_methods(BOTH)
def offer(request: WorkRequest, key: UUID) -> HttpResponse:
    """One offer: its week, the days that are otherwise, the free times of two weeks, and what lies outside."""
    held, now = _offer(request, key), clock.now()
    closing = forms.CloseForm(request.POST if request.POST.get("do") == "close" else None)
    opening = forms.OpenForm(request.POST if request.POST.get("do") == "open" else None, prefix="open")
    done = _deed(request, held, closing, opening)
    if done:
        messages.success(request, done)
        return redirect("booking:offer", key)
    context = {
        "page": queries.offer_page(held, now=now),
        "form": opening if opening.is_bound else closing,
        "closing": closing,
        "opening": opening,
    }
    return render(request, "booking/desk/offer.html", context)


def _deed(request: WorkRequest, held: Offer, closing: forms.CloseForm, opening: forms.OpenForm) -> str:
    """Do what was asked of days; return what was done, or "" where nothing was or the form says why not."""
    now, person = clock.now(), request.person

    def close() -> str:
        first, last = closing.days()
        operations.close_days([held], from_on=first, last_on=last, actor=person, now=now)
        return _("Closed. Bookings on those days stay until you move or cancel them.")

    def open_() -> str:
        on = opening.cleaned_data["on"]
        operations.open_day(held, on=on, **opening.span(), actor=person, now=now)
        return _("Opened.")

    if closing.is_bound:
        return _tried(closing, close)
    if opening.is_bound:
        return _tried(opening, open_)
    day = queries.day_of(request.POST.get("clear", ""))
    if day is None:
        return ""
    operations.clear_day(held, on=day, actor=person, now=now)
    return _("The day is as the week says again.")


def _tried(form: Form, act: Callable[[], str]) -> str:
    if not form.is_valid():
        return ""
    try:
        return act()
    except Refused as refused:
        form.refuse(refused)
        return ""


@room(Verb.WORK)
@require_http_methods(BOTH)
def edit(request: WorkRequest, key: UUID) -> HttpResponse:
    """How it is booked: length, notice, room around it, rooms and devices."""
    held = _offer(request, key)
    form = forms.OfferForm(
        request.POST or None, facilities=queries.facilities_of(held), initial=forms.said_of(held)
    )
    if form.is_valid():
        operations.change_offer(
            held, values=form.values(), facilities=form.chosen(), actor=request.person, now=clock.now()
        )
        messages.success(request, _("Saved."))
        return redirect("booking:offer", key)
    name = queries.name_of(held)
    return render(request, "booking/desk/offer_edit.html", {"form": form, "offer": held, "name": name})


@room(Verb.WORK)
@require_http_methods(BOTH)
def week(request: WorkRequest, key: UUID) -> HttpResponse:
    """The times of the week on one screen."""
    held = _offer(request, key)
    form = forms.WeekForm(request.POST or None, patterns=held.patterns.order_by("pk"))
    if request.POST.get("do") != ADD and form.is_valid():
        rows = [operations.Row(**row) for row in form.rows()]
        try:
            operations.set_week(held, rows=rows, actor=request.person, now=clock.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("booking:offer", key)
    context = {"form": form, "offer": held, "name": queries.name_of(held)}
    return render(request, "booking/desk/week.html", context)


@room(Verb.WORK)
@require_http_methods(BOTH)
def facilities(request: WorkRequest) -> HttpResponse:
    """The rooms and devices of the places one looks after."""
    rows, places = queries.facilities_page(request.holdings)
    form = forms.FacilityForm(request.POST or None, places=[(str(p.pk), p.name_fi) for p in places])
    if form.is_valid():
        given = form.cleaned_data
        place = next(each for each in places if str(each.pk) == given["place"])
        try:
            operations.add_facility(
                place, kind=given["kind"], name=given["name"], seats=given["seats"],
                actor=request.person, now=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("booking:facilities")
    return render(request, "booking/desk/facilities.html", {"form": form, "rows": rows, "places": places})


@room(Verb.WORK)
@require_POST
def end_facility(request: WorkRequest, key: UUID) -> HttpResponse:
    held = rules.facilities_for(request.holdings).filter(pk=key).first()
    if held is None:
        raise Http404
    operations.end_facility(held, actor=request.person, now=clock.now())
    messages.success(request, _("Removed."))
    return redirect("booking:facilities")


def _offer(request: WorkRequest, key: UUID) -> Offer:
    found = queries.offer_for(request.person, request.holdings, key)
    if found is None:
        raise Http404
    return found
