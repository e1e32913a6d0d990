"""Remote help: the door by code or by link, and the supporter's own rooms."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kilauta.domains.booking.forms.calendars import RoomCodeForm
from kilauta.domains.booking.operations import rooms as operations
from kilauta.domains.booking.queries import rooms as queries
from kilauta.domains.booking.queries.rooms import Room
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit.access.doors import WorkRequest, public, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.limits.addresses import client_address
from kilauta.kit.refusals import Refused
from kilauta.lib import clock


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@public
@visitor_form
def remote(request: Request) -> HttpResponse:
    """What happens in remote help, and the code that the supporter reads aloud."""
    form, reading = RoomCodeForm(request), request.reading
    if form.is_valid():
        try:
            found = operations.enter(
                form.cleaned_data["code"],
                network_id=reading.network.id,
                visitor=client_address(request),
                now=reading.now,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("booking:remote-enter", found.token)
    return render(request, "booking/public/remote.html", {"form": form, "by_video": queries.by_video()})


@public
@visitor_form
def enter(request: Request, token: str) -> HttpResponse:
    """The door of one meeting: it opens ten minutes before, and no more when the meeting is over."""
    found, now = queries.room_by_token(token, network=request.reading.network.id), request.reading.now
    if found is None:
        raise Http404
    is_allowed = getattr(request, "refusal", None) is None
    if request.method == "POST" and is_allowed and found.is_open(now) and queries.by_video():
        return _into(found)
    context = {
        "room": found,
        "is_open": found.is_open(now),
        "is_over": found.is_over(now),
        "by_video": queries.by_video(),
    }
    return render(request, "booking/public/remote_enter.html", context)


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def rooms(request: WorkRequest) -> HttpResponse:
    """My meetings of today with their codes, and a room for somebody who is on the phone now."""
    now = clock.now()
    if request.method == "POST":
        operations.open_call_room(str(request.region), actor=request.person, now=now)
        return redirect("booking:remote-rooms")
    held = queries.rooms_of(request.person, now=now)
    context = {"mine": [(each, each.is_open(now)) for each in held], "by_video": queries.by_video()}
    return render(request, "booking/desk/rooms.html", context)


@room(Verb.WORK)
@require_POST
def own_room(request: WorkRequest, key: UUID) -> HttpResponse:
    """Go into a room of mine, or end it."""
    now = clock.now()
    found = queries.room_of(request.person, key, now=now)
    if found is None:
        raise Http404
    if request.POST.get("do") == "end":
        operations.end_call_room(found, actor=request.person, now=now)
        messages.success(request, _("The room is closed. Its code and link open nothing any more."))
    elif found.is_open(now) and queries.by_video():
        return _into(found)
    return redirect("booking:remote-rooms")


def _into(found: Room) -> HttpResponse:
    """Lead to the meeting, which is not ours: it is not told from where one comes."""
    answer = redirect(queries.meeting_address(found.secret))
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    return answer
