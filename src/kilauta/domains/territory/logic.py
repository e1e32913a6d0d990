"""Reading the borders of municipalities out of GeoJSON (RFC 7946), as offices publish them."""

import json
from collections.abc import Iterable

from kilauta.lib.geo import Point, in_finland, simplified

# What the number of the municipality is called in the files of different offices.
NUMBERS = ("kunta", "natcode", "kuntanro", "kuntakoodi", "code", "nationalcode")
# Nobody sees a smaller bend on a map as wide as a phone, and a place this near a border may be on either side.
TOLERANCE_KM = 0.1
# of a degree: about five metres
DIGITS = 4
LEAST_POINTS = 3

Rings = list[list[Point]]


class Unreadable(ValueError):  # noqa: N818 -- what it says of the file
    """What came is no file of borders; `code` says why: not-geojson, no-areas, not-degrees."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def borders(text: str, known: frozenset[str]) -> dict[str, Rings]:
    """Return the rings of each known municipality by its number, without what nobody would see.

    Refuses (Unreadable) what is no GeoJSON, names none of them, or is not in degrees of longitude and latitude.
    """
    try:
        features = json.loads(text)["features"]
        found: dict[str, Rings] = {}
        for feature in features:
            number = _number(feature["properties"])
            if number in known:
                found.setdefault(number, []).extend(_rings(feature["geometry"]))
    except Unreadable:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise Unreadable("not-geojson") from None
    found = {number: rings for number, rings in found.items() if rings}
    if not found:
        raise Unreadable("no-areas")
    return found


def _number(properties: dict[str, object]) -> str:
    said = {str(name).lower(): value for name, value in properties.items()}
    value = next((said[name] for name in NUMBERS if said.get(name) not in (None, "")), "")
    return str(value).strip().zfill(3)


def _rings(geometry: dict[str, object]) -> Iterable[list[Point]]:
    kind, parts = geometry["type"], geometry["coordinates"]
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(parts, list):
        return
    for polygon in [parts] if kind == "Polygon" else parts:
        for ring in polygon:
            # the first point stands once more at the end
            points = [_point(pair) for pair in ring]
            kept = simplified(points, TOLERANCE_KM) if len(points) > LEAST_POINTS else points
            if kept and kept[0] == kept[-1]:
                kept = kept[:-1]
            if len(kept) >= LEAST_POINTS:
                yield kept


def _point(pair: list[float]) -> Point:
    point = Point(round(float(pair[1]), DIGITS), round(float(pair[0]), DIGITS))
    if not in_finland(point):
        raise Unreadable("not-degrees")
    return point
