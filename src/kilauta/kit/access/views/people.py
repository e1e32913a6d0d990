"""The pages about people: who holds which role in a place, inviting, and taking an invitation up."""

from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kilauta.kit.access import operations, queries
from kilauta.kit.access.doors import WorkRequest, public, room
from kilauta.kit.access.forms import InviteForm
from kilauta.kit.access.models import Grant, Invitation
from kilauta.kit.access.roles import ROLES, Scope, Verb
from kilauta.kit.access.scopes import name_of
from kilauta.kit.accounts.models import Person
from kilauta.kit.outbox.operations import send
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.words import Words
from kilauta.lib.zone import local

M = TypeVar("M", Grant, Invitation)
# stands in addresses where a place would be named
EVERYWHERE = "kaikki"


@room(Verb.PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: WorkRequest, scope: str, scope_id: str) -> HttpResponse:
    place, scope_id, name = _managed(request, scope, scope_id)
    now = clock.now()
    roles = queries.roles_to_give(request.holdings, place, scope_id)
    form = InviteForm(request.POST or None, roles=roles)
    if form.is_valid():
        try:
            _invite(request, scope_id, form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _back(place, scope_id)
    page = queries.people_page(request.holdings, place, scope_id, now=now, today=local(now).date())
    return render(request, "access/people.html", {"form": form, "page": page, "name": name})


def _invite(request: WorkRequest, scope_id: str, values: dict[str, str]) -> None:
    now = clock.now()
    invitation, token = operations.invite(
        values["email"], role=values["role"], scope_id=scope_id, actor=request.person, now=now,
        name=values["name"], lang=values["lang"],
    )  # fmt: skip
    link = request.build_absolute_uri(reverse("access:invitation", args=[token]))
    send(
        "access/invitation",
        to=invitation.email,
        lang=invitation.lang,
        now=now,
        context={"link": link, "host": request.get_host(), "role": ROLES[invitation.role].name},
        about=f"access.invitation:{invitation.pk}",
        secret=True,
    )
    messages.success(request, _("The invitation is on its way. It can be taken up for 7 days."))


@room(Verb.PEOPLE, fresh=True)
@require_POST
def end(request: WorkRequest, grant_id: UUID) -> HttpResponse:
    held = _found(Grant, grant_id)
    _managed(request, held.scope, held.scope_id)
    try:
        operations.end(held, actor=request.person, now=clock.now())
    except Refused as refused:
        messages.error(request, refused.message)
    return _back(held.scope, held.scope_id)


@room(Verb.PEOPLE)
@require_POST
def withdraw(request: WorkRequest, invitation_id: UUID) -> HttpResponse:
    invitation = _found(Invitation, invitation_id)
    _managed(request, invitation.scope, invitation.scope_id)
    operations.withdraw(invitation, actor=request.person, now=clock.now())
    return _back(invitation.scope, invitation.scope_id)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation; its button takes it up. Who only looks, a scanner of mail for instance, changes nothing."""
    now = clock.now()
    offered = operations.open_invitation(token, now=now)
    if request.method == "POST":
        return _accept(request, token, offered, now)
    context = {
        "offered": offered,
        "role": ROLES[offered.role] if offered else None,
        "place": name_of(Scope(offered.scope), offered.scope_id) if offered else None,
    }
    return render(request, "access/invitation.html", context, status=200 if offered else 404)


def _accept(request: HttpRequest, token: str, offered: Invitation | None, now: datetime) -> HttpResponse:
    visitor = request.user if isinstance(request.user, Person) else None
    try:
        person = operations.accept(token, visitor=visitor, now=now)
    except Refused as refused:
        context = {"offered": offered, "refused": refused, "signed_in": visitor is not None}
        return render(request, "access/invitation.html", context, status=409)
    if visitor is not None:
        return redirect("desk")
    done = perform_login(request, person, email_verification="none", redirect_url=reverse("desk"))
    return cast("HttpResponse", done)


def _managed(request: WorkRequest, scope: str, scope_id: str) -> tuple[Scope, str, Words]:
    """Return the place with its name; what the person has no say about is not there."""
    if scope not in set(Scope):
        raise Http404
    place = Scope(scope)
    key = "" if place == Scope.HOUSE else scope_id
    name = name_of(place, key)
    if name is None or not queries.may_manage(request.holdings, place, key):
        raise Http404
    return place, key, name


def _people_of(scope: str, scope_id: str) -> str:
    return reverse("access:people", args=[scope, scope_id or EVERYWHERE])


def _back(scope: str, scope_id: str) -> HttpResponse:
    return redirect(_people_of(scope, scope_id))


def _found(model: type[M], key: UUID) -> M:
    found = model._default_manager.filter(pk=key).first()  # noqa: SLF001 -- Django's documented API
    if found is None:
        raise Http404
    return found
