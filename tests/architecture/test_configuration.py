"""docs/configuration.md says of every setting what the code says: its name, its default, and nothing more."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from .house import PACKAGE, ROOT, told, tree

PAGE = ROOT / "docs" / "configuration.md"
ROW = re.compile(r"^\| `(\w+)` \| (?:`([^`]*)`)? ?\| (.+) \|$", re.MULTILINE)
# Django's own variable, not a setting of the service.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}


def read_in_settings() -> dict[str, str]:
    """Return the settings of site/settings.py, each with its default as the page writes it."""
    found = {}
    for node in ast.walk(tree(PACKAGE / "site" / "settings.py")):
        if not isinstance(node, ast.Call) or getattr(getattr(node.func, "value", None), "id", "") != "env":
            continue
        if not node.args or not isinstance(node.args[0], ast.Constant):
            continue  # `origin` reads no variable
        name = node.args[0].value
        found[name] = written(node)
        if node.func.attr == "secret":
            found[f"{name}_FILE"] = ""
    return found


def written(call: ast.Call) -> str:
    """Return the default of a setting as one would set it."""
    kind = call.func.attr
    if kind == "flag":
        return "yes" if call.keywords[0].value.value else "no"
    if kind == "words":
        return " ".join(each.value for each in call.args[1].elts)
    return call.args[1].value if isinstance(call.args[1], ast.Constant) else ""


def read_elsewhere() -> dict[str, Path]:
    """Return the variables that other modules look up in os.environ themselves."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(tree(path)):
            text = ast.unparse(node) if isinstance(node, ast.Call | ast.Subscript) else ""
            for name in re.findall(r"os\.(?:environ(?:\.\w+\(|\[)|getenv\()'([A-Z_]+)'", text):
                found[name] = path
    return found


def documented() -> dict[str, str]:
    return {name: default for name, default, _meaning in ROW.findall(PAGE.read_text(encoding="utf-8"))}


def test_every_setting_is_documented_with_its_default() -> None:
    ours = read_in_settings()
    ours |= {name: ours.get(name, "") for name in read_elsewhere() if name not in NOT_OURS}
    assert documented() == ours


def test_every_setting_is_used() -> None:
    settings = tree(PACKAGE / "site" / "settings.py")
    names = {
        target.id
        for node in settings.body
        if isinstance(node, ast.Assign) and "env." in ast.unparse(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    django = {"SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "DATABASES", "SOCIALACCOUNT_PROVIDERS"}
    sources = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    idle = {name for name in names - django if len(re.findall(rf"\b{name}\b", sources)) < 2}
    assert idle == set()


def test_only_settings_read_the_environment() -> None:
    """And those that must know something before there are settings, each named here."""
    early = {
        "KILAUTA_ANALYSER": "src/kilauta/lib/finnish/__init__.py",
        "KILAUTA_DEMO": "src/kilauta/site/gunicorn.py",
    }
    assert {name: told(path) for name, path in read_elsewhere().items() if name not in NOT_OURS} == early
