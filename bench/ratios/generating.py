"""A directory of any size as folders for the importer: the same bytes for the same number.

It stands on the demo's network, its e-services and their owners; all services, places and channels are made up.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

DEMO = Path(__file__).resolve().parents[2] / "src/kilauta/site/demo/kainuu"
NETWORK = "kainuu"
MUNICIPALITIES = {
    "105": ("Hyrynsalmi", 64.67, 28.49), "205": ("Kajaani", 64.22, 27.73), "290": ("Kuhmo", 64.12, 29.51),
    "578": ("Paltamo", 64.40, 27.83), "620": ("Puolanka", 64.86, 27.67), "697": ("Ristijärvi", 64.50, 28.21),
    "765": ("Sotkamo", 64.13, 28.38), "777": ("Suomussalmi", 64.88, 28.90),
}  # fmt: skip
THINGS = (
    "puhelin tietokone verkkopankki sähköposti tabletti tulostus tietoturva videopuhelu verotus valokuva salasana "
    "netti työnhaku opinnot resepti ajanvaraus viesti lomake kalenteri kartta lippu musiikki radio äänikirja "
    "muuttoilmoitus passi hakemus lasku kortti sovellus päivitys varmuuskopio kamera näppäimistö televisio reititin"
).split()
KINDS = "neuvonta opastus digituki kerho apu iltapäivä tupa paja klinikka kahvila kurssi piste".split()
MANNERS = "Rauhallinen Avoin Kiireetön Maksuton Paikallinen Ystävällinen Tuttu Uusi Pieni Yhteinen".split()
SENTENCES = (
    "Autamme alkuun ja kertaamme niin monta kertaa kuin haluat.", "Tule käymään tai soita ja sovi oma aika.",
    "Istumme koneen ääreen yhdessä, sinä teet ja me neuvomme.", "Kahvia saa, ja mukaan voi ottaa ystävän.",
    "Katsomme laitteen asetukset ja opettelemme tärkeimmät sovellukset.", "Emme koskaan kysy pankkitunnuksia.",
    "Voit tulla myös ilman omaa laitetta.", "Jos asia kuuluu muualle, kerromme kenelle soittaa.",
    "Opettelemme lähettämään viestejä ja kuvia läheisille.", "Opastaja puhuu selkeästi ja odottaa rauhassa.",
)  # fmt: skip
TOPICS = (
    "a-alku a-laite a-huolto a-tulostus a-tunnus a-netti a-posti a-viesti a-tiedosto a-toimisto a-turva a-tekoaly "
    "b-terveys b-kela b-vero b-henkilo b-tyo b-opinto b-asuminen b-liikkuminen b-kirjasto b-vapaa x-muu"
).split()
ESERVICES = ("omakanta", "oma-kela", "oma-vero", "tyomarkkinatori", "wilma", "kainet-finna", "waltti")
DEVICES = ("phone", "computer", "tablet", "printer", "tv", "none")
AUDIENCES = ("older", "retired", "rural", "migrants", "families", "unemployed", "sight", "hearing")
MODES = ("phone", "walk-in", "remote", "home-visit", "group", "booked-visit", "chat", "mobile", "self-service",
         "neighbour")  # fmt: skip
AT_A_PLACE = {"walk-in", "group", "booked-visit", "self-service"}
BY_LINK = {"remote", "chat"}
# Twelve weeks: what is open and when. One or two rows for each.
WEEKS = (
    (("12345", "08:00", "16:00"),), (("1234", "09:00", "15:00"),), (("135", "10:00", "18:00"),),
    (("24", "12:00", "19:00"),), (("6", "10:00", "14:00"),), (("12345", "09:00", "20:00"), ("6", "10:00", "15:00")),
    (("1", "13:00", "15:00"), ("4", "13:00", "18:00")), (("12345", "08:00", "11:00"),), (("3", "17:00", "20:00"),),
    (("67", "11:00", "16:00"),), (("1234567", "08:00", "21:00"),), (("25", "09:30", "12:30"),),
)  # fmt: skip
ORGANISATIONS = ("library", "association", "village-association", "company", "college", "municipality")
PLACES = ("library", "village-hall", "service-point", "town-hall", "association", "college")

# An importer's file has its largest size; a large directory comes in several folders.
PER_FOLDER = 4000
SERVICES_PER_PLACE, SERVICES_PER_ORGANISATION = 5, 10

Row = dict[str, str]


def generate(folder: Path, channels: int) -> list[Path]:
    """Write so many channels, two or three to a service, into folders; return the folders in their order."""
    made: list[Path] = []
    services = list(_services(channels))
    at, part = 0, 0
    while at < len(services):
        to = at
        while to < len(services) and sum(size for _n, size in services[at : to + 1]) <= PER_FOLDER:
            to += 1
        made.append(_part(folder / f"part-{part}", services[at:to], first=part == 0))
        at, part = to, part + 1
    return made


def _services(channels: int) -> Iterator[tuple[int, int]]:
    """Yield the number of each service and of its channels."""
    left, number = channels, 0
    while left:
        size = min(left, 3 if number % 2 else 2)
        yield number, size
        left, number = left - size, number + 1


def _part(folder: Path, services: list[tuple[int, int]], *, first: bool) -> Path:
    folder.mkdir(parents=True)
    numbers = [number for number, _size in services]
    organisations = [_organisation(n) for n in numbers if n % SERVICES_PER_ORGANISATION == 0]
    if first:
        for name in ("networks", "eservices"):
            _write(folder, name, _demo(name))
        organisations = [*_demo("organisations"), *organisations]
    _write(folder, "organisations", organisations)
    _write(folder, "places", [_place(n) for n in numbers if n % SERVICES_PER_PLACE == 0])
    _write(folder, "services", [_service(n) for n in numbers])
    _write(folder, "service_languages", [row for n in numbers for row in _languages(n)])
    _write(folder, "channels", [_channel(n, way) for n, size in services for way in range(size)])
    _write(folder, "hours", [row for n, size in services for row in _hours(n, size)])
    return folder


def _demo(name: str) -> list[Row]:
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(folder: Path, name: str, rows: list[Row]) -> None:
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _chance(what: str, number: int) -> Random:
    return Random(f"{what} {number}")  # text seeds are the same in every process


def _home(number: int) -> str:
    """Return the municipality of a place and of all that happens there."""
    return list(MUNICIPALITIES)[number // SERVICES_PER_PLACE % len(MUNICIPALITIES)]


def _organisation(n: int) -> Row:
    name = f"{MUNICIPALITIES[_home(n)][0]}n {_chance('organisation', n).choice(KINDS)}väki {n}"
    return {
        "id": f"o{n}", "kind": ORGANISATIONS[n // SERVICES_PER_ORGANISATION % len(ORGANISATIONS)], "name_fi": name,
        "steward": NETWORK, "duty_by_law": "no", "state": "published",
    }  # fmt: skip


def _place(n: int) -> Row:
    chance, home = _chance("place", n), _home(n)
    name, lat, lon = MUNICIPALITIES[home]
    return {
        "id": f"p{n}", "kind": chance.choice(PLACES), "host": f"o{n - n % SERVICES_PER_ORGANISATION}",
        "name_fi": f"{name}n {chance.choice(THINGS)}talo {n}", "address": f"Kylätie {chance.randint(1, 90)}",
        "postal_code": "87100", "municipality": home, "lat": f"{lat + chance.uniform(-0.1, 0.1):.5f}",
        "lon": f"{lon + chance.uniform(-0.1, 0.1):.5f}", "access_yes": chance.choice(("step-free", "lift", "")),
        "connection": "good", "steward": NETWORK, "state": "published",
    }  # fmt: skip


def _service(n: int) -> Row:
    chance = _chance("service", n)
    first, second = chance.sample(THINGS, 2)
    name = f"{chance.choice(MANNERS)} {first}{chance.choice(KINDS)}, {MUNICIPALITIES[_home(n)][0]} {n}"
    return {
        "id": f"g{n}", "organisation": f"o{n - n % SERVICES_PER_ORGANISATION}", "name_fi": name,
        "summary_fi": f"Aiheena {first} ja {second}. {chance.choice(SENTENCES)}"[:150],
        "description_fi": " ".join(chance.sample(SENTENCES, 3)),
        "topics": " ".join(sorted(chance.sample(TOPICS, chance.randint(1, 4)))),
        "eservices": chance.choice(ESERVICES) if n % 3 == 0 else "",
        "devices": " ".join(sorted(chance.sample(DEVICES, 2))),
        "audiences_also": " ".join(sorted(chance.sample(AUDIENCES, 2))),
        "depth": ("tip", "guided", "long", "course")[n % 4], "fee": ("free", "free", "partly-free", "paid")[n % 4],
        "limits": "no-bank-codes" if n % 4 else "", "steward": NETWORK, "state": "published",
    }  # fmt: skip


def _languages(n: int) -> list[Row]:
    return [{"service": f"g{n}", "language": language} for language in ("fi", "sv")[: 1 + (n % 4 == 0)]]


def _mode(n: int, way: int) -> str:
    return MODES[(n * 3 + way * 7) % len(MODES)]


def _channel(n: int, way: int) -> Row:
    mode, chance = _mode(n, way), _chance("channel", n * 10 + way)
    here = mode in AT_A_PLACE
    around = sorted({_home(n), *chance.sample(list(MUNICIPALITIES), 2)} if n % 2 else MUNICIPALITIES)
    return {
        "id": f"g{n}-{way}", "service": f"g{n}", "mode": mode, "place": f"p{n - n % SERVICES_PER_PLACE}" if here else "",
        "phone": "" if here or mode in BY_LINK else f"050 555 {n % 10000:04}",
        "url": "https://yhteys.example/" if mode in BY_LINK else "", "area": "" if here else " ".join(around),
        "given_by": ("staff", "volunteers", "both")[n % 3], "intake": "open",
        "hours_of_place": "yes" if here and way else "no", "state": "published",
    }  # fmt: skip


def _hours(n: int, size: int) -> Iterator[Row]:
    for way in range(size):
        if way == 0 or _mode(n, way) not in AT_A_PLACE:
            yield from _week("channel", f"g{n}-{way}", n + way)
    if n % SERVICES_PER_PLACE == 0:
        yield from _week("place", f"p{n}", n // SERVICES_PER_PLACE)


def _week(kind: str, owner: str, number: int) -> Iterator[Row]:
    for order, (days, opens, closes) in enumerate(WEEKS[number % len(WEEKS)]):
        yield {
            "id": f"{owner}-h{order}", "owner_kind": kind, "owner": owner, "weekdays": days, "opens": opens,
            "closes": closes, "state": "open", "exception": "no",
        }  # fmt: skip
