from collections.abc import Collection

from django.db.models import QuerySet

from kilauta.kit.translations import reader_language
from kilauta.lib.geo import Area, Point, border_km, contains
from kilauta.lib.text import sort_key

from .models import Border, Locality, Municipality

# A border that was drawn with fewer bends, and a point that was read off a map, are so far off at most.
NEAR_KM = 0.5


def municipalities_of(network: str) -> list[tuple[str, str]]:
    """Return the codes and names of the municipalities that the network serves, by the alphabet."""
    language = reader_language()
    rows = Municipality.objects.filter(networks=network, ended_on__isnull=True)
    named = [(row.code, str(row.name.pick(language))) for row in rows.order_by("code")]
    return sorted(named, key=lambda each: sort_key(each[1], language))


def localities_of(network: str) -> QuerySet[Locality]:
    """Return the villages and parts of towns in the network's municipalities, with these."""
    return Locality.objects.filter(municipality__networks=network).select_related("municipality")


def localities_in_order(network: str) -> list[Locality]:
    """Return them by municipality and name, by the alphabet."""
    rows = localities_of(network).order_by("id")
    return sorted(
        rows, key=lambda row: (sort_key(row.municipality.name_fi, "fi"), sort_key(row.name_fi, "fi"), row.id)
    )


def areas_of(codes: Collection[str]) -> dict[str, Area]:
    """Return the areas of those of these municipalities whose borders are known, in one query."""
    return {row.municipality_id: row.area for row in Border.objects.filter(pk__in=codes).order_by("pk")}


def is_outside(point: Point, code: str) -> bool:
    """Return whether the point is not in the municipality, nor near its border; where no border is known, it is not."""
    area = areas_of([code]).get(code)
    return area is not None and not contains(area, point) and border_km(area, point) > NEAR_KM
