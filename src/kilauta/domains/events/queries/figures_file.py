"""The tables of events to take along, the same cells as on the page."""

from django.utils.translation import gettext as _

from kilauta.domains.events.logic.figures import CENTS_A_KILOMETRE, GRAMS_A_KILOMETRE, KILOMETRES, MINUTES
from kilauta.domains.guidance.logic.periods import Period
from kilauta.domains.guidance.queries.figures_tables import days
from kilauta.kit.exchange.workbooks import write_workbook

from .figures import EventFigures


def as_workbook(figures: EventFigures, period: Period) -> bytes:
    """Return a workbook: what it is about and what is assumed, then a sheet for each table."""
    saved = figures.saved
    about: list[tuple[str | int | None, ...]] = [
        (_("Period"), days(period)),
        (_("Places"), figures.venues),
        (_("Remote participations"), saved.times),
        (_("Kilometres saved"), saved.kilometres),
        (_("Hours saved"), saved.hours),
        (_("Euros saved"), saved.euros),
        (_("Carbon dioxide saved, kg"), saved.kilograms),
        (_("Assumed of each: kilometres"), KILOMETRES),
        (_("Assumed of each: minutes"), MINUTES),
        (_("Assumed of a kilometre: cents"), CENTS_A_KILOMETRE),
        (_("Assumed of a kilometre: grams of carbon dioxide"), GRAMS_A_KILOMETRE),
    ]
    sheets = [
        (
            table.title,
            (table.head, *(column.name for column in table.columns)),
            [(row.name, *row.numbers) for row in table.rows],
        )
        for table in figures.tables
    ]
    return write_workbook([(_("What this is"), (_("What"), ""), about), *sheets])
