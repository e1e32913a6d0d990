"""What `kilauta doctor` says of installations in good and in bad health."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from kilauta.kit.audit.models import Change
from kilauta.site import start
from tests.cast import NOW
from tests.site.installation import cleared_ground  # noqa: F401

KEY = "koira-kissa-hevonen-lammas-kana-sika"
# a server of the tests may be careless; what it is, the doctor must say
CARELESS = ("fsync", "full_page_writes", "synchronous_commit")


@pytest.fixture
def home(ground, django_db_blocker):
    """An installation with a good backup."""
    with django_db_blocker.unblock():
        home = ground.ready()
        home.key = KEY
        assert home.run("backup")[0] == 0
        yield home


def bad(home, now=NOW):
    """Return what is to be put right, but for the settings of the tests' own server."""
    code, said = home.run("doctor", now=now)
    assert {line.partition(" ")[0] for line in said} <= {"ok", "put"}
    assert code == any(line.startswith("put right: ") for line in said)
    told = [line.removeprefix("put right: ") for line in said if line.startswith("put right: ")]
    return [line for line in told if not line.startswith(CARELESS)]


def test_of_a_good_installation_everything_is_said_and_nothing_is_to_be_put_right(home):
    _code, said = home.run("doctor")
    assert bad(home) == []
    said = [line for line in said if not line.startswith(("ok free on the disk of", "put right:"))]
    sqlite = [
        "ok SQLite is 3.53.4",
        "ok journal_mode is wal",
        "ok synchronous is 2",
        "ok secure_delete is 1",
        "ok foreign_keys is 1",
        "ok busy_timeout is 20000",
        "ok transaction_mode is IMMEDIATE",
        "ok integrity_check says: ok",
        "ok rows that refer to nothing: 0",
    ]
    postgres = [
        line for line in said if line.partition(" is ")[0][3:] in {"PostgreSQL", "server_encoding", *CARELESS}
    ]
    assert said == [
        "ok the service may be started: settings, data folder, migrations",
        "ok the last good backup is of 2026-11-24 09:00 UTC",
        *(sqlite if connection.vendor == "sqlite" else postgres),
        "ok the clock says 2026-11-24 09:00 UTC",
        "ok published: 0 organisations, 0 services, 0 channels",
        "ok the search index is right",
    ]


def test_what_keeps_the_service_from_starting_is_said(home, monkeypatch):
    home.ask("DELETE FROM django_migrations WHERE app = 'finder'")
    (told,) = bad(home)
    assert told.endswith(" migrations behind; run: kilauta setup")
    monkeypatch.setattr(start, "LEAST_SPACE", 10**18)
    assert bad(home) == [f"The disk of the data folder {home.data} has less than 1 GB left"]


def test_a_backup_is_good_for_a_day_and_an_hour(home):
    assert bad(home, NOW + timedelta(hours=25)) == []
    late = ["the last good backup is of 2026-11-24 09:00 UTC; run: kilauta backup"]
    assert bad(home, NOW + timedelta(hours=25, seconds=1)) == late
    (home.data / "last-backup.json").unlink()
    assert bad(home) == ["there is no backup; run: kilauta backup"]
    (home.data / "last-backup.json").write_text('{"half')
    assert bad(home) == ["there is no backup; run: kilauta backup"]


def test_backups_that_anybody_could_read_are_told(home):
    home.key = ""
    home.run("backup", now=NOW + timedelta(hours=1))
    told = "the last backup is not encrypted. Name a file with a key in KILAUTA_BACKUP_KEY_FILE"
    assert bad(home, NOW + timedelta(hours=1)) == [told]


def test_a_clock_that_has_gone_back_is_told(home):
    home.do(
        lambda: Change.objects.create(at=NOW + timedelta(hours=1), label="a.B", thing_id="1", verb="made")
    )
    told = "the clock says 2026-11-24 09:00 UTC, and something was written at 2026-11-24 10:00 UTC"
    assert bad(home) == [told]
    assert bad(home, NOW + timedelta(minutes=55)) == []


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_clock_in_another_age_is_told(home, year):
    now = datetime(year, 1, 1, tzinfo=UTC)
    assert any(line.startswith(f"the clock says {year}-01-01 00:00 UTC, and") for line in bad(home, now))


def test_an_index_that_is_wrong_is_told(home):
    home.ask(
        "INSERT INTO search_searchdocument (kind, key, title, about, body) VALUES "
        + ", ".join(f"('service', 'x{n}', '', '', '')" for n in range(5))
    )
    told = "; ".join(f"service x{n} no longer exists" for n in (0, 1, 2))
    assert bad(home) == [f"the search index is wrong in 5 places ({told} …); run: kilauta reindex"]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="is about the file of SQLite itself")
def test_rows_that_refer_to_nothing_and_a_damaged_file_are_told(home):
    home.do(refer_to_nothing)
    assert bad(home) == ["rows that refer to nothing: 1"]
    path = Path(home.database["NAME"])
    path.write_bytes(b"no database at all" * 1000)
    assert bad(home) == [
        "The database cannot be reached",
        "the database cannot be read: file is not a database",
    ]


def refer_to_nothing():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute(
            'INSERT INTO audit_change (at, actor_id, label, thing_id, verb, "values", note) '
            "VALUES ('2026-11-24 09:00:00', 'nobody', 'a.B', '1', 'made', '{}', '')"
        )
