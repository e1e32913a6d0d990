"""How far a colour stands out from another, as WCAG 2 reckons it (relative luminance of sRGB)."""

import re
from collections.abc import Iterable

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
STEPS = 100
_LINEAR_TO = 0.04045


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours written as #0B4A6F: from 1 (the same) to 21 (black and white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def weakest(colour: str, grounds: Iterable[str]) -> float:
    """Return the contrast to the ground from which the colour stands out least."""
    return min(contrast(colour, ground) for ground in grounds)


def darkened(colour: str, grounds: Iterable[str], least: float) -> str:
    """Return the lightest shade of the colour that stands out so far from every (light) ground."""
    held = tuple(grounds)
    parts = _parts(colour)
    for step in range(STEPS, -1, -1):
        shade = "#" + "".join(f"{part * step // STEPS:02X}" for part in parts)
        if weakest(shade, held) >= least:
            return shade
    return "#000000"


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_TO else ((part + 0.055) / 1.055) ** 2.4
