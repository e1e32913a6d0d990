"""Where an event is told of: the checklist, the texts to copy, and leaflets taken somewhere."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kilauta.domains.events.forms.notices import CostForm, DeliveryForm, NoticeForm
from kilauta.domains.events.models import Notice
from kilauta.domains.events.operations import publishing as operations
from kilauta.domains.events.queries import notices as queries
from kilauta.domains.events.queries.blocks import blocks_of
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.forms import TONGUES
from kilauta.kit.forms.once import once
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.zone import local

from .own import found

BOTH = ["GET", "HEAD", "POST"]
WEEK = timedelta(days=7)


@room(Verb.WORK)
@require_POST
def tick(request: WorkRequest, key: UUID, notice: int) -> HttpResponse:
    """Done, or not done after all."""
    mine = _notice(request, key, notice)
    if request.POST.get("do") == "undo":
        operations.mark_undone(mine)
    else:
        operations.mark_done(mine, cents=None, actor=request.person, now=clock.now())
    return redirect(reverse("events:own-event", args=[key]) + "#kanavat")


@room(Verb.EDIT)
@require_http_methods(BOTH)
def notice(request: WorkRequest, key: UUID, notice: int) -> HttpResponse:
    """Whose task it is, by when, what it cost; or off the list."""
    mine = _notice(request, key, notice, to_change=True)
    form = NoticeForm(request, queries.owners(mine.event), initial=queries.notice_opening(mine))
    back = reverse("events:own-event", args=[key]) + "#kanavat"
    if request.method == "POST" and request.POST.get("do") == "drop":
        try:
            operations.drop_notice(mine, actor=request.person, now=clock.now())
        except Refused as refused:
            messages.error(request, refused.message)
        return redirect(back)

    def save() -> str:
        operations.change(mine, values=form.values(), actor=request.person, now=clock.now())
        return back

    if form.is_valid() and (done := once(form, save, now=clock.now())):
        return done
    return render(request, "events/desk/notice.html", {"form": form, "notice": mine, "back": back})


@room(Verb.EDIT)
@require_POST
def add(request: WorkRequest, key: UUID) -> HttpResponse:
    """Put another outlet on the checklist."""
    held = found(request, key, to_change=True)
    outlet = queries.outlet(held.network_id, request.POST.get("outlet", ""))
    today = local(clock.now()).date()
    if outlet is not None:
        operations.add_notice(held, outlet, due_on=today + WEEK, actor=request.person, now=clock.now())
    return redirect(reverse("events:own-event", args=[key]) + "#kanavat")


@room(Verb.EDIT)
@require_http_methods(BOTH)
def costs(request: WorkRequest, key: UUID) -> HttpResponse:
    """What each organisation pays of the event."""
    held = found(request, key, to_change=True)
    form = CostForm(request, queries.parts(held))

    def save() -> str:
        operations.share_costs(held, form.cents(), actor=request.person, now=clock.now())
        return reverse("events:own-event", args=[key])

    if form.is_valid() and (done := once(form, save, now=clock.now())):
        messages.success(request, _("Saved."))
        return done
    return render(request, "events/desk/costs.html", {"form": form, "event": held})


@room(Verb.WORK)
@require_http_methods(BOTH)
def deliveries(request: WorkRequest, key: UUID) -> HttpResponse:
    """Leaflets of this event that were taken somewhere: how many, where, when."""
    held, now = found(request, key), clock.now()
    form = DeliveryForm(request, initial={"on": local(now).date()})

    def save() -> str:
        operations.deliver(
            held.network_id, event=held, values=form.cleaned_data, actor=request.person, now=now
        )
        return reverse("events:deliveries", args=[key])

    if form.is_valid() and (done := once(form, save, now=now)):
        messages.success(request, _("Saved."))
        return done
    context = {"form": form, "event": held, "rows": queries.deliveries(held)}
    return render(request, "events/desk/deliveries.html", context)


@room(Verb.WORK)
@require_safe
def texts(request: WorkRequest, key: UUID) -> HttpResponse:
    """Texts to copy, made from what the event tells now."""
    held = found(request, key)
    context = {
        "event": held,
        "blocks": [(TONGUES[each.lang], each) for each in blocks_of(held, now=clock.now())],
    }
    return render(request, "events/desk/texts.html", context)


def _notice(request: WorkRequest, key: UUID, notice: int, *, to_change: bool = False) -> Notice:
    held = found(request, key, to_change=to_change)
    mine = held.notices.select_related("event", "outlet").filter(pk=notice).first()
    if mine is None:
        raise Http404
    return mine
