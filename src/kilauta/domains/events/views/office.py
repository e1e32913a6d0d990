"""What events came to: figures of a network, and how guidance goes on at each place."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kilauta.domains.events.queries.figures import EventFigures, event_figures
from kilauta.domains.events.queries.figures_file import as_workbook
from kilauta.domains.events.queries.registers import venue as find_venue
from kilauta.domains.events.queries.venues import venue_rows, venue_sheet
from kilauta.domains.guidance.logic import periods
from kilauta.domains.guidance.logic.periods import Period
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.exchange.listed import XLSX
from kilauta.lib import clock
from kilauta.lib.zone import local

FIRST = date(2015, 1, 1)


@room(Verb.NUMBERS)
@require_safe
def figures(request: WorkRequest) -> HttpResponse:
    """Figures of a year, a month, or of all time."""
    period, found = _asked(request)
    today = local(clock.now()).date()
    earlier, later = (
        step if step and step.from_on <= today else None
        for step in (periods.before(period), periods.after(period))
    )
    context = {
        "page": found, "period": period, "earlier": earlier, "later": later,
        "kinds": [
            (periods.this(periods.MONTH, today), _("This month")),
            (periods.this(periods.YEAR, today), _("This year")),
            (periods.everything(FIRST, today), _("All time")),
        ],
    }  # fmt: skip
    return render(request, "events/office/figures.html", context)


@room(Verb.NUMBERS)
@require_safe
def figures_saved(request: WorkRequest) -> HttpResponse:
    period, found = _asked(request)
    response = HttpResponse(as_workbook(found, period), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="tapahtumat-{period.code or periods.ALL}.xlsx"'
    return response


@room(Verb.LISTS)
@require_safe
def venues(request: WorkRequest) -> HttpResponse:
    """Table 1: each place, what its events came to, and who guides from now on."""
    rows = venue_rows(here(request, Verb.LISTS), now=clock.now())
    return render(request, "events/office/venues.html", {"rows": rows})


@room(Verb.LISTS)
@require_safe
def venue(request: WorkRequest, key: int) -> HttpResponse:
    """A sheet for the place itself: its own figures."""
    held = find_venue(here(request, Verb.LISTS), str(key))
    if held is None:
        raise Http404
    return render(request, "events/office/venue.html", {"sheet": venue_sheet(held, now=clock.now())})


def _asked(request: WorkRequest) -> tuple[Period, EventFigures]:
    network, now = here(request, Verb.NUMBERS), clock.now()
    today, code = local(now).date(), request.GET.get("kausi", "")
    if code == periods.ALL:
        period: Period | None = periods.everything(FIRST, today)
    else:
        period = periods.named(code) if code else periods.this(periods.YEAR, today)
    if period is None:
        raise Http404
    return period, event_figures(network, period, now=now)
