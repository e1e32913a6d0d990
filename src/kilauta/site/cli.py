"""The command line: `kilauta …` or `python -m kilauta.site.cli …`."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
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

    bring = verb("import", "bring_in", "Bring in a folder of tables or a workbook, or write an empty folder.")
    bring.add_argument("folder", type=Path, nargs="?", help="a folder of CSV files, or one file: XLSX or CSV")
    bring.add_argument(
        "--preview", action="store_true", help="of one file: say what would happen, write nothing"
    )
    bring.add_argument("--template", action="store_true", help="write empty tables and a page about them")
    bring.add_argument("--language", choices=("fi", "sv", "en"), default="fi", help="of the report")
    take = verb("export", "take_out", "Write tables that can be brought in again.")
    take.add_argument("folder", type=Path, help="a folder, or a workbook if the name ends with .xlsx")
    for each in (bring, take):
        each.add_argument("--source", type=source, default="kilauta", help="where the entries come from")
    bound = verb(
        "import-boundaries", "bring_borders", "Bring in the borders of municipalities (GeoJSON, WGS84)."
    )
    bound.add_argument("file", type=Path, help="areas with the official number of each municipality")
    verb("setup", "set_up", "Bring the database up to date, with what every installation holds.")
    verb("demo", "demo", "Set up, and load two example networks.")
    verb("check-start", "check_start", "Say what keeps the service from being started safely.")
    work = verb("worker", "work", "Send what waits in the outbox and do the periodic jobs, until stopped.")
    work.add_argument("--once", action="store_true", help="do what is due now, and end")
    work.add_argument("--parent", type=int, default=0, help="end when the process of this number does")
    about_the_database(verb)
    verb("reindex", "reindex", "Make the search index anew.")
    about_people(verb)
    verb("manage", "manage", "Hand what follows to Django.")
    bring.set_defaults(complain=bring.error)
    return whole


def about_the_database(verb: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Add what keeps the data safe."""
    save = verb("backup", "back_up", "Back up the database beside the running service, and try the backup.")
    save.add_argument(
        "folder", type=Path, nargs="?", help="where to; else the folder backups of the data folder"
    )
    save.add_argument("--keep", type=count, default=35, help="how many backups stay in the folder (35)")
    back = verb("restore", "restore", "Put a backup in the place of the database.")
    back.add_argument("file", type=Path)
    back.add_argument("--replace", action="store_true", help="back up the data that is there, and replace it")
    verb("doctor", "doctor", "Look at settings, database, disk, clock, backups and index.")


def about_people(verb: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Add what is done with data about persons."""
    first = verb("createadmin", "create_admin", "Invite an administrator: prints a link that works once.")
    first.add_argument("email")
    first.add_argument("--name", default="")
    first.add_argument("--language", choices=("fi", "sv", "en"), default="fi", help="of the mails")
    over = verb("retention", "end_what_is_over", "Delete or empty what has been kept long enough.")
    over.add_argument("--dry-run", action="store_true", help="only say what it would be")
    tell = verb("subject", "tell_subject", "Write what is held about one person, for the person.")
    tell.add_argument("--folder", type=Path, help="write subject.json, and subject.pdf in large print")
    gone = verb("erase", "erase_subject", "Erase one person. Without --yes only say what it would be.")
    gone.add_argument("--yes", action="store_true", help="erase; it cannot be undone")
    for each in (tell, gone):
        each.add_argument("address", nargs="?", help="mail or phone; asked for when it is not given")
        each.add_argument("--reason", default="", help="for the log of who has looked at whose data")
    record = verb("processing-record", "write_processing_record", "Write the record of processing (CSV).")
    record.add_argument("file", type=Path)
    for each in (tell, gone, record):
        each.add_argument("--language", choices=("fi", "sv", "en"), default="fi", help="of what is written")


def complete(options: argparse.Namespace) -> None:
    """Know which folder is meant; a template may go to one of its own."""
    if options.template:
        options.folder = options.folder or Path("kilauta-tables")
    elif options.folder is None:
        options.complain("name the folder of the tables")
    elif not options.folder.exists():
        options.complain(f"there is no folder or file {options.folder}")
    elif options.preview and options.folder.is_dir():
        options.complain("a preview is of one file, XLSX or CSV")


def source(text: str) -> str:
    if not SOURCE.fullmatch(text):
        raise argparse.ArgumentTypeError("a source is a short name of a to z, 0 to 9 and hyphens")
    return text


def count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("at least one is kept")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
