"""On the page of one's own organisation: how often its pages were opened, and how often people were led to it."""

from kilauta.domains.finder.queries.own_figures import OwnFigures, own_figures
from kilauta.kit.panels import About, Panel


def _figures(about: About) -> OwnFigures | None:
    return own_figures(about.key, network=about.region, now=about.now)


PANELS = (Panel("organisation", "finder/desk/parts/own_figures.html", _figures),)
