"""Lock the dependencies of pyproject.toml with hashes: `python -m tools.lock` (needs the network).

The lists hold no address of an index, so that they install from wherever a machine's own set-up points.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "requirements"
EXTRAS = {"runtime": ["words"], "test": ["words", "test"]}
COMPILE = [
    "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header",
    "--no-emit-index-url", "--no-emit-find-links", "--upgrade", "--quiet",
]  # fmt: skip


def main() -> None:
    uv = str(Path(sys.executable).parent / "uv")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "uv.in"
        source.write_text("uv\n")
        compiled = [uv, *COMPILE, "--no-annotate", "-o", str(LISTS / "uv.txt"), str(source)]
        subprocess.run(compiled, check=True, stdout=subprocess.DEVNULL)
    for name, extras in EXTRAS.items():
        # what runs in production is what is tested: the second list may not choose other versions
        bound = ["-c", "requirements/runtime.txt"] if name != "runtime" else []
        wanted = [part for extra in extras for part in ("--extra", extra)]
        target = ["-o", f"requirements/{name}.txt", "pyproject.toml"]
        command = [uv, *COMPILE, *wanted, *bound, *target]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    wrong = problems()
    print("\n".join(wrong) or "Locked.")
    sys.exit(bool(wrong))


def problems() -> list[str]:
    """Say what is wrong with the lists, without asking the network."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found = []
    for name, extras in EXTRAS.items():
        text = (LISTS / f"{name}.txt").read_text()
        locked = set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))
        wanted = [*project["dependencies"]]
        for extra in extras:
            wanted += project["optional-dependencies"][extra]
        missing = sorted({_name(each) for each in wanted} - locked)
        found += [f"requirements/{name}.txt lacks {each}: python -m tools.lock" for each in missing]
    for path in sorted(LISTS.glob("*.txt")):
        if re.search(r"://|^--(?:extra-)?index|^--find-links", path.read_text(), re.MULTILINE):
            found.append(f"requirements/{path.name} holds an address")
    return found


def _name(requirement: str) -> str:
    """Return the package's name as the lock spells it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]).lower()


if __name__ == "__main__":
    main()
