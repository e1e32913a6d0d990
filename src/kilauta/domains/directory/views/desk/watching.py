"""What colleagues tell each other about a service, and hearing when it changes. None of it is public."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.domains.directory.forms.watching import NoteForm
from kilauta.domains.directory.models import Service
from kilauta.domains.directory.models.watching import StaffNote
from kilauta.domains.directory.operations import watching as operations
from kilauta.domains.directory.queries import watching as queries
from kilauta.domains.territory.models import Network
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.forms.once import once
from kilauta.lib import clock

LONGEST_KEY = 12


@room(Verb.WORK)
@require_safe
def follows(request: WorkRequest) -> HttpResponse:
    """The services I follow."""
    rows = queries.follows(request.person, str(request.region))
    return render(request, "directory/desk/follows.html", {"rows": rows})


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: WorkRequest, key: UUID) -> HttpResponse:
    """The notes about a service, a new one, and whether I follow it."""
    network, now = _network(request), clock.now()
    service = Service.objects.select_related("organisation").filter(pk=key).exclude(state="draft").first()
    if service is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do"):
        _act(request, service, network, now)
        return redirect("directory:watching", key)
    form = NoteForm(request)
    if form.is_valid():

        def act() -> str:
            text = form.cleaned_data["text"]
            operations.write_note(service, text, network=network, actor=request.person, now=now)
            return reverse("directory:watching", args=[key])

        done = once(form, act, now=now)
        if done:
            messages.success(request, _("Your colleagues can read it now."))
            return done
    notes = queries.notes_on(service, network.pk)
    context = {
        "service": service,
        "form": form,
        "notes": [{"note": each, "may_remove": _may_remove(request, each, network)} for each in notes],
        "is_followed": queries.follows(request.person, network.pk).filter(service=service).exists(),
    }
    return render(request, "directory/desk/watching.html", context)


def _act(request: WorkRequest, service: Service, network: Network, now: datetime) -> None:
    do = request.POST.get("do")
    if do == "follow":
        operations.follow(service, network=network, actor=request.person, now=now)
        messages.success(request, _("You get one mail on a day on which this changes."))
    elif do == "unfollow":
        operations.unfollow(service, network=network, actor=request.person)
        messages.success(request, _("You follow this no more."))
    elif do == "remove":
        asked = request.POST.get("note", "")
        known = asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_KEY
        note = queries.notes_on(service, network.pk).filter(pk=int(asked)).first() if known else None
        if note is None or not _may_remove(request, note, network):
            raise Http404
        operations.remove_note(note)
        messages.success(request, _("Taken away."))


def _may_remove(request: WorkRequest, note: StaffNote, network: Network) -> bool:
    """Return whether the note is one's own; whoever coordinates the network keeps order in all of them."""
    is_own = note.author_id == request.person.pk
    return is_own or request.holdings.may(Verb.COORDINATE, Scope.REGION, network.pk)


def _network(request: WorkRequest) -> Network:
    """Return the network of the host; to whoever does not work in it, this is not there."""
    region = str(request.region)
    if not queries.works_in(request.holdings, region):
        raise Http404
    return Network.objects.get(pk=region)
