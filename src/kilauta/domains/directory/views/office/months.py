"""How the directory has changed: each month's figures beside those before, and what came and went."""

from dataclasses import fields

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kilauta.domains.directory.choices import KIND_NAMES
from kilauta.domains.directory.queries.monthly import Figures, Month, differences, months, months_kept
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.exchange import listed

NAMES = {
    "providers": _("Who gives support"),
    "services": _("Services"),
    "ways": _("Ways of help"),
    "places": _("Places"),
    "eservices": _("E-services with help"),
    "topics": _("Topics with help"),
    "municipalities": _("Municipalities with help"),
    "covered": _("Topics helped with, counted in each municipality"),
}


@room(Verb.LISTS)
@require_safe
def page(request: WorkRequest) -> HttpResponse:
    network = here(request, Verb.LISTS)
    kept = months(network)
    newest = months_kept(network)[:2]
    whole = len(newest) == 2  # noqa: PLR2004 -- a difference needs two
    context = {
        "rows": [(name, [_cell(month, field) for month in kept]) for field, name in NAMES.items()],
        "months": kept,
        "differences": [
            (KIND_NAMES[one.kind], one)
            for one in (differences(network, *newest) if whole else ())
            if one.come or one.gone or one.changed
        ],
        "between": newest if whole else (),
    }
    return render(request, "directory/office/months.html", context)


def _cell(month: Month, field: str) -> tuple[int, int | None, int | None]:
    """Return a figure, and how much it has grown since the month before and the year before."""
    value = getattr(month.figures, field)
    earlier = (month.before, month.year_before)
    grown = [value - getattr(one, field) if one else None for one in earlier]
    return value, grown[0], grown[1]


@room(Verb.LISTS)
@require_safe
def table(request: WorkRequest) -> HttpResponse:
    """The same figures as a workbook."""
    kept = months(here(request, Verb.LISTS))
    headings = [str(_("Month")), *(str(NAMES[field.name]) for field in fields(Figures))]
    rows = [
        [
            date_format(month.month, "Y-m"),
            *(str(getattr(month.figures, field.name)) for field in fields(Figures)),
        ]
        for month in kept
    ]
    answer = HttpResponse(
        listed.workbook(listed.Listed(str(_("Months")), headings, rows)), content_type=listed.XLSX
    )
    answer["Content-Disposition"] = 'attachment; filename="kuukaudet.xlsx"'
    return answer
