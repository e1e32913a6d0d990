"""Backup and restore, as who keeps an installation meets them: whole or not at all, on both databases."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from kilauta.kit import ports
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.jobs.declarations import declared
from kilauta.kit.privacy import erasing, finding
from kilauta.kit.store.backup import archive, keeping, on_postgres, on_sqlite
from tests.cast import NOW, at_once
from tests.site.installation import cleared_ground  # noqa: F401

KEY, OTHER = "koira-kissa-hevonen-lammas-kana-sika", "koira-kissa-hevonen-lammas-kana-susi"
LATER = NOW + timedelta(hours=1)
WORDS = "SELECT id, label, note FROM audit_change"


@pytest.fixture
def home(ground, django_db_blocker):
    """An installation with three rows."""
    with django_db_blocker.unblock():
        home = ground.ready()
        home.do(lambda: write("Äänekoski", "Åbo", "Kuhmo"))
        yield home


@pytest.fixture
def elsewhere(ground, home):
    return ground.bare()


def write(*notes):
    for note in notes:
        Change.objects.create(at=NOW, label="a.B", thing_id="1", verb="made", note=note)


def notes(installation):
    return {note for _id, _label, note in installation.ask(WORDS)}


def backed_up(installation, **more):
    code, said = installation.run("backup", **more)
    assert code == 0, said
    return installation.backups[-1]


# ── There and back ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "sealed"])
def test_what_was_backed_up_is_there_again_elsewhere_and_goes_on(home, elsewhere, key):
    home.key = elsewhere.key = key
    file = backed_up(home)
    code, said = elsewhere.run("restore", file)
    assert (code, said[0][:37], said[-1]) == (
        0,
        "Restored as it was at 2026-11-24 09:00"[:37],
        "Erasures since then were repeated. Start the service.",
    )
    assert elsewhere.ask(WORDS) == home.ask(WORDS)
    assert elsewhere.run("check-start") == (0, [])
    elsewhere.do(lambda: write("Sotkamo"))  # under a number of its own
    assert [row[0] for row in elsewhere.ask(WORDS)] == [*(row[0] for row in home.ask(WORDS)), 4]


def test_the_command_says_what_it_has_made_and_nobody_else_may_read_it(home):
    code, said = home.run("backup")
    (file,) = home.backups
    assert file.name == "kilauta-20261124T090000Z.backup"
    assert file.stat().st_mode & 0o777 == 0o600
    assert code == 0
    assert said[0].startswith(f"{file}: 0.")
    assert said[1:] == [
        "It was tried by restoring it, and is whole.",
        "It is not encrypted. Name a file with a key in KILAUTA_BACKUP_KEY_FILE.",
    ]
    home.key = KEY
    _code, said = home.run("backup", now=LATER)
    assert said[1:] == ["It was tried by restoring it, and is whole."]
    assert sorted(path.name for path in home.data.iterdir() if "sqlite" not in path.name) == [
        "backup.lock",
        "backups",
        "last-backup.json",
    ]


def test_a_backup_of_another_version_of_the_tables_is_brought_up_to_date(home, elsewhere):
    home.do(lambda: call_command("migrate", "finder", "zero", verbosity=0))
    _code, said = elsewhere.run("restore", backed_up(home))
    assert "The backup was made by an older version (0.1.0); it was brought up to date." in said
    assert elsewhere.run("check-start") == (0, [])
    assert elsewhere.ask("SELECT count(*) FROM directory_topic") > [(0,)]


def test_a_backup_of_a_newer_version_is_refused(home, elsewhere):
    home.ask(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('finder', '9999_x', '2030-01-01 00:00:00+00')"
    )
    code, said = elsewhere.run("restore", backed_up(home))
    assert (code, len(said)) == (1, 1)
    assert "made by a newer version" in said[0]
    assert elsewhere.do(lambda: connection.introspection.table_names()) == []  # noqa: PLW0108 -- of its own thread


def test_a_backup_of_the_other_kind_of_database_is_refused(home, elsewhere):
    file = backed_up(home)
    doctored(file, home.data, database="oracle")
    assert elsewhere.run("restore", file) == (
        1,
        [f"This backup is of oracle, and the settings name {connection.vendor}."],
    )


def doctored(file, folder, **facts):
    """Let a backup say something else of itself than it holds."""
    from dataclasses import replace

    dump = folder / "doctored"
    manifest = archive.unpack(file, dump, key="")
    with file.open("wb") as target:
        archive.pack(target, dump, replace(manifest, **facts), key="")
    return manifest


# ── What is there stays, or is kept ─────────────────────────────────────────────────────────────────────


def test_data_that_is_there_is_replaced_only_when_asked_and_backed_up_first(home, ground):
    file = backed_up(home)
    home.do(lambda: write("Paltamo"))
    code, said = home.run("restore", file, now=LATER)
    assert (code, [line.partition(".")[0] for line in said]) == (1, ["The database holds data"])
    assert notes(home) == {"Äänekoski", "Åbo", "Kuhmo", "Paltamo"}
    code, said = home.run("restore", file, "--replace", now=LATER)
    assert (code, said[0]) == (0, f"What was there before is in {home.backups[1]}")
    assert notes(home) == {"Äänekoski", "Åbo", "Kuhmo"}
    third = ground.bare()
    assert third.run("restore", home.backups[1])[0] == 0
    assert notes(third) == {"Äänekoski", "Åbo", "Kuhmo", "Paltamo"}


def test_a_backup_that_gives_other_rows_than_it_says_changes_nothing(home):
    file = backed_up(home)
    manifest = archive.unpack(file, home.data / "looked-at", key="")
    tables = {**manifest.tables, "audit_change": manifest.tables["store_edition"]}
    doctored(file, home.data, tables=tables)
    home.do(lambda: write("Paltamo"))
    code, said = home.run("restore", file, "--replace", now=LATER)
    assert (code, said) == (1, ["Restoring the backup gives other rows than it should have: audit_change."])
    assert notes(home) == {"Äänekoski", "Åbo", "Kuhmo", "Paltamo"}
    assert home.run("check-start") == (0, [])


@pytest.mark.parametrize("fault", ["flipped", "short", "other key", "missing"])
def test_a_file_with_a_fault_is_refused_in_one_sentence_and_changes_nothing(fault, home):
    home.key = KEY
    file = backed_up(home)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    home.do(lambda: write("Paltamo"))
    if fault == "flipped":
        file.write_bytes(content)
    elif fault == "short":
        os.truncate(file, len(content) - 7)
    elif fault == "missing":
        file.unlink()
    else:
        home.key = OTHER
    code, said = home.run("restore", file, "--replace", now=LATER)
    assert (code, len(said)) == (1, 1)
    assert notes(home) == {"Äänekoski", "Åbo", "Kuhmo", "Paltamo"}
    assert len(home.backups) == (fault != "missing")


def test_a_database_that_somebody_uses_is_not_replaced_under_them(home, monkeypatch):
    monkeypatch.setattr(on_sqlite, "PATIENCE", 0.2)
    monkeypatch.setattr(on_postgres, "PATIENCE", "200ms")
    file, begun, tried = backed_up(home), threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            write("Paltamo")
            begun.set()
            assert tried.wait(60)

    def barge_in():
        assert begun.wait(10)
        try:
            return home.run("restore", file, "--replace", now=LATER)
        finally:
            tried.set()

    with home.entered():
        _nothing, (code, said) = at_once(hold, barge_in)
    assert (code, len(said)) == (1, 1)
    assert "stop the service" in said[0] or "locked" in said[0]
    assert notes(home) == {"Äänekoski", "Åbo", "Kuhmo", "Paltamo"}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="is about the file of SQLite itself")
def test_a_damaged_database_is_set_aside_and_replaced(home):
    file, path = backed_up(home), home.data / "kilauta.sqlite3"
    path.write_bytes(b"no database at all" * 1000)
    code, said = home.run("restore", file, now=LATER)
    assert code == 1
    assert said[0].endswith("Add --replace to set it aside and restore.")
    code, said = home.run("restore", file, "--replace", now=LATER)
    aside = Path(f"{path}.damaged-20261124T100000Z")
    assert (code, said[0]) == (0, f"What was there before could not be read; it lies in {aside}")
    assert aside.read_bytes().startswith(b"no database")
    assert notes(home) == {"Äänekoski", "Åbo", "Kuhmo"}


def test_who_was_erased_after_the_backup_stays_erased(home):
    def somebody(name):
        return Person.objects.create(email=f"{name}@esimerkki.example", name=name)

    gone, _stays = home.do(lambda: [somebody(name) for name in ("Sirkku", "Ahti")])
    file = backed_up(home)
    home.do(lambda: erasing.erase(finding.whom(person=gone.pk), actor=Person.objects.system(), now=NOW))
    assert names(home) == {"Ahti", "Kilauta"}
    assert home.run("restore", file, "--replace", now=LATER)[0] == 0
    assert names(home) == {"Ahti"}
    (home.data / "erased.jsonl").unlink()  # without the journal nobody could know
    assert home.run("restore", file, "--replace", now=LATER + timedelta(hours=1))[0] == 0
    assert names(home) == {"Ahti", "Sirkku"}


def names(installation):
    return {name for (name,) in installation.ask("SELECT name FROM accounts_person WHERE name <> ''")}


# ── While others write, and when something goes wrong ───────────────────────────────────────────────────


def test_a_backup_beside_a_writer_holds_one_instant(home, elsewhere):
    home.ask("CREATE TABLE tally (id integer PRIMARY KEY, n integer NOT NULL)")
    home.ask("INSERT INTO tally VALUES (1, 3)")
    stop = threading.Event()

    def write_on():
        written = 0
        while not stop.is_set():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE tally SET n = n + 1")
                write("Ristijärvi")
            written += 1
        return written

    def back_up():
        time.sleep(0.1)
        try:
            return backed_up(home)
        finally:
            stop.set()

    with home.entered():
        written, file = at_once(write_on, back_up)
    assert elsewhere.run("restore", file)[0] == 0
    ((tally,),), ((rows,),) = (
        elsewhere.ask("SELECT n FROM tally"),
        elsewhere.ask("SELECT count(*) FROM audit_change"),
    )
    assert rows == tally
    assert 3 < rows < written + 3


def test_a_backup_that_the_disk_has_spoilt_is_deleted_and_told(home, monkeypatch):
    honest = os.fsync

    def lie(number):
        honest(number)
        written = Path(f"/proc/self/fd/{number}").readlink()
        if written.name.endswith(".backup.part"):
            with written.open("r+b") as file:
                file.seek(5000)
                file.write(b"\0spoilt\0")

    monkeypatch.setattr(os, "fsync", lie)
    code, said = home.run("backup")
    assert (code, said) == (1, ["This backup is damaged or cut short. Take another one."])
    assert list((home.data / "backups").iterdir()) == []
    assert keeping.last(home.data) is None


def test_one_runs_at_a_time_and_cleans_up_after_one_that_was_killed(home):
    (home.data / "backup-scratch").mkdir()
    (home.data / "backup-scratch" / "dump").write_text("half of it")
    (home.data / "backups").mkdir()
    (home.data / "backups" / "kilauta-20261123T090000Z.backup.part").write_text("half of it")
    with (home.data / "backup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert home.run("backup") == (1, ["Another backup or restore is running."])
    assert home.run("backup")[0] == 0
    assert not (home.data / "backup-scratch").exists()
    assert list((home.data / "backups").iterdir()) == home.backups


def test_a_folder_that_cannot_be_written_to_is_told_in_one_sentence(home):
    (home.data / "backups").write_text("a file")
    code, said = home.run("backup")
    assert (code, len(said)) == (1, 1)
    assert "exists" in said[0]


def test_a_short_key_is_refused(home):
    home.key = "short"
    assert home.run("backup") == (1, ["KILAUTA_BACKUP_KEY is shorter than 32 characters."])


def test_the_newest_backups_stay_and_other_files_too(home):
    folder = home.data / "elsewhere"
    folder.mkdir()
    (folder / "kilauta-old.backup").write_text("somebody's own")
    for hour in range(3):
        code, said = home.run("backup", folder, "--keep", 2, now=NOW + timedelta(hours=hour))
        assert code == 0
    assert said[-1] == "Older backups removed: 1"
    assert sorted(path.name for path in folder.iterdir()) == [
        "kilauta-20261124T100000Z.backup",
        "kilauta-20261124T110000Z.backup",
        "kilauta-old.backup",
    ]
    last = keeping.last(home.data)
    assert last is not None
    assert (last.made_at, last.file) == (
        NOW + timedelta(hours=2),
        str(folder / "kilauta-20261124T110000Z.backup"),
    )


def test_nothing_is_served_from_a_restore_that_was_not_followed_up(home, elsewhere, monkeypatch):
    file, asked = backed_up(home), []

    def fail(now):
        raise RuntimeError

    monkeypatch.setitem(ports._found, "restore", [("trial", SimpleNamespace(after_restore=fail))])
    with pytest.raises(RuntimeError):
        elsewhere.run("restore", file)
    assert elsewhere.run("check-start") == (
        1,
        ["A restore was cut off before its end; run it again: kilauta restore FILE --replace"],
    )
    monkeypatch.setitem(ports._found, "restore", [("trial", SimpleNamespace(after_restore=asked.append))])
    assert elsewhere.run("restore", file, "--replace", now=LATER)[0] == 0
    assert asked == [LATER]
    assert elsewhere.run("check-start") == (0, [])
    assert notes(elsewhere) == {"Äänekoski", "Åbo", "Kuhmo"}


def test_the_worker_makes_one_each_night(home):
    job = declared()["store.back_up"]
    home.do(lambda: job.run(NOW))
    assert [path.name for path in home.backups] == ["kilauta-20261124T090000Z.backup"]
    assert job.next_due(NOW) == datetime(2026, 11, 25, 2, 30, tzinfo=UTC)
