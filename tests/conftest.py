"""Strict for every test: no network, no order to rely on, no undefined template variable, no warning.

Warnings are errors and undefined template variables fail by pyproject.toml; the order is shuffled by
pytest-randomly, whose seed is printed at the top (`--randomly-seed=N` repeats it).
"""

from __future__ import annotations

import ipaddress
import os
import socket
from typing import Any

import pytest
from django.db.backends.signals import connection_created

from tests.cast import demo, door, forget_readings, migrated, own_database, story  # noqa: F401

# before Django loads: the browser tests run inside Playwright's event loop
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


class NetworkClosedError(RuntimeError):
    """A test reached for another machine. Not an OSError: code that forgives those must not hide it."""


def _is_near(host: str) -> bool:
    if host in {"", "localhost", "0.0.0.0", "::"} or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_far(family: int, address: Any) -> None:
    if family != socket.AF_UNIX and not _is_near(str(address[0])):
        raise NetworkClosedError(f"The network is closed in tests: {address!r}")


def pytest_configure() -> None:
    """Close the network before anything is imported that could use it."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def near_connect(self: socket.socket, address: Any) -> None:
        _refuse_far(self.family, address)
        connect(self, address)

    def near_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_far(self.family, address)
        return connect_ex(self, address)

    def near_getaddrinfo(host: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_near(name):
            raise NetworkClosedError(f"The network is closed in tests: {name}")
        return getaddrinfo(host, *rest, **more)

    socket.socket.connect = near_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = near_connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = near_getaddrinfo


def _reverse_unordered(connection: Any, **_: Any) -> None:
    """Give rows without an asked-for order the other way round: nobody may come to rely on the usual one."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA reverse_unordered_selects = ON")


connection_created.connect(_reverse_unordered)


@pytest.fixture(autouse=True)
def _no_leftovers() -> Any:
    """Let no test see what another one left in the cache, in memory or as the active language."""
    from django.core.cache import cache
    from django.utils import translation

    yield
    cache.clear()
    forget_readings()
    translation.deactivate()
