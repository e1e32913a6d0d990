"""Parts of a page that others than its owner fill: a lower domain's page shows what higher ones know about its thing.

A domain offers in `ports/panels.py` a tuple `PANELS`: for which kind of thing, with which template, and from what. The
page asks `panels_of` and includes each template with what was made for it, as `panel`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kilauta.kit import ports


@dataclass(frozen=True, slots=True)
class About:
    """Whose page it is: the key of the thing, the region of the host, the instant."""

    key: str
    region: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Panel:
    """`make` returns what the template shows, or None where there is nothing to show."""

    of: str
    template: str
    make: Callable[[About], object | None]


@dataclass(frozen=True, slots=True)
class Shown:
    template: str
    panel: object


def panels_of(kind: str, about: About) -> list[Shown]:
    """Return the panels for a thing of this kind, those of lower domains first."""
    offered = [each for _label, module in ports.of("panels") for each in module.PANELS if each.of == kind]
    made = [(each.template, each.make(about)) for each in offered]
    return [Shown(template, panel) for template, panel in made if panel is not None]
