"""The day of an event: who came, and how it is closed. Works by plain forms; a device may go on without a network."""

import hashlib
import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.events.forms.day import MOST_ACTS, CloseForm, DeedForm, HereForm, Unread, read_bundle
from kilauta.domains.events.models import Occurrence
from kilauta.domains.events.operations.attendance import close_occurrence, log_here, queue_was
from kilauta.domains.events.operations.offline import Answer, take_act
from kilauta.domains.events.queries import day as queries
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.forms.once import once
from kilauta.kit.limits import counters
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Deed
from kilauta.kit.refusals import Refused
from kilauta.kit.translations import reader_language
from kilauta.lib import clock
from kilauta.lib.zone import local

BOTH = ["GET", "HEAD", "POST"]
# A device sends what has gathered in a few bundles, and online one for each press.
MOST_BYTES = 60_000
MOST_BUNDLES, WITHIN = 900, timedelta(minutes=10)
# What the page is made of, besides itself and the network's colours.
PARTS = tuple(
    f"kilauta/{name}"
    for name in ("house.css", "day.css", "house.js", "day.js", "kilauta-sans.woff2", "mark.svg")
)
WORKER = "kilauta/sw.js"
SHELF = "kilauta-day"


@room(Verb.WORK)
@require_safe
def day(request: WorkRequest, key: UUID, occurrence: UUID) -> HttpResponse:
    """The screen itself: arrivals and the queue, each one press."""
    held, now = held_for(request, key, occurrence), clock.now()
    screen = queries.screen_of(held, request.person, now=now)
    note_access(Deed.SEEN, (each.signup for each in screen.expected), actor=request.person, now=now)
    undo = request.GET.get("kumoa", "")
    context = {
        "screen": screen,
        "buttons": screen.buttons,
        "form": DeedForm(None, asked=queries.asked_at_door()),
        "undo": undo if _is_key(undo) and queries.is_standing(held, UUID(undo)) else "",
        "logged": queries.logged_at(held),
        "now": now,
        "most_acts": MOST_ACTS,
        "blank": queries.blanks(),
        **day_context(held),
    }
    return _not_kept(render(request, "events/desk/day.html", context))


@room(Verb.WORK)
@require_POST
def take(request: WorkRequest, key: UUID, occurrence: UUID) -> HttpResponse:
    """Take one press of the page, or a bundle of presses that a device has kept."""
    held = held_for(request, key, occurrence)
    if request.content_type == "application/json":
        return _take_bundle(request, held)
    now = clock.now()
    form = DeedForm(request.POST, asked=queries.asked_at_door())
    back = reverse("events:day", args=[key, occurrence])
    if not form.is_valid():
        messages.error(request, form.fault)
        return redirect(back)
    act = form.act(now)
    answer = take_act(held, act, actor=request.person, now=now)
    _say(request, act.what, answer)
    undo = f"?kumoa={act.key}" if act.what in {"tick", "count"} and answer.state != "refused" else ""
    part = "tulijat" if act.what in {"tick", "count", "undo", "handout"} else "jono"
    return redirect(f"{back}{undo}#{part}")


@room(Verb.WORK)
@require_safe
def listed(request: WorkRequest, key: UUID, occurrence: UUID) -> HttpResponse:
    """Tell the open page who is expected, with names: it holds them as long as it is open, and nowhere else."""
    held, now = held_for(request, key, occurrence), clock.now()
    screen = queries.screen_of(held, request.person, now=now)
    note_access(Deed.SEEN, (each.signup for each in screen.expected), actor=request.person, now=now)
    names = {str(each.signup.pk): each.signup.name for each in screen.expected if each.signup.name}
    told = {"screen": screen.told(), "names": names, "token": get_token(request), "now": now.isoformat()}
    return _not_kept(JsonResponse(told))


@room(Verb.WORK)
@require_safe
def shell(request: WorkRequest) -> HttpResponse:
    """The screen without a single event or name: what a device keeps, to open when there is no network."""
    return _private(_shell(request))


@room(Verb.WORK)
@require_safe
def worker(request: WorkRequest) -> HttpResponse:
    """The worker that keeps the empty screen: a new one whenever anything of it is new."""
    page, network = _shell(request), cast("Reading", request.reading).network  # type: ignore[attr-defined]
    kept = reverse("events:day-shell")
    parts = [kept, *map(static, PARTS)]
    if network.accent:
        parts.append(reverse("look", args=[network.id]))
    version = hashlib.sha256(page.content + _contents() + network.accent.encode()).hexdigest()[:16]
    days = f"^{reverse('events:day-shell').removesuffix('paiva/')}[0-9a-f-]{{36}}/paiva/[0-9a-f-]{{36}}/$"
    instead = {"pages": days, "shown": kept}
    shelf = {"shelf": f"{SHELF}-{reader_language()}-", "version": version, "parts": parts, "instead": instead}
    script = f"const SHELL = {json.dumps(shelf)};\nimportScripts({json.dumps(static(WORKER))});\n"
    return _private(HttpResponse(script, content_type="text/javascript; charset=utf-8"))


@room(Verb.WORK)
@require_http_methods(BOTH)
def log(request: WorkRequest, key: UUID, occurrence: UUID) -> HttpResponse:
    """Log one person helped here: one press is one person, and belongs to this time."""
    held, now = held_for(request, key, occurrence), clock.now()
    today = local(now).date()
    stands = queries.log_ground(held, request.person, request.holdings, today=today)
    form = HereForm(request.POST or None, topics=stands.topics)
    if stands.stands.bodies and form.is_valid():
        given = form.cleaned_data
        entry = stands.entry(
            held, key=form.entry_key, topic=given["topic"], outcome=given["outcome"], on=today
        )
        try:
            log_here(held, entry, actor=request.person, now=now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Logged at this event."))
            return redirect("events:day-log", key, occurrence)
    context = {"form": form, "ground": stands, "logged": queries.logged_at(held), **day_context(held)}
    return render(request, "events/desk/day_log.html", context)


@room(Verb.WORK)
@require_safe
def paper(request: WorkRequest, key: UUID, occurrence: UUID) -> HttpResponse:
    """The list of those who signed up, on paper with boxes to tick."""
    held, now = held_for(request, key, occurrence), clock.now()
    rows = queries.expected_at(held)
    note_access(Deed.PRINTED, rows, actor=request.person, now=now)
    context = {"rows": rows, "empty": range(8), **day_context(held)}
    return _not_kept(render(request, "events/desk/day_paper.html", context))


@room(Verb.WORK)
@require_http_methods(BOTH)
def close(request: WorkRequest, key: UUID, occurrence: UUID) -> HttpResponse:
    """Close the day with how many came, or say that it is not known."""
    held, now = held_for(request, key, occurrence), clock.now()
    says, waited = queries.tally(held), queue_was(held)
    form = CloseForm(request, occurrence=held, says=says, had_queue=waited)

    def act() -> str:
        given = form.cleaned_data
        close_occurrence(
            held, form.attendance, had_queue=given["had_queue"], handouts=given["handouts"],
            actor=request.person, now=now, counted_all=form.counted_all,
        )  # fmt: skip
        messages.success(request, _("The day is closed. Thank you."))
        return reverse("events:close", args=[key, occurrence])

    done = once(form, act, now=now) if form.is_valid() else None
    if done:
        return done
    context = {
        "form": form,
        "says": says,
        "waited": waited,
        "is_early": held.starts_at > now,
        "button": _("Close the day"),
        **day_context(held),
    }
    return render(request, "events/desk/close.html", context)


def held_for(request: WorkRequest, key: UUID, occurrence: UUID) -> Occurrence:
    """Return the time whose day this person may run; to others it is not there."""
    found = queries.occurrence_for(request.holdings, key, occurrence)
    if found is None:
        raise Http404
    return found


def day_context(held: Occurrence) -> dict[str, object]:
    """Return what every page of the day says of it."""
    return {"occurrence": held, "event": held.event, "place": held.place or held.event.place}


def _take_bundle(request: WorkRequest, held: Occurrence) -> HttpResponse:
    now = clock.now()
    if len(request.body) > MOST_BYTES:
        return _said(_("This is too much to send at once. Open the page anew and send again."), 413)
    if not counters.allow("day", str(request.person.pk), most=MOST_BUNDLES, within=WITHIN, now=now):
        return _said(
            _("Much has come from you in a short time. Nothing is lost: send again in ten minutes."), 429
        )
    try:
        sent = read_bundle(request.body, queries.asked_at_door())
    except Refused as refused:
        return _said(refused.message, 400)
    answers = []
    for each in sent:
        told = (
            Answer("refused", each.sentence)
            if isinstance(each, Unread)
            else take_act(held, each, actor=request.person, now=now)
        )
        row = {"key": str(each.key), "state": told.state, "sentence": told.sentence, "number": told.number}
        answers.append(row)
    screen = queries.screen_of(_again(held), request.person, now=now).told()
    return _not_kept(JsonResponse({"answers": answers, "screen": screen, "now": now.isoformat()}))


def _again(held: Occurrence) -> Occurrence:
    held.refresh_from_db(fields=["handouts", "closed_at", "closed_as", "state"])
    return held


def _say(request: WorkRequest, what: str, answer: Answer) -> None:
    if answer.state == "refused":
        messages.error(request, answer.sentence)
    elif answer.number is not None and what in {"next", "again"}:
        messages.success(request, _("It is the turn of number %(number)d.") % {"number": answer.number})
    elif answer.number is not None and what == "number":
        messages.success(request, _("Number %(number)d is in the line.") % {"number": answer.number})


def _shell(request: WorkRequest) -> HttpResponse:
    screen = queries.empty_screen()
    context = {
        "screen": screen,
        "buttons": screen.buttons,
        "form": DeedForm(None, asked=queries.asked_at_door()),
        "most_acts": MOST_ACTS,
        "blank": queries.blanks(),
    }
    return render(request, "events/desk/day_shell.html", context)


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _private(answer: HttpResponse) -> HttpResponse:
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _not_kept(answer: HttpResponse) -> HttpResponse:
    """Let nobody's names stay in a browser's store."""
    answer["Cache-Control"] = "no-store"
    return answer


def _said(sentence: str, status: int) -> HttpResponse:
    return JsonResponse({"sentence": sentence}, status=status)


@cache
def _contents() -> bytes:
    """Return one mark of all files that the page is made of; they change with a new version of the service only."""
    found = hashlib.sha256()
    for name in (*PARTS, WORKER):
        found.update(Path(cast("str", finders.find(name))).read_bytes())
    return found.digest()
