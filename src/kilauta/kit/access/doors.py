"""The doors of the site: who may come in. A page without a door is shut (LoginRequiredMiddleware).

`public` lets everybody in. `room` wants a signed-in person who may do a verb; in whose network or organisation
is asked by the view of the thing at hand, through `request.holdings`. A person inside the house who may not do
it is told so (403); a thing of somebody else's is not there (404), as if it never had been.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.lib import clock
from kilauta.lib.zone import local

from .holdings import Holdings, holdings
from .pledging import has_accepted
from .roles import GUARDED, Scope, Verb

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
Open = Callable[Concatenate[HttpRequest, P], HttpResponse]

ABSOLUTE = timedelta(hours=12)
IDLE = timedelta(minutes=30)
# "seen just now" is written this seldom
SEEN = timedelta(minutes=5)
SIGNED_IN, LAST_SEEN = "signed_in_at", "seen_at"


class WorkRequest(HttpRequest):
    """A request of somebody who is signed in and has come through a door."""

    person: Person
    holdings: Holdings
    # the region of the host, given by the site
    region: str


def public(view: Callable[Concatenate[R, P], HttpResponse]) -> Callable[Concatenate[R, P], HttpResponse]:
    """Let everybody in; the page neither reads nor sets a cookie."""
    opened = login_not_required(view)
    opened.door = "public"  # type: ignore[attr-defined]
    return opened


def room(
    verb: Verb, *, fresh: bool = False, pledged: bool = False
) -> Callable[
    [Callable[Concatenate[WorkRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Let in who may do this somewhere. `fresh`: who has proved within 15 minutes who they are.

    `pledged`: who has promised secrecy as the region's newest pledge says; others read it first and come back.
    """

    def door(
        view: Callable[Concatenate[WorkRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def entered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            now = clock.now()
            person = cast("Person", request.user)  # LoginRequiredMiddleware has let nobody else through
            mine = holdings(person, local(now).date())
            if not _sitting(request, now, guarded=mine.guarded):
                logout(request)
                return redirect(f"{settings.LOGIN_URL}?next={request.path}")
            if not mine.anywhere(verb):
                raise PermissionDenied
            if verb in GUARDED and not has_second_factor(request):
                return _to_the_second_step(request)
            if pledged and not has_accepted(person, str(cast("WorkRequest", request).region)):
                return _to_the_pledge(request)
            if fresh and not is_fresh(request):
                # the middleware of the library asks, and then sends again what was to be sent
                raise ReauthenticationRequired
            came = cast("WorkRequest", request)
            came.person, came.holdings = person, mine
            return view(came, *args, **kwargs)

        entered.door = verb  # type: ignore[attr-defined]
        return cast("Open[P]", entered)

    return door


def _to_the_second_step(request: HttpRequest) -> HttpResponse:
    words = _("Your role needs a second step at sign-in. Choose one here, then sign in again.")
    messages.info(request, words)
    return redirect("mfa_index")


def _to_the_pledge(request: HttpRequest) -> HttpResponse:
    """Lead to the page of the pledge, and from there back; what was sent cannot be sent again from there."""
    on = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("desk")
    return redirect(f"{reverse('access:pledge')}?{urlencode({'next': on})}")


def here(request: WorkRequest, verb: Verb) -> str:
    """Return the region of the host; to whoever may not do this in it, its office is not there."""
    region = str(request.region)
    if not request.holdings.may(verb, Scope.REGION, region):
        raise Http404
    return region


def has_second_factor(request: HttpRequest) -> bool:
    """Return whether this sign-in was proved with something one has, beside what one knows or reads.

    In the demo everybody is an invented person, and one button signs in.
    """
    if settings.DEMO:
        return True
    records = request.session.get("account_authentication_methods", [])
    return any(record.get("method") == "mfa" for record in records)


def is_fresh(request: HttpRequest) -> bool:
    """Return whether the person has proved within 15 minutes who they are; in the demo there is nothing to prove."""
    records = request.session.get("account_authentication_methods", [])
    newest = max((record.get("at", 0) for record in records), default=0)
    return settings.DEMO or clock.now().timestamp() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _sitting(request: HttpRequest, now: datetime, *, guarded: bool) -> bool:
    """Return whether the sign-in still holds: 12 hours in all, and for guarded roles 30 minutes since the last page."""
    session = request.session
    began = session.setdefault(SIGNED_IN, now.isoformat())
    seen = session.setdefault(LAST_SEEN, now.isoformat())
    if now - datetime.fromisoformat(began) > ABSOLUTE:
        return False
    away = now - datetime.fromisoformat(seen)
    if guarded and away > IDLE:
        return False
    if away > SEEN:
        session[LAST_SEEN] = now.isoformat()
    return True
