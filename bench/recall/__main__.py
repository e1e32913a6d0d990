"""`python -m bench.recall`: hit@5 of the tuned and of the held-out queries, on both databases and both analysers."""

import argparse
import json
import sys
from collections import Counter
from typing import Any

from bench.scratch import DATABASES, Installation, installations

SETS = ("tuned", "held-out")

Measured = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.recall", description=__doc__)
    parser.add_argument("--database", choices=DATABASES, action="append", help="both by default")
    parser.add_argument(
        "--no-comparison", action="store_true", help="leave the analyser without dictionary out"
    )
    wanted = parser.parse_args(arguments)
    with installations(wanted.database or DATABASES) as held:
        found = {name: ask(each, "--pages") for name, (each,) in held.items()}
    first = next(iter(found.values()))
    print(
        f"Recall: a right service among the first five, at three hours of the week; analyser {first['analyser']}\n"
    )
    show(first)
    say_differences(found)
    if not wanted.no_comparison:
        with installations(("sqlite",)) as held:
            (plain,) = held["sqlite"]
            print("\nFor comparison, without a dictionary (snowball):\n")
            show(ask(Installation(plain.folder, more={"KILAUTA_ANALYSER": "snowball"})), misses=False)
    return 0


def ask(installation: Installation, *options: str) -> Measured:
    measured: Measured = json.loads(installation.run("bench.recall.asking", *options))
    return measured


def show(measured: Measured, *, misses: bool = True) -> None:
    kinds = list(dict.fromkeys(each["kind"] for name in SETS for each in measured[name]))
    print(f"{'':14}{'queries':>8}{'hit@5':>9}   {''.join(f'{kind:>12}' for kind in kinds)}")
    for name in SETS:
        asked, hit = Counter(), Counter()
        for each in measured[name]:
            asked[each["kind"]] += 1
            hit[each["kind"]] += each["hit"]
        share = hit.total() / asked.total()
        each_kind = "".join(f"{f'{hit[kind]}/{asked[kind]}':>12}" for kind in kinds)
        print(f"{name:14}{asked.total():8}{share:9.1%}   {each_kind}")
    if not misses:
        return
    for each in measured["tuned"]:
        if not each["hit"]:
            where = f" ({each['place']})" if each["place"] else ""
            print(f"  missed: {each['query']}{where}: {', '.join(each['answers'][0]) or 'nothing'}")


def say_differences(found: dict[str, Measured]) -> None:
    for name, measured in found.items():
        differing = measured["differences"]
        print(
            f"\n{name}: {measured['pages']} search pages compared with the queries, {len(differing)} differ"
        )
        for text in differing:
            print(f"  differs: {text}")
    if len(found) > 1:
        first, second = found.values()
        pairs = [
            (one["query"], one["answers"] == other["answers"])
            for name in SETS
            for one, other in zip(first[name], second[name], strict=True)
        ]
        differing = [query for query, same in pairs if not same]
        print(f"\nThe first five on both databases: {len(pairs)} queries, {len(differing)} differ")
        for query in differing:
            print(f"  differs: {query}")


if __name__ == "__main__":
    sys.exit(main())
