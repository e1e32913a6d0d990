"""`python -m bench.figures [--database sqlite|postgresql] [--sessions N]`: the figures of a coordinator's year."""

import argparse
import json
import sys

from bench.scratch import DATABASES, installations

AIM = 250  # ms


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.figures", description=__doc__)
    parser.add_argument("--database", choices=DATABASES, action="append", help="both by default")
    parser.add_argument("--sessions", type=int, default=100_000)
    wanted = parser.parse_args(arguments)
    print(
        f"All figures of a coordinator's year, {wanted.sessions} sessions; the aim is {AIM} ms of queries\n"
    )
    with installations(wanted.database or DATABASES) as held:
        for database, (each,) in held.items():
            told = json.loads(each.run("bench.figures.measuring", str(wanted.sessions)).splitlines()[-1])
            print(f"{database} ({told['loading']:.0f} s to bring the sessions in)")
            for name, found in told["times"].items():
                print(
                    f"  {name:44}{found['counted']:8} sessions {found['ms']:7.0f} ms in {found['queries']} queries,"
                    f" {found['ms'] / found['count']:6.1f} × one indexed count"
                )
                for statement, milliseconds in found["slowest"]:
                    print(f"      {milliseconds:6.1f} ms  {statement}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
