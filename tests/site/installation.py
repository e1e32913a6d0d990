"""Installations as they stand in the world: a data folder, a database of its own, and the command line."""

from __future__ import annotations

import io
import shutil
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings

from kilauta.kit.store.sqlite import INIT_COMMAND
from kilauta.site import cli
from kilauta.site import environment as env
from tests.cast import NOW, at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

SECRET = "kD3-9fQx_pLm2ZrT7vWy0BnH5sJc8GaE1uXo4iVt6qRbNhYwKz8A"


@dataclass
class Installation:
    data: Path
    database: dict[str, Any]
    key: str = ""

    @property
    def backups(self) -> list[Path]:
        return sorted((self.data / "backups").glob("*.backup"))

    def do(self, act: Callable[[], Any]) -> Any:
        """Do something in this installation, in a thread with connections of its own."""
        with self.entered():
            return at_once(act)[0]

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Let every thread that begins now work in this installation."""
        before = connections.settings["default"]
        connections.settings["default"] = self.database
        told = {
            "DATA": self.data,
            "BACKUP_KEY": self.key,
            "SECRET_KEY": SECRET,
            "ALLOWED_HOSTS": ["a.example"],
        }
        try:
            with override_settings(**told):
                yield
        finally:
            connections.settings["default"] = before

    def run(self, *words: object, now: datetime = NOW) -> tuple[int, list[str]]:
        """Run the command line at an instant; return its code and the lines it says."""
        said = io.StringIO()

        def act() -> int:
            with redirect_stdout(said):
                return cli.main([str(word) for word in words])

        with time_machine.travel(now, tick=False):
            code = self.do(act)
        return code, said.getvalue().splitlines()

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Return what the database answers, in an order."""

        def act() -> list[tuple[Any, ...]]:
            with connection.cursor() as cursor:
                cursor.execute(question)
                return sorted(cursor.fetchall()) if cursor.description else []

        return self.do(act)


class Ground:
    """Where installations are set up: the first one by migrations, the others as copies of its empty database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: list[str] = []
        self._pattern = self.bare()
        self._pattern.do(lambda: call_command("migrate", verbosity=0, interactive=False))

    def bare(self) -> Installation:
        """An installation without tables."""
        return self._make("")

    def ready(self) -> Installation:
        """An installation with tables, and nothing in them but what migrations write."""
        return self._make(str(self._pattern.database["NAME"]))

    def _make(self, pattern: str) -> Installation:
        before, name = connections.settings["default"], f"own_{uuid4().hex}"
        data = self._folder / name
        data.mkdir()
        if connection.vendor == "sqlite":
            path = data / "kilauta.sqlite3"
            if pattern:
                shutil.copyfile(pattern, path)
            own = env.database("DATABASE_URL", path, init_command=INIT_COMMAND)
            return Installation(data, {**before, **own})
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{pattern or "template0"}"')
        self._names.append(name)
        return Installation(data, {**before, "NAME": name})

    def clear(self) -> None:
        for name in self._names:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module", name="ground")
def cleared_ground(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    with django_db_blocker.unblock():
        made = Ground(tmp_path_factory.mktemp("ground"))
        yield made
        made.clear()
