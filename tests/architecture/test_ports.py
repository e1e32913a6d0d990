"""Ports are found by name; a file that nobody looks for is a mistake."""

import sys
from pathlib import Path

import pytest
from django.apps import apps

from kilauta.kit import ports

HOUSE = [app for app in apps.get_app_configs() if app.name.startswith("kilauta.")]


def offered(app):
    folder = Path(app.path) / "ports"
    inside = folder.iterdir() if folder.is_dir() else ()
    return {path.stem for path in inside if path.name not in {"__init__.py", "__pycache__"}}


@pytest.mark.parametrize("app", HOUSE, ids=lambda app: app.label)
def test_every_port_has_a_name_the_kit_knows(app):
    assert offered(app) <= set(ports.NAMES)


@pytest.mark.parametrize("name", ports.NAMES)
def test_every_port_is_found_lowest_app_first(name):
    found = ports.of(name)
    assert [label for label, _module in found] == [app.label for app in HOUSE if name in offered(app)]
    assert all(module is sys.modules[module.__name__] for _label, module in found)


def test_an_unknown_name_is_a_mistake():
    with pytest.raises(LookupError, match="tables"):
        ports.of("tables")


def test_finding_again_finds_the_same():
    before = {name: ports.of(name) for name in ports.NAMES}
    ports.find()
    assert {name: ports.of(name) for name in ports.NAMES} == before
