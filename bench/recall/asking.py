"""The part of the recall bench that runs inside an installation: load the demo, ask, print what was found as JSON."""

import argparse
import json
import sys
from argparse import Namespace

import django


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--pages", action="store_true", help="compare with the pages as they are sent")
    wanted = options.parse_args()
    django.setup()

    from bench.recall import measuring
    from kilauta.lib.finnish import backend
    from kilauta.site import commands

    if commands.demo(Namespace()):
        return 1
    found: dict[str, object] = {"analyser": backend(), "pages": 0, "differences": []}
    for name in measuring.SETS:
        every = measuring.queries(name)
        unknown = measuring.unknown_services(every)
        if unknown:
            sys.stderr.write(f"The demo has no {', '.join(sorted(unknown))}.\n")
            return 1
        asked = measuring.ask(every)
        found[name] = [
            {"query": each.query.text, "place": each.query.place, "kind": each.query.kind, "hit": each.hit,
             "answers": each.answers}
            for each in asked
        ]  # fmt: skip
        if wanted.pages:
            pages, differences = measuring.compare_pages(every)
            found["pages"] = int(str(found["pages"])) + pages
            found["differences"] = [*found["differences"], *differences]  # type: ignore[misc]
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
