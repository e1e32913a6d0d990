"""Distances and areas on the ground, good to a few metres at Finnish latitudes.

An *area* is rings of points: those of its parts and those of the holes in them, in any order and direction.
"""

from collections.abc import Iterable, Sequence
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_KM = 6371.0

# Everything we accept as a Finnish place lies inside this box (WGS84 degrees).
FINLAND_LAT = (59.3, 70.2)
FINLAND_LON = (19.0, 31.7)


class Point(NamedTuple):
    """WGS84 degrees."""

    lat: float
    lon: float


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance in kilometres (haversine)."""
    dlat, dlon = radians(b.lat - a.lat), radians(b.lon - a.lon)
    h = sin(dlat / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(dlon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h))


def in_finland(point: Point) -> bool:
    """Return whether the point lies inside Finland's bounding box."""
    return FINLAND_LAT[0] <= point.lat <= FINLAND_LAT[1] and FINLAND_LON[0] <= point.lon <= FINLAND_LON[1]


Area = Sequence[Sequence[Point]]


def contains(area: Area, point: Point) -> bool:
    """Return whether the point lies in the area: a line from it to the east then crosses an odd number of sides."""
    crossings = 0
    for a, b in _sides(area):
        if (a.lat > point.lat) != (b.lat > point.lat):
            crossing = a.lon + (point.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
            crossings += point.lon < crossing
    return crossings % 2 == 1


def border_km(area: Area, point: Point) -> float:
    """Return how far the point is from the nearest side of the area."""
    return min((_to_side(point, a, b) for a, b in _sides(area)), default=float("inf"))


def simplified(ring: Sequence[Point], tolerance_km: float) -> list[Point]:
    """Return the fewest of the ring's points that keep every other within the tolerance (Douglas and Peucker, 1973)."""
    kept = {0, len(ring) - 1}
    parts = [(0, len(ring) - 1)]
    while parts:
        first, last = parts.pop()
        far = [(_to_side(ring[n], ring[first], ring[last]), n) for n in range(first + 1, last)]
        worst, at = max(far, default=(0.0, first))
        if worst > tolerance_km:
            kept.add(at)
            parts += [(first, at), (at, last)]
    return [ring[n] for n in sorted(kept)]


def _sides(area: Area) -> Iterable[tuple[Point, Point]]:
    for ring in area:
        yield from zip(ring, [*ring[1:], *ring[:1]], strict=True)


def _to_side(point: Point, a: Point, b: Point) -> float:
    """Return the distance to a side, on a plane that touches the ground at the point."""
    degree = radians(1) * EARTH_RADIUS_KM
    narrowing = cos(radians(point.lat))
    ax, ay = (a.lon - point.lon) * narrowing * degree, (a.lat - point.lat) * degree
    bx, by = (b.lon - point.lon) * narrowing * degree, (b.lat - point.lat) * degree
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
    return sqrt((ax + along * dx) ** 2 + (ay + along * dy) ** 2)
