"""The counter of a desk with a queue: one tap is one person helped."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kilauta.domains.guidance.forms.counter import CounterForm
from kilauta.domains.guidance.forms.sessions import QUESTIONS, listed
from kilauta.domains.guidance.operations import change_session, log_session, restore_session, withdraw_session
from kilauta.domains.guidance.queries.counter import counter as counted
from kilauta.domains.guidance.queries.sessions import entry_of, own_sessions
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

from .log import ground_of, nobody

# A second tap says how it went; what needs more words is told on the page of the entry.
OUTCOMES = ("solved", "continues-alone", "will-return", "not-solved")


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: WorkRequest) -> HttpResponse:
    """Count one person helped with a topic, here and now."""
    now = clock.now()
    ground = ground_of(request)
    if not ground.bodies:
        return nobody(request)
    shown = counted(ground)
    form = CounterForm(request.POST or None, ground=ground, place=shown.place)
    if form.is_valid():
        try:
            log_session(form.entry(), actor=request.person, now=now)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _back()
    context = {
        "form": form,
        "counter": shown,
        "others": [
            (words, [each for each in shown.others if each.pk[0] in letters])
            for letters, words in QUESTIONS.values()
        ],
        "outcomes": [(code, words) for code, words in listed("outcome") if code in OUTCOMES],
    }
    return render(request, "guidance/desk/counter.html", context)


@room(Verb.WORK)
@require_POST
def counted_one(request: WorkRequest, key: UUID) -> HttpResponse:
    """Take a tap back, let it count again, or say how it went."""
    session = own_sessions(request.person, str(request.region)).filter(pk=key).first()
    if session is None:
        raise Http404
    now, deed, outcome = clock.now(), request.POST.get("do"), request.POST.get("outcome")
    try:
        if deed == "withdraw":
            withdraw_session(session, actor=request.person, now=now)
        elif deed == "restore":
            restore_session(session, actor=request.person, now=now)
        elif outcome in OUTCOMES:
            told = replace(entry_of(session), outcome=outcome)
            change_session(session, told, actor=request.person, now=now)
    except Refused as refused:
        messages.error(request, refused.message)
    return _back()


def _back() -> HttpResponse:
    """Lead to the list itself, so that the next key is pressed there."""
    return redirect(f"{reverse('guidance:counter')}#laskuri")
