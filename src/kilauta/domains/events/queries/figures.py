"""Figures of the events of a network in some days: one reading of the times, told in several tables."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import HowFound
from kilauta.domains.events.choices import KINDS, ORGANISED
from kilauta.domains.events.logic.counting import Attendance
from kilauta.domains.events.logic.figures import Held, Saved, Tally, tally
from kilauta.domains.events.logic.times import at
from kilauta.domains.events.models import Arrival, Delivery, Notice, Occurrence, Signup
from kilauta.domains.guidance.logic.periods import MONTH, Period, buckets
from kilauta.domains.guidance.queries.figures_shape import Column, Row, Table
from kilauta.kit.translations import reader_language
from kilauta.lib.text import sort_key
from kilauta.lib.zone import local

MIDNIGHT = time()
# Where somebody heard of an event, by the kind of outlet that costs something.
HEARD = {
    "newspaper": "newspaper", "press": "newspaper", "board": "leaflet", "social": "social-media",
    "calendar": "internet", "mail": "other-provider", "other": "other",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One time that was held, with what it is sorted by."""

    kind: str
    organised: str
    venue: str
    town: str
    starts_at: datetime
    held: Held


@dataclass(frozen=True, slots=True)
class EventFigures:
    tables: tuple[Table, ...]
    venues: int
    saved: Saved


def event_figures(network: str, period: Period, *, now: datetime) -> EventFigures:
    """Return the figures of the times that were held in these days: published, begun, not cancelled."""
    lines = _lines(times_held(network, period, now=now))
    tables = [
        _table("all", _("All events"), "", [(_("All"), lines)]),
        _sorted("kind", _("By kind"), _("Kind"), lines, lambda each: str(KINDS[each.kind])),
        _sorted(
            "organised", _("By organiser"), _("Organised"), lines, lambda each: str(ORGANISED[each.organised])
        ),
        _sorted("town", _("By municipality"), _("Municipality"), lines, lambda each: each.town),
        _sorted("venue", _("By place"), _("Place"), lines, lambda each: each.venue),
        _months(lines, period),
        _heard(network, period),
        _leaflets(network, period),
    ]
    saved = Saved(tally(each.held for each in lines).afar)
    return EventFigures(tuple(tables), len({each.venue for each in lines}), saved)


def times_held(network: str, period: Period, *, now: datetime) -> QuerySet[Occurrence]:
    """Return the times of published events that have begun in these days and were not cancelled."""
    begins, ends = (at(day, MIDNIGHT) for day in (period.from_on, period.until_on))
    held = Occurrence.objects.filter(
        network=network, is_shown=True, state="planned", starts_at__gte=begins,
        starts_at__lt=min(ends, now),
    )  # fmt: skip
    return held.select_related("event__place__municipality", "event__municipality", "place__municipality")


def attendance_of(occurrence: Occurrence) -> Attendance | None:
    """Return how many came, None where that is not known."""
    if occurrence.closed_as != "counted":
        return None
    return Attendance(
        occurrence.residents_here or 0, occurrence.residents_afar or 0,
        occurrence.supporters_here or 0, occurrence.supporters_afar or 0,
    )  # fmt: skip


def _lines(times: QuerySet[Occurrence]) -> list[Line]:
    lang = reader_language()
    found = []
    for each in times.order_by("starts_at", "pk"):
        event, place = each.event, each.place or each.event.place
        town = place.municipality if place else event.municipality
        found.append(
            Line(
                event.kind,
                event.organised,
                str(place.name.pick(lang)) if place else event.where or _("On the web"),
                str(town.name.pick(lang)) if town else _("Not known"),
                each.starts_at,
                Held(attendance_of(each), bool(each.had_queue)),
            )
        )
    return found


def _sorted(code: str, title: str, head: str, lines: Iterable[Line], key: Callable[[Line], str]) -> Table:
    groups: dict[str, list[Line]] = defaultdict(list)
    for each in lines:
        groups[key(each)].append(each)
    lang = reader_language()
    return _table(code, title, head, sorted(groups.items(), key=lambda row: sort_key(row[0], lang)))


def _months(lines: Iterable[Line], period: Period) -> Table:
    mine = list(lines)
    rows = []
    for month in buckets(period, MONTH):
        inside = [each for each in mine if month.from_on <= local(each.starts_at).date() < month.until_on]
        if inside:
            rows.append((f"{month.from_on:%-m/%Y}", inside))
    return _table("month", _("By month"), _("Month"), rows)


def columns() -> tuple[Column, ...]:
    """Return what each row of a table of events tells."""
    names = (
        _("Events"), _("Counted"), _("Residents"), _("On average"), _("Nobody came"), _("With a queue"),
        _("On site"), _("Remotely"), _("Supporters"),
    )  # fmt: skip
    return tuple(Column(name) for name in names)


def numbers(sums: Tally) -> tuple[int | None, ...]:
    return (
        sums.held, sums.counted, sums.residents, sums.mean, sums.empty, sums.queues, sums.here, sums.afar,
        sums.supporters,
    )  # fmt: skip


def _table(code: str, title: str, head: str, groups: Iterable[tuple[str, Iterable[Line]]]) -> Table:
    rows = tuple(Row(name, numbers(tally(each.held for each in lines))) for name, lines in groups)
    return Table(code, title, columns(), rows, head=head)


def _heard(network: str, period: Period) -> Table:
    """Where people heard of the events, and what each person cost by what was paid for telling."""
    begins, ends = (at(day, MIDNIGHT) for day in (period.from_on, period.until_on))
    came = Arrival.objects.filter(
        occurrence__event__network=network, undone_at=None, occurrence__starts_at__gte=begins,
        occurrence__starts_at__lt=ends, role="resident",
    )  # fmt: skip
    # who signed up told it then; at the door only the others are asked
    signed = Signup.objects.filter(event__network=network, state="in", ends_at__gte=begins, ends_at__lt=ends)
    people: dict[str, int] = defaultdict(int)
    for source in (_by_way(came.filter(signup=None)), _by_way(signed)):
        for code, number in source.items():
            people[code] += number
    cents = _cents(network, period)
    lang = reader_language()
    rows = []
    for way in HowFound.objects.order_by("position", "code"):
        number, paid = people.get(way.code, 0), cents.get(way.code)
        if number or paid:
            euros = None if paid is None else round(paid / 100)
            each = round(paid / 100 / number) if paid is not None and number else None
            rows.append(Row(str(way.name.pick(lang)), (number, euros, each)))
    names = (_("People"), _("Paid, €"), _("A person, €"))
    note = _("Of those who told where they heard of it, at sign-up or at the door.")
    title = _("Where people heard of the events")
    return Table("heard", title, tuple(Column(name) for name in names), tuple(rows), note, _("Where"))


def _by_way(rows: QuerySet[Arrival] | QuerySet[Signup]) -> Mapping[str, int]:
    told = rows.exclude(how_found=None).values_list("how_found").annotate(number=Sum("persons"))
    return dict(told.order_by("how_found"))


def _cents(network: str, period: Period) -> dict[str, int]:
    paid: dict[str, int] = defaultdict(int)
    told = Notice.objects.filter(
        event__network=network, cents__isnull=False, done_on__gte=period.from_on, done_on__lt=period.until_on
    )
    for kind, cents in told.values_list("outlet__kind").annotate(cents=Sum("cents")).order_by("outlet__kind"):
        paid[HEARD[kind]] += cents
    return paid


def _leaflets(network: str, period: Period) -> Table:
    taken = Delivery.objects.filter(network=network, on__gte=period.from_on, on__lt=period.until_on)
    rows = taken.values_list("what").annotate(number=Sum("number"), times=Count("pk")).order_by("what")
    names = (_("Leaflets"), _("Deliveries"))
    lines = tuple(Row(what, (number, times)) for what, number, times in rows)
    return Table("leaflets", _("Leaflets and deliveries"), tuple(map(Column, names)), lines, head=_("What"))
