"""The pages of every register: the list of lists, one list, one form, and the end of a thing."""

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.audit.recording import history
from kilauta.kit.forms.once import once
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.text import fold
from kilauta.lib.words import Words

from .at import At
from .declared import REMOVE, Line, Register, registers

PER_PAGE = 50
# A list that fits a page and a half needs no field to search it with.
MANY = 30
LONGEST_QUERY = 100
LOOK = "look"


@room(Verb.COORDINATE)
@require_safe
def index(request: WorkRequest) -> HttpResponse:
    """Everything that is kept here, with a sentence about each."""
    here(request, Verb.COORDINATE)
    return render(request, "registers/index.html", {"registers": registers().values()})


@room(Verb.COORDINATE)
@require_safe
def rows(request: WorkRequest, word: str) -> HttpResponse:
    """One register, page by page; the form itself where there is one thing only."""
    register, at = _opened(request, word)
    if register.elsewhere:
        return redirect(register.elsewhere)
    if only := register.only(at):
        return redirect("registers:one", word, only)
    lines = list(register.lines(at))
    asked = request.GET.get("haku", "").strip()[:LONGEST_QUERY]
    found = [line for line in lines if line.has(fold(asked))] if asked else lines
    pages = max(1, -(-len(found) // PER_PAGE))
    wanted = request.GET.get("sivu", "1")
    page = min(int(wanted), pages) if wanted.isdecimal() and int(wanted) > 0 else 1
    context = {
        "register": register,
        "lines": [(line, _told(register, line)) for line in found[(page - 1) * PER_PAGE : page * PER_PAGE]],
        "number": len(found),
        "asked": asked,
        "many": len(lines) > MANY,
        "page": page,
        "pages": pages,
        "may_add": register.may_add(at),
        "readable_only": not register.may_add(at) and not any(line.may_change for line in lines),
    }
    return render(request, "registers/rows.html", context)


@room(Verb.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: WorkRequest, word: str) -> HttpResponse:
    """A form for a new thing of the register."""
    register, at = _opened(request, word)
    if not register.may_add(at):
        raise Http404
    return _form(request, register, at, None)


@room(Verb.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: WorkRequest, word: str, key: str) -> HttpResponse:
    """The form of a thing."""
    register, at = _opened(request, word)
    return _form(request, register, at, _found(register, at, key))


@room(Verb.COORDINATE)
@require_POST
def end(request: WorkRequest, word: str, key: str) -> HttpResponse:
    """Retire or remove a thing, or bring a retired one back."""
    register, at = _opened(request, word)
    thing = _found(register, at, key)
    if not register.ending:
        raise Http404
    try:
        if request.POST.get("deed") == "back":
            register.bring_back(at, thing)
            messages.success(request, _("It is offered again."))
        else:
            register.end(at, thing)
            messages.success(request, _("Removed.") if register.ending == REMOVE else _("Retired."))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("registers:one", word, key)
    return redirect("registers:rows", word)


def _told(register: Register[Any], line: Line) -> list[tuple[object, Words | str]]:
    """Return what a line says beside its name, each with its heading."""
    told: list[tuple[object, Words | str]] = [
        (name, fact) for name, fact in zip(register.headings, line.facts, strict=True) if fact
    ]
    return told if line.uses is None else [*told, (register.used_by, str(line.uses))]


def _form(request: WorkRequest, register: Register[Any], at: At, thing: models.Model | None) -> HttpResponse:
    shown = None if thing is None else register.opening(thing)
    form = register.form(request, at=at, thing=thing, initial=shown)
    looked = None
    if request.method == "POST" and form.is_valid():
        if register.looks and request.POST.get("do") == LOOK:
            looked = form.values()
        else:

            def save() -> str:
                if thing is None:
                    register.add(at, form.values())
                else:
                    register.change(at, thing, form.values())
                return reverse("registers:rows", args=[register.word])

            done = once(form, save, now=at.now)
            if done:
                messages.success(request, _("Saved."))
                return done
    context = {
        "register": register,
        "form": form,
        "thing": thing,
        "name": register.adding if thing is None else register.name_of(thing),
        "told": register.told(thing, looked),
        "looked": looked is not None,
        "only": bool(register.only(at)),
        **({} if thing is None else _about(register, thing)),
    }
    return render(request, "registers/one.html", context)


def _about(register: Register[Any], thing: models.Model) -> dict[str, object]:
    label = thing._meta.label  # noqa: SLF001 -- Django's documented API
    return {
        "key": str(thing.pk),
        "ended": register.is_ended(thing),
        "removes": register.ending == REMOVE,
        "shown_at": register.shown_at(thing),
        "last": history(label, thing.pk).first(),
    }


def _opened(request: WorkRequest, word: str) -> tuple[Register[Any], At]:
    region = here(request, Verb.COORDINATE)
    register = registers().get(word)
    if register is None:
        raise Http404
    return register, At(region, request.person, request.holdings, clock.now())


def _found(register: Register[Any], at: At, key: str) -> models.Model:
    thing: models.Model | None = register.find(at, key)
    if thing is None:
        raise Http404
    return thing
