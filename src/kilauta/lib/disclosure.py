"""Small numbers stay inside the house: which cells of a table may be told, when their total is told as well."""

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K", bound=str)
# A number under this could be about somebody whom a reader knows.
LEAST = 5


def disclosed(cells: Mapping[K, int]) -> dict[K, int]:
    """Return the cells that may be told beside their total; what is not returned is hidden.

    A cell under five is hidden, nought as well. What is hidden adds up to nought or to five and more: where it would
    not, the smallest cells that could be told are hidden too, so that no small number can be reckoned from the total.
    """
    shown = {key: number for key, number in cells.items() if number >= LEAST}
    hidden = sum(cells.values()) - sum(shown.values())
    while shown and 0 < hidden < LEAST:
        hidden += shown.pop(min(shown, key=lambda key: (shown[key], key)))
    return shown
