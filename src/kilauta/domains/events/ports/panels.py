"""What other pages show of events: a place its next times."""

from kilauta.domains.events.queries.public import TimeRow, next_at_place, row_of
from kilauta.kit.panels import About, Panel
from kilauta.kit.translations import reader_language


def next_here(about: About) -> tuple[TimeRow, ...] | None:
    """Return the next times at a place, where there are any."""
    times = next_at_place(about.region, about.key, now=about.now)
    return tuple(row_of(each, reader_language()) for each in times) or None


PANELS = (Panel("place", "events/parts/public_next_panel.html", next_here),)
