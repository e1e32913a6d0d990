"""The log: help that happened, written down in a few taps, corrected, and taken back if need be."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.domains.guidance import operations
from kilauta.domains.guidance.forms.sessions import GroupForm, LogForm, OneForm
from kilauta.domains.guidance.logic.entry import Entry, is_editable
from kilauta.domains.guidance.logic.periods import MONTH, WEEK, YEAR, this
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.domains.guidance.queries.ground import Ground, ground, with_entry
from kilauta.domains.guidance.queries.sessions import entry_of, own_sessions
from kilauta.domains.guidance.queries.telling import history_of, shares_of, told
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.forms.once import once
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.zone import local

PER_PAGE = 50
FORMS: dict[str, type[LogForm]] = {"one": OneForm, "group": GroupForm}
# The periods of the list, as they stand in its address.
PERIODS = {
    "viikko": (WEEK, gettext_lazy("This week")),
    "kuukausi": (MONTH, gettext_lazy("This month")),
    "vuosi": (YEAR, gettext_lazy("This year")),
}


def ground_of(request: WorkRequest) -> Ground:
    """Return what the log of whoever asks stands on, today in Finland."""
    region = str(request.region)
    return ground(
        request.person,
        region,
        keys=request.holdings.ids(Verb.WORK, Scope.BODY),
        coordinates=request.holdings.may(Verb.COORDINATE, Scope.REGION, region),
        today=local(clock.now()).date(),
    )


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: WorkRequest) -> HttpResponse:
    """Log help to one person."""
    return _logged(request, "one")


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def log_group(request: WorkRequest) -> HttpResponse:
    """Log help to a group, in totals."""
    return _logged(request, "group")


def _logged(request: WorkRequest, shape: str) -> HttpResponse:
    held = ground_of(request)
    if not held.bodies:
        return nobody(request)
    form = FORMS[shape](request, held, of=_same_again(request, held, shape))
    if form.is_valid():
        now = clock.now()

        def act() -> str:
            made = operations.log_session(
                form.entry(), actor=request.person, now=now, new_tag=form.cleaned_data["new_tag"]
            )
            return reverse("guidance:logged", args=[made.pk])

        done = once(form, act, now=now)
        if done:
            return done
    context = {"form": form, "is_group": shape == "group"}
    return render(request, "guidance/desk/log.html", context)


def nobody(request: WorkRequest) -> HttpResponse:
    """Tell somebody without an organisation why there is nothing to log for, and whom to ask."""
    return render(request, "guidance/desk/log_nobody.html")


def _same_again(request: WorkRequest, held: Ground, shape: str) -> Entry | None:
    """Return the entry to copy, of today and without what is of one person only."""
    asked = request.GET.get("sama", "")
    try:
        key = UUID(asked)
    except ValueError:
        return None
    rows = own_sessions(request.person, held.network).filter(pk=key, shape=shape)
    session = rows.first()
    return entry_of(session).again(held.today) if session else None


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def logged(request: WorkRequest, key: UUID) -> HttpResponse:
    """Say that it is logged; one button takes it back, and brings it again."""
    session, now = _own(request, key), clock.now()
    deeds = {"undo": operations.withdraw_session, "restore": operations.restore_session}
    if request.method == "POST":
        deed = deeds.get(request.POST.get("do", ""))
        if deed:
            try:
                deed(session, actor=request.person, now=now)
            except Refused as refused:
                messages.error(request, refused.message)
        return redirect("guidance:logged", key)
    context = {"told": told(session, now=now), "shares": shares_of(session)}
    return render(request, "guidance/desk/logged.html", context)


@room(Verb.WORK)
@require_safe
def sessions(request: WorkRequest) -> HttpResponse:
    """My entries, by period, the newest first."""
    now = clock.now()
    rows = own_sessions(request.person, str(request.region))
    chosen = PERIODS.get(request.GET.get("jakso", ""))
    if chosen:
        period = this(chosen[0], local(now).date())
        rows = rows.filter(held_on__gte=period.from_on, held_on__lt=period.until_on)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("sivu", "1"))
    context = {
        "page": page,
        "rows": [told(each, now=now) for each in page.object_list],
        "number": rows.filter(withdrawn_at__isnull=True).count(),
        "periods": [
            (code, name, code == request.GET.get("jakso")) for code, (_kind, name) in PERIODS.items()
        ],
        "is_chosen": chosen is not None,
    }
    return render(request, "guidance/desk/log_list.html", context)


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: WorkRequest, key: UUID) -> HttpResponse:
    """One entry: finish or correct it for 30 days, see what was done to it."""
    held, now = _own(request, key), clock.now()
    form = _form_of(request, held) if is_editable(now - held.logged_at) and not held.withdrawn_at else None
    if form and form.is_valid():

        def act() -> str:
            entry = form.entry().instead_of(entry_of(held))
            tag = form.cleaned_data["new_tag"]
            operations.change_session(held, entry, actor=request.person, now=now, new_tag=tag)
            messages.success(request, _("Saved."))
            return reverse("guidance:logged", args=[key])

        done = once(form, act, now=now)
        if done:
            return done
    context = {
        "form": form,
        "told": told(held, now=now),
        "shares": shares_of(held),
        "is_group": held.shape == "group",
        "is_unfinished": held.way in {"request", "booking"} and held.outcome == "not-recorded",
        "history": history_of(held),
    }
    return render(request, "guidance/desk/log_edit.html", context)


def _form_of(request: WorkRequest, held: GuidanceSession) -> LogForm | None:
    """Return the form with what the entry says; an organisation that one has left can no longer be spoken for."""
    stands = ground_of(request)
    if held.organisation_id not in {each.pk for each in stands.bodies}:
        return None
    entry = entry_of(held)
    return FORMS[held.shape](request, with_entry(stands, entry), of=entry)


def _own(request: WorkRequest, key: UUID) -> GuidanceSession:
    found = own_sessions(request.person, str(request.region)).filter(pk=key).first()
    if found is None:
        raise Http404
    return found
