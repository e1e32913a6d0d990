"""The pages of the data-protection officer, and everybody's page about themselves. No address stands in an address."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy import erasing, finding, telling
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.finding import Whom
from kilauta.kit.privacy.models import Deed
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

from . import operations, queries
from .forms import AskForm, EraseForm

PER_PAGE = 50
DAYS: tuple[tuple[int, Promise], ...] = (
    (7, gettext_lazy("Seven days")),
    (30, gettext_lazy("30 days")),
    (365, gettext_lazy("A year")),
    (0, gettext_lazy("All")),
)
# How each button of the page is noted in the access log.
DEEDS = {"look": Deed.SEEN, "save": Deed.EXPORTED, "print": Deed.PRINTED}


@room(Verb.LOGS, fresh=True, pledged=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def person(request: WorkRequest) -> HttpResponse:
    """Find a person, tell what is held, give it along, or erase it. Who is looked for is sent, never linked."""
    here(request, Verb.LOGS)
    deed = request.POST.get("do", "look")
    form = (EraseForm if deed == "erase" else AskForm)(request.POST or None)
    if not form.is_valid():
        return render(request, "rights/person.html", {"form": form, "erases": deed == "erase"})
    meant = finding.whom(address=form.cleaned_data["address"])
    try:
        operations.refuse_beyond(meant, actor=request.person, now=clock.now())
        if deed == "erase":
            return _erased(request, form, meant)
    except Refused as refused:
        form.refuse(refused)
        return render(request, "rights/person.html", {"form": form, "erases": deed == "erase"})
    return _shown(request, deed if deed in DEEDS else "look", form, meant)


def _shown(request: WorkRequest, deed: str, form: AskForm, meant: Whom) -> HttpResponse:
    """Note who is about to see it and why, then tell it: on the page, as a file, or for the printer."""
    now, reason = clock.now(), form.cleaned_data["reason"]
    note_access(DEEDS[deed], finding.rows_about(meant), actor=request.person, now=now, purpose=reason)
    report = telling.subject_report(meant, now=now)
    if deed == "save":
        return _saved(report)
    if deed == "print":
        return render(request, "rights/print.html", {"report": report})
    asked = {"address": form.cleaned_data["address"], "reason": reason}
    context = {
        "form": form,
        "asked": asked,
        "report": report,
        "number": sum(erasing.would_erase(meant).values()),
        "erase_form": EraseForm(initial=asked, auto_id="erase_%s"),
    }
    return render(request, "rights/person.html", context)


def _erased(request: WorkRequest, form: AskForm, meant: Whom) -> HttpResponse:
    if finding.plain(form.cleaned_data["again"]) != finding.plain(form.cleaned_data["address"]):
        raise Refused("not-the-same", _("This is not the same as above. Nothing was erased."), "again")
    counts = operations.erase_person(
        meant, actor=request.person, now=clock.now(), purpose=form.cleaned_data["reason"]
    )
    said = _("Erased. Nothing is held about the person any more.") if counts else _("Nothing was held.")
    messages.success(request, said)
    return redirect("rights:person")


def _saved(report: telling.SubjectReport) -> HttpResponse:
    response = HttpResponse(telling.as_json(report), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="tiedot.json"'
    return response


@room(Verb.LOGS, pledged=True)
@require_safe
@never_cache
def log(request: WorkRequest) -> HttpResponse:
    """Who has looked at whose data. To read it is itself a look at what the colleagues have done."""
    region, now = here(request, Verb.LOGS), clock.now()
    everywhere = request.holdings.everywhere(Verb.LOGS)
    whose, days = _whose(request.GET.get("kuka", "")), _days(request.GET.get("jakso", ""))
    rows = queries.log(None if everywhere else region, actor=whose, days=days, now=now)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("sivu", "1"))
    looks = queries.told(page.object_list)
    seen = list({each.actor.pk: each.actor for each in looks}.values())
    note_access(Deed.SEEN, seen, actor=request.person, now=now, purpose=_("Access log"))
    context = {
        "page": page,
        "looks": looks,
        "periods": [(str(number), name, number == days) for number, name in DAYS],
        "whose": Person.objects.filter(pk=whose).first() if whose and looks else None,
    }
    return render(request, "rights/log.html", context)


def _whose(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _days(text: str) -> int:
    """Return how many days back; 30 unless one of the others is asked for."""
    return next((number for number, _name in DAYS if str(number) == text), 30)


@room(Verb.WORK)
@require_safe
@never_cache
def mine(request: WorkRequest) -> HttpResponse:
    """What the service holds about me, and who has looked."""
    meant = queries.oneself(request.person)
    looks = queries.looks_at(finding.rows_about(meant))
    page = Paginator(looks, PER_PAGE).get_page(request.GET.get("sivu", "1"))
    report = telling.subject_report(meant, now=clock.now())
    context = {"report": report, "page": page, "looks": queries.told(page.object_list)}
    return render(request, "rights/mine.html", context)


@room(Verb.WORK, fresh=True)
@require_safe
@never_cache
def mine_saved(request: WorkRequest) -> HttpResponse:
    """The same as a file for machines."""
    return _saved(telling.subject_report(queries.oneself(request.person), now=clock.now()))
