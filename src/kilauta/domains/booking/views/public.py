"""Booking a time without an account, and seeing, moving or cancelling what one has booked."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kilauta.domains.booking.forms.public import BookingForm, CodeForm, Questions
from kilauta.domains.booking.models import Booking
from kilauta.domains.booking.operations import bookings as operations
from kilauta.domains.booking.operations.opening import open_by_code
from kilauta.domains.booking.queries import public as queries
from kilauta.domains.booking.queries import secrets
from kilauta.domains.directory.queries.pages import by_name
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit.access.doors import public
from kilauta.kit.documents.qr import qr_svg
from kilauta.kit.forms import OnceForm
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.forms.once import once
from kilauta.kit.limits.addresses import client_address
from kilauta.kit.refusals import Refused


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@public
@require_safe
def days(request: Request, channel: UUID) -> HttpResponse:
    """The days with free times, or the times of one of them."""
    thing, now = _bookable(request.reading, channel), request.reading.now
    on = _day(request, "paiva")
    if on is not None:
        context = {"thing": thing, "on": on, "times": queries.times_of(thing, on, now=now)}
        return render(request, "booking/public/times.html", context)
    found, more = queries.free_days(thing, since=_day(request, "alkaen"), now=now)
    return render(request, "booking/public/days.html", {"thing": thing, "days": found, "more": more})


@public
@visitor_form
def book(request: Request, channel: UUID, at: int) -> HttpResponse:
    """What about, who, and all of it read back; then the time is booked."""
    reading = request.reading
    thing, starts_at = _bookable(reading, channel), _instant(at)
    form = BookingForm(request, _questions(thing, reading), slot=at)

    def receive() -> str:
        operations.book_any(
            thing.offers,
            starts_at=starts_at,
            contact=form.contact(reading.lang),
            made_by="resident",
            actor=None,
            now=reading.now,
            key=form.key,
        )
        return reverse("booking:days", args=[channel])

    if form.is_done():
        if once(form, receive, now=reading.now):
            # made from the key of the form, so that the secret address is written down nowhere
            return redirect("booking:booking", secrets.token_of(secrets.key_of_form(form.key)))
        form.stand_where_wrong()
    is_free = queries.is_free(thing, starts_at, now=reading.now)
    nearest = () if is_free else queries.nearest_to(thing, starts_at, now=reading.now)
    context = {"thing": thing, "form": form, "starts": starts_at, "is_free": is_free, "nearest": nearest}
    return render(request, "booking/public/book.html", context)


@public
@visitor_form
def find(request: Request) -> HttpResponse:
    """The way in for who has only a number and a code on paper."""
    form, reading = CodeForm(request), request.reading
    if form.is_valid():
        try:
            booking = open_by_code(
                **form.cleaned_data,
                network=reading.network.id,
                visitor=client_address(request),
                now=reading.now,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("booking:booking", secrets.token_of(booking.pk))
    return render(request, "booking/public/find.html", {"form": form})


@public
@require_safe
def booking(request: Request, token: str) -> HttpResponse:
    page = queries.booking_page(request.reading, _booking(request.reading, token))
    return render(request, "booking/public/booking.html", {"page": page})


@public
@require_safe
def slip(request: Request, token: str) -> HttpResponse:
    """The booking on paper: what to know, how to cancel, and a picture that leads to its page."""
    page = queries.booking_page(request.reading, _booking(request.reading, token))
    address = request.build_absolute_uri(reverse("booking:booking", args=[token]))
    drawn = SafeString(qr_svg(address, title=_("The page of this booking")))
    return render(request, "booking/public/slip.html", {"page": page, "qr": drawn})


@public
@visitor_form
def cancel(request: Request, token: str) -> HttpResponse:
    form, reading = OnceForm(request), request.reading
    held = _booking(reading, token)

    def receive() -> str:
        operations.cancel(held, by="resident", actor=None, now=reading.now)
        return reverse("booking:find")

    if form.is_valid() and once(form, receive, now=reading.now):
        return redirect("booking:booking", token)
    page = queries.booking_page(reading, held)
    return render(request, "booking/public/cancel.html", {"page": page, "form": form})


@public
@visitor_form
def move(request: Request, token: str) -> HttpResponse:
    """The days and times to choose from; one press moves the booking."""
    form, reading = OnceForm(request), request.reading
    held = _booking(reading, token)
    page = queries.booking_page(reading, held)
    if page.bookable is None or not page.may_change:
        return redirect("booking:booking", token)
    thing = page.bookable

    def receive() -> str:
        at = _instant(int(request.POST["aika"]) if request.POST.get("aika", "").isdecimal() else -1)
        operations.move_any(held, thing.offers, starts_at=at, actor=None, now=reading.now, by="resident")
        return reverse("booking:find")

    if form.is_valid() and once(form, receive, now=reading.now):
        return redirect("booking:booking", token)
    on = _day(request, "paiva")
    times = queries.times_of(thing, on, now=reading.now) if on else ()
    found, more = queries.free_days(thing, since=_day(request, "alkaen"), now=reading.now)
    context = {
        "page": page,
        "thing": thing,
        "form": form,
        "on": on,
        "times": times,
        "days": found,
        "more": more,
    }
    return render(request, "booking/public/move.html", context)


def _bookable(reading: Reading, channel: UUID) -> queries.Bookable:
    found = queries.bookable(reading, channel)
    if found is None:
        raise Http404
    return found


def _booking(reading: Reading, token: str) -> Booking:
    found = secrets.by_token(token)
    if found is None or found.offer.network_id != reading.network.id:
        raise Http404
    return found


def _instant(at: int) -> datetime:
    try:
        return datetime.fromtimestamp(at * 60, UTC)
    except (OverflowError, ValueError, OSError):
        raise Http404 from None


def _day(request: Request, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _questions(thing: queries.Bookable, reading: Reading) -> Questions:
    known, lang = reading.catalogue.municipalities, reading.lang
    towns = by_name((known[code] for code in reading.network.municipalities if code in known), lang)
    return Questions(
        topics=[(each.code, str(each.name.pick(lang))) for each in thing.topics(reading)],
        towns=[(each.code, str(each.name.pick(lang))) for each in towns],
        at_home=thing.family == "home",
        by_phone=thing.family == "phone",
    )
