"""A sick day: what is booked goes to others, to other times, or is cancelled; and whom to ring."""

from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kilauta.domains.booking import rules
from kilauta.domains.booking.forms import desk as forms
from kilauta.domains.booking.operations import illness, waiting
from kilauta.domains.booking.operations.offers import close_days
from kilauta.domains.booking.queries import away as queries
from kilauta.domains.booking.queries import desk
from kilauta.domains.booking.queries.offers import day_of
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.forms.once import once
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Deed
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.zone import local

BOTH = ["GET", "HEAD", "POST"]
Days = tuple[date, date]


@room(Verb.WORK)
@require_http_methods(BOTH)
def away(request: WorkRequest, key: UUID | None = None) -> HttpResponse:
    """First the days, then what becomes of each booking on them."""
    now = clock.now()
    today = local(now).date()
    whose = request.person if key is None else queries.person_of(
        key, request.person, request.holdings, today=today
    )  # fmt: skip
    if whose is None:
        raise Http404
    days = _days(request)
    return _asked_when(request, whose, now) if days is None else _settled(request, whose, days, now)


def _asked_when(request: WorkRequest, whose: Person, now: datetime) -> HttpResponse:
    """Close the days to bookings; what is booked on them is asked about next."""
    today = local(now).date()
    form = forms.AwayForm(request.POST or None, initial={"from_on": today})
    offers = queries.offers_away(whose, request.person, request.holdings)
    if form.is_valid():
        first, last = form.days()
        try:
            close_days(offers, from_on=first, last_on=last, actor=request.person, now=now)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(_address(request, whose, (first, last)))
    context = {"form": form, "whose": whose, "is_me": whose == request.person, "has_offers": bool(offers)}
    return render(request, "booking/desk/away.html", context)


def _settled(request: WorkRequest, whose: Person, days: Days, now: datetime) -> HttpResponse:
    rows = queries.away_rows(whose, request.person, request.holdings, *days, now=now)
    form = forms.SettleForm(request, rows=rows, words=_words(rows))
    address = _address(request, whose, days)

    def act() -> str:
        wishes = [
            (booking, illness.Wish(way.offer, way.starts_at) if way else illness.Wish())
            for booking, way in form.wishes()
        ]
        settled = illness.settle_all(wishes, actor=request.person, now=now)
        for said in settled.left.values():
            messages.warning(request, said)
        words = ngettext("%(number)d booking is settled.", "%(number)d bookings are settled.", settled.done)
        messages.success(request, words % {"number": settled.done})
        return address

    done = once(form, act, now=now) if rows and form.is_valid() else None
    if request.method == "POST" and not rows:
        return redirect(address)
    context = {
        "form": form,
        "rows": rows,
        "whose": whose,
        "is_me": whose == request.person,
        "first": days[0],
        "last": days[1],
        "calls": desk.open_calls(request.person, request.holdings).count(),
    }
    return done or render(request, "booking/desk/away_settle.html", context)


def _words(rows: list[queries.AwayRow]) -> dict[str, str]:
    """Return what each booking and each thing that can be done is called."""
    words = {}
    for row in rows:
        at = local(row.booking.starts_at)
        words[str(row.booking.pk)] = f"{date_format(at, 'D j.n. H.i')}, {row.name} ({row.booking.number})"
        for way in row.hands:
            words[way.value] = _("%(name)s takes it at the same time") % {"name": way.offer.supporter}
        for way in row.moves:
            said = {"when": date_format(local(way.starts_at), "D j.n. H.i"), "name": way.offer.supporter}
            words[way.value] = _("Another time: %(when)s, %(name)s") % said
    return words


def _days(request: WorkRequest) -> Days | None:
    first, last = (day_of(request.GET.get(name, "")) for name in ("alkaen", "asti"))
    return (first, last) if first and last and first <= last else None


def _address(request: WorkRequest, whose: Person, days: Days) -> str:
    is_me = whose == request.person
    start = reverse("booking:ill") if is_me else reverse("booking:ill-of", args=[whose.pk])
    query = QueryDict(mutable=True)
    query["alkaen"], query["asti"] = (day.isoformat() for day in days)
    return f"{start}?{query.urlencode()}"


@room(Verb.WORK)
@require_safe
def calls(request: WorkRequest) -> HttpResponse:
    """Whom somebody must ring, because no message reaches them."""
    now = clock.now()
    rows = desk.call_rows(desk.open_calls(request.person, request.holdings))
    seen = [row.call.booking or row.call.opening.waiting for row in rows]  # type: ignore[union-attr]  # one is there
    note_access(Deed.SEEN, seen, actor=request.person, now=now)
    return render(request, "booking/desk/calls.html", {"rows": rows})


@room(Verb.WORK)
@require_POST
def call(request: WorkRequest, key: UUID) -> HttpResponse:
    """They have been rung; about a freed time, with their answer."""
    held = rules.calls_for(request.person, request.holdings).filter(pk=key).select_related("opening").first()
    if held is None:
        raise Http404
    now, deed = clock.now(), request.POST.get("do", "")
    try:
        if held.opening is not None and deed == "take":
            made = waiting.accept(held.opening, actor=request.person, now=now)
            return redirect("booking:desk-done", made.token)
        if held.opening is not None and deed == "pass":
            waiting.decline(held.opening, actor=request.person, now=now)
        elif held.opening is None:
            illness.note_rung(held, actor=request.person, now=now)
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("booking:calls")
