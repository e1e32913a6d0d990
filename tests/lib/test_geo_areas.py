"""Areas on the ground: what is inside, how far the border is, and borders with fewer bends."""

from __future__ import annotations

from math import cos, pi, radians, sin

from hypothesis import given
from hypothesis import strategies as st

from kilauta.lib.geo import Point, border_km, contains, distance_km, simplified

# A square of one degree with a hole in the middle, and an island beside it.
SQUARE = [Point(64.0, 28.0), Point(64.0, 29.0), Point(65.0, 29.0), Point(65.0, 28.0)]
HOLE = [Point(64.4, 28.4), Point(64.6, 28.4), Point(64.6, 28.6), Point(64.4, 28.6)]
ISLAND = [Point(64.0, 30.0), Point(64.2, 30.0), Point(64.1, 30.2)]
AREA = [SQUARE, HOLE, ISLAND]


def test_what_is_inside_is_inside_and_holes_are_not() -> None:
    inside = [Point(64.1, 28.1), Point(64.9, 28.9), Point(64.5, 28.3), Point(64.1, 30.1)]
    outside = [
        Point(64.5, 28.5),
        Point(64.5, 29.5),
        Point(63.9, 28.5),
        Point(65.1, 28.5),
        Point(64.19, 30.15),
    ]
    assert [contains(AREA, point) for point in inside] == [True] * 4
    assert [contains(AREA, point) for point in outside] == [False] * 5
    assert contains([], Point(64.5, 28.5)) is False


@given(
    middle=st.builds(Point, st.floats(60.0, 69.0), st.floats(20.0, 31.0)), turned=st.integers(0, 11),
    backwards=st.booleans(),
    far=st.floats(0.1, 0.9), angle=st.floats(0, 2 * pi),
)  # fmt: skip
def test_a_round_area_holds_what_is_nearer_than_its_radius(middle, turned, backwards, far, angle) -> None:
    def at(share: float, angle: float) -> Point:
        lat, lon = middle
        return Point(lat + 0.2 * share * sin(angle), lon + 0.2 * share * cos(angle) / cos(radians(lat)))

    ring = [at(1, 2 * pi * n / 60) for n in range(60)]
    ring = ring[turned:] + ring[:turned]
    area = [ring[::-1] if backwards else ring]
    assert contains(area, at(far, angle))
    assert not contains(area, at(2 - far, angle))


def test_the_border_is_as_far_as_the_nearest_side() -> None:
    point = Point(64.5, 28.9)
    assert abs(border_km([SQUARE], point) - distance_km(point, Point(64.5, 29.0))) < 0.02
    assert (
        abs(border_km([SQUARE], Point(66.0, 29.5)) - distance_km(Point(66.0, 29.5), Point(65.0, 29.0))) < 0.5
    )
    assert border_km([SQUARE], SQUARE[0]) == 0
    assert border_km([], point) == float("inf")


@given(bends=st.lists(st.floats(-0.0005, 0.0005), min_size=0, max_size=40))
def test_bends_within_the_tolerance_go_and_the_corners_stay(bends) -> None:
    """A side with small bends (0.0005 degrees are some 55 metres) becomes straight at 100 metres."""
    side = [Point(64.0 + bend, 28.0 + (n + 1) / (len(bends) + 1)) for n, bend in enumerate(bends)]
    ring = [SQUARE[0], *side, *SQUARE[1:], SQUARE[0]]
    assert simplified(ring, 0.1) == [*SQUARE, SQUARE[0]]


@given(st.lists(st.builds(Point, st.floats(64.0, 65.0), st.floats(28.0, 29.0)), min_size=2, max_size=30))
def test_what_goes_is_never_farther_from_what_stays_than_the_tolerance(ring) -> None:
    kept = simplified(ring, 5.0)
    assert (kept[0], kept[-1]) == (ring[0], ring[-1])
    assert [point for point in ring if border_km([kept], point) > 5.0 + 1e-6] == []
