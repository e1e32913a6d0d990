"""Feedback on the service itself, and the answers to it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.domains.communications import forms, operations, queries
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Deed
from kilauta.kit.refusals import Refused
from kilauta.lib import clock


@room(Verb.TELL, pledged=True)
@require_safe
def answers(request: WorkRequest) -> HttpResponse:
    """What waits for an answer, the most overdue first."""
    rows = queries.waiting_feedback(here(request, Verb.TELL), now=clock.now())
    return render(request, "communications/office/answers.html", {"rows": rows})


@room(Verb.TELL, pledged=True)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: WorkRequest, number: str) -> HttpResponse:
    network, now = here(request, Verb.TELL), clock.now()
    held = queries.feedback(network, number)
    if held is None:
        raise Http404
    if held.contact:
        note_access(Deed.SEEN, [held], actor=request.person, now=now)
    form = forms.Answer(request.POST or None)
    if form.is_valid():
        try:
            operations.answer_feedback(held, **form.cleaned_data, actor=request.person, now=now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Answered."))
            return redirect("communications:answers")
    return render(request, "communications/office/answer.html", {"feedback": held, "form": form})
