"""My bookings, and booking for somebody who rings or stands at the desk."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.domains.booking.choices import NOT_MADE
from kilauta.domains.booking.forms import desk as forms
from kilauta.domains.booking.models import Booking, Waiting
from kilauta.domains.booking.operations import bookings as operations
from kilauta.domains.booking.operations import illness, series, waiting
from kilauta.domains.booking.queries import desk as queries
from kilauta.domains.booking.queries import secrets
from kilauta.domains.booking.queries.offers import day_bounds, day_of, name_of
from kilauta.domains.directory.queries.pages import by_name
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.forms.once import once
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Deed
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.zone import local

BOTH = ["GET", "HEAD", "POST"]


@room(Verb.WORK)
@require_safe
def bookings(request: WorkRequest) -> HttpResponse:
    """Whom I meet today and on the next days, and who waits for my yes."""
    now = clock.now()
    first = day_of(request.GET.get("alkaen", "")) or local(now).date()
    page = queries.bookings_page(request.person, request.holdings, first, now=now)
    note_access(Deed.SEEN, page.shown, actor=request.person, now=now)
    return render(
        request, "booking/desk/bookings.html", {"page": page, "today": local(now).date(), "now": now}
    )


@room(Verb.WORK)
@require_http_methods(BOTH)
def booking(request: WorkRequest, key: UUID) -> HttpResponse:
    """One booking with what can be done about it; each is one press."""
    held, now = _booking(request, key), clock.now()
    if request.method == "POST":
        try:
            return redirect(_done(request, held, request.POST.get("do", ""), now))
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("booking:own-booking", key)
    row = queries.row_of(held, request.person, now=now)
    if row.is_open and queries.has_contact(held):
        note_access(Deed.SEEN, [held], actor=request.person, now=now)
    is_missed = held.state == "missed" and now < held.ends_at
    line = queries.in_line(held, now=now) if is_missed else []
    note_access(Deed.SEEN, line, actor=request.person, now=now)
    context = {
        "row": row,
        "booking": held,
        "is_missed": is_missed,
        "line": line,
        "is_reached": illness.is_reached(held),
    }
    return render(request, "booking/desk/booking.html", context)


def _done(request: WorkRequest, held: Booking, deed: str, now: datetime) -> str:
    """Do what a button says and return where to go on."""
    person, here = request.person, reverse("booking:own-booking", args=[held.pk])
    if deed == "keep":
        return _to_entry(request, held, operations.keep(held, actor=person, now=now))
    if deed == "miss":
        operations.miss(held, actor=person, now=now)
        return here
    if deed == "yes":
        operations.agree(held, actor=person, now=now)
        messages.success(request, _("You have said yes. They are told."))
    elif deed == "no":
        operations.refuse(held, actor=person, now=now)
        messages.success(request, _("The time is free again."))
    elif deed == "cancel":
        illness.settle(held, illness.Wish(), actor=person, now=now)
        messages.success(request, _("The time is cancelled."))
    elif deed == "next":
        chosen = _in_line(request, held, now)
        return _to_entry(request, held, waiting.seat_next(held, waiting=chosen, actor=person, now=now))
    return here


def _to_entry(request: WorkRequest, held: Booking, session: GuidanceSession) -> str:
    """Return where the entry is finished; it is its supporter's, and for others the booking's page is enough."""
    if held.supporter != request.person:
        messages.success(request, _("Saved."))
        return reverse("booking:own-booking", args=[held.pk])
    return reverse("guidance:session", args=[session.pk])


def _in_line(request: WorkRequest, held: Booking, now: datetime) -> Waiting | None:
    key = forms.key_of(request.POST.get("who", ""))
    return next((each for each in queries.in_line(held, now=now) if each.pk == key), None)


@room(Verb.WORK)
@require_http_methods(BOTH)
def move(request: WorkRequest, key: UUID) -> HttpResponse:
    """Another time at the same supporter."""
    held, now = _booking(request, key), clock.now()
    since = _since(request, now)
    times = queries.desk_times([held.offer], since=since, now=now)
    form = forms.TimeForm(request, times=_worded(times))

    def act() -> str:
        illness.settle(held, illness.Wish(starts_at=form.starts_at), actor=request.person, now=now)
        return reverse("booking:own-booking", args=[key])

    done = once(form, act, now=now) if form.is_valid() else None
    return done or _timed(request, form, held, times, template="booking/desk/move.html")


@room(Verb.WORK)
@require_http_methods(BOTH)
def next_one(request: WorkRequest, key: UUID) -> HttpResponse:
    """The next time for the same person: a week later at the same time, if that is free."""
    held, now = _booking(request, key), clock.now()
    week_later = local(held.starts_at).date() + timedelta(days=7)
    since = _since(request, day_bounds(week_later, week_later)[0])
    times = queries.desk_times([held.offer], since=since, now=now)
    wished = forms.minute(held.starts_at + timedelta(days=7))
    same = next((forms.minute(t.starts_at) for t in times if _is_week_later(held, t.starts_at)), wished)
    form = forms.TimeForm(request, times=_worded(times), initial={"at": same})

    def act() -> str:
        series.book_next(held, starts_at=form.starts_at, actor=request.person, now=now, key=form.key)
        return reverse("booking:own-bookings")

    if form.is_valid() and once(form, act, now=now):
        return _to_slip(form.key)
    return _timed(request, form, held, times, template="booking/desk/next.html")


def _is_week_later(held: Booking, at: datetime) -> bool:
    then, wall = local(held.starts_at), local(at)
    return wall.date() == then.date() + timedelta(days=7) and wall.time() == then.time()


@room(Verb.WORK)
@require_http_methods(BOTH)
def each_week(request: WorkRequest, key: UUID) -> HttpResponse:
    """The same time for some weeks more; what could not be had is told with its reason."""
    held, now = _booking(request, key), clock.now()
    form = forms.SeriesForm(request)

    def act() -> str:
        turns = series.make_series(held, weeks=form.cleaned_data["weeks"], actor=request.person, now=now)
        missing = [turn for turn in turns if turn.why]
        for turn in missing:
            messages.warning(request, f"{date_format(turn.on, 'D j.n.Y')}: {NOT_MADE[turn.why]}")
        messages.success(request, _("Booked: %(number)d times.") % {"number": len(turns) - len(missing)})
        return reverse("booking:own-series", args=[key])

    done = once(form, act, now=now) if form.is_valid() else None
    context = {"form": form, "booking": held, "rows": queries.of_series(held)}
    return done or render(request, "booking/desk/series.html", context)


@room(Verb.WORK)
@require_http_methods(BOTH)
def book(request: WorkRequest) -> HttpResponse:
    """A time for a caller on one screen: the next free ones, who comes, and one press."""
    network, now = str(request.region), clock.now()
    channel = forms.key_of(request.GET.get("tapa", ""))
    offers = queries.offers_of(channel, network, today=local(now).date()) if channel else []
    if not offers:
        rows = queries.desk_rows(network, now=now)
        return render(request, "booking/desk/book_what.html", {"rows": rows, "asked": channel})
    way, reading = offers[0].channel, _reading(request)
    times = queries.desk_times(offers, since=_since(request, now), now=now)
    form = forms.DeskForm(
        request, times=_worded(times), topics=queries.topics_of(way), towns=_towns(reading),
        is_home=queries.is_home(way), lang=reading.lang,
    )  # fmt: skip

    def act() -> str:
        operations.book_any(
            offers, starts_at=form.starts_at, contact=form.contact(), made_by="desk", actor=request.person,
            now=now, key=form.key,
        )  # fmt: skip
        return reverse("booking:desk-book")

    if form.is_valid() and once(form, act, now=now):
        return _to_slip(form.key)
    context = {"form": form, "name": name_of(offers[0]), "offer": offers[0], **_more(times)}
    return render(request, "booking/desk/book.html", context)


@room(Verb.WORK)
@require_safe
def done(request: WorkRequest, token: str) -> HttpResponse:
    """What to read aloud and to print after a time has been booked for somebody."""
    held = secrets.by_token(token)
    if held is None or held.offer.network_id != str(request.region):
        raise Http404
    context = {
        "booking": held,
        "name": name_of(held.offer),
        "code": secrets.code_of(held.pk),
        "token": token,
        "is_reached": illness.is_reached(held),
    }
    return render(request, "booking/desk/done.html", context)


def _to_slip(key: str) -> HttpResponse:
    # made from the key of the form, so that the secret address is written down nowhere
    return redirect("booking:desk-done", secrets.token_of(secrets.key_of_form(key)))


def _timed(
    request: WorkRequest, form: forms.TimeForm, held: Booking, times: list[queries.DeskTime], *, template: str
) -> HttpResponse:
    context = {"form": form, "booking": held, "name": name_of(held.offer), **_more(times)}
    return render(request, template, context)


def _booking(request: WorkRequest, key: UUID) -> Booking:
    found = queries.booking_for(request.person, request.holdings, key)
    if found is None:
        raise Http404
    return found


def _since(request: WorkRequest, otherwise: datetime) -> datetime:
    """Return from when on times are shown."""
    day: date | None = day_of(request.GET.get("alkaen", ""))
    return day_bounds(day, day)[0] if day else otherwise


def _more(times: list[queries.DeskTime]) -> dict[str, object]:
    """Return the day from which there may be more times than are shown."""
    is_full = len(times) >= queries.SHOWN
    return {"later": local(times[-1].starts_at).date() if is_full else None, "has_times": bool(times)}


def _worded(times: Iterable[queries.DeskTime]) -> list[tuple[datetime, str]]:
    return [(each.starts_at, date_format(local(each.starts_at), "D j.n. H.i")) for each in times]


def _reading(request: WorkRequest) -> Reading:
    found: Reading = request.reading  # type: ignore[attr-defined]  # given by the site to every request
    return found


def _towns(reading: Reading) -> list[tuple[str, str]]:
    known = reading.catalogue.municipalities
    towns = by_name((known[code] for code in reading.network.municipalities if code in known), reading.lang)
    return [(each.code, str(each.name.pick(reading.lang))) for each in towns]
