"""`python -m bench.ratios`: what home, search, an answer and a service page cost beside an empty view.

Every round asks each page for a while, in turn; the median of the rounds counts. Rates depend on the machine and on
what else it does; their ratios hardly do. The processor time of the server stands beside them for the same reason.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.ratios.load import rate
from bench.scratch import DATABASES, ROOT, Installation, installations

SIZES = (1000, 10000)
WARMING = 1.5  # seconds for each page, after every process has read the directory
TICKS = os.sysconf("SC_CLK_TCK")

Pages = dict[str, list[str]]


@dataclass(frozen=True)
class Measured:
    """Answers in a second, and milliseconds of the server's processor time for each answer."""

    rate: float
    cost: float


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ratios", description=__doc__)
    parser.add_argument("--database", choices=DATABASES, action="append", help="both by default")
    parser.add_argument("--channels", type=int, action="append", help=f"{SIZES} by default")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.2, help="for each page in each round")
    wanted = parser.parse_args(arguments)
    sizes = sorted(wanted.channels or SIZES)
    with installations(wanted.database or DATABASES, len(sizes)) as held:
        prepared = prepare(
            {(name, size): each[n] for name, each in held.items() for n, size in enumerate(sizes)}
        )
        for name, each in held.items():
            measured = {}
            for size, installation in zip(sizes, each, strict=True):
                with served(installation) as (port, server):
                    pages = prepared[name, size]
                    measured[size] = measure(port, server, pages, wanted.rounds, wanted.seconds)
                show(name, size, measured[size])
            if len(sizes) > 1:
                compare(measured[sizes[0]], measured[sizes[-1]], sizes)
    return 0


def prepare(wanted: dict[tuple[str, int], Installation]) -> dict[tuple[str, int], Pages]:
    """Fill all installations at once; return the pages to ask of each."""
    running = {
        key: installation.start("bench.ratios.preparing", str(key[1]), output=subprocess.PIPE)
        for key, installation in wanted.items()
    }
    printed = {key: process.communicate()[0] for key, process in running.items()}
    failed = [key for key, process in running.items() if process.returncode]
    if failed:
        raise SystemExit(f"These could not be filled: {failed}")
    return {key: json.loads(text) for key, text in printed.items()}


@contextmanager
def served(installation: Installation) -> Iterator[tuple[int, int]]:
    """Serve an installation as in production; give the port and the server's process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "--config", "python:kilauta.site.gunicorn", "--bind", f"127.0.0.1:{port}",
        "--log-level", "warning", "kilauta.site.wsgi",
    ]  # fmt: skip
    # the lines of the access log are written as in production, but to nowhere
    server = subprocess.Popen(command, cwd=ROOT, env=installation.environment, stdout=subprocess.DEVNULL)
    try:
        wait(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(40)


def wait(port: int, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/terveys", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not answer.")


def measure(port: int, server: int, pages: Pages, rounds: int, seconds: float) -> dict[str, Measured]:
    for paths in pages.values():
        rate(port, paths, WARMING)
    rates: dict[str, list[float]] = defaultdict(list)
    costs: dict[str, list[float]] = defaultdict(list)
    for _round in range(rounds):
        for name, paths in pages.items():
            before, started = used(server), time.monotonic()
            found = rate(port, paths, seconds)
            spent, took = used(server) - before, time.monotonic() - started
            rates[name].append(found)
            costs[name].append(spent / (found * took) * 1000)
    return {name: Measured(statistics.median(rates[name]), statistics.median(costs[name])) for name in pages}


def used(server: int) -> float:
    """Return the processor seconds of the server's children, the processes that answer."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="utf-8").split()
    every = [
        Path(f"/proc/{child}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        for child in children
    ]
    return sum(int(fields[11]) + int(fields[12]) for fields in every) / TICKS


def show(database: str, channels: int, measured: dict[str, Measured]) -> None:
    empty = measured["empty"]
    print(f"\n{database}, {channels} channels")
    print(f"  {'page':10}{'req/s':>8}{'empty ÷ page':>15}{'CPU ms':>10}{'page ÷ empty':>15}")
    for name, each in measured.items():
        ratio, cost = empty.rate / each.rate, each.cost / empty.cost
        print(f"  {name:10}{each.rate:8.0f}{ratio:15.1f}{each.cost:10.2f}{cost:15.1f}", flush=True)


def compare(few: dict[str, Measured], many: dict[str, Measured], sizes: list[int]) -> None:
    """Say how much more a search costs in the larger directory, each beside its own empty view."""
    costs = [each["empty"].rate / each["search"].rate for each in (few, many)]
    times = [each["search"].cost for each in (few, many)]
    print(
        f"  search at {sizes[-1]} channels costs {costs[1] / costs[0]:.2f} times what it costs at {sizes[0]} "
        f"(in processor time {times[1] / times[0]:.2f})"
    )


if __name__ == "__main__":
    sys.exit(main())
