"""Brings so many sessions of two years in, and measures; prints what it found as JSON. Run in an installation."""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from kilauta.domains.directory.models import Organisation  # noqa: E402
from kilauta.domains.guidance.logic import periods  # noqa: E402
from kilauta.domains.guidance.logic.entry import Entry  # noqa: E402
from kilauta.domains.guidance.models import GuidanceSession  # noqa: E402
from kilauta.domains.guidance.operations.past import Past, bring_in  # noqa: E402
from kilauta.domains.guidance.queries.figures import Of, figures  # noqa: E402
from kilauta.domains.territory.models import Municipality, Network  # noqa: E402
from kilauta.kit.accounts.models import Person  # noqa: E402
from kilauta.site.reference import load_reference_data  # noqa: E402

NOW = datetime(2026, 12, 31, 9, tzinfo=UTC)
NAMES = UUID("5b0c6a52-9f1c-4a86-8d58-1f7cf1e0c4b1")
CODES = ("105", "205", "290", "578", "620", "697", "765", "777")
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
MODES = ("walk-in", "booked-visit", "phone", "phone", "remote", "chat", "home-visit", "mobile")
AGES = ("25-39", "40-59", "60-64", "65-74", "75-84", "85+", "")
OUTCOMES = ("solved", "continues-alone", "will-return", "not-solved", "not-recorded")
ROUNDS, DAYS = 5, 730


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    actor = Person.objects.system()
    load_reference_data(actor=actor, now=NOW)
    network, organisations, people = _world()
    begins = time.perf_counter()
    bring_in(_past(int(sys.argv[1]), network.pk, organisations, people))
    loading = time.perf_counter() - begins
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    year, everything = periods.named("2026"), periods.everything(date(2025, 1, 1), NOW.date())
    assert year is not None
    times = {
        "a year, compared with the year before": _measured(Of(network.pk), year),
        "all of it in one time": _measured(Of(network.pk), everything),
        "a year of one municipality": _measured(Of(network.pk, municipality="205"), year),
        "a year of one organisation": _measured(Of(network.pk, organisation=organisations[0]), year),
    }
    print(json.dumps({"loading": loading, "times": times}))


def _world() -> tuple[Network, list[UUID], list[UUID]]:
    network = Network.objects.create(
        id="mitta", name_fi="Mitta", host="mitta.localhost", phone="050 555 0100", region_id="18"
    )
    network.municipalities.set(Municipality.objects.filter(code__in=CODES))
    organisations = Organisation.objects.bulk_create(
        Organisation(
            external_id=f"o{n}", short_id=f"o{n}", kind="library", name_fi=f"Antaja {n}", steward=network,
            state="published", changed_at=NOW,
        )
        for n in range(60)
    )  # fmt: skip
    people = Person.objects.bulk_create(Person(email=f"p{n}@mitta.example", name=f"P{n}") for n in range(200))
    return network, [each.pk for each in organisations], [each.pk for each in people]


def _past(number: int, network: str, organisations: list[UUID], people: list[UUID]) -> Iterator[Past]:
    """Yield the sessions in the order in which they were held, as a network would log them."""
    chance = random.Random(number)
    for n in range(number):
        day = date(2025, 1, 1) + timedelta(days=n * DAYS // number)
        group = n % 20 == 0
        common: dict[str, Any] = {
            "key": uuid5(NAMES, str(n)), "network": network, "organisation": chance.choice(organisations),
            "held_on": day, "given_by": chance.choice(("staff", "staff", "volunteer", "trainee")), "way": "file",
            "municipality": chance.choice((*CODES, "")), "minutes": chance.choice((5, 10, 15, 20, 30, 45, 60, None)),
            "topics": tuple(chance.sample(TOPICS, chance.choice((0, 1, 1, 2)))),
            "devices": tuple(chance.sample(("phone", "computer", "tablet"), chance.choice((0, 1, 1)))),
            "is_near": chance.random() < 0.2,
        }  # fmt: skip
        if group:
            entry = Entry(
                **common, mode="group", shape="group", kind="course", persons=8,
                shares={"age": {"65-74": 3, "75-84": 2}},
            )  # fmt: skip
        else:
            entry = Entry(
                **common, mode=chance.choice(MODES), outcome=chance.choice(OUTCOMES), age=chance.choice(AGES),
                language=chance.choice(("fi", "fi", "sv", "ru", "")), was_before=chance.choice((True, False, None)),
            )  # fmt: skip
        yield Past(entry, chance.choice(people), datetime.combine(day, NOW.timetz()))


def _measured(of: Of, period: periods.Period) -> dict[str, object]:
    found = figures(of, period, now=NOW)
    statements: list[tuple[str, float]] = []

    def timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401, FBT001
        begins = time.perf_counter()
        result = execute(sql, params, many, context)
        statements.append((sql, (time.perf_counter() - begins) * 1000))
        return result

    best = min(_milliseconds(lambda: figures(of, period, now=NOW)) for _round in range(ROUNDS))
    with connection.execute_wrapper(timed):
        figures(of, period, now=NOW)
    held = GuidanceSession.objects.filter(
        network=of.network, held_on__gte=period.from_on, held_on__lt=period.until_on
    )
    count = min(_milliseconds(held.count) for _round in range(ROUNDS))
    slowest = sorted(statements, key=lambda each: -each[1])[:6]
    return {
        "counted": found.all.now.sessions,
        "ms": best,
        "queries": len(statements),
        "count": count,
        "slowest": [(_short(sql), milliseconds) for sql, milliseconds in slowest],
    }


def _milliseconds(act: Callable[[], object]) -> float:
    begins = time.perf_counter()
    act()
    return (time.perf_counter() - begins) * 1000


def _short(sql: str) -> str:
    return sql.replace('"', "").replace("guidance_guidancesession", "s")[:90]


if __name__ == "__main__":
    main()
