"""The chart of a table of figures, and numbers as people write them."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kilauta.domains.guidance.queries.figures_shape import CHANGE, GROWTH, SHARE, Row, Table

register = template.Library()

WIDTH, HEIGHT, BAR = 10, 100, 8
NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    height: int


@register.inclusion_tag("guidance/parts/chart.html")
def chart(table: Table) -> dict[str, object]:
    """Bars of the first column, high ones for large numbers; said in words for those who do not see them.

    The table itself stands below as the twin of the chart.
    """
    numbers = [row.first for row in table.rows]
    most = max(numbers, default=0)
    heights = [-(-number * HEIGHT // most) if most else 0 for number in numbers]
    bars = [Bar(place * WIDTH + 1, HEIGHT - height, height) for place, height in enumerate(heights) if height]
    highest = next((row for row in table.rows if row.first == most), None)
    return {
        "table": table,
        "bars": bars,
        "width": max(1, len(numbers)) * WIDTH,
        "height": HEIGHT,
        "bar": BAR,
        "first": table.rows[0] if table.rows else None,
        "last": table.rows[-1] if table.rows else None,
        "most": most,
        "highest": highest,
        "sum": sum(numbers),
    }


@register.filter
def figure(number: int, unit: str = "") -> str:
    """Write a number: a change with its sign, a share with its per cent."""
    sign = ("+" if number > 0 else "−" if number < 0 else "") if unit in {CHANGE, GROWTH} else ""
    shown = f"{sign}{number_format(abs(number), force_grouping=True)}"
    if unit not in {GROWTH, SHARE}:
        return shown
    return (_("%(number)s %%") % {"number": shown}).replace(" ", NBSP)


@register.simple_tag(takes_context=True)
def of_time(context: dict[str, Any], code: str) -> str:
    """Return this address with another time, and everything else that is asked for."""
    query = context["request"].GET.copy()
    for name in ("alku", "loppu", "kausi"):
        query.pop(name, None)
    query["kausi"] = code
    return f"?{query.urlencode()}"


@register.filter
def cells(row: Row, table: Table) -> list[tuple[int | None, str]]:
    """Return the numbers of a row, each with the unit of its column."""
    return [(number, column.unit) for number, column in zip(row.numbers, table.columns, strict=True)]
