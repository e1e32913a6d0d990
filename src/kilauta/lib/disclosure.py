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


def crossed(table: Mapping[K, Mapping[str, int]]) -> dict[K, dict[str, int]]:
    """Return the cells of a table that may be told beside the totals of its rows and of its columns.

    In every line what is hidden adds up to nought or to five and more, and is never one cell alone that its total
    would give away. What keeps a line safe may be hidden in a line across it, so the lines are gone through until
    nothing more has to be hidden.
    """
    shown = {
        row: {key: number for key, number in cells.items() if number >= LEAST} for row, cells in table.items()
    }
    keys = sorted({key for cells in table.values() for key in cells})
    lines = [[(row, key) for key in cells] for row, cells in table.items()]
    lines += [[(row, key) for row, cells in table.items() if key in cells] for key in keys]
    again = True
    while again:
        again = False
        for line in lines:
            hidden = [table[row][key] for row, key in line if key not in shown[row]]
            left = [(table[row][key], row, key) for row, key in line if key in shown[row]]
            if left and (0 < sum(hidden) < LEAST or (len(hidden) == 1 and sum(hidden))):
                _number, row, key = min(left)
                del shown[row][key]
                again = True
    return shown
