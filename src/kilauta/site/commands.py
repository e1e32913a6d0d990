"""What the command line does, once Django stands. Each returns the code the command ends with."""

import csv
import sys
from argparse import Namespace
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command, execute_from_command_line
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kilauta.domains.territory.logic import Unreadable, borders
from kilauta.domains.territory.models import Municipality
from kilauta.domains.territory.operations import hold_borders
from kilauta.kit.access.operations import ADMINISTRATOR, invite
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.folder import dump_folder, dump_workbook, write_template
from kilauta.kit.exchange.loading import load_folder
from kilauta.kit.exchange.problems import Report
from kilauta.kit.privacy import erasing, finding, telling
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Deed
from kilauta.kit.privacy.record import processing_record
from kilauta.kit.privacy.retention import run_retention
from kilauta.kit.refusals import Refused
from kilauta.kit.rights.operations import erase_person
from kilauta.kit.search import index
from kilauta.lib import clock
from kilauta.site import backup, start
from kilauta.site import doctor as examination
from kilauta.site.books import bring_book
from kilauta.site.demo import load
from kilauta.site.reference import load_reference_data
from kilauta.site.worker import Worker


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def bring_in(options: Namespace) -> int:
    """Load a folder of tables or one file, or write an empty folder."""
    with translation.override(options.language):
        if options.template:
            write_template(options.folder)
            say(_("Empty tables, with a page that explains them: %(folder)s") % {"folder": options.folder})
            return 0
        if options.folder.is_file():
            report, more = bring_book(options)
        else:
            actor, more = Person.objects.system(), []
            report = load_folder(options.folder, actor=actor, now=clock.now(), source=options.source)
        for line in more:
            say(line)
        tell(report)
    if report.wrote and not options.preview:
        index.rebuild()
    return int(bool(report.problems))


def bring_borders(options: Namespace) -> int:
    """Hold the borders of the municipalities of a file; the map draws them, and points are checked against them."""
    sentences = {
        "not-geojson": _("This is not GeoJSON: a FeatureCollection of areas is needed."),
        "no-areas": _("No area in the file has the number of a municipality, such as 290."),
        "not-degrees": _("The coordinates are not degrees in Finland. Save the file in WGS84 (EPSG:4326)."),
    }
    known = frozenset(Municipality.objects.values_list("code", flat=True))
    try:
        found = borders(options.file.read_text(encoding="utf-8-sig"), known)
    except (OSError, UnicodeDecodeError) as fault:
        say(_("The file cannot be read: %(fault)s") % {"fault": fault})
        return 1
    except Unreadable as fault:
        say(sentences[fault.code])
        return 1
    changed = hold_borders(found, actor=Person.objects.system(), now=clock.now())
    say(
        _("%(number)s municipalities, %(changed)s new or changed")
        % {"number": len(found), "changed": changed}
    )
    return 0


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
    if options.folder.suffix.lower() == ".xlsx":
        options.folder.write_bytes(dump_workbook(source=options.source))
    else:
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


def work(options: Namespace) -> int:
    """Do the work of the outbox and the jobs, once or until stopped."""
    worker = Worker(parent=options.parent)
    if options.once:
        return int(not worker.once())
    worker.run()
    return 0


def back_up(options: Namespace) -> int:
    """Back up the database and try the backup."""
    return told(backup.make(options.folder, keep=options.keep, now=clock.now()))


def restore(options: Namespace) -> int:
    """Put a backup in the place of the database."""
    return told(backup.put_back(options.file, replace=options.replace, now=clock.now()))


def told(lines: Iterator[str]) -> int:
    """Say each line, or why it is refused."""
    try:
        for line in lines:
            say(line)
    except Refused as refusal:
        say(str(refusal))
        return 1
    return 0


def doctor(_options: Namespace) -> int:
    """Say of each thing whether it is as it should be."""
    code = 0
    for found in examination.findings(clock.now()):
        say(f"{'ok' if found.is_good else 'put right:'} {found.sentence}")
        code |= not found.is_good
    return int(code)


def create_admin(options: Namespace) -> int:
    """Offer the role of the administrator, and print the link: the first one has nobody to mail it."""
    try:
        validate_email(options.email)
    except ValidationError:
        say(_("This is no e-mail address: %(email)s") % {"email": options.email})
        return 1
    system = Person.objects.system()
    _invitation, token = invite(
        options.email, role=ADMINISTRATOR, scope_id="", actor=system, now=clock.now(), name=options.name,
        lang=options.language,
    )  # fmt: skip
    say(_("Open this address of the service and press the button. It works for 7 days and once:"))
    say(reverse("access:invitation", args=[token]))
    return 0


def reindex(_options: Namespace) -> int:
    index.rebuild()
    return 0


def end_what_is_over(options: Namespace) -> int:
    """Delete or empty what every clock of the declarations says, and tell how many rows it were."""
    for rule, count in run_retention(now=clock.now(), dry_run=options.dry_run).items():
        say(f"{rule}: {count}")
    return 0


def tell_subject(options: Namespace) -> int:
    """Write what is held about one person, on the screen or into a folder."""
    meant = finding.whom(address=_asked(options))
    with translation.override(options.language):
        note_access(
            Deed.REPORTED,
            finding.rows_about(meant),
            actor=Person.objects.system(),
            now=clock.now(),
            purpose=options.reason,
        )
        report = telling.subject_report(meant, now=clock.now())
        if options.folder is None:
            sys.stdout.write(telling.as_text(report))
            return 0
        options.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (options.folder / "subject.json").write_text(telling.as_json(report), encoding="utf-8")
        (options.folder / "subject.pdf").write_bytes(telling.as_pdf(report))
    return 0


def erase_subject(options: Namespace) -> int:
    """Erase one person from all tables, or only say what it would be."""
    meant = finding.whom(address=_asked(options))
    with translation.override(options.language):
        if options.yes:
            actor = Person.objects.system()
            try:
                counts = erase_person(meant, actor=actor, now=clock.now(), purpose=options.reason)
            except Refused as refused:
                say(refused.message)
                return 1
        else:
            counts = erasing.would_erase(meant)
        for model, count in counts.items():
            say(f"{model}: {count}")
        if not counts:
            say(_("Nothing is held about this person."))
        elif not options.yes:
            say(_("Nothing was erased yet. Add --yes to erase it; it cannot be undone."))
    return 0


def _asked(options: Namespace) -> str:
    """Return the address; typed at the prompt, it stands in no history of commands and no list of processes."""
    return options.address or input(_("E-mail address or phone number:") + " ")


def write_processing_record(options: Namespace) -> int:
    with (
        translation.override(options.language),
        options.file.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        owner, officer = settings.SERVICE_OWNER, settings.PRIVACY_OFFICER
        csv.writer(file, delimiter=";").writerows(processing_record(owner=owner, officer=officer))
    return 0


def manage(options: Namespace) -> int:
    execute_from_command_line(["kilauta manage", *options.rest])
    return 0
