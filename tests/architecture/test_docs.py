"""The documents tell what is: two of them are made from the code, and what the others name exists.

`python -m tests.architecture.test_docs` writes docs/domains.md and docs/ports.md anew.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import run
from kilauta.kit.ports import NAMES
from kilauta.site import cli

from .house import DOMAINS, KIT, PACKAGE, ROOT, floors, repository_files, told, tree

DOCS = ROOT / "docs"
RECORDS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
PAGES = [path for path in repository_files() if path.suffix == ".md" and PACKAGE not in path.parents]
MADE = "<!-- Made from the code: python -m tests.architecture.test_docs -->"
LONGEST_RECORD = 30

LINK = re.compile(r"\]\(([^()\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
RUN = re.compile(r"\brun\.py ([a-z][a-z-]*)")
KILAUTA = re.compile(r"(?:\brun\.py manage|\bkilauta) ([a-z][a-z-]*)(?![\w./-])")
TOKEN = re.compile(r"--([\w-]+): (#[0-9A-F]{6})")
TOKEN_ROW = re.compile(r"^\| `--([\w-]+)` \| (#[0-9A-F]{6}) \| ([\d.–]+) \|", re.MULTILINE)


def domains_page() -> str:
    """Return docs/domains.md: what each package says of itself, the lowest domain first."""
    held = sorted(
        (path.parent for path in DOMAINS.glob("*/__init__.py")), key=lambda path: floors()[path.name]
    )
    lines = [
        MADE,
        "",
        "# The domains",
        "",
        "The lowest first. A domain may use those below it on the map, by their front doors.",
        "",
    ]
    for folder in held:
        lines += [f"## {folder.name}", "", docstring(folder / "__init__.py"), ""]
    lines += ["# The kit", "", "What every domain is built from. It names no domain.", "", *parts(KIT), ""]
    lines += ["# The library", "", "Plain Python. It knows neither Django nor the rest of the house.", ""]
    return "\n".join([*lines, *parts(PACKAGE / "lib"), ""])


def parts(folder: Path) -> Iterator[str]:
    """Yield a line for each part of a storey that says what it is."""
    for path in sorted(folder.iterdir()):
        file = path / "__init__.py" if path.is_dir() else path
        if file.suffix == ".py" and file.exists() and path.name != "__init__.py" and docstring(file):
            yield f"- **{path.stem}**: {docstring(file).splitlines()[0]}"


def docstring(path: Path) -> str:
    return ast.get_docstring(tree(path)) or ""


def ports_page() -> str:
    """Return docs/ports.md: who offers what to the kit, and who reads it."""
    lines = [MADE, "", "# The ports", "", docstring(KIT / "ports" / "__init__.py"), ""]
    for name in NAMES:
        if offers := list(offers_of(name)):
            lines += [f"## {name}", "", *readers_of(name), "", *offers, ""]
    silent = [f"`{name}`" for name in NAMES if not list(offers_of(name))]
    return "\n".join([*lines, "## Names kept", "", f"Known, and offered by nobody: {', '.join(silent)}.", ""])


def offers_of(name: str) -> Iterator[str]:
    """Yield a line for each app that offers the port, the lowest first."""
    found = [*PACKAGE.glob(f"*/*/ports/{name}.py"), *PACKAGE.glob(f"*/*/ports/{name}/__init__.py")]
    for path in sorted(found, key=lambda path: (floors().get(owner(path), -1), owner(path))):
        first = docstring(path).split("\n", maxsplit=1)[0]
        yield f"- **{owner(path)}** (`{told(path)}`)" + (f": {first}" if first else "")


def owner(path: Path) -> str:
    """Return the name of the domain or kit part a port belongs to."""
    return path.relative_to(PACKAGE).parts[1]


def readers_of(name: str) -> Iterator[str]:
    for path in sorted(KIT.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if f'ports.of("{name}")' in text:
            asked = {
                "".join(found) for found in re.findall(r'getattr\(module, "(\w+)"|\bmodule\.(\w+)', text)
            }
            yield f"Read by `{told(path)}`, which asks for {', '.join(f'`{each}`' for each in sorted(asked))}."


GENERATED = {"domains.md": domains_page, "ports.md": ports_page}


@cache
def headings(path: Path) -> set[str]:
    """Return the anchors of a page, as they are made from its headings."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


def commands_in(path: Path, pattern: re.Pattern[str]) -> set[str]:
    code = CODE.findall(path.read_text(encoding="utf-8"))
    return {found for piece in code for found in pattern.findall(piece)}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG reckons it."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", GENERATED)
def test_a_page_made_from_the_code_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == GENERATED[name](), __doc__


@pytest.mark.parametrize("path", PAGES, ids=told)
def test_every_link_within_the_repository_leads_somewhere(path: Path) -> None:
    lost = []
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (anchor and anchor not in headings(target)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("path", PAGES, ids=told)
def test_every_command_named_exists(path: Path) -> None:
    for name in commands_in(path, RUN):
        with contextlib.redirect_stderr(io.StringIO()):
            run.read([name])
    verbs = next(action.choices for action in cli.parser()._actions if action.choices)
    assert commands_in(path, KILAUTA) - set(verbs) == set()


def test_the_readme_names_every_command_of_run_py() -> None:
    told_by_itself = set(re.findall(r"(?:^ +python3 run\.py|\|) ([a-z]+)", run.__doc__ or "", re.MULTILINE))
    assert told_by_itself <= commands_in(ROOT / "README.md", RUN)


def test_every_direct_dependency_has_its_record() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=~! ]", each, maxsplit=1)[0].lower() for each in project["dependencies"]}
    records = (DOCS / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    assert {name.lower() for name in re.findall(r"^\| `([^`]+)` \|", records, re.MULTILINE)} == wanted


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_a_decision_is_told_shortly_and_in_one_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^Status: \w+.* · Date: \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequence"]
    assert len(text.splitlines()) <= LONGEST_RECORD
    assert f"({path.name})" in (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")


def test_the_page_of_the_look_has_the_colours_of_the_style_sheet() -> None:
    style = (PACKAGE / "site/static/kilauta/house.css").read_text(encoding="utf-8")
    colours = dict(TOKEN.findall(style))
    rows = TOKEN_ROW.findall((DOCS / "look.md").read_text(encoding="utf-8"))
    assert {name: colour for name, colour, _figure in rows} == colours
    figures = {name: figure for name, _colour, figure in rows if figure != "–"}
    assert figures == {name: f"{contrast(colours[name], colours['paper']):.1f}" for name in figures}


if __name__ == "__main__":
    for page, make in GENERATED.items():
        (DOCS / page).write_text(make(), encoding="utf-8")
