"""A directory of any size as a folder for the importer: the same bytes for the same number."""

import csv
from pathlib import Path

DEMO = Path(__file__).resolve().parents[2] / "src/kilauta/site/demo/kainuu"
MUNICIPALITIES = ("105", "205", "290", "578", "620", "697", "765", "777")
WORDS = ("puhelin", "tietokone", "verkkopankki", "sähköposti", "tabletti", "tulostus", "tietoturva", "videopuhelu",
         "omakanta", "verotus", "kela", "kuvat", "salasana", "netti", "työnhaku", "opinnot")  # fmt: skip
KINDS = ("neuvonta", "opastus", "digituki", "kerho", "apu", "päivystys", "iltapäivä", "tupa")
TOPICS = (
    "a-laite",
    "a-huolto",
    "a-posti",
    "a-netti",
    "a-turva",
    "a-tunnus",
    "b-kela",
    "b-terveys",
    "b-vero",
    "x-muu",
)
MODES = (
    "phone",
    "walk-in",
    "remote",
    "home-visit",
    "group",
    "booked-visit",
    "chat",
    "mobile",
    "self-service",
    "neighbour",
)
WEEKS = (("12345", "08:00", "16:00"), ("1234", "09:00", "15:00"), ("135", "10:00", "18:00"), ("24", "12:00", "19:00"),
         ("6", "10:00", "14:00"), ("12345", "09:00", "20:00"))  # fmt: skip
PER_FOLDER = 4000


def generate(folder: Path, channels: int) -> list[Path]:
    """Write so many channels, two to a service, into folders that the importer takes; return the folders in order."""
    made = []
    for start in range(0, channels, PER_FOLDER):
        part = folder / f"part-{start // PER_FOLDER}"
        part.mkdir(parents=True)
        numbers = range(start // 2, (min(start + PER_FOLDER, channels)) // 2)
        _table(part, "organisations", [_organisation(n) for n in numbers if n % 10 == 0])
        _table(part, "places", [_place(n) for n in numbers if n % 5 == 0])
        _table(part, "services", [_service(n) for n in numbers])
        _table(part, "service_languages", [{"service": f"g{n}", "language": "fi"} for n in numbers])
        _table(part, "channels", [_channel(n, way) for n in numbers for way in (0, 1)])
        _table(part, "hours", [row for n in numbers for row in _hours(n)])
        made.append(part)
    return made


def _table(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _organisation(n: int) -> dict[str, str]:
    kind = ("library", "association", "village-association", "company", "college")[n // 10 % 5]
    name = f"Antaja {n // 10}"
    return {
        "id": f"o{n}",
        "kind": kind,
        "name_fi": name,
        "steward": "kainuu",
        "duty_by_law": "no",
        "state": "published",
    }


def _place(n: int) -> dict[str, str]:
    return {
        "id": f"p{n}",
        "kind": ("library", "village-hall", "service-point")[n // 5 % 3],
        "host": f"o{n - n % 10}",
        "name_fi": f"Paikka {n // 5}",
        "address": f"Kylätie {n % 90 + 1}",
        "postal_code": "87100",
        "municipality": MUNICIPALITIES[n // 5 % 8],
        "lat": f"{64.1 + n % 70 / 100:.5f}",
        "lon": f"{27.6 + n % 190 / 100:.5f}",
        "access_yes": "step-free" if n % 2 else "",
        "connection": "good",
        "steward": "kainuu",
        "state": "published",
    }


def _service(n: int) -> dict[str, str]:
    first, second, kind = WORDS[n % 16], WORDS[n // 16 % 16], KINDS[n // 3 % 8]
    return {
        "id": f"g{n}",
        "organisation": f"o{n - n % 10}",
        "name_fi": f"{first.capitalize()} ja {second}, {kind} {n}",
        "summary_fi": f"Autamme asiassa {first}. Kysy myös aiheesta {second}.",
        "description_fi": f"Opastamme rauhassa. Tavallisin asia on {first} ja sen käyttö kotona.",
        "topics": " ".join(sorted({TOPICS[n % 10], TOPICS[n // 10 % 10]})),
        "devices": ("phone", "computer", "tablet")[n % 3],
        "depth": ("tip", "guided", "long", "course")[n % 4],
        "fee": ("free", "partly-free", "paid")[n % 9 // 4],
        "limits": "no-bank-codes" if n % 3 else "",
        "steward": "kainuu",
        "state": "published",
    }


def _channel(n: int, way: int) -> dict[str, str]:
    mode = "phone" if way == 0 else MODES[n % 10]
    here = mode in {"walk-in", "group", "booked-visit", "self-service"}
    return {
        "id": f"g{n}-{way}",
        "service": f"g{n}",
        "mode": mode,
        "place": f"p{n - n % 5}" if here else "",
        "phone": f"050 555 {n % 10000:04}",
        "url": "https://chat.example/" if mode in {"remote", "chat"} else "",
        "area": "" if here else MUNICIPALITIES[n % 8],
        "given_by": ("staff", "volunteers", "both")[n % 3],
        "intake": "open",
        "hours_of_place": "yes" if here else "no",
        "state": "published",
    }


def _hours(n: int) -> list[dict[str, str]]:
    days, opens, closes = WEEKS[n % 6]
    row = {"weekdays": days, "opens": opens, "closes": closes, "state": "open", "exception": "no"}
    rows = [{**row, "id": f"g{n}-h", "owner_kind": "channel", "owner": f"g{n}-0"}]
    if n % 5 == 0:
        rows.append({**row, "id": f"p{n}-h", "owner_kind": "place", "owner": f"p{n}"})
    return rows
