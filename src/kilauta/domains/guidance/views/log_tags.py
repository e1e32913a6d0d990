"""Own tags, and what the network turns on in its log."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kilauta.domains.guidance import operations
from kilauta.domains.guidance.choices import TAG_SCOPES
from kilauta.domains.guidance.forms.tags import SettingsForm, TagForm
from kilauta.domains.guidance.models import Tag
from kilauta.domains.guidance.queries.ground import bodies_of
from kilauta.domains.guidance.queries.sessions import has_notes
from kilauta.domains.guidance.queries.tags import Keeper, kept_organisations, kept_tags
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

DEEDS = {"merge", "retire", "revive"}


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: WorkRequest) -> HttpResponse:
    """Make, join and retire the tags one looks after."""
    keeper = _keeper(request)
    made = request.POST.get("do") == "make"
    form = TagForm(request.POST if made else None, keeper=keeper, bodies=kept_organisations(keeper))
    if request.POST.get("do") in DEEDS:
        return _done(request, lambda: _deed(request, keeper))
    if form.is_valid():
        given = form.cleaned_data
        try:
            operations.add_tag(
                keeper.network, given["name"], scope=form.scope, organisation=form.organisation,
                actor=request.person, now=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("guidance:log-tags")
    rows = [(tag, TAG_SCOPES[tag.scope]) for tag in kept_tags(keeper)]
    return render(request, "guidance/desk/log_tags.html", {"form": form, "rows": rows})


def _deed(request: WorkRequest, keeper: Keeper) -> None:
    tag, now = _kept(keeper, request.POST.get("tag", "")), clock.now()
    deed = request.POST["do"]
    if deed == "merge":
        into = _kept(keeper, request.POST.get("into", ""))
        operations.merge_tags(tag, into, actor=request.person, now=now)
    elif deed == "retire":
        operations.retire_tag(tag, actor=request.person, now=now)
    else:
        operations.revive_tag(tag, actor=request.person, now=now)


def _done(request: WorkRequest, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Saved."))
    return redirect("guidance:log-tags")


def _kept(keeper: Keeper, key: str) -> Tag:
    found = kept_tags(keeper).filter(pk=int(key)).first() if key.isascii() and key.isdigit() else None
    if found is None:
        raise Http404
    return found


def _keeper(request: WorkRequest) -> Keeper:
    """Return whose tags the person looks after: an editor the organisation's, a coordinator the network's."""
    region, mine = str(request.region), request.holdings
    whole = mine.may(Verb.COORDINATE, Scope.REGION, region)
    edited = bodies_of(mine.ids(Verb.EDIT, Scope.BODY), region, coordinates=whole)
    bodies: frozenset[UUID] = frozenset(each.pk for each in edited)
    return Keeper(request.person, region, bodies, whole)


@room(Verb.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: WorkRequest) -> HttpResponse:
    """What the network turns on in its log."""
    network = here(request, Verb.COORDINATE)
    form = SettingsForm(
        request.POST if request.method == "POST" else None, initial={"has_notes": has_notes(network)}
    )
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["has_notes"]
        operations.set_notes(network, on=on, actor=request.person, now=clock.now())
        messages.success(request, _("Saved."))
        return redirect("guidance:log-settings")
    return render(request, "guidance/office/log_settings.html", {"form": form})
