"""What import statements alone do not show: front doors, keys, labels, ports, words at the door of each package."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db.models import ForeignObject, ManyToManyField

from kilauta.kit import ports

from .house import DOMAINS, KIT, PACKAGE, domain_of, floors, may_know, storey_of, templates, told, tree

DOORS = {"choices", "signals", "logic", "models", "queries", "operations", "rules"}
# Folders that hold what a framework looks for by name; their names say all there is to say.
NAMED_BY_FRAMEWORK = {"migrations", "templatetags", "ports", "views", "fi", "sv", "en", "formats"}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("kilauta")


def test_every_domain_on_disk_stands_on_the_map() -> None:
    on_disk = {path.parent.name for path in DOMAINS.glob("*/__init__.py")}
    assert on_disk - floors().keys() == set()


def test_domains_are_entered_by_their_front_doors() -> None:
    wrong = [
        f"{importer} -> {imported}"
        for importer in graph().modules
        for imported in graph().find_modules_directly_imported_by(importer)
        if domain_of(importer) and domain_of(imported) and domain_of(importer) != domain_of(imported)
        if (parts := imported.split("."))[3:4] == [] or parts[3] not in DOORS
    ]
    assert wrong == []


def test_the_site_uses_of_a_domain_only_its_front_doors_its_views_and_its_addresses() -> None:
    wrong = [
        f"{importer} -> {imported}"
        for importer in graph().modules
        if storey_of(importer) == "site"
        for imported in graph().find_modules_directly_imported_by(importer)
        if domain_of(imported) and imported.split(".")[3] not in DOORS | {"views", "urls"}
    ]
    assert wrong == []


def test_keys_point_down_the_map() -> None:
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        domain, storey = domain_of(model.__module__), storey_of(model.__module__)
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignObject | ManyToManyField):
                continue
            other = field.related_model
            above = domain_of(other.__module__)
            if (domain and above and not may_know(domain, above)) or (storey == "kit" and above):
                wrong.append(f"{model._meta.label}.{field.name} -> {other._meta.label}")
    assert wrong == []


def test_the_kit_names_no_domain() -> None:
    labels = "|".join(floors())
    named = re.compile(rf"(?<![\w-])({labels})(?:[.:/]\w|$)|kilauta\.domains")
    wrong = []
    for path in KIT.rglob("*.py"):
        for node in ast.walk(tree(path)):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if named.fullmatch(text) or re.search(rf"(?<![\w-])({labels})[.:/]\w", text):
                wrong.append(f"{told(path, node.lineno)}: {text!r}")
    # in a template only what Django would look up by name: an address, another template, a library
    for path in (path for path in templates() if KIT in path.parents):
        quoted = re.findall(r"""["']([^"']+)["']""", path.read_text(encoding="utf-8"))
        wrong += [f"{told(path)}: {text!r}" for text in quoted if named.match(text)]
    assert wrong == []


def test_every_port_has_a_name_that_somebody_reads() -> None:
    offered = {path.stem if path.is_file() else path.name for path in PACKAGE.glob("*/*/ports/*")}
    assert offered - {"__init__", "__pycache__"} - set(ports.NAMES) == set()


@pytest.mark.parametrize(
    "path",
    [each for each in sorted(DOMAINS.rglob("operations*")) if each.suffix in {"", ".py"}],
    ids=lambda path: path.parent.name,
)
def test_every_operation_makes_a_promise(path: Path) -> None:
    files = sorted(path.glob("*.py")) if path.is_dir() else [path]
    silent = [
        f"{told(file, node.lineno)} {node.name}"
        for file in files
        for node in tree(file).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and is_write(node)
        if not ast.get_docstring(node)
    ]
    assert silent == []


def is_write(node: ast.FunctionDef) -> bool:
    """An operation runs in a transaction, or is said to be one by its name."""
    return node.name.startswith("note_") or any("atomic" in ast.dump(each) for each in node.decorator_list)


def test_every_package_says_what_it_is_about() -> None:
    silent = [
        told(path)
        for path in PACKAGE.rglob("__init__.py")
        if not NAMED_BY_FRAMEWORK & set(path.parent.relative_to(PACKAGE).parts)
        if not ast.get_docstring(tree(path))
    ]
    assert silent == []


def test_no_import_hides_in_a_function_to_get_around_the_map() -> None:
    """Within a function only what is slow, optional or not ready at start may be imported, and it says which."""
    silent = []
    for path in PACKAGE.rglob("*.py"):
        lines = path.read_text(encoding="utf-8").split("\n")
        for function in (n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef)):
            silent += [
                told(path, node.lineno)
                for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom)
                if not re.search(r"# noqa: PLC0415 -- \S", lines[node.lineno - 1])
            ]
    assert silent == []
