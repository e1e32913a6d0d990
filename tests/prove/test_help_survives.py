"""Help that was logged and times that were booked are there once, however often the whole service is killed meanwhile."""

from __future__ import annotations

import http.client
import json
import random
import re
import sys
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from .test_writes_survive import LOGIN, Service

pytestmark = [pytest.mark.prove, pytest.mark.timeout(3000)]

KILLS, LOGGERS, BOOKERS = 30, 2, 2
COUNTER, OFFLINE = "/tyopoyta/laskuri/", "/tyopoyta/kirjaa/ilman-verkkoa/"
# The times of a whole year, so that there is always one to book: channel, and minutes since 1970.
TIMES = """
import json, django; django.setup()
from datetime import timedelta
from kilauta.domains.booking.models import Offer
from kilauta.domains.booking.queries.slots import free_slots
from kilauta.lib import clock
now = clock.now()
Offer.objects.update(horizon=366)
offers = list(Offer.objects.filter(channel__external_id__in=("kajaani-digineuvonta-ajalla", "etatuki-video")))
slots = free_slots(offers, since=now, until=now + timedelta(days=360), now=now)
channels = {each.pk: str(each.channel_id) for each in offers}
print(json.dumps([[channels[each.offer], int(each.starts_at.timestamp()) // 60] for each in slots]))
"""
FOUND = """
import json, django; django.setup()
from collections import Counter
from django.db import connection
from kilauta.domains.booking.models import Booking
from kilauta.domains.guidance.models import GuidanceSession
with connection.cursor() as cursor:
    sound = "ok"
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA integrity_check")
        sound = cursor.fetchone()[0]
        cursor.execute("PRAGMA foreign_key_check")
        sound += "".join(map(str, cursor.fetchall()))
booked = Booking.objects.filter(state="booked", supporter__isnull=False)
times = Counter(f"{who} {at.isoformat()}" for who, at in booked.values_list("supporter", "starts_at"))
print(json.dumps({
    "sessions": [str(key) for key in GuidanceSession.objects.values_list("key", flat=True)],
    "without": GuidanceSession.objects.filter(way__in=("counter", "offline"), topics__isnull=True).count(),
    "bookings": list(Booking.objects.values_list("token_hash", flat=True)),
    "double": [time for time, number in times.items() if number > 1], "sound": sound,
}))
"""


class House(Service):
    """The service, asked also with what a script of ours sends."""

    def tell(self, path: str, what: object, token: str, cookie: str) -> tuple[int, dict[str, Any]]:
        headers = {"Content-Type": "application/json", "X-CSRFToken": token, "Cookie": cookie}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", path, json.dumps(what), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()


@dataclass
class Helpers:
    """People who log and book all the time. What got no answer they send again, as it was; what got one they remember."""

    house: House
    session: str
    times: list[tuple[str, int]]
    logged: set[str] = field(default_factory=set)
    booked: set[str] = field(default_factory=set)
    again: list[int] = field(default_factory=list)
    refused: list[object] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def threads(self) -> list[threading.Thread]:
        acts = [*[self._offline, self._tap] * (LOGGERS // 2), *[self._book] * BOOKERS]
        return [threading.Thread(target=self._go, args=(act,)) for act in acts]

    def _go(self, act: Callable[[], Callable[[], bool]]) -> None:
        """Make something to send, and send it until there is an answer."""
        while not self.stopped.is_set():
            send, times = act(), 0
            while not self.stopped.is_set():
                try:
                    if send():
                        self.again += [times] if times else []
                    break
                except (OSError, http.client.HTTPException, ValueError):
                    times += 1
                    time.sleep(0.05)  # killed under our hands: nothing was promised

    def go_on(self, entries: int, bookings: int) -> None:
        """Wait until so much more has been acknowledged."""
        wanted = len(self.logged) + entries, len(self.booked) + bookings
        ends = time.monotonic() + 120
        while len(self.logged) < wanted[0] or len(self.booked) < wanted[1]:
            assert time.monotonic() < ends, f"Nothing is acknowledged any more: {self.refused[-5:]}"
            time.sleep(0.005)

    def _offline(self) -> Callable[[], bool]:
        keys = [str(uuid.uuid4()) for _ in range(3)]
        values = {"day": [time.strftime("%Y-%m-%d", time.gmtime())], "mode": ["phone"], "place": [""], "persons": ["1"],
                  "practised": ["a-posti"], "outcome": ["solved"], "minutes": [""]}  # fmt: skip

        def send() -> bool:
            cookie = f"sessionid={self.session}"
            status, _leads, page = self.house.ask("GET", f"{OFFLINE}lupa/", cookie=cookie)
            permit = json.loads(page)
            entries = [{"key": key, "values": values} for key in keys]
            status, answer = self.house.tell(
                f"{OFFLINE}vienti/",
                {"writer": permit["writer"], "entries": entries},
                permit["token"],
                f"{cookie}; csrftoken={permit['token']}",
            )
            taken = [each["key"] for each in answer.get("answers", ()) if each["state"] in {"taken", "there"}]
            self.logged.update(taken)
            if len(taken) < len(keys):
                self.refused.append((status, answer))
                time.sleep(0.2)
            return bool(taken)

        return send

    def _tap(self) -> Callable[[], bool]:
        key = uuid.uuid4()

        def send() -> bool:
            cookie = f"sessionid={self.session}"
            _status, _leads, page = self.house.ask("GET", COUNTER, cookie=cookie)
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
            if token is None:
                raise ValueError(page[:80])
            values = {"csrfmiddlewaretoken": token[1], "key": str(key), "topic": "a-laite", "place": ""}
            status, leads, _page = self.house.ask("POST", COUNTER, values, f"{cookie}; csrftoken={token[1]}")
            if status == 302 and leads.startswith(COUNTER):
                self.logged.add(str(uuid.uuid5(key, "a-laite")))
                return True
            self.refused.append(status)
            return False

        return send

    def _book(self) -> Callable[[], bool]:
        channel, at = random.choice(self.times)
        values = {
            "form-key": uuid.uuid4().hex,
            "kohta": "tarkistus",
            "aika": str(at),
            "topic": "",
            "name": "Eila",
        }

        def send() -> bool:
            status, leads, _page = self.house.ask("POST", f"/varaa/{channel}/{at}/", values)
            if status == 302:
                self.booked.add(leads.rstrip("/").rpartition("/")[2])
                return True
            self.refused.append(status)  # somebody else has this time: all is well
            return False

        return send


def test_help_logged_and_times_booked_are_there_once_after_thirty_kills(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run("-m", "kilauta.site.cli", "demo")
    session, _organisation = house.run("-c", LOGIN, "aino@kainuu.example").split()
    helpers = Helpers(house, session, [tuple(each) for each in json.loads(house.run("-c", TIMES))])
    before = json.loads(house.run("-c", FOUND))
    chance, threads = random.Random(20261123), helpers.threads()
    house.start()
    for thread in threads:
        thread.start()
    try:
        for _ in range(KILLS):
            helpers.go_on(6, 2)
            time.sleep(chance.uniform(0, 0.3))
            house.kill()
            house.start()
        helpers.go_on(6, 2)
    finally:
        helpers.stopped.set()
        for thread in threads:
            thread.join()
        house.kill()
    kept = json.loads(house.run("-c", FOUND))
    hashes = json.loads(house.run("-c", HASHES, json.dumps(sorted(helpers.booked))))
    lost, lost_times = helpers.logged - set(kept["sessions"]), set(hashes) - set(kept["bookings"])
    double = [key for key in (kept["sessions"], kept["bookings"]) if len(key) != len(set(key))]
    sys.stdout.write(
        f"{KILLS} kills, {len(helpers.logged)} entries and {len(helpers.booked)} bookings acknowledged,"
        f" {len(helpers.again)} of them sent again; {len(kept['sessions']) - len(before['sessions'])} entries and"
        f" {len(kept['bookings']) - len(before['bookings'])} bookings kept: {len(lost)} and {len(lost_times)} lost,"
        f" {len(double) + len(kept['double'])} double; refused {len(helpers.refused)}\n"
    )
    assert helpers.again
    assert (lost, lost_times, double, kept["double"]) == (set(), set(), [], [])
    assert (kept["without"], kept["sound"]) == (0, "ok")


HASHES = """
import json, sys, django; django.setup()
from kilauta.domains.booking.queries.secrets import hashed
print(json.dumps([hashed(token) for token in json.loads(sys.argv[1])]))
"""
