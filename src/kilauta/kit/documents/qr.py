"""QR codes as plain SVG: one path of dark modules, no style, no script."""

from itertools import groupby

import segno
from django.utils.html import format_html

QUIET_ZONE = 4
PIXELS_PER_MODULE = 4


def qr_svg(url: str, *, title: str) -> str:
    """Draw the address as an SVG that may stand inline in a page under a strict content policy."""
    return _drawn(url, title=title, quiet=QUIET_ZONE)


def bare_qr_svg(url: str, *, title: str) -> str:
    """Draw the address without its quiet zone, for a page that keeps the room around it empty itself."""
    return _drawn(url, title=title, quiet=0)


def _drawn(url: str, *, title: str, quiet: int) -> str:
    rows = [bytes(row) for row in segno.make_qr(url, error="m").matrix]
    side = len(rows) + 2 * quiet
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}"'
        ' width="{pixels}" height="{pixels}" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges"><title>{title}</title>'
        '<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{dark}"/></svg>',
        title=title,
        pixels=side * PIXELS_PER_MODULE,
        side=side,
        dark="".join(_dark_runs(rows, quiet)),
    )


def _dark_runs(rows: list[bytes], quiet: int) -> list[str]:
    """Say each unbroken run of dark modules as one rectangle."""
    runs = []
    for y, row in enumerate(rows, start=quiet):
        x = quiet
        for dark, group in groupby(row):
            length = len(list(group))
            if dark:
                runs.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return runs
