"""Typst behind one door: a packaged page and data in, PDF/UA-1 out."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import fontpkg_source_sans_3

if TYPE_CHECKING:
    import typst

PAGES = Path(__file__).parent / "pages"
TEMPLATE = re.compile(r"[a-z][a-z0-9_]*")
SOFT_HYPHEN = "\u00ad"
SHAPELESS = {"Cc", "Cf", "Cn", "Co", "Cs"}
LAST_OF_THE_BASIC_PLANE = "\uffff"
BEYOND_LATIN_GREEK_CYRILLIC = re.compile(
    r"[^\n\u0020-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u203a\u20ac\u2212]+"
)


def pdf(template: str, data: Mapping[str, object], *, lang: str) -> bytes:
    """Set the data on the packaged page and return it as PDF/UA-1, the same bytes for the same data."""
    import typst  # noqa: PLC0415 -- slow

    source = PAGES / f"{template}.typ"
    if not TEMPLATE.fullmatch(template) or not source.is_file():
        raise LookupError(template)
    try:
        return _compiled(source, {**data, "lang": lang}, legible)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compiled(source, {**data, "lang": lang}, _plain)


def legible(text: str) -> str:
    """Drop what has no shape in any font we carry: controls, direction marks, private characters, emoji."""
    return "".join(char for char in text if _has_shape(char))


def _has_shape(char: str) -> bool:
    if char in (SOFT_HYPHEN, "\n"):
        return True
    return char <= LAST_OF_THE_BASIC_PLANE and unicodedata.category(char) not in SHAPELESS


def _plain(text: str) -> str:
    return BEYOND_LATIN_GREEK_CYRILLIC.sub("", legible(text)).strip()


def _every(value: object, clean: Callable[[str], str]) -> object:
    """Clean every text in the data."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {name: _every(item, clean) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_every(item, clean) for item in value]
    return value


def _compiled(source: Path, data: Mapping[str, object], clean: Callable[[str], str]) -> bytes:
    """Compile. Threads may share `typst.Fonts`, but not a `typst.Compiler`."""
    import typst  # noqa: PLC0415 -- slow

    made = typst.compile(
        source,
        root=PAGES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(_every(data, clean), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError(source.name)
    return made


@cache
def _fonts() -> "typst.Fonts":
    import typst  # noqa: PLC0415 -- slow

    files = Path(fontpkg_source_sans_3.ROOT) / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[files])
