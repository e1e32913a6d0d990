"""Own figures back: of a supporter, of an organisation, of a network. One page and one file for all three."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kilauta.domains.directory.models import Organisation
from kilauta.domains.directory.rules import organisations_for, reach_of
from kilauta.domains.guidance.forms.figures import Wish
from kilauta.domains.guidance.queries.figures import Of, first_day
from kilauta.domains.guidance.queries.figures_file import as_csv, as_workbook
from kilauta.domains.guidance.queries.figures_page import FiguresPage, figures_page
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.exchange.listed import XLSX
from kilauta.lib import clock
from kilauta.lib.zone import local

# What one may choose from is whose figures they are: the rest is said by the page itself.
OF_SUPPORTER, OF_ORGANISATION, OF_NETWORK = ("antaja", "kuka"), ("antaja",), ()


@room(Verb.WORK)
@require_safe
def mine(request: WorkRequest) -> HttpResponse:
    """What I have given."""
    context: dict[str, object] = {"title": _("My figures"), "organisations": _organisations(request)}
    return _page(request, _of_person(request), "guidance/desk/figures.html", OF_SUPPORTER, context)


@room(Verb.WORK)
@require_safe
def mine_saved(request: WorkRequest, form: str) -> HttpResponse:
    return _saved(request, _of_person(request), form, OF_SUPPORTER, request.person.name)


@room(Verb.WORK)
@require_safe
def own(request: WorkRequest, key: UUID) -> HttpResponse:
    """What my organisation has given."""
    organisation = _organisation(request, key)
    context = {"title": _("Figures of the organisation"), "organisation": organisation}
    return _page(
        request, _of_body(request, organisation), "guidance/desk/figures.html", OF_ORGANISATION, context
    )


@room(Verb.WORK)
@require_safe
def own_saved(request: WorkRequest, key: UUID, form: str) -> HttpResponse:
    organisation = _organisation(request, key)
    return _saved(request, _of_body(request, organisation), form, OF_ORGANISATION, organisation.name_fi)


@room(Verb.NUMBERS)
@require_safe
def office(request: WorkRequest) -> HttpResponse:
    """What the network has given."""
    of = Of(here(request, Verb.NUMBERS))
    return _page(request, of, "guidance/office/figures.html", OF_NETWORK, {"title": _("Figures of the help")})


@room(Verb.NUMBERS)
@require_safe
def office_saved(request: WorkRequest, form: str) -> HttpResponse:
    return _saved(request, Of(here(request, Verb.NUMBERS)), form, OF_NETWORK, "")


def _of_person(request: WorkRequest) -> Of:
    return Of(str(request.region), supporter=request.person.pk)


def _of_body(request: WorkRequest, organisation: Organisation) -> Of:
    return Of(str(request.region), organisation=organisation.pk)


def _organisation(request: WorkRequest, key: UUID) -> Organisation:
    """Return the organisation, to whoever works in it or may change its entry; to others it is not there."""
    found = Organisation.objects.filter(pk=key, merged_into__isnull=True).first()
    works = request.holdings.may(Verb.WORK, Scope.BODY, str(key))
    if found is None or not (works or organisations_for(reach_of(request.holdings)).filter(pk=key).exists()):
        raise Http404
    return found


def _organisations(request: WorkRequest) -> list[Organisation]:
    """Return the organisations of the person, by name."""
    keys = request.holdings.ids(Verb.WORK, Scope.BODY)
    return list(Organisation.objects.filter(pk__in=keys, merged_into__isnull=True).order_by("name_fi", "pk"))


def _page(
    request: WorkRequest, of: Of, template: str, without: tuple[str, ...], context: dict[str, object]
) -> HttpResponse:
    form = Wish(request.GET, network=of.network, without=without)
    shown = _asked(of, form, request) if form.is_valid() else None
    return render(request, template, {"form": form, "page": shown, "chosen": form.chosen(), **context})


def _saved(request: WorkRequest, of: Of, form: str, without: tuple[str, ...], whose: str) -> HttpResponse:
    """Return the tables of the page of the same address: with its time and all its filters, or not at all."""
    wish = Wish(request.GET, network=of.network, without=without)
    if not wish.is_valid():
        raise Http404
    shown = _asked(of, wish, request)
    named = [whose or str(request.reading.network.name.pick(request.reading.lang)), *wish.chosen()]  # type: ignore[attr-defined]  # given by the site
    if form == "xlsx":
        response = HttpResponse(as_workbook(shown, named), content_type=XLSX)
    else:
        response = HttpResponse(as_csv(shown, named), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{shown.file_name}.{form}"'
    return response


def _asked(of: Of, form: Wish, request: WorkRequest) -> FiguresPage:
    now = clock.now()
    first = first_day(of)
    period = form.period(first=first, today=local(now).date())
    if period is None:
        raise Http404
    return figures_page(form.narrowed(of), period, by=request.GET.get("jako", ""), first=first, now=now)
