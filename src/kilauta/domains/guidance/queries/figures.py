"""Every figure of the help that was given: pages, files and reports take their numbers from here alone.

What counts is said once, in `Asked.where`: sessions that nobody took back, of the network, held on days of the time. A
session belongs to the organisation it was logged for, wherever it was held and whoever gave it. Organisations, places
and municipalities that were joined to others count with those.

Sessions are counted, and *visits*: each person at each session, for nobody knows who came twice. Topics, devices, ways
and minutes are told of sessions; outcome, age, language and earlier visits are told of visits, of a group as far as its
shares tell them. No two properties of a group are ever combined.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from kilauta.domains.directory.models import Organisation, Place, Supporter
from kilauta.domains.guidance.logic import figures as logic
from kilauta.domains.guidance.logic import periods
from kilauta.domains.guidance.logic.figures import Breakdown, Counted, Group, Minutes
from kilauta.domains.guidance.logic.periods import Period
from kilauta.domains.guidance.models import GuidanceSession, Share
from kilauta.domains.territory.models import Municipality
from kilauta.kit.access.models import Grant
from kilauta.kit.access.roles import Scope
from kilauta.kit.accounts.models import Person
from kilauta.lib.zone import local

# Those whose task is to help; whoever coordinates or looks after entries is none of them by that.
HELPERS = ("supporter", "trainee")
_Topics = GuidanceSession.topics.through
# What is told of persons, and the breakdown that it makes.
OF_PERSONS = {
    "outcome": "outcomes",
    "age": "ages",
    "language": "languages",
    "before": "earlier",
    "municipality": "homes",
}
_HOW_MANY = {"sessions": Count("*"), "visits": Coalesce(Sum("persons"), 0)}


@dataclass(frozen=True, slots=True)
class Of:
    """Whose sessions: all of a network, or those of one supporter or organisation, and of them perhaps some only."""

    network: str
    supporter: UUID | None = None
    organisation: UUID | None = None
    municipality: str = ""
    topic: str = ""
    mode: str = ""
    given_by: str = ""


@dataclass(frozen=True, slots=True)
class Onward:
    """What has been joined to what, by the keys of both."""

    organisations: Mapping[str, str]
    places: Mapping[str, str]
    municipalities: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    of: Of
    onward: Onward
    period: Period

    def where(self, prefix: str = "") -> Q:
        """Return what makes a session count, for the sessions themselves or for rows that hang on them."""
        of = self.of
        found: dict[str, object] = {
            "network": of.network,
            "withdrawn_at__isnull": True,
            "held_on__gte": self.period.from_on,
            "held_on__lt": self.period.until_on,
        }
        if of.supporter:
            found["supporter"] = of.supporter
        if of.organisation:
            found["organisation__in"] = self.bodies
        if of.municipality:
            found["municipality__in"] = _with_joined(of.municipality, self.onward.municipalities)
        if of.mode:
            found["mode"] = of.mode
        if of.given_by:
            found["given_by"] = of.given_by
        if of.topic:
            # not a join: a session has all its topics, also where one of them is asked for
            found["pk__in"] = _Topics.objects.filter(topic=of.topic).values("guidancesession")
        return Q(**{f"{prefix}{name}": value for name, value in found.items()})

    @property
    def bodies(self) -> tuple[UUID, ...]:
        return _with_its_own(self.of.organisation, self.onward.organisations)

    @property
    def sessions(self) -> QuerySet[GuidanceSession]:
        return GuidanceSession.objects.filter(self.where())


@dataclass(frozen=True, slots=True)
class Compared:
    """The same counts now, in the time before and a year ago; None where there is no such time."""

    now: Counted
    before: Counted | None
    year_before: Counted | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many have the task to help or have logged, and how many of them have logged.

    This is of people, and the only figure that changes when somebody is erased: their help stays, they do not.
    """

    supporters: int
    logged: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is known of the sessions of somebody in a time, as far as it has come.

    Breakdowns are of sessions (topics, devices, modes, givers) or of visits (outcomes, ages, languages, before, homes).
    `days`, `organisations`, `places` and `municipalities` hold those with sessions; "" is what is not told.
    """

    of: Of
    period: Period
    before: Period | None
    year_before: Period | None
    all: Compared
    organisations: Mapping[str, Compared]
    days: Mapping[date, Counted]
    places: Mapping[str, Counted]
    municipalities: Mapping[str, Counted]
    givers: Mapping[str, Counted]
    modes: Breakdown
    topics: Breakdown
    devices: Breakdown
    outcomes: Breakdown
    ages: Breakdown
    languages: Breakdown
    earlier: Breakdown
    homes: Breakdown
    minutes: Minutes
    coverage: Coverage | None
    # the organisation that is asked for, with those that were joined to it
    bodies: tuple[UUID, ...]

    def trend(self, by: str) -> list[tuple[Period, Counted]]:
        """Return each day, week, month or year of the time with its counts: together they are the whole."""
        parts = list(periods.buckets(self.period, by))
        begins = [part.from_on for part in parts]
        found: list[list[Counted]] = [[] for _part in parts]
        for day, counted in self.days.items():
            found[bisect_right(begins, day) - 1].append(counted)
        return [(part, _together(days)) for part, days in zip(parts, found, strict=True)]


def first_day(of: Of) -> date | None:
    """Return when the first session that counts was held; None where there is none."""
    rows = GuidanceSession.objects.filter(network=of.network, withdrawn_at__isnull=True)
    if of.supporter:
        rows = rows.filter(supporter=of.supporter)
    if of.organisation:
        rows = rows.filter(organisation__in=_with_its_own(of.organisation, _joined(Organisation)))
    found: date | None = rows.aggregate(first=Min("held_on"))["first"]
    return found


def figures(of: Of, period: Period, *, now: datetime) -> Figures:
    """Return all figures, in a fixed number of queries, each of which groups in the database."""
    today = local(now).date()
    onward = _onward()
    asked = Asked(of, onward, period.until(today))
    before = periods.compared(period, periods.before(period), today)
    year_before = periods.compared(period, periods.year_before(period), today)
    groups, was = _groups(asked), _groups_then(asked, before)
    # for a year they are the same
    year_ago = was if year_before == before else _groups_then(asked, year_before)
    everything = logic.counted(groups)
    municipalities, minutes = _where_and_how_long(asked)
    topics, devices = _about(asked)
    return Figures(
        of=of,
        period=asked.period,
        before=before,
        year_before=year_before,
        all=_compared(groups, was, year_ago),
        organisations=_by_organisation(groups, was, year_ago),
        days=_by_day(asked),
        places=_by_place(asked) if of.supporter or of.organisation else {},
        municipalities=municipalities,
        givers={
            code: logic.counted(each for each in groups if each.given_by == code) for code in _givers(groups)
        },
        modes=logic.told_once(logic.sums((each.mode, each.sessions) for each in groups), everything.sessions),
        topics=topics,
        devices=devices,
        **_of_persons(asked, everything.visits),
        minutes=minutes,
        coverage=_coverage(asked),
        bodies=asked.bodies,
    )


# ── Parts ───────────────────────────────────────────────────────────────────────────────────────────────


def _groups(asked: Asked) -> tuple[Group, ...]:
    names = ("organisation", "kind", "mode", "given_by", "is_near")
    rows = asked.sessions.values_list(*names).annotate(**_HOW_MANY).order_by()
    onward = asked.onward.organisations
    return tuple(Group(logic.followed(onward, str(key)), *rest) for key, *rest in rows)


def _groups_then(asked: Asked, period: Period | None) -> tuple[Group, ...] | None:
    return _groups(replace(asked, period=period)) if period else None


def _by_day(asked: Asked) -> dict[date, Counted]:
    rows = asked.sessions.values_list("held_on", "kind").annotate(**_HOW_MANY).order_by()
    found: dict[date, list[Counted]] = {}
    for day, kind, sessions, visits in rows:
        found.setdefault(day, []).append(Counted(sessions, visits, kinds={kind: sessions}))
    return {day: _together(parts) for day, parts in found.items()}


def _by_place(asked: Asked) -> dict[str, Counted]:
    rows = asked.sessions.values_list("place").annotate(**_HOW_MANY).order_by()
    return _summed(
        (logic.followed(asked.onward.places, str(key)) if key else "", Counted(sessions, visits))
        for key, sessions, visits in rows
    )


def _summed(pairs: Iterable[tuple[str, Counted]]) -> dict[str, Counted]:
    found: dict[str, list[Counted]] = {}
    for key, counted in pairs:
        found.setdefault(key, []).append(counted)
    return {key: _together(parts) for key, parts in found.items()}


def _about(asked: Asked) -> tuple[Breakdown, Breakdown]:
    """Return topics and devices: of how many sessions each, and how many have any. A session may have several."""
    rows = asked.sessions.values_list("topic_codes", "device_codes").annotate(number=Count("*")).order_by()
    found = tuple(rows)
    return (
        logic.told_often((topics.split(), number) for topics, _devices, number in found),
        logic.told_often((devices.split(), number) for _topics, devices, number in found),
    )


def _where_and_how_long(asked: Asked) -> tuple[dict[str, Counted], Minutes]:
    """Return sessions and visits of each municipality, and the minutes of all: both of one reading of the rows."""
    towns: list[tuple[str, Counted]] = []
    by_minutes: dict[int | None, int] = {}
    rows = asked.sessions.values_list("municipality", "minutes").annotate(**_HOW_MANY).order_by()
    for code, minutes, sessions, visits in rows:
        towns.append((logic.followed(asked.onward.municipalities, code or ""), Counted(sessions, visits)))
        by_minutes[minutes] = by_minutes.get(minutes, 0) + sessions
    untold = by_minutes.pop(None, 0)
    return _summed(towns), logic.minutes({m: n for m, n in by_minutes.items() if m is not None}, untold)


def _of_persons(asked: Asked, visits: int) -> dict[str, Breakdown]:
    """Return what is told of persons: of one person by the session, of a group by its shares and no further."""
    cells: dict[str, list[tuple[str, int]]] = {by: [] for by in OF_PERSONS}
    rows = asked.sessions.filter(shape="one").values_list("outcome", "age", "language", "was_before")
    for outcome, age, language, was_before, number in rows.annotate(number=Count("*")).order_by():
        cells["outcome"].append(("" if outcome == "not-recorded" else outcome, number))
        cells["age"].append((age, number))
        cells["language"].append((language, number))
        cells["before"].append(("" if was_before is None else "yes" if was_before else "no", number))
    shares = Share.objects.filter(asked.where("session__")).values_list("by", "code")
    for by, code, number in shares.annotate(number=Sum("persons")).order_by():
        known = logic.followed(asked.onward.municipalities, code) if by == "municipality" else code
        cells[by].append((known, number))
    return {OF_PERSONS[by]: logic.told_once(logic.sums(pairs), visits) for by, pairs in cells.items()}


def _coverage(asked: Asked) -> Coverage | None:
    """Return who has logged of those who help, each person once; None where it is about one, or some sessions only."""
    of = asked.of
    if of != Of(of.network, organisation=of.organisation):
        return None
    found = set(asked.sessions.exclude(supporter=None).values_list("supporter", flat=True).distinct())
    logged = set(Person.objects.filter(pk__in=found, is_active=True).values_list("pk", flat=True))
    bodies = _where_they_help(asked)
    time = {"starts_on__lt": asked.period.until_on, "person__is_active": True}
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gt=asked.period.from_on)
    grants = Grant.objects.filter(
        goes_on, role__in=HELPERS, scope=Scope.BODY, scope_id__in=map(str, bodies), **time
    )
    supporters = Supporter.objects.filter(goes_on, organisation__in=bodies, **time)
    held = {key for rows in (grants, supporters) for key in rows.values_list("person", flat=True).distinct()}
    return Coverage(len(held | logged), len(logged))


def _where_they_help(asked: Asked) -> tuple[UUID, ...]:
    stewarded = Organisation.objects.filter(steward=asked.of.network)
    return asked.bodies or tuple(stewarded.values_list("pk", flat=True))


# ── Putting together ────────────────────────────────────────────────────────────────────────────────────


def _onward() -> Onward:
    rows = Municipality.objects.filter(successor__isnull=False).values_list("code", "successor")
    return Onward(_joined(Organisation), _joined(Place), {code: str(into) for code, into in rows})


def _joined(kind: type[Organisation] | type[Place]) -> dict[str, str]:
    rows: QuerySet[Any] = QuerySet(kind).filter(merged_into__isnull=False).values_list("pk", "merged_into")
    return {str(key): str(into) for key, into in rows}


def _with_its_own(organisation: UUID | None, onward: Mapping[str, str]) -> tuple[UUID, ...]:
    return tuple(map(UUID, _with_joined(str(organisation), onward))) if organisation else ()


def _with_joined(key: str, onward: Mapping[str, str]) -> tuple[str, ...]:
    """Return a thing (or what has come of it) with everything that was joined to it."""
    kept = logic.followed(onward, key)
    return (kept, *(each for each in onward if logic.followed(onward, each) == kept))


def _givers(groups: Iterable[Group]) -> set[str]:
    return {each.given_by for each in groups}


def _compared(
    groups: Iterable[Group], was: Iterable[Group] | None, year_ago: Iterable[Group] | None
) -> Compared:
    return Compared(
        logic.counted(groups),
        None if was is None else logic.counted(was),
        None if year_ago is None else logic.counted(year_ago),
    )


def _by_organisation(
    groups: tuple[Group, ...], was: tuple[Group, ...] | None, year_ago: tuple[Group, ...] | None
) -> dict[str, Compared]:
    """Return each organisation that has sessions in any of the times: one that has stopped has nought now."""
    now, then, long_ago = _split(groups), _split(was or ()), _split(year_ago or ())
    return {
        key: _compared(
            now.get(key, []),
            None if was is None else then.get(key, []),
            None if year_ago is None else long_ago.get(key, []),
        )
        for key in {*now, *then, *long_ago}
    }


def _split(groups: Iterable[Group]) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = {}
    for each in groups:
        found.setdefault(each.organisation, []).append(each)
    return found


def _together(parts: Iterable[Counted]) -> Counted:
    parts = tuple(parts)
    return Counted(
        sessions=sum(each.sessions for each in parts),
        visits=sum(each.visits for each in parts),
        kinds=logic.sums(pair for each in parts for pair in each.kinds.items()),
    )
