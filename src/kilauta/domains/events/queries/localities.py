"""Where events have been and will be: municipalities with their places."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kilauta.domains.directory.logic.facts import MunicipalityFacts, PlaceFacts
from kilauta.domains.directory.models import Place
from kilauta.domains.directory.queries.drawing import Drawing, drawing_of
from kilauta.domains.directory.queries.pages import by_name
from kilauta.domains.directory.queries.reading import Reading
from kilauta.lib.geo import Point
from kilauta.lib.words import Words

from .listing import for_residents, public_times


@dataclass(frozen=True, slots=True)
class Spot:
    """One place, with how many times are to come and how many are over. `facts`: of one in the directory."""

    name: Words
    facts: PlaceFacts | None
    coming: int
    past: int

    @property
    def key(self) -> str:
        """What stands for the place in an address."""
        return self.facts.address.split("-", 1)[0] if self.facts else ""

    @property
    def point(self) -> Point | None:
        return self.facts.point if self.facts else None


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with its places; no municipality: on the web, or nobody has said where."""

    municipality: MunicipalityFacts | None
    spots: tuple[Spot, ...]

    @property
    def coming(self) -> int:
        return sum(each.coming for each in self.spots)

    @property
    def past(self) -> int:
        return sum(each.past for each in self.spots)


@dataclass(frozen=True, slots=True)
class _Row:
    town: str
    place: UUID | None
    where: str
    coming: int
    past: int


def localities(reading: Reading) -> tuple[Town, ...]:
    """Return where residents could or can come, by the alphabet: two queries for any number of events."""
    rows = _rows(reading)
    places = Place.objects.in_bulk({each.place for each in rows if each.place})
    held = reading.catalogue
    of_town: dict[str, list[Spot]] = {}
    for row in rows:
        of_town.setdefault(row.town, []).append(_spot(row, places, reading))
    known = by_name(
        (held.municipalities[code] for code in of_town if code in held.municipalities), reading.lang
    )
    towns = [Town(each, _in_order(of_town[each.code], reading)) for each in known]
    away = [spot for code, spots in of_town.items() if code not in held.municipalities for spot in spots]
    return (*towns, Town(None, _in_order(away, reading))) if away else tuple(towns)


def map_of(reading: Reading, towns: Iterable[Town]) -> Drawing:
    """Return the same as a map: all times of each municipality, those to come and those that are over."""
    held = list(towns)
    counts = {each.municipality.code: each.coming + each.past for each in held if each.municipality}
    points = (spot.point for each in held for spot in each.spots)
    return drawing_of(reading, counts, (point for point in points if point))


def _rows(reading: Reading) -> list[_Row]:
    # a time that was cancelled was never held, and will not be
    held = for_residents(public_times(reading.network.id)).exclude(state="cancelled").order_by()
    at = held.annotate(
        at=Coalesce(F("place"), F("event__place")),
        town=Coalesce(F("place__municipality"), F("event__municipality")),
    )
    counted = at.values("at", "town", "event__where").annotate(
        coming=Count("pk", filter=Q(ends_at__gt=reading.now)),
        past=Count("pk", filter=Q(ends_at__lte=reading.now)),
    )
    merged: dict[tuple[str, UUID | None, str], tuple[int, int]] = {}
    for row in counted:
        # words about a place of the directory part it from itself only
        key = (row["town"] or "", row["at"], "" if row["at"] else row["event__where"])
        coming, past = merged.get(key, (0, 0))
        merged[key] = (coming + row["coming"], past + row["past"])
    return [_Row(*key, *numbers) for key, numbers in merged.items()]


def _spot(row: _Row, places: dict[UUID, Place], reading: Reading) -> Spot:
    if row.place:
        return Spot(
            places[row.place].name, reading.catalogue.places.get(str(row.place)), row.coming, row.past
        )
    # written once, for readers of all languages
    return Spot(Words(*(row.where or _("On the web"),) * 3), None, row.coming, row.past)


def _in_order(spots: Iterable[Spot], reading: Reading) -> tuple[Spot, ...]:
    return by_name(spots, reading.lang)
