"""Distances on the ground, good to a few metres at Finnish latitudes."""

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
