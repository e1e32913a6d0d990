"""Sharp tools: each use stands here with the reason why it is safe, and a new one must be put here to pass."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

from .house import python_files, templates, told, tree

COMPONENTS = "src/kilauta/kit/components/templatetags/components.py"
STATES = "src/kilauta/domains/directory/templatetags/directory.py"
BACKUP = "src/kilauta/kit/store/backup"
BACKENDS = "src/kilauta/kit/search/backends.py"

# (file, tool): how often, and why it may.
REVIEWED = {
    (COMPONENTS, "mark_safe"): (3, "joins what format_html and escape made; JSON with <, > and & escaped"),
    (STATES, "SafeString"): (1, "shapes written there"),
    ("src/kilauta/domains/booking/views/public.py", "SafeString"): (
        1,
        "a code drawn there; its words are escaped",
    ),
    (BACKENDS, "formatted SQL"): (
        1,
        "chooses between two conditions written there; all values are parameters",
    ),
    (f"{BACKUP}/on_postgres.py", "formatted SQL"): (
        7,
        "names of tables and schemas, quoted by the database's own rule",
    ),
    (f"{BACKUP}/on_sqlite.py", "formatted SQL"): (1, "a name of a table of ours, quoted"),
    (f"{BACKUP}/restoring.py", "formatted SQL"): (1, "the name of the marker table, written there"),
    ("tools/postgres.py", "formatted SQL"): (1, "a name written there; the server is of one test run"),
}
UNESCAPED = {"mark_safe", "SafeString", "SafeText", "|safe", "safeseq", "autoescape off"}
FEW = 5

CALLS = {"mark_safe", "SafeString", "SafeText", "eval", "exec", "compile", "__import__"}
METHODS = {"raw", "extra"}
FORMATTED = (ast.JoinedStr, ast.BinOp, ast.Call)
MODULES = {"pickle", "cPickle", "marshal", "shelve", "dill", "jsonpickle"}
IN_TEMPLATES = {
    "|safe": re.compile(r"\|\s*safe\b(?!seq)"),
    "safeseq": re.compile(r"\|\s*safeseq\b"),
    "autoescape off": re.compile(r"\{%\s*autoescape\s+off"),
}


def uses_in_program(path: Path) -> list[str]:
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names if name.name.split(".")[0] in MODULES]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in MODULES:
            found.append(str(node.module))
        elif isinstance(node, ast.Call):
            found += uses_in_call(node)
    return found


def uses_in_call(node: ast.Call) -> list[str]:
    function, found = node.func, []
    if isinstance(function, ast.Name) and function.id in CALLS:
        found.append(function.id)
    if isinstance(function, ast.Attribute):
        owner = getattr(function.value, "id", "")
        if function.attr in METHODS or (owner, function.attr) == ("yaml", "load"):
            found.append(f".{function.attr}(")
        if function.attr in CALLS - {"compile"}:
            found.append(function.attr)
        if function.attr in {"execute", "executemany"} and isinstance(node.args[0], FORMATTED):
            found.append("formatted SQL")
    found += [
        "shell=True"
        for keyword in node.keywords
        if keyword.arg == "shell" and getattr(keyword.value, "value", True)
    ]
    return found


def uses() -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for path in python_files():
        counts.update((told(path), use) for use in uses_in_program(path))
    for path in templates():
        text = path.read_text(encoding="utf-8")
        for name, pattern in IN_TEMPLATES.items():
            if found := len(pattern.findall(text)):
                counts[told(path), name] = found
    return counts


def test_every_use_of_a_sharp_tool_has_been_reviewed() -> None:
    assert uses() == {use: count for use, (count, _reason) in REVIEWED.items()}


def test_few_places_pass_text_by_the_escaping() -> None:
    assert sum(count for (_file, tool), (count, _reason) in REVIEWED.items() if tool in UNESCAPED) <= FEW
