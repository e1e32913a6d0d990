"""The municipalities of a network as a schematic map: where they lie to each other, and how much there is in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import cos, radians

from kilauta.domains.territory.queries import areas_of
from kilauta.lib.geo import Point

from .reading import Reading

# As wide as a phone, so that names are legible there without moving the map; it grows on wider screens.
WIDTH = 360
MARGIN = 54


# Where a name stands, and the room it takes: by letter, and in height.
BELOW, ABOVE = 27, -14
LETTER, LINE = 10, 22


@dataclass(frozen=True, slots=True)
class Seat:
    """A municipality's seat on the drawing: pixels from the upper left corner; its name stands `label` below it."""

    name: str
    address: str
    x: int
    y: int
    places: int
    label: int = BELOW


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    seats: tuple[Seat, ...]
    dots: tuple[tuple[int, int], ...]
    # the borders of the municipalities as paths, where they are known
    outlines: tuple[str, ...] = ()


def drawing_of(reading: Reading, counts: Mapping[str, int], spots: Iterable[Point]) -> Drawing:
    """Return the municipalities' seats where they lie to each other, north up, one degree of longitude narrowed.

    `counts` is how much there is in each municipality, by its code; at `spots` there are dots.
    """
    held = reading.catalogue
    mine = [m for code in sorted(reading.network.municipalities) if (m := held.municipalities[code]).point]
    points = [m.point for m in mine if m.point]
    if not points:
        return Drawing(WIDTH, 0, (), ())
    narrowing = cos(radians(sum(p.lat for p in points) / len(points)))
    west, north = min(p.lon for p in points), max(p.lat for p in points)
    across = (max(p.lon for p in points) - west) * narrowing or 0.1
    down = north - min(p.lat for p in points)
    scale = (WIDTH - 2 * MARGIN) / max(across, 0.1)

    def spot(point: Point) -> tuple[int, int]:
        return (
            round(MARGIN + (point.lon - west) * narrowing * scale),
            round(MARGIN + (north - point.lat) * scale),
        )

    seats = tuple(
        Seat(str(m.name.pick(reading.lang)), m.slug, *spot(m.point), counts.get(m.code, 0))
        for m in mine
        if m.point
    )
    dots = tuple(spot(point) for point in spots)
    # the seats say how much is drawn, so that their names have room; borders run over the edge
    areas = areas_of([m.code for m in mine])
    outlines = tuple(_path([[spot(point) for point in ring] for ring in area]) for area in areas.values())
    return Drawing(WIDTH, round(2 * MARGIN + down * scale), tuple(_apart(seats)), dots, outlines)


def _path(rings: Iterable[Iterable[tuple[int, int]]]) -> str:
    """Return rings as the path of a drawing; a point that falls on the one before is left out."""
    said = []
    for ring in rings:
        spots = [f"{x} {y}" for x, y in ring]
        said.append(
            "M" + "L".join(spot for n, spot in enumerate(spots) if n == 0 or spot != spots[n - 1]) + "Z"
        )
    return "".join(said)


def _apart(seats: Iterable[Seat]) -> list[Seat]:
    """Put a name above its seat where it would lie on one that is already written."""
    written: list[Seat] = []
    for seat in sorted(seats, key=lambda seat: (seat.y, seat.x)):
        above = replace(seat, label=ABOVE)
        crowded = any(_touch(seat, other) for other in written)
        written.append(above if crowded and not any(_touch(above, other) for other in written) else seat)
    return written


def _touch(one: Seat, other: Seat) -> bool:
    room = (len(one.name) + len(other.name) + 4) * LETTER / 2
    return abs(one.x - other.x) < room and abs(one.y + one.label - other.y - other.label) < LINE
