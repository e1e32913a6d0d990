"""Being away: who does the work meanwhile, or from now on."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kilauta.kit.access import absences
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.forms import AbsenceForm
from kilauta.kit.access.models import Absence
from kilauta.kit.access.roles import Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.zone import local


@room(Verb.WORK, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: WorkRequest, key: UUID | None = None) -> HttpResponse:
    """Say who stands in for oneself, or for somebody whose roles one looks after, for a while or for good."""
    now = clock.now()
    today = local(now).date()
    person = request.person if key is None else _person(key)
    roles = absences.roles_of(person, actor=request.person, day=today)
    if person != request.person and not roles:
        raise Http404
    people = absences.colleagues(person, roles, today)
    form = AbsenceForm(request.POST or None, people=people)
    if form.is_valid():
        try:
            _do(request, person, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(_address(request, person))
    context = {
        "form": form,
        "whose": None if person == request.person else person,
        "absences": absences.absences_of(person, today),
        "roles": roles,
        "people": people,
        "today": today,
    }
    return render(request, "access/away.html", context)


def _do(request: WorkRequest, person: Person, form: AbsenceForm) -> None:
    given, now = form.cleaned_data, clock.now()
    other = given["deputy"]
    if given["for_good"]:
        absences.hand_over(person, other, actor=request.person, now=now)
        messages.success(request, _("%(name)s has the roles from today on.") % {"name": other})
        return
    absences.arrange(
        person, other, starts_on=given["starts_on"], ends_on=given["last_day"] + timedelta(days=1),
        actor=request.person, now=now, host=request.get_host(),
    )  # fmt: skip
    messages.success(request, _("%(name)s stands in, and is told by mail.") % {"name": other})


@room(Verb.WORK)
@require_POST
def back(request: WorkRequest, number: int) -> HttpResponse:
    """End an absence today."""
    absence = Absence.objects.filter(pk=number).select_related("person").first()
    today = local(clock.now()).date()
    if absence is None or not (
        absence.person == request.person or absences.roles_of(absence.person, actor=request.person, day=today)
    ):
        raise Http404
    absences.come_back(absence, now=clock.now())
    messages.success(request, _("The absence has ended."))
    return redirect(_address(request, absence.person))


def _address(request: WorkRequest, person: Person) -> str:
    if person == request.person or not absences.roles_of(
        person, actor=request.person, day=local(clock.now()).date()
    ):
        return reverse("access:away")
    return reverse("access:away-of", args=[person.pk])


def _person(key: UUID) -> Person:
    found = Person.objects.filter(pk=key, is_active=True).first()
    if found is None:
        raise Http404
    return found
