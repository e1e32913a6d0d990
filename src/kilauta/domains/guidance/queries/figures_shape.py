"""What a table of figures is, for the page and for the file alike.

A cell is a number; None is "not known" or "there is none", never nought.
"""

from dataclasses import dataclass

CHANGE, GROWTH, SHARE = "change", "growth", "share"


@dataclass(frozen=True, slots=True)
class Column:
    """What a number is called; `unit`: "", a change, its growth in per cent, or a share in per cent."""

    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its numbers; `key` is what one may look at alone, `bar` how long its bar is (0-100)."""

    name: str
    numbers: tuple[int | None, ...]
    key: str = ""
    bar: int = 0

    @property
    def first(self) -> int:
        return self.numbers[0] or 0


@dataclass(frozen=True, slots=True)
class Table:
    """`note` says of how many the shares are; `head` is the heading of the names."""

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    head: str = ""
    has_bars: bool = False
