"""The places of a network as a schematic map and as GeoJSON."""

from collections import Counter

from django.urls import reverse

from kilauta.domains.directory.queries.drawing import Drawing, drawing_of
from kilauta.domains.directory.queries.pages import places_of_network
from kilauta.domains.directory.queries.reading import Reading


def drawing(reading: Reading) -> Drawing:
    """Return the map of the municipalities, with how many places there are in each."""
    places = places_of_network(reading)
    counts = Counter(place.municipality for place in places)
    return drawing_of(reading, counts, (place.point for place in places if place.point))


def geojson(reading: Reading) -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": place.id,
                "geometry": {"type": "Point", "coordinates": [place.point.lon, place.point.lat]},
                "properties": {
                    "name": str(place.name.pick(reading.lang)),
                    "address": reverse("directory:place", args=[place.address]),
                    "state": reading.clockwork.place(place).standing.value,
                },
            }
            for place in places_of_network(reading)
            if place.point
        ],
    }
