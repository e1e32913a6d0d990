"""What feedback says, as a page and as a file: both from one reading of it."""

import re
from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.guidance.queries import feedback as queries
from kilauta.domains.guidance.queries.feedback import Results, Scope
from kilauta.kit.access.doors import WorkRequest
from kilauta.kit.exchange.listed import XLSX, Listed, csv_file, workbook
from kilauta.kit.questions.choices import MISSING, WAYS
from kilauta.kit.questions.summary import Row
from kilauta.kit.translations import reader_language
from kilauta.lib.words import Words

# By what the page parts the answers; an organisation is parted only in the office.
PARTED: dict[str, Promise] = {
    "month": _("By month"),
    "way": _("By the way it came"),
    "organisation": _("By who gave the help"),
    "service": _("By service"),
    "place": _("By place"),
    "audience": _("By group of people"),
}
WORDS_IN_ADDRESSES = {
    "kuukausi": "month",
    "tapa": "way",
    "antaja": "organisation",
    "palvelu": "service",
    "paikka": "place",
    "ryhma": "audience",
}
FIGURES: dict[str, Promise] = {
    "I-1.16": _("Answers that tell the group of people"),
    "I-2.09": _("Heard of the help from another support provider"),
    "I-3.08": _("Feedback of those who got help"),
    "I-4.01": _("Got the help they needed"),
    "I-4.03": _("Answers that tell where the help was heard of"),
    "I-4.04": _("Got what they were looking for"),
    "I-6.07": _("Help in time, and of the right kind"),
}
YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def told_page(request: WorkRequest, whose: Scope, template: str, **more: object) -> HttpResponse:
    found, by = _found(request, whose)
    reading: Reading = request.reading  # type: ignore[attr-defined]  # given by the site
    choices = found.asked.by_code["got"].choices
    context = {
        "found": found,
        "whose": str(whose.organisation or ""),
        "years": queries.years_of(whose, today=reading.clockwork.today),
        "by": by,
        "parts": [
            (word, PARTED[code], word == by)
            for word, code in WORDS_IN_ADDRESSES.items()
            if not (whose.organisation and code == "organisation")
        ],
        "part": PARTED.get(found.by, ""),
        "columns": [choice.label for choice in choices],
        "rows": [(_named(request, found.by, row), row) for row in found.rows],
        "tallies": [
            (tally, [(MISSING[state], number) for state, number in tally.missing]) for tally in found.tallies
        ],
        "figures": [(FIGURES[each.code], _question(found, each.question), each) for each in found.figures],
        "outside": [
            (each, [(tally, tally.cells) for tally in each.tallies if tally.given]) for each in found.outside
        ],
        **more,
    }
    return render(request, template, context)


def told_file(request: WorkRequest, whose: Scope, form: str) -> HttpResponse:
    """The same numbers as one table; a hidden one is an empty cell."""
    found, _by = _found(request, whose)
    headings = [say("Part"), say("Question"), say("What"), say("Number"), say("Of those who answered")]
    listed = Listed(say("Feedback"), headings, list(_lines(request, found)))
    if form == "xlsx":
        response = HttpResponse(workbook(listed), content_type=XLSX)
    elif form == "csv":
        response = HttpResponse(csv_file(listed), content_type="text/csv; charset=utf-8")
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="palaute-{found.year}.{form}"'
    return response


def _found(request: WorkRequest, whose: Scope) -> tuple[Results, str]:
    reading: Reading = request.reading  # type: ignore[attr-defined]  # given by the site
    year, by = request.GET.get("vuosi", ""), request.GET.get("jako", "")
    if by not in {"", *WORDS_IN_ADDRESSES} or (year and not YEAR.fullmatch(year)):
        raise Http404
    wanted = int(year) if year else reading.clockwork.today.year
    found = queries.feedback_results(whose, year=wanted, by=WORDS_IN_ADDRESSES.get(by, ""))
    if found is None:
        raise Http404
    return found, by


def _lines(request: WorkRequest, found: Results) -> Iterator[list[str]]:
    whole = say("In all")
    yield [whole, "", say("Answers"), str(found.number), ""]
    for figure in found.figures:
        question, name = _question(found, figure.question), str(FIGURES[figure.code])
        yield [figure.code, question, name, _cell(figure.number), str(figure.base)]
    for tally in found.tallies:
        question = _said(request, tally.item.label)
        for cell in tally.cells:
            yield [whole, question, _said(request, cell.label), _cell(cell.number), str(tally.given)]
        for state, number in tally.missing:
            yield [whole, question, str(MISSING[state]), _cell(number), ""]
    columns = found.asked.by_code["got"].choices
    for row in found.rows:
        name = _named(request, found.by, row)
        for choice, number in zip(columns, row.numbers, strict=True):
            yield [str(PARTED[found.by]), name, _said(request, choice.label), _cell(number), _cell(row.given)]
    for each in found.outside:
        for tally in each.tallies:
            for cell in tally.cells:
                question = _said(request, tally.item.label)
                yield [
                    str(each.file),
                    question,
                    _said(request, cell.label),
                    _cell(cell.number),
                    str(tally.given),
                ]


def _cell(number: int | None) -> str:
    return "" if number is None else str(number)


def _said(request: WorkRequest, words: Words) -> str:
    reading: Reading = request.reading  # type: ignore[attr-defined]  # given by the site
    return str(words.pick(reading.lang))


def _question(found: Results, code: str) -> str:
    return found.asked.by_code[code].label.pick(reader_language()).value


def _named(request: WorkRequest, by: str, row: Row) -> str:
    """Return what a row is called: a month, a way, a thing of the directory, a group."""
    reading: Reading = request.reading  # type: ignore[attr-defined]  # given by the site
    held = reading.catalogue
    if not row.key:
        return pgettext("where or whose the help was", "Not known")
    if by == "month":
        year, month = row.key.split("-")
        return date_format(reading.clockwork.today.replace(int(year), int(month), 1), "YEAR_MONTH_FORMAT")
    if by == "way":
        return str(WAYS[row.key])
    known = {
        "organisation": held.organisations, "service": held.services, "place": held.places,
        "audience": held.audiences,
    }[by]  # fmt: skip
    thing = known.get(row.key)  # type: ignore[attr-defined]  # each is a mapping
    return str(thing.name.pick(reading.lang)) if thing else say("No longer public")
