"""A body would like to start guidance: it asks, and the office answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.domains.guidance import choices
from kilauta.domains.guidance.forms.starts import StartAnswerForm, StartForm, StartOutcomeForm
from kilauta.domains.guidance.logic.requests import START_KEPT
from kilauta.domains.guidance.models import StartRequest
from kilauta.domains.guidance.operations import starts as operations
from kilauta.domains.guidance.queries import links
from kilauta.domains.guidance.queries import starts as queries
from kilauta.kit.access.doors import WorkRequest, here, public, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.forms.once import once
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Deed
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

from .asking import Request, towns
from .requests import spoken


@public
@visitor_form
def start(request: Request) -> HttpResponse:
    """What a body would like to start, and where we answer."""
    reading = request.reading
    form = StartForm(request, towns=towns(reading))

    def receive() -> str:
        wish = operations.Wish(**form.cleaned_data, lang=reading.lang)
        made = operations.ask_to_start(wish, network=reading.network.id, actor=None, now=reading.now)
        return str(made.pk)

    done = once(form, receive, now=reading.now) if form.is_valid() else None
    if done:
        return redirect("guidance:start-told", links.token(links.START, UUID(done.url)))
    return render(request, "guidance/public/start.html", {"form": form})


@public
@require_safe
def told(request: Request, token: str) -> HttpResponse:
    """The receipt: the number, what happens next, and later that it was answered."""
    key = links.opened(links.START, token)
    held = queries.start_at(key) if key else None
    if held is None or (held.closed_at and request.reading.now - held.closed_at > START_KEPT):
        raise Http404
    return render(request, "guidance/public/start_told.html", {"held": held, "number": spoken(held.number)})


@room(Verb.COORDINATE, pledged=True)
@require_safe
def office(request: WorkRequest) -> HttpResponse:
    """The queue, and how many have asked by month."""
    network = here(request, Verb.COORDINATE)
    context = {
        "open": [_row(each) for each in queries.open_starts(network)],
        "closed": [_row(each) for each in queries.closed_starts(network)],
        "months": list(reversed(queries.starts_by_month(network)))[:13],
    }
    return render(request, "guidance/office/starts.html", context)


def _row(held: StartRequest) -> dict[str, object]:
    return {
        "held": held,
        "number": spoken(held.number),
        "state": choices.START_STATES[held.state],
        "outcome": choices.START_OUTCOMES[held.outcome] if held.outcome else "",
    }


@room(Verb.COORDINATE, pledged=True)
@require_http_methods(["GET", "HEAD", "POST"])
def office_start(request: WorkRequest, key: UUID) -> HttpResponse:
    """One of them: answered, then closed with what came of it."""
    held, now = queries.start_in_office(here(request, Verb.COORDINATE), key), clock.now()
    if held is None:
        raise Http404
    if held.contact:
        note_access(Deed.SEEN, [held], actor=request.person, now=now)
    do = request.POST.get("do", "")
    answer = StartAnswerForm(request.POST if do == "answer" else None)
    outcome = StartOutcomeForm(request.POST if do == "close" else None)
    try:
        if answer.is_valid():
            operations.answer_start(held, **answer.cleaned_data, actor=request.person, now=now)
            messages.success(
                request, _("Answered.") if held.by_mail else _("Answered. Now ring and tell it.")
            )
            return redirect("guidance:office-start", key)
        if outcome.is_valid():
            operations.close_start(held, **outcome.cleaned_data, actor=request.person, now=now)
            messages.success(request, _("Closed."))
            return redirect("guidance:office-starts")
    except Refused as refused:
        answer.refuse(refused)
    context = {**_row(held), "form": answer, "outcome_form": outcome, "who": held.organisation_name}
    return render(request, "guidance/office/start.html", context)
