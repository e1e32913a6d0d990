"""What the linter's contract on HTTP leaves to us: Django's own parts, of which only some modules are about HTTP."""

from __future__ import annotations

import re

import grimp
import pytest

INSIDE = ("operations", "queries", "models", "logic", "choices", "rules")
ABOUT_HTTP = (
    "django.http",
    "django.shortcuts",
    "django.forms",
    "django.views",
    "django.template",
    "django.urls",
)


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("kilauta", include_external_packages=True, exclude_type_checking_imports=True)


def test_operations_queries_models_and_logic_do_not_know_http(graph: grimp.ImportGraph) -> None:
    wrong = []
    for module in graph.modules:
        parts = module.split(".")
        if parts[:2] != ["kilauta", "domains"] or parts[3:4] == [] or parts[3] not in INSIDE:
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            details = graph.get_import_details(importer=module, imported=imported)
            wrong += [
                f"{module}: {detail['line_contents']}"
                for detail in details
                if any(part in detail["line_contents"] for part in ABOUT_HTTP)
            ]
    assert wrong == []


def test_only_doors_read_the_clock(graph: grimp.ImportGraph) -> None:
    readers = graph.find_modules_that_directly_import("kilauta.lib.clock")
    doors = re.compile(
        r"kilauta\.site\..*|kilauta\..*\.views(\..*)?|kilauta\.kit\.(access\.doors|accounts\.adapter|forms\.door)"
    )
    assert sorted(each for each in readers if not doors.fullmatch(each)) == []
