"""Leading somebody on to another provider: sent from the workspace, answered by a link, followed by the person."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance import choices
from kilauta.domains.guidance.forms.referrals import BY_SLIP, AnswerForm, ReferralForm
from kilauta.domains.guidance.forms.requests import UNSAID
from kilauta.domains.guidance.logic.requests import REFERRAL_KEPT
from kilauta.domains.guidance.models import HelpRequest, Referral
from kilauta.domains.guidance.operations import referrals as operations
from kilauta.domains.guidance.queries import links
from kilauta.domains.guidance.queries import referrals as queries
from kilauta.domains.guidance.queries.ground import bodies_of
from kilauta.domains.guidance.queries.requests import request_of
from kilauta.kit.access.doors import WorkRequest, public, room
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.documents import qr_svg
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.forms.once import once
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Deed
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

from .asking import Request, asked, begun, choosable, reading_of
from .requests import address_of, spoken


def _bodies(request: WorkRequest) -> list[Organisation]:
    """Return the organisations in whose name somebody may lead others on."""
    network = str(request.region)
    coordinates = request.holdings.may(Verb.COORDINATE, Scope.REGION, network)
    return bodies_of(request.holdings.ids(Verb.WORK, Scope.BODY), network, coordinates=coordinates)


@room(Verb.WORK, pledged=True)
@require_safe
def referrals(request: WorkRequest) -> HttpResponse:
    """What we have sent, and what has come to us."""
    bodies = _bodies(request)
    context = {
        "sent": [_row(each) for each in queries.sent_by(request.person, bodies)[:50]],
        "received": [_row(each) for each in queries.received_by(bodies)[:50]],
        "may_send": bool(bodies),
    }
    return render(request, "guidance/desk/referrals.html", context)


def _row(held: Referral) -> dict[str, object]:
    return {
        "referral": held,
        "number": spoken(held.number),
        "state": choices.REFERRAL_STATES[held.state],
        "why": choices.DECLINES[held.decline] if held.decline else "",
        "way": choices.WISHED[held.mode],
        "when": choices.WHEN[held.wanted],
        "whose": choices.WHOSE[held.whose],
        "only_by": choices.ONLY_BY[held.only_by] if held.only_by else "",
    }


@room(Verb.WORK, pledged=True)
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: WorkRequest) -> HttpResponse:
    """Lead somebody on who is here, or on the telephone."""
    return _refer(request, None)


@room(Verb.WORK, pledged=True)
@require_http_methods(["GET", "HEAD", "POST"])
def refer_request(request: WorkRequest, key: UUID) -> HttpResponse:
    """Lead somebody on whose request I have taken: what they told stands there already."""
    held = request_of(request.person, key)
    if held is None:
        raise Http404
    if held.contact:
        note_access(Deed.SEEN, [held], actor=request.person, now=clock.now())
    return _refer(request, held)


def _refer(request: WorkRequest, of: HelpRequest | None) -> HttpResponse:
    bodies, now, reading = _bodies(request), clock.now(), reading_of(request)
    if not bodies:
        return render(request, "guidance/desk/refer_nobody.html")
    initial = (
        _told(of) if of else {"whose": "me", "when": "any", "how": "mail", **begun(reading, request.GET)}
    )
    receivers = queries.receivers(str(request.region), but=bodies)
    form = ReferralForm(
        request,
        choosable=choosable(reading, request.POST.get("about", ""), str(initial.get("about", ""))),
        receivers=[(str(each.pk), str(each.name.pick(reading.lang))) for each in receivers],
        initial=initial,
    )

    def send() -> str:
        said = form.cleaned_data
        receiver = next(each for each in receivers if str(each.pk) == said["receiver"])
        made = operations.refer(
            asked(form, reading, lang=of.lang if of else ""),
            network=str(request.region),
            receiver=receiver,
            sent_by=of.organisation if of and of.organisation else bodies[0],
            consent=form.consented(str(receiver.name.pick(reading.lang))),
            is_slip=said["how"] == BY_SLIP,
            request=of,
            links=links_of(request),
            actor=request.person,
            now=now,
        )
        return reverse("guidance:referral", args=[made.pk])

    done = once(form, send, now=now) if form.is_valid() else None
    return done or render(request, "guidance/desk/refer.html", {"form": form, "of": of})


def _told(of: HelpRequest) -> dict[str, object]:
    return {
        "how": "mail",
        "about": of.group_id or of.topic_id or "",
        "town": of.municipality_id or UNSAID,
        "village": of.locality_id or "",
        "whose": of.whose,
        "way": of.mode or UNSAID,
        "when": of.wanted,
        "contact": of.contact,
        "only_by": of.only_by or UNSAID,
    }


def links_of(request: HttpRequest) -> operations.Links:
    return operations.Links(
        receiver=lambda thing: address_of(
            request, "guidance:referral-link", links.RECEIVER, thing, lang="fi"
        ),
        person=lambda thing: address_of(request, "guidance:referral-state", links.PERSON, thing),
    )


@room(Verb.WORK, pledged=True)
@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: WorkRequest, key: UUID) -> HttpResponse:
    """One referral that we have sent: how it stands, its slip; it can be marked as done for the receiver."""
    held = _sent(request, key)
    if request.method == "POST":
        try:
            operations.finish(held, actor=request.person, now=clock.now())
        except Refused as refused:
            messages.info(request, refused.message)
        return redirect("guidance:referral", key)
    return render(request, "guidance/desk/referral.html", {**_row(held), "held": held})


@room(Verb.WORK, pledged=True)
@require_safe
def slip(request: WorkRequest, key: UUID) -> HttpResponse:
    """The referral on paper: whom to go to, the number, and a code that the receiver's telephone reads."""
    held = _sent(request, key)
    url = links_of(request).receiver(held)
    title = _("QR code for whoever receives this")
    receiver = held.receiver
    context = {**_row(held), "held": held, "qr": qr_svg(url, title=title), "receiver": receiver}
    return render(request, "guidance/print/slip.html", context)


def _sent(request: WorkRequest, key: UUID) -> Referral:
    held = queries.sent_by(request.person, _bodies(request)).filter(pk=key).first()
    if held is None:
        raise Http404
    return held


@public
@visitor_form
def answer(request: Request, token: str) -> HttpResponse:
    """The receiver answers. Looking changes nothing; the contact is shown to who has accepted."""
    held, now = _behind(links.RECEIVER, token), request.reading.now
    if held is None:
        return render(request, "guidance/public/referral_over.html", status=404)
    form = AnswerForm(request)
    do, thing = request.POST.get("do", ""), held

    def act() -> str:
        if do == "accept":
            operations.accept(thing, now=now)
        elif do == "done":
            operations.finish(thing, actor=None, now=now)
        else:
            operations.decline(thing, reason=form.cleaned_data["reason"], now=now)
        return str(thing.pk)

    if form.is_valid() and once(form, act, now=now):
        return redirect("guidance:referral-link", token)
    if held.expires_at <= now and held.state in ("sent", "lapsed"):
        return render(request, "guidance/public/referral_over.html", {"held": held}, status=410)
    context = {**_row(held), "held": held, "form": form, "shows": held.state == "accepted" and bool(held.contact),
               "who": _("the customer")}  # fmt: skip
    return render(request, "guidance/public/referral.html", context)


@public
@require_safe
def state(request: Request, token: str) -> HttpResponse:
    """How the referral stands, for the person it is about."""
    held, now = _behind(links.PERSON, token), request.reading.now
    if held is None or (held.closed_at and now - held.closed_at > REFERRAL_KEPT):
        raise Http404
    return render(request, "guidance/public/referral_state.html", {**_row(held), "held": held})


def _behind(kind: str, token: str) -> Referral | None:
    key = links.opened(kind, token)
    return queries.referral_at(key) if key else None
