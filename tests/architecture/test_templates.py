"""Templates: whom they may name, and that nothing in them runs, styles or loads what the policy forbids."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import allauth
import pytest
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

from .house import PACKAGE, domain_of, may_know, python_files, storey_of, template_name, templates, told, tree

TAG = re.compile(r"""\{%-?\s*(url|include|extends)\s+(?:"([^"]+)"|'([^']+)'|(\S+))""")
LOAD = re.compile(r"\{%\s*load\s+(?:[\w\s]+\s+from\s+)?([\w\s]+?)\s*%\}")
TAGS = re.compile(r"<[a-zA-Z][^<>]*>", re.DOTALL)
# A tag may hold template code with the signs < and > in it; it is no part of the page.
CODE = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
ATTRIBUTES = re.compile(r"""\s([a-zA-Z][\w:-]*)\s*(?:=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
# Attributes by which a browser fetches something for the page itself; a link that one follows is none.
FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object|use|image|input)\b[^>]*\s"
    r"(?:src|srcset|href|data|poster|xlink:href)\s*=\s*[\"']?(?:https?:)?//"
    r"|<link\b(?![^>]*rel=\"(?:canonical|alternate)\")[^>]*href\s*=\s*[\"']?(?:https?:)?//",
    re.IGNORECASE,
)
WRITTEN = [path for path in templates() if path.suffix in {".html", ".xml"}]
OWN_STATIC = [path for path in sorted(PACKAGE.rglob("static/**/*")) if path.suffix in {".css", ".js", ".svg"}]


@cache
def owner_of_address() -> dict[str, str]:
    """Return for each name of an address the module whose view answers there."""
    return dict(_views(get_resolver().url_patterns, ""))


def _views(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, str]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _views(each.url_patterns, inner)
        elif each.name:
            yield f"{space}{each.name}", each.callback.__module__


@cache
def of_libraries() -> frozenset[str]:
    """Return the templates of the library of accounts; ours of the same name take their places."""
    folder = Path(allauth.__file__).parent / "templates"
    return frozenset(str(path.relative_to(folder)) for path in folder.rglob("*.html"))


@cache
def owner_of_template() -> dict[str, str]:
    return {template_name(path): module_of(path) for path in templates()}


def module_of(path: Path) -> str:
    """Return the package a template lies in, dotted."""
    return ".".join(("kilauta", *path.relative_to(PACKAGE).parts[: -len(template_name(path).split("/")) - 1]))


def names_in(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield what a template names: the tag, the name, and the module that owns it."""
    text = path.read_text(encoding="utf-8")
    libraries = engines["django"].engine.libraries
    for tag, double, single, computed in TAG.findall(text):
        name = double or single
        owners = owner_of_address() if tag == "url" else owner_of_template()
        known = "" if computed or name in of_libraries() else "nobody"
        yield tag, name or computed, owners.get(name, known)
    for loaded in LOAD.findall(text):
        for name in loaded.split():
            yield "load", name, libraries.get(name, "nobody")


@pytest.mark.parametrize("path", WRITTEN, ids=template_name)
def test_a_template_names_only_what_exists_and_stands_below_it(path: Path) -> None:
    mine, storey = domain_of(module_of(path)), storey_of(module_of(path))
    wrong = [
        f"{tag} {name}"
        for tag, name, owner in names_in(path)
        if owner == "nobody"
        or (mine and domain_of(owner) and not may_know(mine, domain_of(owner)))
        or (storey == "kit" and storey_of(owner) in {"domains", "site"})
    ]
    assert wrong == []


@pytest.mark.parametrize("path", WRITTEN, ids=template_name)
def test_nothing_in_a_template_runs_or_styles_in_place(path: Path) -> None:
    page = CODE.sub("", path.read_text(encoding="utf-8"))
    wrong = re.findall(r"<style\b|javascript:", page, re.IGNORECASE)
    for tag in TAGS.findall(page):
        given = {name.lower(): value.strip("\"'") for name, value in ATTRIBUTES.findall(tag)}
        wrong += [f"{tag[:40]} {name}" for name in given if name == "style" or name.startswith("on")]
        if (
            tag.lower().startswith("<script")
            and "src" not in given
            and given.get("type") not in {"application/ld+json", "application/json"}
        ):
            wrong.append(tag)
    assert wrong == []


@pytest.mark.parametrize("path", [*WRITTEN, *OWN_STATIC], ids=lambda path: path.name)
def test_nothing_is_loaded_from_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    wrong = [found[0] for found in FETCHED.finditer(text)]
    if path.suffix == ".css":
        wrong += re.findall(r"@import[^;]*|url\(\s*[\"']?(?:https?:)?//[^)]*", text)
    if path.suffix == ".js":
        wrong += re.findall(r"[\"'`](?:https?:|wss?:)?//[^\"'`]+", text)
    assert wrong == []


def test_every_template_is_used() -> None:
    """Named somewhere in whole, or by a name that a view puts together (finder/selko/{template}.html)."""
    named, patterns = set(), []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr):
                parts = (
                    re.escape(p.value) if isinstance(p, ast.Constant) else "[a-z_]+" for p in node.values
                )
                patterns.append(re.compile("".join(parts)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
    for path in WRITTEN:
        named |= {name for tag, name, _owner in names_in(path) if tag in {"include", "extends"}}
    useless = [
        name
        for name in owner_of_template()
        if name not in named | of_libraries() and not any(pattern.fullmatch(name) for pattern in patterns)
    ]
    assert useless == []


def test_html_is_put_together_by_format_html_alone() -> None:
    """Its first argument is written out; a computed one could hold what a visitor typed."""
    wrong = [
        told(path, node.lineno)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"format_html", "format_html_join"}
        if not all(isinstance(each, ast.Constant) for each in node.args[: 2 if "join" in node.func.id else 1])
    ]
    assert wrong == []
