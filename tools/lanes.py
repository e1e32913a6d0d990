"""The developer's commands, run by `python3 run.py check | fix | test | prove | bench` once .venv stands.

Every lane is run, also after one has failed, and its time is printed; the command fails when any lane did.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tools import chromium, lock, postgres, vnu
from tools.npm import MissingError

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
PYTHON = sys.executable
WORKERS = ("-n", "2", "--dist", "worksteal")
# What touches no database gains nothing from a second one; journeys are read through one browser once, and what is
# promised of the text of a page is looked at once.
SAME_EVERYWHERE = tuple(
    f"--ignore=tests/{each}"
    for each in ("journeys", "lib", "contracts/test_promises.py", "contracts/test_languages.py")
)
# What takes long for the little that could differ: `prove` asks it of the second database too.
SELDOM = (
    "tests/architecture",
    "tests/site/test_doors.py",
    *(
        f"tests/contracts/test_{each}.py"
        for each in ("cost", "filters", "moved_and_gone", "reading_writes_nothing", "ways")
    ),
)

Command = Sequence[str]
Lane = tuple[str, Callable[[], bool]]


def checks() -> list[Lane]:
    return [
        ("format", _calling([_program("ruff"), "format", "--check", "--quiet", "."])),
        ("lint", _calling([_program("ruff"), "check", "--quiet", "."])),
        ("types", _calling([_program("mypy"), "--no-error-summary"])),
        ("architecture", _calling([_program("lint-imports"), "--no-logo"])),
        ("templates", _calling([_program("djlint"), "--lint", "--quiet", "src"])),
        ("catalogues", _calling([PYTHON, "-m", "tools.catalogues", "check"])),
        ("locked lists", _locked),
    ]


def fix() -> list[Lane]:
    return [
        ("lint", _calling([_program("ruff"), "check", "--fix", "--quiet", "."])),
        ("format", _calling([_program("ruff"), "format", "--quiet", "."])),
        ("catalogues", _calling([PYTHON, "-m", "tools.catalogues", "update"])),
    ]


def tests() -> list[Lane]:
    return [
        *checks(),
        ("browser and HTML checker", _fetched),
        ("tests on SQLite", _calling([PYTHON, "-m", "pytest", "-q", *WORKERS])),
        (
            "tests on PostgreSQL",
            _on_postgres(
                [PYTHON, "-m", "pytest", "-q", *WORKERS, *SAME_EVERYWHERE]
                + [f"--ignore={each}" for each in SELDOM]
            ),
        ),
    ]


def proofs(rest: Command) -> list[Lane]:
    command = [PYTHON, "-m", "pytest", "-m", "prove", "-q", "--timeout=3600", *rest]
    return [
        ("browser and HTML checker", _fetched),
        ("proofs on SQLite", _calling(command)),
        ("proofs on PostgreSQL", _on_postgres([*command, *SAME_EVERYWHERE], durable=True)),
        ("seldom tests on PostgreSQL", _on_postgres([PYTHON, "-m", "pytest", "-q", *WORKERS, *SELDOM])),
    ]


def _program(name: str) -> str:
    return str(PROGRAMS / name)


def _calling(command: Command, url: str = "") -> Callable[[], bool]:
    def lane() -> bool:
        return subprocess.run(command, cwd=ROOT, env=_surroundings(url), check=False).returncode == 0

    return lane


def _on_postgres(command: Command, *, durable: bool = False) -> Callable[[], bool]:
    def lane() -> bool:
        with postgres.running(durable=durable) as url:
            return _calling(command, url)()

    return lane


def _surroundings(url: str) -> dict[str, str]:
    """Return the environment of a lane: no setting of the developer's own, only the database of this lane."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KILAUTA_")}
    kept.pop("DATABASE_URL", None)
    return {**kept, "DATABASE_URL": url} if url else kept


def _fetched() -> bool:
    """Fetch before the tests what several of them would wait for."""
    print(f"Chromium: {chromium.find().path}\nHTML checker: {vnu.JAR.fetch()}", flush=True)
    return True


def _locked() -> bool:
    wrong = lock.problems()
    print("\n".join(wrong), end="\n" if wrong else "", flush=True)
    return not wrong


def run(lanes: list[Lane]) -> int:
    done: list[tuple[str, float, bool]] = []
    for name, lane in lanes:
        print(f"\n── {name}", flush=True)
        started = time.monotonic()
        try:
            good = lane()
        except MissingError as error:
            print(error, flush=True)
            good = False
        done.append((name, time.monotonic() - started, good))
    print(f"\n{'lane':28}{'seconds':>8}")
    for name, seconds, good in done:
        print(f"{name:28}{seconds:8.1f}  {'ok' if good else 'FAILED'}")
    print(f"{'all':28}{sum(seconds for _, seconds, _ in done):8.1f}", flush=True)
    return int(not all(good for _, _, good in done))


def main(verb: str, rest: Command) -> int:
    # stopped from outside, a database server of ours must still be taken down
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if verb == "bench":
        return subprocess.run([PYTHON, "-m", "bench", *rest], cwd=ROOT, check=False).returncode
    if verb == "prove":
        return run(proofs(rest))
    return run({"check": checks, "fix": fix, "test": tests}[verb]())


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except KeyboardInterrupt:
        sys.exit(130)
