"""What the repository must not hold: where packages came from on somebody's machine, and paths of that machine."""

from __future__ import annotations

import re
from pathlib import Path

from .house import repository_files, told

# Written in parts, so that this file does not find itself.
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
)
SETTINGS = ("index" + "-url=http", "index" + "-url http", "index" + "_url=http", "registry" + "=http")
MACHINE = r"/(?:wo" + r"rk|ro" + r"ot)/[\w.-]+|/ho" + r"me/(?!visitor\b)\w+/|[A-Z]:\\Us" + r"ers\\"
FORBIDDEN = re.compile("|".join([*map(re.escape, (*REGISTRIES, *SETTINGS)), MACHINE]), re.IGNORECASE)
LARGEST = 5_000_000


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path in repository_files():
        raw = path.read_bytes() if path.stat().st_size < LARGEST else b""
        if b"\0" in raw[:8000]:
            continue  # a picture, a font
        for number, line in enumerate(raw.decode("utf-8", "replace").split("\n"), start=1):
            found += [f"{told(path, number)}: {hit[0]}" for hit in FORBIDDEN.finditer(line)]
    assert found == []


def test_no_file_is_too_large_to_be_read_through() -> None:
    assert [told(path) for path in repository_files() if path.stat().st_size >= LARGEST] == []


def test_links_within_the_repository_stay_in_it() -> None:
    away = [
        told(path) for path in repository_files() if path.is_symlink() and Path(path.readlink()).is_absolute()
    ]
    assert away == []
