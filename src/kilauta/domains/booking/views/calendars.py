"""Calendars: the file and the slip of one booking, the supporter's feed, and the page where it is made."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.domains.booking.choices import CALENDAR_FAULTS
from kilauta.domains.booking.forms.calendars import OutsideCalendarForm
from kilauta.domains.booking.models import Booking
from kilauta.domains.booking.operations import calendars as operations
from kilauta.domains.booking.queries import calendars as queries
from kilauta.domains.booking.queries.meetings import event_of, meeting_of
from kilauta.domains.booking.queries.secrets import by_token
from kilauta.domains.booking.queries.slips import slip_of
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit import documents
from kilauta.kit.access.doors import WorkRequest, public, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.calendars import sheet
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

CALENDAR = "text/calendar; charset=utf-8"


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@public
@require_safe
def calendar_file(request: Request, token: str) -> HttpResponse:
    """The booking for the calendar of whoever has its link."""
    meeting = meeting_of(_booking(request, token), request.reading.lang)
    text = sheet([event_of(meeting)], now=request.reading.now)
    return _secret(HttpResponse(text, content_type=CALENDAR), name=f"{meeting.number}.ics")


@public
@require_safe
def slip(request: Request, token: str) -> HttpResponse:
    """The slip of the booking to print, with all that is needed to come or to cancel."""
    held = _booking(request, token)
    made = documents.slip_pdf(slip_of(meeting_of(held, request.reading.lang)))
    return _secret(HttpResponse(made, content_type="application/pdf"), name=f"{held.number}.pdf")


@public
@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """The bookings of a supporter for the calendar that follows them; another address is not there."""
    person = queries.owner_of_feed(token)
    if person is None:
        raise Http404
    events = queries.feed_of(person, now=request.reading.now)
    text = sheet(events, now=request.reading.now, name=_("Bookings"), followed=True)
    return _secret(HttpResponse(text, content_type=CALENDAR))


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def calendars(request: WorkRequest) -> HttpResponse:
    """My bookings in my own calendar, and the busy times of my other calendars here."""
    person, now, deed = request.person, clock.now(), request.POST.get("do", "")
    form = OutsideCalendarForm(request.POST if deed == "add" else None)
    if deed == "feed":
        # shown once, with the answer: only its hash is kept
        address = reverse("booking:feed", args=[operations.make_feed(person, now=now)])
        return _page(request, form, address=request.build_absolute_uri(address))
    if deed == "end":
        operations.end_feed(person)
        messages.success(request, _("The address of your calendar leads nowhere now."))
        return redirect("booking:calendars")
    if deed == "remove" and request.POST.get("calendar", "").isdecimal():
        operations.remove_calendar(int(request.POST["calendar"]), actor=person)
        messages.success(request, _("Removed."))
        return redirect("booking:calendars")
    if form.is_valid():
        try:
            operations.add_calendar(form.cleaned_data["address"], actor=person)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Added. Its busy times are read within a quarter of an hour."))
            return redirect("booking:calendars")
    return _page(request, form)


def _page(request: WorkRequest, form: OutsideCalendarForm, *, address: str = "") -> HttpResponse:
    held = queries.calendars_of(request.person)
    context = {
        "form": form,
        "address": address,
        "has_feed": queries.has_feed(request.person),
        "calendars": [(each, CALENDAR_FAULTS.get(each.fault, "")) for each in held],
    }
    answer = render(request, "booking/desk/calendars.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _booking(request: Request, token: str) -> Booking:
    found = by_token(token)
    if found is None or found.offer.network_id != request.reading.network.id:
        raise Http404
    return found


def _secret(answer: HttpResponse, *, name: str = "") -> HttpResponse:
    """Let no copy be kept on the way, and no machine list it."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    if name:
        answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
