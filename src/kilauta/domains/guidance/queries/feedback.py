"""What feedback on help is asked about, and what it says: one reading for pages, files and reports."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from kilauta.domains.directory.models import Audience, HowFound
from kilauta.domains.directory.models.vocabulary import Term
from kilauta.domains.directory.queries.catalogue import Catalogue
from kilauta.domains.guidance.logic.feedback import SET, Helped
from kilauta.domains.guidance.models import FeedbackFile, HelpFeedback
from kilauta.kit.questions.asked import Asked, newest
from kilauta.kit.questions.choices import GIVEN
from kilauta.kit.questions.models import Answer, Response
from kilauta.kit.questions.summary import Cell, Row, Tally, crossed_with, tallies
from kilauta.lib.words import Words

# By what the answers to "did you get the help" can be parted.
ALONG = {
    "month": "given_on",
    "way": "way",
    "organisation": "feedback__organisation",
    "service": "feedback__service",
    "place": "feedback__place",
    "audience": "answers:audience",
}
OTHER_PROVIDER = "other-provider"
MOST_WORDS = 200


def _values(model: type[Term], *, retired: bool) -> Mapping[str, Words]:
    rows: QuerySet[Term] = QuerySet(model)
    offered = Q() if retired else Q(retired_on__isnull=True)
    ordered = rows.filter(offered).order_by(F("retired_on").asc(nulls_first=True), "position", "code")
    return {row.code: row.name for row in ordered}


def feedback_questions(*, retired: bool = False) -> Asked | None:
    """Return what is asked now; None in an installation that has not been set up.

    `retired`: with the values that are no longer offered, for what was answered while they were.
    """
    models: dict[str, type[Term]] = {"how-found": HowFound, "audience": Audience}
    return newest(SET, {kind: partial(_values, model, retired=retired) for kind, model in models.items()})


def helped(held: Catalogue, short: str) -> Helped | None:
    """Return the public service, organisation or place behind a short id."""
    ids = held.by_short_id
    if (service := held.services.get(ids["service"].get(short, ""))) is not None:
        return Helped(short, service.name, "service", UUID(service.organisation), service=UUID(service.id))
    if (body := held.organisations.get(ids["organisation"].get(short, ""))) is not None:
        return Helped(short, body.name, "organisation", UUID(body.id))
    if (place := held.places.get(ids["place"].get(short, ""))) is not None:
        host = UUID(place.host) if place.host else None
        return Helped(short, place.name, "place", host, place=UUID(place.id))
    return None


def things_of(held: Catalogue, bodies: Collection[str]) -> list[Helped]:
    """Return what feedback can be gathered about for these organisations: each, its services, its places."""
    found = []
    for key in bodies:
        body = held.organisations.get(key)
        if body is None:
            continue
        services = held.services_of.get(key, ())
        places = (place for place in held.places.values() if place.host == key)
        addresses = [body.address, *(each.address for each in services), *(each.address for each in places)]
        found += [helped(held, address.split("-", 1)[0]) for address in addresses]
    return [each for each in found if each is not None]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose feedback: of a whole network, or of one organisation in any network."""

    network: str = ""
    organisation: UUID | None = None

    def rows(self) -> QuerySet[HelpFeedback]:
        if self.organisation:
            return HelpFeedback.objects.filter(organisation=self.organisation)
        return HelpFeedback.objects.filter(network=self.network)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that reports ask for, by its code: a number of those who answered, and its share of them."""

    code: str
    question: str
    number: int | None
    base: int
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """What another system brought in: told apart, never added to ours."""

    file: FeedbackFile
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A year of feedback. `waiting` answers have come and are told when there are five of them."""

    asked: Asked
    year: int
    number: int
    waiting: int
    words: int
    tallies: tuple[Tally, ...]
    figures: tuple[Figure, ...]
    by: str
    rows: tuple[Row, ...]
    outside: tuple[Outside, ...]


def feedback_results(scope: Scope, *, year: int, by: str = "") -> Results | None:
    """Return what was said in a year, and by `by` (a key of ALONG) who got the help; small numbers hidden.

    Answers come into the figures by five or more: what came since then waits.
    """
    asked = feedback_questions(retired=True)
    if asked is None:
        return None
    first, last = date(year, 1, 1), date(year, 12, 31)
    ours = scope.rows().filter(file__isnull=True, response__given_on__range=(first, last))
    counted = ours.filter(**{"told_in_body" if scope.organisation else "told_in_network": True})
    told, number = Response.objects.filter(feedback__in=counted), counted.count()
    found = tallies(asked, told)
    texts = Answer.objects.filter(response__in=told, state=GIVEN, question__code="words").count()
    return Results(
        asked=asked,
        year=year,
        number=number,
        waiting=ours.count() - number,
        words=texts,
        tallies=found,
        figures=tuple(_figures(found)),
        by=by if by in ALONG else "",
        rows=_parted(asked, told, by),
        outside=tuple(_outside(asked, scope, first, last)),
    )


def _parted(asked: Asked, told: QuerySet[Response], by: str) -> tuple[Row, ...]:
    if by not in ALONG:
        return ()
    if by == "month":
        rows = crossed_with(asked, "got", told, ALONG[by], key=lambda day: f"{day:%Y-%m}")
        return tuple(sorted(rows, key=lambda row: row.key))
    rows = crossed_with(asked, "got", told, ALONG[by])
    return tuple(sorted(rows, key=lambda row: (-(row.given or 0), row.key)))


def _outside(asked: Asked, scope: Scope, first: date, last: date) -> list[Outside]:
    """Return the files of the network; an organisation has none of its own."""
    if scope.organisation:
        return []
    files = FeedbackFile.objects.filter(network=scope.network, dated_on__range=(first, last))
    return [
        Outside(file, tallies(asked, Response.objects.filter(feedback__file=file)))
        for file in files.order_by("-dated_on", "-pk")
    ]


def _figures(found: tuple[Tally, ...]) -> list[Figure]:
    """Return the figures that reports ask for, from the same counts as the page."""
    by_code = {tally.item.code: tally for tally in found}

    def of(code: str, question: str, choice: str) -> Figure:
        tally = by_code[question]
        cell = tally.cell(choice) or Cell(choice, Words("", "", ""), None)
        return Figure(code, question, cell.number, tally.given, cell.share)

    def answered(code: str, question: str) -> Figure:
        tally = by_code[question]
        return Figure(code, question, tally.given, tally.base)

    return [
        answered("I-1.16", "audience"),
        of("I-2.09", "found", OTHER_PROVIDER),
        answered("I-3.08", "got"),
        of("I-4.01", "got", "yes"),
        answered("I-4.03", "found"),
        of("I-4.04", "got", "yes"),
        of("I-6.07", "in-time", "yes"),
        of("I-6.07", "right-kind", "yes"),
    ]


@dataclass(frozen=True, slots=True)
class Said:
    """Words of feedback with what they are about, and the month; never the day."""

    key: UUID
    text: str
    month: date
    about: Words | None
    source: str


def words_of(scope: Scope) -> list[Said]:
    """Return the words of feedback, the newest month first; within a month the order tells nothing."""
    rows = (
        Answer.objects.filter(response__feedback__in=scope.rows(), question__code="words")
        .exclude(text="")
        .select_related(
            "response__feedback__service", "response__feedback__organisation", "response__feedback__file"
        )
        .order_by("-response__given_on", "pk")[:MOST_WORDS]
    )
    found = [_said(row) for row in rows]
    return sorted(found, key=lambda said: (-said.month.toordinal(), said.key))


def _said(row: Answer) -> Said:
    feedback: HelpFeedback = row.response.feedback
    thing = feedback.service or feedback.organisation
    source = str(feedback.file) if feedback.file else ""
    return Said(
        feedback.pk, row.text, row.response.given_on.replace(day=1), thing.name if thing else None, source
    )


def feedback_in(scope: Scope, key: UUID) -> HelpFeedback | None:
    return scope.rows().filter(pk=key).first()


def files_of(network: str) -> QuerySet[FeedbackFile]:
    return (
        FeedbackFile.objects.filter(network=network)
        .annotate(number=Count("feedback"))
        .order_by("-dated_on", "-pk")
    )


def years_of(scope: Scope, *, today: date) -> list[int]:
    """Return the years of which there is feedback, this one always, the newest first."""
    days = Response.objects.filter(feedback__in=scope.rows()).dates("given_on", "year")
    return sorted({today.year, *(day.year for day in days)}, reverse=True)
