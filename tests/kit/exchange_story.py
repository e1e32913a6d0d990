"""A small folder of tables that is right in every cell, and the little it needs to be there before."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kilauta.domains.directory import operations as directory
from kilauta.domains.directory.choices import read_values
from kilauta.domains.territory import operations as territory
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange import folder, loading
from kilauta.kit.exchange.problems import Report

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 10, tzinfo=UTC)

TERMS = {
    "laitteet", "turvallisuus", "a-laite", "a-turva", "phone", "computer", "older", "students",
    "no-passwords", "no-payments",
}  # fmt: skip

Row = dict[str, str]

ROWS: Mapping[str, Sequence[Row]] = {
    "networks": [
        {"id": "verkko", "default": "yes", "name_fi": "Verkko", "region": "18", "municipalities": "205 765",
         "phone": "050 555 0100", "coordinator_note_fi": "Soita.\n\nVastaamme aina."},
    ],
    "organisations": [
        {"id": "kunta", "kind": "municipality", "name_fi": "Kunta", "phone": "+358 50 555 0101",
         "identifiers": "ptv=abc-1 y=2", "business_id": "1234567-1",
         "duty_by_law": "yes", "started_on": "1865-01-01", "state": "published"},
        {"id": "kirjasto", "parent": "kunta", "kind": "library", "name_fi": "Kirjasto",
         "website": "https://kirjasto.example/", "email": "tuki@kirjasto.example", "steward": "verkko"},
    ],
    "organisation_roles": [
        {"organisation": "kunta", "network": "verkko", "role": "member", "since": "2026-01-01"},
    ],
    "places": [
        {"id": "talo", "kind": "library", "host": "kirjasto", "name_fi": "Talo", "postal_code": "87100",
         "municipality": "205", "locality": "kyla", "lat": "64.22730", "lon": "27.72850",
         "access_yes": "lift step-free", "connection": "good", "state": "published"},
        {"id": "tupa", "kind": "village-hall", "name_fi": "Tupa", "municipality": "765"},
    ],
    "eservices": [
        {"id": "asiointi", "name_fi": "Asiointi", "owner": "kunta", "topics": "a-laite a-turva",
         "words_fi": "asiat; hommat"},
    ],
    "services": [
        {"id": "tuki", "organisation": "kirjasto", "name_fi": "Tuki", "summary_fi": "Apua laitteisiin.",
         "description_fi": "Autamme näin:\n- kuunnellen\n- kokeillen", "topics": "a-laite",
         "eservices": "asiointi", "devices": "computer phone", "audiences_also": "older", "depth": "guided",
         "fee": "free", "limits": "no-passwords no-payments", "state": "published"},
        {"id": "neuvo", "organisation": "kunta", "name_fi": "Neuvo", "summary_fi": 'Neuvoja, "heti".',
         "topics": "a-turva", "depth": "tip", "fee": "paid"},
    ],
    "service_languages": [
        {"service": "tuki", "language": "fi"},
        {"service": "tuki", "language": "sv", "note_fi": "sovitusti"},
    ],
    "service_roles": [{"service": "tuki", "organisation": "kunta", "role": "funder"}],
    "channels": [
        {"id": "tuki-talo", "service": "tuki", "mode": "walk-in", "place": "talo", "hours_of_place": "yes",
         "state": "published"},
        {"id": "tuki-puhelin", "service": "tuki", "mode": "phone", "phone": "112", "phone_charge": "free",
         "area": "finland"},
        {"id": "neuvo-kotiin", "service": "neuvo", "mode": "home-visit", "phone": "040 123 4567",
         "area": "205 765", "lead_days": "3", "intake": "full", "full_until": "2026-12-24",
         "closed_from": "2026-12-01", "closed_until": "2026-12-01", "closed_note_fi": "Loma"},
    ],
    "hours": [
        {"id": "talo-1", "owner_kind": "place", "owner": "talo", "weekdays": "12345", "opens": "09:00",
         "closes": "16:00", "state": "open"},
        {"id": "talo-2", "owner_kind": "place", "owner": "talo", "weekdays": "6", "opens": "20:00",
         "closes": "24:00", "state": "open", "weeks": "odd", "nth": "-1"},
        {"id": "tuki-1", "owner_kind": "channel", "owner": "tuki-puhelin", "holiday": "any", "state": "closed"},
        {"id": "verkko-1", "owner_kind": "network", "owner": "verkko", "state": "by-appointment",
         "valid_from": "2026-12-24", "valid_to": "2026-12-26", "exception": "yes"},
    ],
    "verifications": [
        {"thing_kind": "organisation", "thing": "kunta", "group": "contacts", "verified_on": "2026-10-01",
         "method": "phone", "by_role": "koordinaattori", "due_on": "2027-04-01"},
        {"thing_kind": "channel", "thing": "tuki-talo", "group": "hours", "verified_on": "2026-10-01",
         "method": "visit", "by_role": "koordinaattori", "due_on": "2026-12-01"},
    ],
    "links": [
        {"thing_kind": "service", "thing": "tuki", "kind": "ptv", "url": "https://www.suomi.fi/tuki"},
    ],
}  # fmt: skip
GOOD_ROWS = sum(len(rows) for rows in ROWS.values())


def system() -> Person:
    return Person.objects.system()


def reference() -> None:
    """Hold the regions, municipalities, villages and codes that the folder names, and no more."""
    by = {"actor": system(), "now": NOW}
    directory.hold_terms((value for value in read_values() if value.code in TERMS), **by)
    territory.save_region("18", name_fi="Kainuu", name_sv="Kajanaland", name_en="Kainuu", **by)
    for code, name in (("205", "Kajaani"), ("765", "Sotkamo")):
        details: dict[str, Any] = {"name_fi": name, "name_sv": name, "region_id": "18", "languages": "fi"}
        territory.save_municipality(code, **by, **details)
    kajaani = territory.Municipality.objects.get(code="205")
    territory.save_locality("kyla", municipality=kajaani, name_fi="Kylä", lat=64.2, lon=27.7, **by)


def rows(**extra: Sequence[Row]) -> dict[str, list[Row]]:
    """Return the good rows of every table, with extra ones below them."""
    return {name: [*map(dict, good), *extra.get(name, ())] for name, good in ROWS.items()}


def write(path: Path, content: Mapping[str, Sequence[Row]]) -> Path:
    """Write a folder of tables; cells that a row does not name are empty."""
    path.mkdir(exist_ok=True)
    for table in folder.tables():
        if table.name in content:
            with (path / table.file).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, table.names, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(content[table.name])
    return path


def load(path: Path, *, now: datetime = NOW, source: str = "kilauta") -> Report:
    return loading.load_folder(path, actor=system(), now=now, source=source)


def told(report: Report) -> list[tuple[str, int, str, str, str]]:
    """Return the problems without their sentences."""
    return [(each.file, each.row, each.column, each.value, each.code) for each in report.problems]
