"""The house as files: where things lie, and which domain stands above which."""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "kilauta"
DOMAINS = PACKAGE / "domains"
KIT = PACKAGE / "kit"


@cache
def floors() -> dict[str, int]:
    """Return the floor of each domain on the map, the lowest one 0; the map is the linter's own."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    layers = contracts["importlinter:contract:map"]["layers"].split("\n")
    rows = [re.findall(r"\w+", layer) for layer in reversed(layers) if layer.strip()]
    return {name: floor for floor, row in enumerate(rows) for name in row}


def may_know(who: str, whom: str) -> bool:
    """Say whether a domain may know another: itself, and whoever stands below it."""
    return who == whom or floors()[whom] < floors()[who]


def domain_of(dotted: str) -> str:
    """Return the domain a module belongs to ("" for the other storeys)."""
    parts = dotted.split(".")
    return parts[2] if parts[:2] == ["kilauta", "domains"] and len(parts) > 2 else ""


def storey_of(dotted: str) -> str:
    """Return lib, kit, domains or site for a module of ours ("" for the work of others)."""
    parts = dotted.split(".")
    return parts[1] if parts[0] == "kilauta" and len(parts) > 1 else ""


@cache
def python_files() -> tuple[Path, ...]:
    """Every program of the product and its tools, without what Django generates."""
    ours = [*PACKAGE.rglob("*.py"), *(ROOT / "tools").rglob("*.py"), ROOT / "run.py"]
    return tuple(sorted(path for path in ours if "migrations" not in path.parts))


@cache
def templates() -> tuple[Path, ...]:
    return tuple(sorted(path for path in PACKAGE.rglob("templates/**/*") if path.is_file()))


def template_name(path: Path) -> str:
    """Return the name one includes a template by."""
    parts = path.parts
    return "/".join(parts[len(parts) - parts[::-1].index("templates") :])


def told(path: Path, line: int | None = None) -> str:
    place = path.relative_to(ROOT).as_posix()
    return place if line is None else f"{place}:{line}"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def ignored(path: Path) -> bool:
    """Return whether .gitignore leaves a file out: a folder anywhere or at the root, or an ending."""
    rules = [line for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines() if line]
    folders = {rule.strip("/") for rule in rules if rule.endswith("/")} | {".git"}
    return bool(folders & set(path.parts[:-1])) or any(
        path.match(rule) for rule in rules if not rule.endswith("/")
    )


@cache
def repository_files() -> tuple[Path, ...]:
    """Every file that is tracked, or would be with the next commit; without git, all that git would not ignore."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        return tuple(
            sorted(path for path in ROOT.rglob("*") if path.is_file() and not ignored(path.relative_to(ROOT)))
        )
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(ROOT / name for name in sorted(listed.split("\0")) if name and (ROOT / name).is_file())
