"""What I help with, how and where; for an organisation's editor, the same of its people."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.domains.directory import rules
from kilauta.domains.directory.forms.supporting import SupportForm
from kilauta.domains.directory.models import Organisation, Supporter
from kilauta.domains.directory.operations.supporting import Support, end_support, set_support
from kilauta.domains.directory.queries import supporting as queries
from kilauta.domains.directory.queries.pages import by_name
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.directory.views.public import Request
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.zone import local


@room(Verb.WORK)
@require_safe
def supports(request: WorkRequest) -> HttpResponse:
    """My organisations, and what I help with in each."""
    today = local(clock.now()).date()
    mine = queries.bodies(request.holdings.ids(Verb.WORK, Scope.BODY))
    edited = request.holdings.ids(Verb.EDIT, Scope.BODY)
    rows = [
        {"helping": queries.helping(request.person, each, today), "edits": str(each.pk) in edited}
        for each in mine
    ]
    if len(rows) == 1 and not rows[0]["edits"]:
        return redirect("directory:support", mine[0].pk)
    return render(request, "directory/desk/supports.html", {"rows": rows})


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: WorkRequest, key: UUID) -> HttpResponse:
    """What I help with for one organisation."""
    found = next(
        (each for each in queries.bodies(request.holdings.ids(Verb.WORK, Scope.BODY)) if each.pk == key), None
    )
    if found is None:
        raise Http404
    return _told(request, request.person, found, "directory:supports")


@room(Verb.EDIT)
@require_safe
def supporters(request: WorkRequest, key: UUID) -> HttpResponse:
    """The people of an organisation, and what each helps with."""
    found = _edited(request, key)
    rows = queries.helping_in(found, local(clock.now()).date())
    return render(request, "directory/desk/supporters.html", {"organisation": found, "rows": rows})


@room(Verb.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def support_of(request: WorkRequest, key: UUID, who: UUID) -> HttpResponse:
    """What one of an organisation's people helps with, set by its editor."""
    found = _edited(request, key)
    person = Person.objects.filter(pk=who, is_active=True).first()
    if person is None or not queries.works_in(person, found, local(clock.now()).date()):
        raise Http404
    return _told(request, person, found, "directory:supporters", key)


def _edited(request: WorkRequest, key: UUID) -> Organisation:
    found = rules.organisations_for(rules.reach_of(request.holdings)).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _told(
    request: WorkRequest, person: Person, organisation: Organisation, back: str, *parts: object
) -> HttpResponse:
    now, reading = clock.now(), cast("Request", request).reading
    held = queries.helping(person, organisation, local(now).date()).supporter
    if request.method == "POST" and request.POST.get("do") == "end":
        if held:
            end_support(held, actor=request.person, now=now)
        messages.success(request, _("Nothing is offered any more."))
        return redirect(back, *parts)
    form = SupportForm(
        request.POST or None,
        topics=[(each.code, str(each.name.pick(reading.lang))) for each in reading.catalogue.topics.values()],
        towns=_towns(reading),
        lang=reading.lang,
        initial=_said(held) if held else None,
    )
    if form.is_valid():
        try:
            set_support(
                person, Support(**form.cleaned_data), organisation=organisation, actor=request.person, now=now
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved. Requests that fit are offered from now on."))
            return redirect(back, *parts)
    context = {
        "form": form,
        "organisation": organisation,
        "whose": None if person == request.person else person,
        "held": held,
    }
    return render(request, "directory/desk/support.html", context)


def _said(held: Supporter) -> dict[str, object]:
    return {
        "given_by": held.given_by,
        "modes": held.modes,
        "topics": [each.pk for each in held.topics.all()],
        "area": [each.pk for each in held.area.all()],
    }


def _towns(reading: Reading) -> list[tuple[str, str]]:
    known = reading.catalogue.municipalities
    mine = (known[code] for code in reading.network.municipalities if code in known)
    return [(town.code, str(town.name.pick(reading.lang))) for town in by_name(mine, reading.lang)]
