"""The drill: a backup under load, put back elsewhere, and restores killed at any moment. Figures are printed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from kilauta.kit.store.backup import archive, keeping
from tests.site.installation import cleared_ground  # noqa: F401

pytestmark = pytest.mark.prove

ROOT = Path(__file__).resolve().parents[2]
KEY = "koira-kissa-hevonen-lammas-kana-sika"
MEGABYTES = 100
WRITERS = 3
KILLS = 12
# what the end of a restore itself writes: the stamp of the public data, and how far erasures were followed
WRITTEN_AFTERWARDS = {"store_edition", "privacy_carried"}
LEDGER = {
    "sqlite": "CREATE TABLE ledger (id integer PRIMARY KEY, word text NOT NULL)",
    "postgresql": "CREATE TABLE ledger (id bigserial PRIMARY KEY, word text NOT NULL)",
}
BALLAST = {
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {rows}) "
    "INSERT INTO ballast SELECT x, hex(randomblob(40)) || substr(hex(zeroblob(60)), 1, 120) FROM n",
    "postgresql": "INSERT INTO ballast SELECT x, md5(random()::text) || md5(random()::text) || repeat('0', 136) "
    "FROM generate_series(1, {rows}) x",
}
WRITER = """
import django; django.setup()
from django.db import connection, transaction
while True:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE tally SET n = n + 1")
        cursor.execute("INSERT INTO ledger (word) VALUES ('Kuhmo')")
"""


@pytest.fixture
def home(ground, django_db_blocker):
    """An installation with the example networks, room for ballast, and a table whose rows another one counts."""
    with django_db_blocker.unblock():
        home = ground.ready()
        home.key = KEY
        assert calling(home, "demo").wait() == 0
        home.ask("CREATE TABLE tally (id integer PRIMARY KEY, n integer NOT NULL)")
        home.ask("INSERT INTO tally VALUES (1, 0)")
        home.ask(LEDGER[connection.vendor])
        home.ask("CREATE TABLE ballast (id integer PRIMARY KEY, word text NOT NULL)")
        yield home


def weigh_down(installation, megabytes):
    installation.ask(BALLAST[connection.vendor].format(rows=megabytes * 4000))


def surroundings(installation):
    given = {
        **os.environ,
        "KILAUTA_DATA": str(installation.data),
        "KILAUTA_BACKUP_KEY": installation.key,
        "KILAUTA_ANALYSER": "snowball",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "kilauta.site.settings",
    }
    if connection.vendor == "postgresql":
        address = urlsplit(os.environ["DATABASE_URL"])
        given["DATABASE_URL"] = address._replace(path=f"/{installation.database['NAME']}").geturl()
    return given


def starting(installation, *words):
    return subprocess.Popen(
        [sys.executable, *words], env=surroundings(installation), stdout=subprocess.DEVNULL
    )


def calling(installation, *words):
    return starting(installation, "-m", "kilauta.site.cli", *map(str, words))


def tally(installation):
    return installation.ask("SELECT n FROM tally")[0][0]


def weights(installation, folder):
    return installation.do(lambda: keeping.database().take(folder / "weighed"))[0]


@pytest.mark.timeout(3600)
def test_a_backup_under_load_holds_elsewhere_what_its_manifest_says(home, ground, tmp_path):
    weigh_down(home, MEGABYTES)
    writers = [starting(home, "-c", WRITER) for _ in range(WRITERS)]
    try:
        while tally(home) < 50:
            assert {writer.poll() for writer in writers} == {None}
            time.sleep(0.2)
        before, started = tally(home), time.monotonic()
        code, said = home.run("backup")
        made, after = time.monotonic() - started, tally(home)
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    assert code == 0, said
    (file,) = home.backups
    manifest = archive.unpack(file, tmp_path / "dump", key=KEY)

    elsewhere = ground.bare()
    elsewhere.key = KEY
    started = time.monotonic()
    code, said = elsewhere.run("restore", file)
    restored = time.monotonic() - started
    assert code == 0, said
    found = weights(elsewhere, tmp_path)
    assert {name for name in {*found, *manifest.tables} if found.get(name) != manifest.tables.get(name)} <= (
        WRITTEN_AFTERWARDS
    )
    assert {
        name: weight.rows for name, weight in manifest.tables.items() if name not in WRITTEN_AFTERWARDS
    } == {
        name: elsewhere.ask(f'SELECT count(*) FROM "{name}"')[0][0]
        for name in found
        if name not in WRITTEN_AFTERWARDS
    }
    assert elsewhere.ask("SELECT count(*) FROM ledger") == [(tally(elsewhere),)]
    assert before <= tally(elsewhere) < after
    same = "SELECT count(*), min(word), max(word) FROM ballast"
    assert elsewhere.ask(same) == home.ask(same)
    assert elsewhere.run("check-start") == (0, [])
    sys.stdout.write(
        f"\n{connection.vendor}: dump {manifest.size / 1e6:.0f} MB, {manifest.rows} rows, {len(manifest.tables)} tables; "
        f"file {file.stat().st_size / 1e6:.0f} MB; backup with its trial {made:.1f} s while {after - before} "
        f"transactions were written; restore {restored:.1f} s\n"
    )


@pytest.mark.timeout(3600)
def test_a_restore_that_is_killed_leaves_what_was_there_or_all_of_the_backup(home):
    weigh_down(home, MEGABYTES // 10)
    assert home.run("backup")[0] == 0
    (file,) = home.backups
    rows = home.ask("SELECT count(*) FROM ballast")
    chance, old, code, killed, landed, unfinished = random.Random(20261124), [("Paltamo",)], 0, 0, 0, 0
    length = until_the_end(home, calling(home, "restore", file, "--replace"))
    for _ in range(KILLS):
        home.ask("DELETE FROM ledger")
        home.ask("INSERT INTO ledger (word) VALUES ('Paltamo')")
        forget_all_but(file, home)
        running = calling(home, "restore", file, "--replace")
        until_the_backup(home, running)
        try:
            running.wait(timeout=chance.uniform(0, length))
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            running.wait()
            killed += 1
        now, before, code = home.ask("SELECT word FROM ledger"), code, home.run("check-start")[0]
        assert now in ([], old)
        assert home.ask("SELECT count(*) FROM ballast") == rows
        landed += now == []
        unfinished += now == [] and code
        assert now == [] or code == before
    forget_all_but(file, home)
    until_the_end(home, calling(home, "restore", file, "--replace"))
    assert home.run("check-start") == (0, [])
    assert home.ask("SELECT word FROM ledger") == []
    assert killed > KILLS // 2
    sys.stdout.write(
        f"\n{connection.vendor}: {killed} of {KILLS} restores killed within the {length:.1f} s from the first write on; "
        f"{landed} had landed, {unfinished} of those were not followed up and would not start\n"
    )


def until_the_backup(installation, running):
    """Wait until what is there has been backed up, and the restore itself begins."""
    while len(installation.backups) < 2 and running.poll() is None:
        time.sleep(0.005)


def until_the_end(installation, running):
    """Let a restore end well; return the seconds it took after the backup of what was there."""
    until_the_backup(installation, running)
    began = time.monotonic()
    assert running.wait() == 0
    return time.monotonic() - began


def forget_all_but(file, installation):
    for each in installation.backups:
        if each != file:
            each.unlink()
