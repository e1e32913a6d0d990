"""The visitor's door: forms of people without an account, who get no cookie and need none."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kilauta.kit.limits import counters
from kilauta.kit.limits.addresses import client_address

from .form import Refusal

# A class of thirty in a library has one address and tries a few times each; a machine that sends three hundred stops.
MOST = 120
WITHIN = timedelta(minutes=10)


class _Reading(Protocol):
    """What the site hangs on a request; here only its instant is needed."""

    now: datetime


P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


def visitor_form(
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """Let a view take a form from anybody: GET shows it, POST sends it, no session, no cookie.

    Who stands behind a POST is not known, so what matters is where it comes from (`is_from_here`) and how many come:
    from one address 120 in ten minutes pass (`limits.counters`), all forms together.

    What is refused reaches the view as a form that is not valid (`OnceForm`), so that the page keeps what was typed
    and says why; whatever the view might write all the same is taken back. A POST from elsewhere is not even counted.
    The page is nobody else's to keep: a shared copy of it would give two people one key.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @csrf_exempt
    @wraps(view)
    def door(request: R, /, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
        refusal = _refusal(request) if request.method == "POST" else None
        request.refusal = refusal  # type: ignore[attr-defined]
        request.needs_no_token = True  # type: ignore[attr-defined]
        if refusal is None:
            response = view(request, *arguments, **named)
        else:
            with transaction.atomic():
                response = view(request, *arguments, **named)
                transaction.set_rollback(True)
            response.status_code = refusal.status
            if refusal.retry_after:
                response["Retry-After"] = str(refusal.retry_after)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return door


def _refusal(request: HttpRequest) -> Refusal | None:
    if not is_from_here(request):
        return Refusal(
            _("We could not see that you sent this from our own page. Press the button again."), 403
        )
    reading: _Reading = request.reading  # type: ignore[attr-defined]
    now = reading.now
    if not counters.allow("form", client_address(request), most=MOST, within=WITHIN, now=now):
        words = _(
            "Too many forms have come from your network in a short time. Nothing is lost: wait ten minutes "
            "and press the button again, or call us."
        )
        return Refusal(words, 429, counters.wait(within=WITHIN, now=now))
    return None


def is_from_here(request: HttpRequest) -> bool:
    """Return whether a page of ours sent this, as far as the browser tells.

    A page of somebody else's must not send our forms through its visitors' browsers. There is no cookie to borrow,
    hence nothing to win but a false message under another's address; all the same:

    - Sec-Fetch-Site, where there is one, decides: every browser of today sends it over HTTPS, and no script can set
      it. `same-origin` is our own page; `none` is the visitor's own doing (a page restored and sent again).
    - Else Origin decides: browsers of the years 2010-2020, and newer ones over plain HTTP, send it with each POST.
      `null` comes from frames and redirects that hide where they are from: not ours.
    - Else Referer must be ours: the oldest browsers (Internet Explorer 11, Firefox before 70) send nothing else, and
      our pages ask for it to be sent to ourselves. One that sends none of the three is refused: another's page can
      have the Referer left out, and a browser that takes part in nothing of this is older than ten years.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    ours = (request.scheme, request.get_host().lower())
    try:
        sender = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    except ValueError:
        return False
    return (sender.scheme, sender.netloc.lower()) == ours
