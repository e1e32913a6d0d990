"""The one small story all tests share: the two example networks of the demo, and a day that never changes.

`demo` gives a module of tests the whole demo. It is loaded once in each process, through the operations as a
coordinator's import would, and remembered as rows; each module then gets the rows inside a transaction that is
rolled back after its last test, so tests elsewhere find an empty database. A conftest.py names the fixtures
(`from tests.cast import demo, door, story`), a module of tests asks for them beside the database:

    pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Barrier
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client

from kilauta.kit.store.sqlite import INIT_COMMAND
from kilauta.site import environment as env

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# A Tuesday in November, eleven o'clock in Finland: libraries, offices and the network's line are open.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LANGUAGES = ("fi", "sv", "en")
KAINUU, KAAKKO = "testserver", "kaakko.localhost"
# The number of each network's own line, as a telephone dials it.
LINES = {KAINUU: "tel:+358505550100", KAAKKO: "tel:+358505550200"}
# A statement that changes no row of ours.
READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class WroteError(AssertionError):
    """A page that is only read has changed something."""


@dataclass(frozen=True)
class Story:
    """The rows of the loaded demo, by model, in the order of the map."""

    rows: dict[type, list[Any]]

    def tell(self) -> None:
        from kilauta.kit.search import backends
        from kilauta.kit.search.models import SearchDocument

        for model, rows in self.rows.items():
            model._base_manager.bulk_create(rows, batch_size=2000)
        backends.clear()
        backends.put((row.pk, row.title, row.about, row.body) for row in self.rows[SearchDocument])


@pytest.fixture(scope="session")
def story(django_db_setup: None, django_db_blocker: Any) -> Story:
    with django_db_blocker.unblock(), transaction.atomic():
        _load()
        models = [
            model
            for model in apps.get_models(include_auto_created=True)
            if model.__module__.startswith(("kilauta.", "allauth."))
        ]
        story = Story({model: list(model._base_manager.order_by("pk")) for model in models})
        transaction.set_rollback(True)
    return story


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
def demo(story: Story, django_db_blocker: Any) -> Iterator[None]:
    """The demo, for all tests of a module; what a test changes is gone after it."""
    with django_db_blocker.unblock():
        told = transaction.atomic()
        told.__enter__()
        story.tell()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        told.__exit__(None, None, None)


@pytest.fixture
def door() -> Iterator[None]:
    """The clock at the door stands at NOW, and no count of an earlier test waits to be written."""
    forget_counts()
    with time_machine.travel(NOW, tick=False):
        yield
    forget_counts()


def forget_counts() -> None:
    """Empty the buffer of counts: a full or old one would write itself, at another time, into another test."""
    from kilauta.kit.metrics import buffer

    with buffer._lock:
        buffer._counts.clear()
        buffer._oldest.clear()


@pytest.fixture
def own_database(tmp_path: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of its own with the settings of production, which only threads started by the test see.

    What several people do at once is tried here: SQLite in memory is another thing than SQLite in a file.
    """
    before, name = connections.settings["default"], f"own_{uuid4().hex}"
    with django_db_blocker.unblock():
        try:
            if connection.vendor == "sqlite":
                own = {**before, **env.database("DATABASE_URL", tmp_path / name, init_command=INIT_COMMAND)}
            else:
                own = {**before, "NAME": name}
                with connection._nodb_cursor() as cursor:
                    cursor.execute(f'CREATE DATABASE "{name}"')
            connections.settings["default"] = own
            at_once(lambda: call_command("migrate", verbosity=0, interactive=False))
            yield
        finally:
            connections.settings["default"] = before
            if connection.vendor != "sqlite":
                with connection._nodb_cursor() as cursor:
                    cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


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
