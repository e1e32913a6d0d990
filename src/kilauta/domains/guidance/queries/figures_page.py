"""The page of figures, and the same tables as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kilauta.domains.guidance.logic import periods
from kilauta.domains.guidance.logic.periods import Period
from kilauta.lib.zone import local

from .figures import Figures, Of, figures
from .figures_shape import Table
from .figures_tables import BUCKET_NAMES, BUCKET_WORDS, days, tables


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    code: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The tables of one time, and the ways to others. `unfinished`: the time is not over."""

    figures: Figures
    name: str
    code: str
    unfinished: bool
    kinds: tuple[Choice, ...]
    earlier: Choice | None
    later: Choice | None
    bars: tuple[Choice, ...]
    tables: tuple[Table, ...]

    @property
    def file_name(self) -> str:
        span = self.figures.period
        return f"luvut-{self.code or f'{span.from_on}--{span.last_on}'}"


def figures_page(of: Of, period: Period, *, by: str, first: date | None, now: datetime) -> FiguresPage:
    """Return the figures of somebody in a time, by bars of this kind; by such as fit, where these do not."""
    today = local(now).date()
    found = figures(of, period, now=now)
    fitting = periods.fitting(found.period)
    shown = by if by in fitting else periods.usual(found.period)
    earlier, later = periods.before(period), periods.after(period)
    return FiguresPage(
        figures=found,
        name=name_of(period),
        code=period.code,
        unfinished=period.until(today) != period,
        kinds=tuple(_kinds(period, today)),
        # before the first session there is nothing to look at
        earlier=_beside(earlier) if earlier and first and first < earlier.until_on else None,
        later=_beside(later) if later and later.from_on <= today else None,
        bars=tuple(Choice(BUCKET_WORDS[kind](), kind, kind == shown) for kind in fitting),
        tables=tables(found, shown),
    )


def name_of(period: Period) -> str:
    if period.kind in {periods.WEEK, periods.MONTH, periods.YEAR}:
        return BUCKET_NAMES[period.kind](period)
    return _("From the beginning") if period.kind == periods.ALL else days(period)


def _kinds(period: Period, today: date) -> Iterator[Choice]:
    words = {
        periods.WEEK: pgettext("figures", "This week"),
        periods.MONTH: pgettext("figures", "This month"),
        periods.YEAR: pgettext("figures", "This year"),
    }
    for kind, name in words.items():
        now = periods.this(kind, today)
        yield Choice(name, now.code, now == period)
    yield Choice(_("From the beginning"), periods.ALL, period.kind == periods.ALL)


def _beside(period: Period | None) -> Choice | None:
    return Choice(capfirst(name_of(period)), period.code) if period and period.code else None
