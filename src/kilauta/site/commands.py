"""What the command line does, once Django stands. Each returns the code the command ends with."""

import sys
from argparse import Namespace

from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.utils import translation
from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.folder import dump_folder, write_template
from kilauta.kit.exchange.loading import load_folder
from kilauta.kit.exchange.problems import Report
from kilauta.kit.search import index
from kilauta.lib import clock
from kilauta.site import start
from kilauta.site.demo import load
from kilauta.site.reference import load_reference_data


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def bring_in(options: Namespace) -> int:
    """Load a folder of tables, or write an empty one."""
    with translation.override(options.language):
        if options.template:
            write_template(options.folder)
            say(_("Empty tables, with a page that explains them: %(folder)s") % {"folder": options.folder})
            return 0
        actor = Person.objects.system()
        report = load_folder(options.folder, actor=actor, now=clock.now(), source=options.source)
        tell(report)
    if report.wrote:
        index.rebuild()
    return int(bool(report.problems))


def tell(report: Report) -> None:
    for problem in report.problems:
        say(str(problem))
    for name, counts in report.tables.items():
        numbers = {
            "table": name,
            "created": counts.created,
            "changed": counts.changed,
            "unchanged": counts.unchanged,
        }
        say(_("%(table)s: %(created)s new, %(changed)s changed, %(unchanged)s as before") % numbers)
    if report.problems:
        say(_("Not everything was brought in. Problems: %(count)s") % {"count": len(report.problems)})


def take_out(options: Namespace) -> int:
    dump_folder(options.folder, source=options.source)
    return 0


def set_up(_options: Namespace) -> int:
    """Make the tables of the database and fill in what every installation holds."""
    report = prepare()
    if report.wrote:
        index.rebuild()
    return finish(report)


def demo(_options: Namespace) -> int:
    """Set up, and hold the example networks as the package has them."""
    report = prepare()
    fresh = not load.is_loaded(settings.DATA)
    if fresh:
        report.join([load.load_demo(actor=Person.objects.system(), now=clock.now())])
    if fresh or report.wrote:
        index.rebuild()
    if fresh and not report.problems:
        load.remember(settings.DATA)
    return finish(report)


def prepare() -> Report:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    return load_reference_data(actor=Person.objects.system(), now=clock.now())


def finish(report: Report) -> int:
    """Tell what went wrong, if anything did."""
    if report.problems:
        tell(report)
    return int(bool(report.problems))


def check_start(_options: Namespace) -> int:
    found = start.obstacles()
    for sentence in found:
        say(sentence)
    return int(bool(found))


def reindex(_options: Namespace) -> int:
    index.rebuild()
    return 0


def manage(options: Namespace) -> int:
    execute_from_command_line(["kilauta manage", *options.rest])
    return 0
