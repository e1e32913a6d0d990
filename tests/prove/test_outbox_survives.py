"""No message is lost and hardly any sent twice, however often the worker is killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.kit.outbox_story import SENDER, Sink, mail_server

pytestmark = pytest.mark.prove

ROOT = Path(__file__).resolve().parents[2]
MESSAGES, KILLS, STOPS = 1000, 50, 5
# urgent, so that the proof holds at night too
WRITE = """
import sys, django; django.setup()
from kilauta.kit.outbox.models import Message
from kilauta.lib import clock
from tests.kit.outbox_story import waiting
now = {"created_at": clock.now(), "due_at": clock.now(), "next_try_at": clock.now()}
Message.objects.bulk_create(waiting(number, urgent=True, **now) for number in range(int(sys.argv[1])))
"""
COUNT = """
import json, django; django.setup()
from django.db.models import Count
from kilauta.kit.outbox.models import Message
rows = Message.objects.values_list("state").annotate(Count("id"))
print(json.dumps({"states": dict(rows), "ids": [str(key) for key in Message.objects.values_list("id", flat=True)]}))
"""


@pytest.fixture
def house(tmp_path):
    """An installation of its own with a mail server of its own (or on the lane's PostgreSQL)."""
    sink = Sink(pause=0.01)
    with mail_server(sink) as server:
        surroundings = {
            **os.environ,
            "KILAUTA_DATA": str(tmp_path),
            "KILAUTA_MAIL_URL": f"smtp+plain://127.0.0.1:{server['port']}",
            "KILAUTA_MAIL_FROM": SENDER,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "DJANGO_SETTINGS_MODULE": "kilauta.site.settings",
        }
        made = House(sink, surroundings)
        yield made
        made.end()


class House:
    def __init__(self, sink: Sink, surroundings: dict[str, str]) -> None:
        self.sink = sink
        self.surroundings = surroundings
        self.workers: list[subprocess.Popen] = []
        for words in (["migrate", "-v0"], ["flush", "--no-input", "-v0"]):
            assert self.kilauta("manage", *words).wait() == 0

    def kilauta(self, *words: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "kilauta.site.cli", *words]
        return subprocess.Popen(
            command, env=self.surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def script(self, text: str, *words: str) -> str:
        command = [sys.executable, "-c", text, *words]
        done = subprocess.run(command, env=self.surroundings, capture_output=True, text=True, check=True)
        return done.stdout

    def write(self, number: int) -> set[str]:
        """Write so many messages; return their Message-IDs."""
        self.script(WRITE, str(number))
        return {f"<{key}@verkko.example>" for key in json.loads(self.script(COUNT))["ids"]}

    def states(self) -> dict[str, int]:
        return json.loads(self.script(COUNT))["states"]

    def work(self, *, mails: int = 1) -> subprocess.Popen:
        """Start a worker; return when it has handed over so many mails."""
        before = self.sink.taken.total()
        worker = self.kilauta("worker")
        self.workers.append(worker)
        wait(lambda: self.sink.taken.total() >= before + mails or worker.poll() is not None, 60)
        assert worker.poll() is None
        return worker

    def end(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()


def wait(condition, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "It took too long."
        time.sleep(0.005)


@pytest.mark.timeout(3000)
def test_a_thousand_messages_survive_fifty_kills(house):
    written = house.write(MESSAGES)
    chance = random.Random(20261122)
    idle = 0
    for _ in range(KILLS):
        worker = house.work()
        time.sleep(chance.uniform(0, 0.3))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        idle += house.sink.taken.total() >= MESSAGES
    killed_at = house.sink.taken.total()
    # what a killed worker had taken is its own for some minutes
    last = house.kilauta("worker")
    house.workers.append(last)
    wait(lambda: len(house.sink.taken) >= MESSAGES, 900)
    states: dict[str, int] = {}
    while states != {"sent": MESSAGES} and last.poll() is None:
        time.sleep(5)
        states = house.states()
    taken = house.sink.taken
    duplicates = sum(taken.values()) - len(taken)
    lost = len(written - set(taken))
    sys.stdout.write(
        f"{MESSAGES} messages, {KILLS} kills ({idle} with nothing left to do, {killed_at} handed over by then): "
        f"{lost} lost, {duplicates} duplicates, {len(set(taken) - written)} unknown Message-IDs\n"
    )
    assert set(taken) == written
    assert duplicates <= KILLS
    assert max(taken.values()) <= 2
    assert idle == 0


@pytest.mark.timeout(600)
def test_a_worker_that_is_told_to_stop_finishes_the_message_in_hand(house):
    house.sink.pause = 0.3
    written = house.write(40)
    for stop in range(STOPS):
        worker = house.work(mails=2)
        time.sleep(0.05 * stop)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=40) == 0
    assert house.sink.taken.total() < len(written)
    house.sink.pause = 0
    assert house.kilauta("worker", "--once").wait() == 0
    assert house.sink.taken == dict.fromkeys(written, 1)
    assert house.states() == {"sent": len(written)}


@pytest.mark.timeout(600)
def test_two_workers_side_by_side_send_each_message_once(house):
    written = house.write(200)
    workers = [house.kilauta("worker", "--once") for _ in range(2)]
    assert [worker.wait() for worker in workers] == [0, 0]
    assert house.sink.taken == dict.fromkeys(written, 1)


@pytest.mark.timeout(600)
def test_a_worker_that_belongs_to_another_program_ends_with_it(house):
    one, two = house.write(2)
    program = "import os, subprocess, sys, time; subprocess.Popen([*sys.argv[1:], str(os.getpid())]); time.sleep(600)"
    worker = [sys.executable, "-m", "kilauta.site.cli", "worker", "--parent"]
    parent = subprocess.Popen([sys.executable, "-c", program, *worker], env=house.surroundings)
    house.workers.append(parent)
    wait(lambda: set(house.sink.taken) == {one, two}, 60)
    parent.kill()
    parent.wait()
    time.sleep(4)  # it looks every two seconds
    house.write(1)
    time.sleep(6)
    assert set(house.sink.taken) == {one, two}
