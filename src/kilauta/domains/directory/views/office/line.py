"""The hours of the network's own line, on the pages by which places and ways keep theirs."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kilauta.domains.directory import forms, operations
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.directory.queries.snapshots import Plain, snapshot
from kilauta.domains.directory.rules import reach_of
from kilauta.domains.directory.views.desk.hands import Hand
from kilauta.domains.directory.views.desk.hours import HELP, PAGES, shown_of
from kilauta.domains.territory.models import Network
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.forms.once import once

WORDS = {"hours": "aukiolo", "exceptions": "poikkeukset", "holidays": "pyhat"}


class Request(WorkRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@room(Verb.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: WorkRequest, word: str = "aukiolo") -> HttpResponse:
    """When somebody answers in the network's number: the ordinary week, days off, holidays."""
    network = Network.objects.get(pk=here(request, Verb.COORDINATE))
    page = {found: name for name, found in WORDS.items()}.get(word)
    if page is None:
        raise Http404
    came = cast("Request", request)
    held = snapshot(network, ("hours", "exceptions"))
    form = _form(came, page, held)
    if request.method == "POST" and form.action in ("save", "preview") and form.is_valid():
        done = (
            once(form, _saving(came, network, form), now=came.reading.now) if form.action == "save" else None
        )
        if done:
            messages.success(request, _("Saved."))
            return done
        held = {**held, **form.values()}
    context = {
        "form": form,
        "hand": Hand(reach_of(request.holdings), request.person),
        "name": _("The network's phone"),
        "pages": [(name, _address(code), code == page) for code, name in PAGES],
        "shown": shown_of(held),
        "help": HELP[page],
        "after": reverse("registers:index"),
    }
    return render(request, f"directory/desk/{page}.html", context)


def _form(request: Request, page: str, held: Plain) -> forms.EntryForm:
    today = request.reading.clockwork.today
    if page == "hours":
        return forms.HoursForm(request, held=held, changed_at=None, has_place=False)
    if page == "exceptions":
        return forms.ExceptionsForm(request, held=held, changed_at=None, today=today)
    return forms.HolidaysForm(request, held=held, changed_at=None, today=today)


def _saving(request: Request, network: Network, form: forms.EntryForm) -> Callable[[], str]:
    def save() -> str:
        values: Any = form.values()
        actor, now = request.person, request.reading.now
        if "hours" in values:
            operations.set_hours(network, values["hours"], actor=actor, now=now)
        if "exceptions" in values:
            operations.set_exceptions(network, values["exceptions"], actor=actor, now=now)
        return request.path

    return save


def _address(page: str) -> str:
    return reverse("directory:office-line", args=[WORDS[page]])
