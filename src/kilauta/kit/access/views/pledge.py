"""The pledge of secrecy: read and accepted by everybody who sees residents' data, looked after by coordinators."""

from typing import TypedDict

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kilauta.kit.access import pledging
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.forms import PledgeForm
from kilauta.kit.access.roles import Verb
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Deed
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.zone import local

PER_PAGE = 100


class _Sent(TypedDict):
    version: int
    on: str


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: WorkRequest) -> HttpResponse:
    """Read the pledge and accept it; then go on to where one was going."""
    region, sent = str(request.region), _sent(request)
    if request.method == "POST":
        try:
            pledging.accept(region, version=sent["version"], actor=request.person, now=clock.now())
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect(f"{reverse('access:pledge')}?next={sent['on']}")
        messages.success(request, _("Thank you. Your promise is noted."))
        return redirect(sent["on"])
    context = {
        "pledge": pledging.current(region),
        "accepted": pledging.accepted_in(region).filter(person=request.person).first(),
        "on": sent["on"],
    }
    return render(request, "access/pledge.html", context)


def _sent(request: WorkRequest) -> _Sent:
    """Return the version that was read, and where to go on: a page of ours, never an address from elsewhere."""
    asked = request.POST if request.method == "POST" else request.GET
    version, on = asked.get("version", ""), asked.get("next", "")
    ours = url_has_allowed_host_and_scheme(on, allowed_hosts=None) and on.startswith("/")
    known = int(version) if version.isascii() and version.isdigit() and len(version) < 7 else 0  # noqa: PLR2004
    return {"version": known, "on": on if ours else reverse("desk")}


@room(Verb.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: WorkRequest) -> HttpResponse:
    """The text, a new version of it, and who has accepted the one of today."""
    region, now = here(request, Verb.COORDINATE), clock.now()
    held = pledging.current(region)
    form = PledgeForm(request.POST or None, text=held.text)
    if form.is_valid():
        try:
            pledging.renew(
                region,
                form.cleaned_data["text"],
                after=_sent(request)["version"],
                actor=request.person,
                now=now,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The new version is in force. Everybody is asked to accept it."))
            return redirect("access:pledge-office")
    accepted = Paginator(pledging.accepted_in(region), PER_PAGE).get_page(request.GET.get("sivu", "1"))
    waiting = list(pledging.waiting_in(region, local(now).date())[:PER_PAGE])
    seen = [*(each.person for each in accepted.object_list), *waiting]
    note_access(Deed.SEEN, seen, actor=request.person, now=now)
    context = {"form": form, "pledge": held, "accepted": accepted, "waiting": waiting}
    return render(request, "access/pledge_office.html", context)
