"""The one small story all tests share: the two example networks of the demo, and a day that never changes.

`demo` gives a module of tests the whole demo. It is loaded once in each process, through the operations as a
coordinator's import would, into a database of its own; each module then gets that one, inside a transaction that is
rolled back after its last test. Tests elsewhere find an empty database. A module of tests asks for it beside the database:

    pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]
"""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Barrier
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client

from kilauta.kit.store.sqlite import INIT_COMMAND
from kilauta.site import environment as env

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper

# A Tuesday in November, eleven o'clock in Finland: libraries, offices and the network's line are open.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LANGUAGES = ("fi", "sv", "en")
KAINUU, KAAKKO = "testserver", "kaakko.localhost"
# The number of each network's own line, as a telephone dials it.
LINES = {KAINUU: "tel:+358505550100", KAAKKO: "tel:+358505550200"}
# A statement that changes no row of ours.
READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
# The public data as the demo has them, by the name of its database.
_told: dict[str, Any] = {}


class WroteError(AssertionError):
    """A page that is only read has changed something."""


@pytest.fixture(scope="session")
def story(django_db_setup: None, django_db_blocker: Any) -> Iterator[BaseDatabaseWrapper]:
    """A second database, where the demo is loaded for good."""
    from kilauta.domains.directory.queries import catalogue

    name = f"told_{uuid4().hex}"
    with django_db_blocker.unblock():
        second = _copied(name)
        with _in_place_of_the_empty_one(second):
            _load()
            if second.vendor == "postgresql":
                # a planner that takes the tables for empty may choose a plan that takes minutes
                with second.cursor() as cursor:
                    cursor.execute("VACUUM ANALYZE")
            _told[str(second.settings_dict["NAME"])] = catalogue()
        yield second
        second.close()
        if second.vendor == "postgresql":
            _at_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _copied(name: str) -> BaseDatabaseWrapper:
    """Return a connection to a copy of the empty database."""
    if connection.vendor == "sqlite":
        second = _connection(f"file:{name}?mode=memory&cache=shared")
        connection.ensure_connection()
        second.ensure_connection()
        connection.connection.backup(second.connection)
        return second
    connection.close()
    _at_the_server(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')
    return _connection(name)


def _connection(name: str) -> BaseDatabaseWrapper:
    made: BaseDatabaseWrapper = type(connections["default"])(
        {**connection.settings_dict, "NAME": name}, "default"
    )
    return made


def _at_the_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def _in_place_of_the_empty_one(second: BaseDatabaseWrapper) -> Iterator[None]:
    first = connections["default"]
    connections["default"] = second
    try:
        yield
    finally:
        connections["default"] = first


def _load() -> None:
    from kilauta.kit.accounts.models import Person
    from kilauta.kit.search import index
    from kilauta.site.demo.load import load_demo
    from kilauta.site.reference import load_reference_data

    actor = Person.objects.system()
    reports = load_reference_data(actor=actor, now=NOW), load_demo(actor=actor, now=NOW)
    index.rebuild()
    assert [problem for report in reports for problem in report.problems] == []


@pytest.fixture(scope="module")
def demo(story: BaseDatabaseWrapper, django_db_blocker: Any) -> Iterator[None]:
    """The demo, for all tests of a module; what is changed is gone after it."""
    with django_db_blocker.unblock(), _in_place_of_the_empty_one(story), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def door() -> Iterator[None]:
    """The clock at the door stands at NOW, and no count of an earlier test waits to be written."""
    forget_counts()
    with time_machine.travel(NOW, tick=False):
        yield
    forget_counts()


def forget_readings() -> None:
    """Keep in memory what was read of the demo as it was told, and nothing that a test read of its own changes.

    A process reads the public data anew when their edition changes. What a test writes without renewing it is taken
    back, and the edition stays: without this, tests after it would be shown what was never kept.
    """
    from kilauta.domains.booking.queries import nearest
    from kilauta.domains.directory.queries.catalogue import _held
    from kilauta.domains.events.queries import narrowing
    from kilauta.domains.finder.queries import searching
    from kilauta.kit.search import find

    _held.clear()
    _held.update(_told)
    searching._minutes.clear()
    nearest.forget()
    narrowing.forget()
    find._read.clear()


def forget_counts() -> None:
    """Empty the buffer of counts: a full or old one would write itself, at another time, into another test."""
    from kilauta.kit.metrics import buffer

    with buffer._lock:
        buffer._counts.clear()
        buffer._oldest.clear()


@pytest.fixture(scope="session")
def migrated(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[dict[str, Any]]:
    """The settings of an empty database as in production, which nobody is connected to: others are copied from it."""
    with django_db_blocker.unblock(), _made(tmp_path_factory.mktemp("own") / "empty") as own:
        with _found_by_threads(own):
            at_once(lambda: call_command("migrate", verbosity=0, interactive=False))
        yield own


@pytest.fixture
def own_database(tmp_path: Path, migrated: dict[str, Any], django_db_blocker: Any) -> Iterator[None]:
    """A database of its own with the settings of production, which only threads started by the test see.

    What several people do at once is tried here: SQLite in memory is another thing than SQLite in a file.
    """
    with django_db_blocker.unblock(), _made(tmp_path / "own", migrated) as own, _found_by_threads(own):
        yield


@contextmanager
def _made(file: Path, like: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Give the settings of a new database, empty or a copy; on a server it is gone at the end."""
    before = connections.settings["default"]
    if connection.vendor == "sqlite":
        if like:
            shutil.copyfile(like["NAME"], file)
        yield {**before, **env.database("DATABASE_URL", file, init_command=INIT_COMMAND)}
        return
    name = f"own_{uuid4().hex}"
    template = f' TEMPLATE "{like["NAME"]}"' if like else ""
    _at_the_server(f'CREATE DATABASE "{name}"{template}')
    try:
        yield {**before, "NAME": name}
    finally:
        _at_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _found_by_threads(own: dict[str, Any]) -> Iterator[None]:
    before = connections.settings["default"]
    connections.settings["default"] = own
    try:
        yield
    finally:
        connections.settings["default"] = before


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of it at the same time, each in a thread of its own; return what each gave."""
    ready = Barrier(len(acts))

    def act(job: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [each.result() for each in [threads.submit(act, job) for job in acts]]


def tells_number(text: str, last: str) -> bool:
    """Whether the text tells 050 555 and these last digits, however written; the last alone may stand in a random key."""
    return re.search(rf"555\s?{last}", text) is not None


class Visitor(Client):
    """Somebody with a browser that keeps nothing. Reading a page may change no row: counts wait in their buffer."""

    def __init__(self, host: str = KAINUU, **more: Any) -> None:
        super().__init__(SERVER_NAME=host, **more)

    def request(self, **request: Any) -> Any:
        with only_reading():
            response = super().request(**request)
        forget_counts()
        return response


@contextmanager
def only_reading() -> Iterator[None]:
    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.split(None, 1)[0].upper() not in READING:
            raise WroteError(f"Reading a page ran {sql}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
