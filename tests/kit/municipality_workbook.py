"""The 200 rows of a municipality's own workbook, and the fourteen ways in which it is wrong."""

from __future__ import annotations

from datetime import date, time
from typing import Any

BODIES = [
    ["Kuntamme toimijat, päivitetty syksyllä"],
    [],
    ["Tunnus", "Toimijan nimi", "Nimi ruotsiksi", "Laji", "Kuuluu organisaatioon", "Puhelinnumero", "S-posti",
     "Kotisivut", "Perustettu", "Lakisääteinen", "Kuka päivittää"],
    ["kunta", "Kunta", "Kommun", "Kunta", "", "0505550101", "kirjaamo@kunta.example", "www.kunta.example",
     "1.1.1865", "kyllä", "toimisto"],
]  # fmt: skip
PLACES = [
    ["Nimi", "Namn på svenska", "Tyyppi", "Isäntä", "Kunta", "Käyntiosoite", "Postinro", "Leveysaste", "Pituusaste",
     "Julkaisun tila", "Neliöt"],
]  # fmt: skip
HELP = [
    ["Koodi", "Palvelun nimi", "Toimija", "Lyhyt kuvaus", "Aiheet", "Tuen taso", "Maksullisuus", "Tila"],
]
WAYS = [
    ["Tunniste", "Tukipalvelu", "Asiointitapa", "Toimipaikka", "Puh.", "Kunnat", "Päivää etukäteen",
     "Samat ajat kuin paikalla", "Tila"],
]  # fmt: skip
TIMES = [
    ["Tunnus", "Kenen ajat", "Kohde", "Viikonpäivät", "Avataan", "Suljetaan", "Tila", "Voimassa alkaen",
     "Voimassa asti"],
]  # fmt: skip


def good() -> dict[str, list[list[Any]]]:
    """Return the workbook with 186 rows that are right."""
    bodies, places, help_, ways, times = (
        list(map(list, each)) for each in (BODIES, PLACES, HELP, WAYS, TIMES)
    )
    for n in range(1, 36):
        kind, phone = ("Kirjasto", "040 123 4567") if n % 2 else ("kirjasto ", "+358 40 123 4567")
        bodies.append(
            [f"t-{n}", f"Kirjasto {n}", "", kind, "Kunta", phone, "", None, date(1970, 1, 1), "ei", ""]
        )
    for n in range(1, 38):
        town, state = ("Kajaani", "Julkaistu") if n % 2 else (765, "julkaistu")
        host = f"Kirjasto {n % 35 + 1}" if n % 3 else f"t-{n % 35 + 1}"
        places.append(
            [f"Talo {n}", "-", "Kirjasto", host, town, f"Tie {n}", 87100, 64.2273, "27,7285", state, 120]
        )
    for n in range(1, 37):
        fee = ("free", "maksuton", "Gratis")[n % 3]
        help_.append([f"p-{n}", f"Digituki {n}", f"Kirjasto {n % 35 + 1}", "Apua laitteisiin.",
                      "Puhelimen, tabletin tai tietokoneen käyttö", "Opastus rauhassa", fee, "Luonnos"])  # fmt: skip
    for n in range(1, 40):
        ways.append([f"w-{n}", f"Digituki {n % 36 + 1}", "Ilman ajanvarausta", f"Talo {n % 37 + 1}", 505550100 + n,
                     "Kajaani, Sotkamo", None, "x", ""])  # fmt: skip
    for n in range(1, 39):
        times.append([f"a-{n}", "paikka", f"Talo {n % 37 + 1}", "ma–pe", time(9, 0) if n % 2 else "klo 9", "16.00",
                      "Avoinna", "1.2.2026", date(2027, 1, 31)])  # fmt: skip
    return {
        "Toimijat": bodies,
        "Toimipaikat": places,
        "Digituki": help_,
        "Asiointitavat": ways,
        "Aukiolot": times,
    }


# Sheet, heading, what is written there, what it is called.
FAULTS = [
    ("Toimijat", "Kotisivut", "javascript:alert(1)", "bad-url"),
    ("Toimijat", "S-posti", "tuki(at)kirjasto.example", "bad-email"),
    ("Toimijat", "Puhelinnumero", "050 12", "bad-phone"),
    ("Toimijat", "Perustettu", "30.2.2026", "bad-date"),
    ("Toimipaikat", "Käyntiosoite", "=A1&B1", "formula"),
    ("Toimipaikat", "Leveysaste", "48.85", "outside-finland"),
    ("Toimipaikat", "Nimi", "Talo 5", "duplicate"),
    ("Digituki", "Lyhyt kuvaus", "", "missing"),
    ("Digituki", "Maksullisuus", "halpa", "unknown-code"),
    ("Digituki", "Lyhyt kuvaus", "x" * 151, "too-long"),
    ("Digituki", "Toimija", "Kirjasto 99", "unknown-parent"),
    ("Asiointitavat", "Päivää etukäteen", "kaksi", "wrong-type"),
    ("Aukiolot", "Avataan", "25:00", "bad-time"),
    ("Aukiolot", "Voimassa asti", "31.1.2026", "end-before-start"),
]
GOOD = 186


def with_faults() -> tuple[dict[str, list[list[Any]]], list[tuple[str, int, str, str, str]]]:
    """Return the workbook with fourteen more rows, each wrong in one cell, and what must be told of them."""
    book, expected = good(), []
    last = {sheet: rows[-1] for sheet, rows in book.items()}
    for number, (sheet, heading, written, code) in enumerate(FAULTS):
        rows = book[sheet]
        names = next(row for row in rows if len(row) > 2)
        row = [*last[sheet]]
        row[0] = f"Uusi {number}" if sheet == "Toimipaikat" else f"uusi-{number}"
        if sheet in {"Toimijat", "Digituki"}:
            row[1] = f"Uusi {number}"
        row[names.index(heading)] = written
        rows.append(row)
        expected.append((sheet, len(rows), heading, written[:60], code))
    return book, expected
