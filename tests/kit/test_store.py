"""Where the data lies: SQLite that loses nothing, and the stamp that tells when the public data has changed."""

from __future__ import annotations

import gc
import threading
import time
from uuid import UUID

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from kilauta.kit.store import editions
from kilauta.kit.store.models import Edition
from kilauta.kit.store.sqlite import SAFE_VERSION, version_is_safe
from tests.cast import at_once

# ── Editions ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_before_anything_was_written_the_stamp_is_nought() -> None:
    assert editions.current() == UUID(int=0)


@pytest.mark.django_db
def test_each_renewal_gives_a_stamp_that_was_never_there_before() -> None:
    stamps = []
    for _ in range(20):
        editions.renew()
        stamps.append(editions.current())
    assert len(set(stamps)) == 20
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_a_renewal_that_is_taken_back_leaves_the_stamp_as_it_was() -> None:
    editions.renew()
    before = editions.current()
    with pytest.raises(RuntimeError), transaction.atomic():
        editions.renew()
        raise RuntimeError
    assert editions.current() == before


@pytest.mark.django_db
def test_there_is_one_edition_only() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(id=2)


@pytest.mark.usefixtures("own_database")
def test_two_who_renew_at_once_both_do_and_one_stamp_is_left() -> None:
    def renew() -> UUID:
        for _ in range(10):
            editions.renew()
        return editions.current()

    stamps = at_once(renew, renew)
    (left,) = at_once(editions.current)
    (rows,) = at_once(Edition.objects.count)
    assert left in stamps
    assert rows == 1


@pytest.mark.usefixtures("own_database")
def test_a_reader_sees_the_old_stamp_until_the_change_is_complete() -> None:
    written, read = threading.Event(), threading.Event()

    def change() -> tuple[UUID, UUID]:
        editions.renew()
        before = editions.current()
        with transaction.atomic():
            editions.renew()
            written.set()
            assert read.wait(10)
            return before, editions.current()

    def look() -> tuple[UUID, bool]:
        assert written.wait(10)
        seen = editions.current()
        read.set()
        return seen, True

    (before, after), (seen, _) = at_once(change, look)
    assert seen == before != after


# ── SQLite in a file, as in production ──────────────────────────────────────────────────────────────────

only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="is about the file of SQLite itself")


def pragma(name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


@only_sqlite
@pytest.mark.usefixtures("own_database")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL: an answered write survives a power cut
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("journal_size_limit", 67_108_864),
        ("busy_timeout", 20_000),
    ],
)
def test_the_file_is_kept_as_production_promises(name: str, value: object) -> None:
    assert at_once(lambda: pragma(name)) == [value]


@only_sqlite
@pytest.mark.usefixtures("own_database")
def test_a_transaction_takes_the_right_to_write_when_it_begins() -> None:
    """Two that read first and then write would else meet half-way, and one would fail."""
    begun, tried = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            begun.set()
            assert tried.wait(10)

    def barge_in() -> str:
        assert begun.wait(10)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except Exception as error:  # noqa: BLE001 -- each driver has an error of its own
                return str(error)
            else:
                return "was let in"
            finally:
                tried.set()

    assert at_once(hold, barge_in) == [None, "database is locked"]


@only_sqlite
@pytest.mark.usefixtures("own_database")
def test_what_is_erased_is_gone_from_the_file() -> None:
    canary = "kanarialintu-050-555-0100"

    def write_and_erase() -> tuple[int, int]:
        from kilauta.kit.accounts.models import Person

        for number in range(50):
            Person.objects.create(email=f"{number}@esimerkki.example", name=canary)
        pragma("wal_checkpoint(TRUNCATE)")
        file = connection.settings_dict["NAME"]
        before = file.read_bytes().count(canary.encode())
        Person.objects.all().delete()
        pragma("wal_checkpoint(TRUNCATE)")
        return before, sum(
            each.read_bytes().count(canary.encode()) for each in file.parent.glob(f"{file.name}*")
        )

    ((before, after),) = at_once(write_and_erase)
    assert before >= 50
    assert after == 0


@only_sqlite
@pytest.mark.usefixtures("own_database")
def test_the_collector_rests_while_a_thread_may_write_and_no_longer() -> None:
    def write() -> list[bool]:
        found = [gc.isenabled()]
        with transaction.atomic():
            found.append(gc.isenabled())
            with transaction.atomic():
                found.append(gc.isenabled())
            found.append(gc.isenabled())
        found.append(gc.isenabled())
        with pytest.raises(IntegrityError), transaction.atomic():
            found.append(gc.isenabled())
            Edition.objects.create(id=2)
        found.append(gc.isenabled())
        return found

    assert at_once(write) == [[True, False, False, False, True, False, True]]


@only_sqlite
@pytest.mark.usefixtures("own_database")
def test_litter_of_one_who_waits_stops_nobody_who_writes() -> None:
    """A statement in a circle, of a thread that waits to write: whoever collects it meanwhile waits for that thread."""
    may_write, has_littered = threading.Event(), threading.Event()

    def write() -> str:
        with transaction.atomic():
            may_write.set()
            assert has_littered.wait(20)
            time.sleep(0.5)
            # so many new things are enough for several collections, where it is not at rest
            kept = [[number] for number in range(50_000)]
        return f"wrote {len(kept)}"

    def litter_and_wait() -> str:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 4000")
        assert may_write.wait(20)
        statement = connection.connection.cursor().execute("SELECT 1 UNION SELECT 2")
        circle: list[object] = [statement]
        circle.append(circle)
        del circle, statement
        has_littered.set()
        try:
            with transaction.atomic():
                return "wrote"
        except OperationalError:
            return "gave up"

    assert at_once(write, litter_and_wait) == ["wrote 50000", "wrote"]


@only_sqlite
@pytest.mark.django_db
def test_the_sqlite_in_use_is_one_without_the_fault() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        version = tuple(int(part) for part in cursor.fetchone()[0].split("."))
    assert version >= SAFE_VERSION


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_only_versions_with_the_fault_mended_are_safe(version: tuple[int, ...], safe: bool) -> None:
    assert version_is_safe(version) is safe
