"""An import is whole or not at all: killed at any moment, and run twice at once."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.prove

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "src/kilauta/site/demo/kainuu"
KILLS = 20
COUNT = """
import json, django; django.setup()
from django.apps import apps
from django.db import connection
models = [m for a in ("territory", "directory") for m in apps.get_app_config(a).get_models()]
counts = {m._meta.label: m._default_manager.count() for m in models}
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check"); counts["integrity"] = cursor.fetchone()[0]
        cursor.execute("PRAGMA foreign_key_check"); counts["dangling"] = len(cursor.fetchall())
print(json.dumps(counts))
"""


@pytest.fixture
def kilauta(tmp_path):
    """Return a way to call the command line on a data folder of its own (or on the lane's PostgreSQL)."""
    surroundings = {
        **os.environ,
        "KILAUTA_DATA": str(tmp_path),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "kilauta.site.settings",
        "KILAUTA_ANALYSER": "snowball",
    }

    def call(*arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "kilauta.site.cli", *arguments]
        return subprocess.Popen(
            command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def count() -> dict:
        done = subprocess.run(
            [sys.executable, "-c", COUNT], env=surroundings, capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    assert call("manage", "migrate", "-v0").wait() == 0
    assert call("manage", "flush", "--no-input", "-v0").wait() == 0
    assert call("setup").wait() == 0
    return call, count


@pytest.mark.timeout(1800)
def test_a_killed_import_leaves_everything_or_nothing(kilauta):
    call, count = kilauta
    before = count()
    chance = random.Random(20261122)
    landed = 0
    for _ in range(KILLS):
        running = call("import", str(DEMO))
        try:
            running.wait(timeout=chance.uniform(1.0, 4.5))
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            running.wait()
        now = count()
        landed += now != before
        assert now["directory.Service"] in {before["directory.Service"], 66}
        assert (now["directory.Channel"] == 0) == (now["directory.Service"] == 0)
        assert now.get("integrity", "ok") == "ok"
        assert now.get("dangling", 0) == 0
        if now != before:
            assert call("manage", "flush", "--no-input", "-v0").wait() == 0
            assert call("setup").wait() == 0
    assert call("import", str(DEMO)).wait() == 0
    after = count()
    sys.stdout.write(
        f"{KILLS} kills, {landed} after the import had landed; {after['directory.Service']} services\n"
    )
    assert call("import", str(DEMO)).wait() == 0
    assert count() == after


@pytest.mark.timeout(600)
def test_two_imports_at_once_make_each_thing_once(kilauta):
    call, count = kilauta
    both = [call("import", str(DEMO)) for _ in range(2)]
    codes = [one.wait() for one in both]
    once = count()
    assert 0 in codes
    assert call("import", str(DEMO)).wait() == 0
    assert count() == once
