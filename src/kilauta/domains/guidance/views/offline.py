"""The log without a network: a page that a device keeps, and the door by which its entries come in."""

import hashlib
import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.guidance.forms.offline import Bundle, OfflineForm, Written, read_bundle
from kilauta.domains.guidance.operations.offline import take_entry
from kilauta.domains.guidance.queries.ground import Ground
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.limits import counters
from kilauta.kit.refusals import Refused
from kilauta.kit.translations import reader_language

from .log import ground_of

# A device sends what has gathered in a few bundles; one that sends more is no device of ours.
MOST_BYTES = 100_000
MOST_BUNDLES, WITHIN = 60, timedelta(minutes=10)
# What the page is made of, besides itself and the network's colours.
PARTS = tuple(
    f"kilauta/{name}"
    for name in ("house.css", "counter.css", "house.js", "offline.js", "kilauta-sans.woff2", "mark.svg")
)
WORKER = "kilauta/sw.js"
# The mark of who writes: readable by the page, gone when the window is closed.
COOKIE = "kilauta-writer"
PAPER = "#FBFAF6"


class Request(WorkRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@room(Verb.WORK)
@require_safe
def offline(request: WorkRequest) -> HttpResponse:
    """The page itself. A device keeps it for whoever comes next: nothing in it is of a person."""
    return _private(_page(cast("Request", request)))


@room(Verb.WORK)
@require_safe
def worker(request: WorkRequest) -> HttpResponse:
    """The worker that keeps the page: a new one whenever anything of the page is new."""
    page, network = _page(cast("Request", request)), cast("Request", request).reading.network
    parts = [reverse("guidance:offline"), *map(static, PARTS)]
    if network.accent:
        parts.append(reverse("look", args=[network.id]))
    version = hashlib.sha256(page.content + _contents() + network.accent.encode()).hexdigest()[:16]
    shell = {"shelf": f"kilauta-log-{reader_language()}-", "version": version, "parts": parts}
    script = f"const SHELL = {json.dumps(shell)};\nimportScripts({json.dumps(static(WORKER))});\n"
    return _private(HttpResponse(script, content_type="text/javascript; charset=utf-8"))


@room(Verb.WORK)
@require_safe
def manifest(request: WorkRequest) -> HttpResponse:
    """What a telephone needs to know to put the page among its programs."""
    network, page = cast("Request", request).reading.network, reverse("guidance:offline")
    name = _("Log: %(network)s") % {"network": network.name.pick(reader_language())}
    return JsonResponse(
        {
            "id": page,
            "name": name,
            "short_name": _("Log"),
            "lang": reader_language(),
            "start_url": page,
            "scope": page,
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": network.accent or PAPER,
            "icons": [
                {"src": static("kilauta/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
                *(
                    {
                        "src": static(f"kilauta/mark-{size}.png"),
                        "sizes": f"{size}x{size}",
                        "type": "image/png",
                    }
                    for size in (192, 512)
                ),
                {
                    "src": static("kilauta/mark-512.png"),
                    "sizes": "512x512",
                    "type": "image/png",
                    "purpose": "maskable",
                },
            ],
        },
        content_type="application/manifest+json",
    )


@room(Verb.WORK)
@require_safe
def permit(request: WorkRequest) -> HttpResponse:
    """Tell the page, when it has a network, by which mark its entries are this person's, and the token to send."""
    mark = _mark(request.person)
    answer = JsonResponse({"writer": mark, "token": get_token(request)})
    answer.set_cookie(
        COOKIE,
        mark,
        path=reverse("guidance:offline"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=False,
        samesite="Strict",
    )
    answer["Cache-Control"] = "no-store"
    return answer


@room(Verb.WORK)
@require_POST
def take(request: WorkRequest) -> HttpResponse:
    """Take what a device has kept, and say of each entry whether it is in: taken, there already, or what is wrong."""
    now = cast("Request", request).reading.now
    if len(request.body) > MOST_BYTES:
        return _said(_("This is too much to send at once. Open the page anew and send again."), 413)
    if not counters.allow("offline", str(request.person.pk), most=MOST_BUNDLES, within=WITHIN, now=now):
        return _said(
            _("Much has come from you in a short time. Nothing is lost: send again in ten minutes."), 429
        )
    try:
        bundle = _bundle(request)
    except Refused as refused:
        return _said(refused.message, 409)
    return JsonResponse({"answers": _answers(cast("Request", request), bundle)})


@room(Verb.WORK)
@require_POST
def clear(request: WorkRequest) -> HttpResponse:
    """Sign out, and have the browser forget all that our pages have left in it."""
    logout(request)
    answer = JsonResponse({})
    answer["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


def _bundle(request: WorkRequest) -> Bundle:
    """Return what the device sends; refuse what somebody else has written on it."""
    bundle = read_bundle(request.body)
    if bundle.writer != _mark(request.person):
        words = _("These entries were written by somebody else, who has to sign in to send them.")
        raise Refused("other-writer", words)
    return bundle


def _answers(request: Request, bundle: Bundle) -> list[dict[str, str]]:
    ground = ground_of(request)
    return [{"key": str(each.key), **_answer(request, each, ground)} for each in bundle.entries]


def _answer(request: Request, written: Written, ground: Ground) -> dict[str, str]:
    if not ground.bodies:
        words = _("You have no role in any organisation here. Ask the coordinator of your network.")
        return {"state": "faulty", "sentence": words}
    form = _form(request, written)
    if not form.is_valid():
        return {"state": "faulty", "sentence": form.fault}
    try:
        is_new = take_entry(form.entry(written.key, ground), actor=request.person, now=request.reading.now)
    except Refused as refused:
        return {"state": "faulty", "sentence": refused.message}
    return {"state": "taken" if is_new else "there", "sentence": ""}


def _form(request: Request, written: Written | None = None) -> OfflineForm:
    reading = request.reading
    return OfflineForm(
        written.values if written else None,
        catalogue=reading.catalogue,
        network=reading.network.id,
        today=reading.clockwork.today,
    )


def _page(request: Request) -> HttpResponse:
    context = {"form": _form(request), "cookie": COOKIE, "paths": " ".join(_paths())}
    return render(request, "guidance/desk/offline.html", context)


def _paths() -> list[str]:
    """Return where the page lies in each language: the mark is of one of them."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(reverse("guidance:offline"))
    return found


def _mark(person: Person) -> str:
    """Return what tells one writer from another on the same device, and tells nobody who it is."""
    return salted_hmac("kilauta.guidance.offline", str(person.pk), algorithm="sha256").hexdigest()[:32]


def _private(answer: HttpResponse) -> HttpResponse:
    patch_cache_control(answer, private=True, no_cache=True)
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
