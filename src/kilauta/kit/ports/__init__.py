"""How the kit reaches what stands above it: modules of fixed names that each part of the house may offer.

A *port* is a module `<app>.ports.<name>`. All ports are found by name when the site starts, in the order of
INSTALLED_APPS (lowest storey first), so no import statement points upward. Each name has exactly one reader
in the kit.
"""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps as registry  # by its own name our module apps.py would hide it

NAMES = (
    "access",
    "demo",
    "documents",
    "exchange",
    "jobs",
    "lines",
    "metrics",
    "navigation",
    "panels",
    "privacy",
    "reactions",
    "registers",
    "reminders",
    "restore",
    "search",
)

_found: dict[str, list[tuple[str, ModuleType]]] = {}


def of(name: str) -> list[tuple[str, ModuleType]]:
    """Return the modules that offer this port, each with its app's label, lowest app first."""
    if name not in NAMES:
        raise LookupError(f"There is no port called {name!r}.")
    return list(_found.get(name, ()))


def find() -> None:
    """Look through the installed apps once more and remember their ports."""
    found: dict[str, list[tuple[str, ModuleType]]] = {name: [] for name in NAMES}
    for app in registry.get_app_configs():
        folder = f"{app.name}.ports"
        if find_spec(folder) is None:
            continue
        for name in NAMES:
            if find_spec(f"{folder}.{name}") is not None:
                found[name].append((app.label, import_module(f"{folder}.{name}")))
    _found.clear()
    _found.update(found)
