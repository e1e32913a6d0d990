"""The queue as those who wait see it: the called numbers on a big screen, and the numbers on paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kilauta.domains.events.queries.day import called_at, waiting_at
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Verb

from .day import day_context, held_for

USUAL, MOST, DIGITS = 60, 300, 4


@room(Verb.WORK)
@require_safe
def screen(request: WorkRequest, key: UUID, occurrence: UUID) -> HttpResponse:
    """The called numbers, readable from five metres; no names. It refreshes itself."""
    held = held_for(request, key, occurrence)
    context = {"called": called_at(held), "waiting": waiting_at(held), **day_context(held)}
    answer = render(request, "events/desk/queue_screen.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@room(Verb.WORK)
@require_safe
def numbers(request: WorkRequest, key: UUID, occurrence: UUID) -> HttpResponse:
    """The numbers from one on, to be printed and cut before the day."""
    held = held_for(request, key, occurrence)
    asked = request.GET.get("montako", "")[:DIGITS]
    last = min(max(int(asked), 1), MOST) if asked.isdecimal() else USUAL
    context = {"numbers": range(1, last + 1), "last": last, "choices": (30, 60, 90, 120), **day_context(held)}
    return render(request, "events/desk/numbers.html", context)
