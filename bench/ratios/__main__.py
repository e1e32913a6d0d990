"""`python -m bench.ratios [--database sqlite|postgresql] [--channels N …] [--rounds N] [--seconds S]`."""

import argparse
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench.ratios.generating import DEMO, generate
from bench.ratios.load import rate
from bench.scratch import wait
from tools import postgres

ROOT = Path(__file__).resolve().parents[2]
EMPTY = "/terveys"
QUERIES = ("puhelin", "tulostus kuhmossa", "kela apu", "verkkopankki", "tietoturva sotkamo", "omakanta neuvonta",
           "videopuhelu", "työnhaku kajaani", "salasana unohtui", "kuvat ja tabletti")  # fmt: skip
PLACES = ("205-kajaani", "290-kuhmo", "765-sotkamo", "777-suomussalmi")
NEEDS = ("puhelin", "terveys", "kela", "viestit")
ADDRESSES = """
import django; django.setup()
from kilauta.domains.directory.queries import catalogue
services = [s for s in catalogue().services.values() if s.external_id.startswith("g")][:400:20]
print(" ".join(f"/palvelut/{s.address}/" for s in services))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--channels", type=int, action="append")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5)
    options = parser.parse_args()
    for database in options.database or ("sqlite", "postgresql"):
        cost = {}
        for channels in options.channels or (1000, 10000):
            with (
                tempfile.TemporaryDirectory() as folder,
                server(Path(folder), database, channels) as (port, pages),
            ):
                cost[channels] = told(
                    database, channels, measured(port, pages, options.rounds, options.seconds)
                )
        if len(cost) > 1:
            few, many = min(cost), max(cost)
            print(f"{database}: search at {many} costs {cost[many] / cost[few]:.2f} × its cost at {few}\n")


def measured(port: int, pages: dict[str, list[str]], rounds: int, seconds: float) -> dict[str, float]:
    """Return the median rate of each page, all pages in turn in every round."""
    rates: dict[str, list[float]] = {name: [] for name in pages}
    for paths in pages.values():
        rate(port, paths, 0.7)  # both processes have read the directory before anything counts
    for _ in range(rounds):
        for name, paths in pages.items():
            rates[name].append(rate(port, paths, seconds))
    return {name: statistics.median(found) for name, found in rates.items()}


def told(database: str, channels: int, rates: dict[str, float]) -> float:
    """Print the table; return what a search costs in empty views."""
    print(f"{database}, {channels} channels")
    for name, found in rates.items():
        print(f"  {name:8} {found:8.0f} /s   empty ÷ page {rates['empty'] / found:6.1f}")
    return rates["empty"] / rates["search"]


@contextmanager
def server(folder: Path, database: str, channels: int) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Serve the demo region and so many generated channels as in production; yield the port and the pages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    surroundings = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KILAUTA_")},
        "KILAUTA_DATA": str(folder),
        "KILAUTA_SECRET_KEY": secrets.token_urlsafe(60),
        "KILAUTA_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "kilauta.site.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    with postgres_or_none(database) as url:
        if url:
            surroundings["DATABASE_URL"] = url
        cli = [sys.executable, "-m", "kilauta.site.cli"]
        subprocess.run([*cli, "setup"], env=surroundings, check=True, stdout=subprocess.DEVNULL)
        for part in [DEMO, *generate(folder / "tables", channels)]:
            subprocess.run(
                [*cli, "import", str(part)], env=surroundings, check=True, stdout=subprocess.DEVNULL
            )
        found = subprocess.run(
            [sys.executable, "-c", ADDRESSES], env=surroundings, check=True, capture_output=True, text=True
        )
        pages = {
            "empty": [EMPTY],
            "home": ["/"],
            "search": [f"/haku/?q={quote(words)}" for words in QUERIES],
            "answer": [f"/kilauta/{need}/{place}/" for need in NEEDS for place in PLACES],
            "service": found.stdout.split(),
        }
        config = str(ROOT / "src/kilauta/site/gunicorn.py")
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            config,
            "-b",
            f"127.0.0.1:{port}",
            "kilauta.site.wsgi",
        ]
        running = subprocess.Popen(
            command,
            env={**surroundings, "KILAUTA_DEMO": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait(port, EMPTY)
            yield port, pages
        finally:
            running.terminate()
            running.wait(40)


@contextmanager
def postgres_or_none(database: str) -> Iterator[str]:
    if database == "sqlite":
        yield ""
    else:
        with postgres.running() as url:
            yield url


if __name__ == "__main__":
    main()
