"""Filters and their counts by bit masks: one bit for each offer, the bits of a service side by side.

A filter on ways of help must hold for one and the same channel, yet people count services; so masks are of offers
and are reduced to services when counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Layout:
    """Which bits belong to which service: `sizes[i]` offers for the i-th."""

    sizes: Sequence[int]
    tops: int = field(init=False)
    lows: int = field(init=False)
    first: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        tops, at, first = 0, 0, []
        for size in self.sizes:
            first.append(at)
            at += size
            if size:
                tops |= 1 << (at - 1)
        object.__setattr__(self, "first", tuple(first))
        object.__setattr__(self, "tops", tops)
        object.__setattr__(self, "lows", ((1 << at) - 1) & ~tops)

    @property
    def everything(self) -> int:
        return self.tops | self.lows

    def services(self, mask: int) -> int:
        """Return the mask with exactly the top bit of every service that has any bit set.

        Adding all ones to the lower bits of a group carries into its top bit if and only if one of them is set, and
        never further.
        """
        return (((mask & self.lows) + self.lows) | mask) & self.tops

    def count(self, mask: int) -> int:
        """Return how many services have an offer in the mask."""
        return self.services(mask).bit_count()

    def members(self, mask: int) -> list[int]:
        """Return the numbers of the services with an offer in the mask, ascending."""
        return [
            number
            for number, size in enumerate(self.sizes)
            if size and mask >> self.first[number] & ((1 << size) - 1)
        ]


def bits(mask: int) -> Iterable[int]:
    """Yield the numbers of the set bits, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, and how many services it leaves."""

    facet: str
    value: str
    count: int
    chosen: bool


def narrowed(masks: Mapping[str, Mapping[str, int]], chosen: Mapping[str, str], start: int) -> int:
    """Return the offers that pass all chosen filters; an unknown value passes none."""
    for facet, value in chosen.items():
        start &= masks[facet].get(value, 0)
    return start


def counted(
    masks: Mapping[str, Mapping[str, int]], chosen: Mapping[str, str], start: int, layout: Layout
) -> dict[str, list[Choice]]:
    """Return for each filter the values that would find something, given the other filters."""
    found: dict[str, list[Choice]] = {}
    for facet, values in masks.items():
        others = {name: value for name, value in chosen.items() if name != facet}
        base = narrowed(masks, others, start)
        listed = [
            Choice(facet, value, count, chosen.get(facet) == value)
            for value, mask in values.items()
            if (count := layout.count(base & mask))
        ]
        if listed:
            found[facet] = listed
    return found
