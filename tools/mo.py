"""Compile the catalogues with Babel: `python -m tools.mo`.

Kept apart from `tools.catalogues` because the wheel's build hook runs where Django is not installed.
"""

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def compile_all(root: Path = ROOT) -> list[Path]:
    """Write a .mo beside every .po under src, and return what was written."""
    return [compile_one(source) for source in sorted(root.glob("src/**/LC_MESSAGES/*.po"))]


def compile_one(source: Path) -> Path:
    target = source.with_suffix(".mo")
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    # a page may be reading the old one: never let it see half a file
    draft = target.with_suffix(f".{os.getpid()}.tmp")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(target)
    return target


if __name__ == "__main__":
    compile_all()
    sys.exit()
