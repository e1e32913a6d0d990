"""A file, a function, a template: none larger than one can read at a sitting."""

from __future__ import annotations

import ast

from .house import ROOT, python_files, templates, told, tree

FILE, FUNCTION, TEMPLATE = 400, 40, 150


def test_no_file_is_longer_than_400_lines() -> None:
    files = [
        *python_files(),
        *sorted((ROOT / "tests").rglob("*.py")),
        *sorted((ROOT / "bench").rglob("*.py")),
    ]
    sizes = {told(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: size for name, size in sizes.items() if size > FILE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    sizes = {
        f"{told(path)} {node.name}": node.end_lineno - node.lineno + 1
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: size for name, size in sizes.items() if size > FUNCTION} == {}


def test_no_template_is_longer_than_150_lines() -> None:
    sizes = {told(path): len(path.read_text(encoding="utf-8").splitlines()) for path in templates()}
    assert {name: size for name, size in sizes.items() if size > TEMPLATE} == {}
