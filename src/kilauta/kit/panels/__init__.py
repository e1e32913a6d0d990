"""Parts of a page that others than its owner fill: a lower domain's page shows what higher ones know about its thing.

A domain offers in `ports/panels.py` a tuple `PANELS`: for which kind of thing, with which template, and from what. The
page asks `panels_of` and includes each template with what was made for it, as `panel`.

The first pages of the two rooms, of kind `desk` and `office`, also show lines: how many things of one sort need
somebody, and where they are worked through. A domain offers them in `ports/lines.py` as `LINES`, a tuple of `Lines`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

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


@dataclass(frozen=True, slots=True)
class Line:
    """One sort of thing that may need somebody: how many, and the address where they are worked through."""

    name: str | Promise
    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Lines:
    """`make` returns the lines for one person's room; `of` is `desk` or `office`, and the key is the person's."""

    of: str
    make: Callable[[About], Iterable[Line]]


def lines_of(kind: str, about: About) -> list[Line]:
    """Return the lines for this room, those of lower domains first."""
    offered = [each for _label, module in ports.of("lines") for each in module.LINES if each.of == kind]
    return [line for each in offered for line in each.make(about)]
