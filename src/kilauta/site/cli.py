"""The command line: `kilauta …` or `python -m kilauta.site.cli …`."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured

SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    # what follows `manage` belongs to Django, options and all
    cut = 1 if given[:1] == ["manage"] else len(given)
    options = parser().parse_args(given[:cut])
    options.rest = given[cut:]
    if options.verb == "bring_in":
        complete(options)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kilauta.site.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        return 1
    from kilauta.site import commands  # noqa: PLC0415 -- app start: models can be imported only now

    code: int = getattr(commands, options.verb)(options)
    return code


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="kilauta", description="Kilauta: whom shall I ring?")
    verbs = whole.add_subparsers(required=True, metavar="command")

    def verb(name: str, function: str, about: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=about, description=about)
        added.set_defaults(verb=function)
        return added

    bring = verb("import", "bring_in", "Bring in a folder of tables, or write an empty one (--template).")
    bring.add_argument("folder", type=Path, nargs="?")
    bring.add_argument("--template", action="store_true", help="write empty tables and a page about them")
    bring.add_argument("--language", choices=("fi", "sv", "en"), default="fi", help="of the report")
    take = verb("export", "take_out", "Write a folder of tables that can be brought in again.")
    take.add_argument("folder", type=Path)
    for each in (bring, take):
        each.add_argument("--source", type=source, default="kilauta", help="where the entries come from")
    verb("setup", "set_up", "Bring the database up to date, with what every installation holds.")
    verb("demo", "demo", "Set up, and load two example networks.")
    verb("check-start", "check_start", "Say what keeps the service from being started safely.")
    verb("reindex", "reindex", "Make the search index anew.")
    verb("manage", "manage", "Hand what follows to Django.")
    bring.set_defaults(complain=bring.error)
    return whole


def complete(options: argparse.Namespace) -> None:
    """Know which folder is meant; a template may go to one of its own."""
    if options.template:
        options.folder = options.folder or Path("kilauta-tables")
    elif options.folder is None:
        options.complain("name the folder of the tables")
    elif not options.folder.is_dir():
        options.complain(f"there is no folder {options.folder}")


def source(text: str) -> str:
    if not SOURCE.fullmatch(text):
        raise argparse.ArgumentTypeError("a source is a short name of a to z, 0 to 9 and hyphens")
    return text


if __name__ == "__main__":
    sys.exit(main())
