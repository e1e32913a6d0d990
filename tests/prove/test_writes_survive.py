"""What was acknowledged is there, however often the whole service is killed while people write."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

pytestmark = [pytest.mark.prove, pytest.mark.timeout(3000)]

ROOT = Path(__file__).resolve().parents[2]
KILLS, VISITORS, EDITORS = 30, 3, 2
LOGIN = """
import sys, django; django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from kilauta.kit.accounts.models import Person
person = Person.objects.get(email=sys.argv[1])
session = SessionStore()
session.update({SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: person.get_session_auth_hash()})
session.save()
from kilauta.domains.directory.models import Organisation
print(session.session_key, Organisation.objects.get(external_id="kajaani-kirjasto").pk)
"""
FOUND = """
import json, django; django.setup()
from django.db import connection
from kilauta.domains.communications.models import Feedback
from kilauta.kit.audit.models import Change
with connection.cursor() as cursor:
    sound = "ok"
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA integrity_check")
        sound = cursor.fetchone()[0]
        cursor.execute("PRAGMA foreign_key_check")
        sound += "".join(map(str, cursor.fetchall()))
texts = [change.values for change in Change.objects.filter(verb="planned")]
print(json.dumps({"feedback": list(Feedback.objects.values_list("number", "text")), "edits": repr(texts), "sound": sound}))
"""


class Service:
    """The whole service in a process group of its own: web, and the worker that the demo starts beside it."""

    def __init__(self, folder: Path) -> None:
        self.surroundings = {
            **os.environ,
            "KILAUTA_DATA": str(folder),
            "KILAUTA_DEMO": "1",
            "KILAUTA_PROXIES": "1",
            "KILAUTA_SECRET_KEY": "only-for-tests-and-long-enough-for-the-checks-of-the-start",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "DJANGO_SETTINGS_MODULE": "kilauta.site.settings",
        }
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], env=self.surroundings, capture_output=True, text=True, check=True
        )
        return done.stdout

    def start(self) -> None:
        command = [
            sys.executable, "-m", "gunicorn", "--config", "python:kilauta.site.gunicorn", "--log-level", "error",
            "--bind", f"127.0.0.1:{self.port}", "kilauta.site.wsgi",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, env=self.surroundings, start_new_session=True, stderr=subprocess.DEVNULL
        )
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            with suppress(OSError, http.client.HTTPException):
                if self.ask("GET", "/terveys")[0] == 200:
                    return
            time.sleep(0.05)
        pytest.fail("The service did not start.")

    def kill(self) -> None:
        """Kill web and worker in one blow, with nothing said to them."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(
        self, method: str, path: str, values: dict[str, str] | None = None, cookie: str = ""
    ) -> tuple[int, str, str]:
        """Return status, where it leads, and the body."""
        chance = random.Random()
        headers = {
            "Sec-Fetch-Site": "same-origin",
            "Referer": f"http://127.0.0.1:{self.port}/",
            "X-Forwarded-For": f"198.51.{chance.randrange(100)}.{chance.randrange(250)}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        if cookie:
            headers["Cookie"] = cookie
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, urlencode(values or {}), headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        finally:
            connection.close()


class Writers:
    """People who write all the time, each thing once, and remember what they were told had been kept."""

    def __init__(self, service: Service, session: str, organisation: str) -> None:
        self.service, self.session, self.organisation = service, session, organisation
        self.feedback: dict[str, str] = {}
        self.edits: set[str] = set()
        self.refused: list[int] = []
        self.stopped = threading.Event()
        self.threads = [
            *(threading.Thread(target=self._go, args=(self._tell,)) for _ in range(VISITORS)),
            *(threading.Thread(target=self._go, args=(self._edit,)) for _ in range(EDITORS)),
        ]

    def _go(self, act) -> None:
        while not self.stopped.is_set():
            try:
                act()
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)  # killed under our hands: nothing was promised

    def go_on(self, feedback: int, edits: int) -> None:
        """Wait until so much more has been acknowledged."""
        wanted = len(self.feedback) + feedback, len(self.edits) + edits
        ends = time.monotonic() + 60
        while len(self.feedback) < wanted[0] or len(self.edits) < wanted[1]:
            assert time.monotonic() < ends, f"Nothing is acknowledged any more: {self.refused[-5:]}"
            time.sleep(0.005)

    def _tell(self) -> None:
        text = f"Koe {uuid.uuid4().hex}"
        values = {"about": "wish", "text": text, "contact": "", "form-key": uuid.uuid4().hex}
        status, leads, _body = self.service.ask("POST", "/palaute/", values)
        number = re.search(r"(\d{8})", leads)
        if status == 302 and number:
            self.feedback[number[1]] = text
        else:
            self.refused.append(status)

    def _edit(self) -> None:
        path = f"/tyopoyta/oma/{self.organisation}/suunnittelu/"
        cookie = f"sessionid={self.session}"
        _status, _leads, page = self.service.ask("GET", path, cookie=cookie)
        fields = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
        text = f"Neuvojia {uuid.uuid4().hex}"
        token = fields.get("csrfmiddlewaretoken", "")
        status, _leads, _page = self.service.ask(
            "POST",
            path,
            {**fields, "resources": text, "problems": "", "do": "save"},
            f"{cookie}; csrftoken={token}",
        )
        if status == 302:
            self.edits.add(text)
        else:
            self.refused.append(status)


def test_nothing_acknowledged_is_lost_when_web_and_worker_are_killed_thirty_times(tmp_path: Path) -> None:
    service = Service(tmp_path)
    service.run("-m", "kilauta.site.cli", "demo")
    session, organisation = service.run("-c", LOGIN, "aino@kainuu.example").split()
    writers = Writers(service, session, organisation)
    chance = random.Random(20261122)
    service.start()
    for thread in writers.threads:
        thread.start()
    try:
        for _ in range(KILLS):
            writers.go_on(4, 1)
            time.sleep(chance.uniform(0, 0.3))
            service.kill()
            service.start()
        writers.go_on(4, 1)
    finally:
        writers.stopped.set()
        for thread in writers.threads:
            thread.join()
        service.kill()
    kept = json.loads(service.run("-c", FOUND))
    lost = set(writers.feedback.items()) - {tuple(row) for row in kept["feedback"]}
    lost_edits = {text for text in writers.edits if text not in kept["edits"]}
    sys.stdout.write(
        f"{KILLS} kills, {len(writers.feedback)} messages and {len(writers.edits)} edits acknowledged, "
        f"{len(kept['feedback'])} messages kept: {len(lost)} and {len(lost_edits)} lost; refused {len(writers.refused)}\n"
    )
    assert (lost, lost_edits, kept["sound"]) == (set(), set(), "ok")
