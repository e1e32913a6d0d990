"""What a coordinator can work through: each list is one definition, and its number counts the rows it opens with."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.choices import KIND_NAMES, PROPOSAL_NAMES, label
from kilauta.domains.directory.logic.trust import GROUPS
from kilauta.domains.directory.models import (
    Channel,
    Organisation,
    OrganisationRole,
    Planning,
    Proposal,
    Service,
)
from kilauta.kit.translations import reader_language

from .verifying import published, stale, stewarded, unverified

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: the entry or the proposal, whose it is, and a word more."""

    kind: str
    id: str
    name: str
    organisation: str
    detail: str = ""
    on: date | None = None
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Worklist:
    """A list to be worked through. `rows` is what is counted and what is shown."""

    code: str
    name: str | Promise
    rows: QuerySet[Any]
    row: Callable[[Any], Row]

    def count(self) -> int:
        """Return how many rows there are: one query."""
        return self.rows.count()

    def page(self, first: int = 0, most: int = PER_PAGE) -> tuple[Row, ...]:
        """Return some of the rows, each of the list once if one goes on from the last: one query."""
        return tuple(self.row(each) for each in self.rows[first : first + most])


def worklists(networks: Collection[str], now: datetime) -> tuple[Worklist, ...]:
    """Return the lists of these networks, in the order in which they matter."""
    return (*proposals(networks), *_of_trust(networks, now), *_of_gaps(networks))


def worklist(networks: Collection[str], code: str, now: datetime) -> Worklist | None:
    """Return the list of this code."""
    return next((each for each in worklists(networks, now) if each.code == code), None)


def counts(lists: Iterable[Worklist]) -> dict[str, int]:
    """Return the number of rows of each list, in one query for all of them."""
    every = list(lists)
    parts = [
        each.rows.order_by()
        .values(code=Value(each.code, CharField()))
        .annotate(n=Count("pk"))
        .values_list("code", "n")
        for each in every
    ]
    found = dict(parts[0].union(*parts[1:], all=True)) if parts else {}
    return {each.code: found.get(each.code, 0) for each in every}


def proposals(networks: Collection[str]) -> tuple[Worklist, ...]:
    """Return what waits for an answer: proposals, and what visitors say is wrong; what is nobody's is everybody's."""
    waiting = Proposal.objects.filter(Q(network__in=networks) | Q(network__isnull=True), state="waiting")
    waiting = waiting.select_related("organisation").order_by("made_at", "id")
    return (
        Worklist("proposals", _("Proposals to answer"), waiting.exclude(kind="error"), _proposal),
        Worklist("errors", _("Error reports"), waiting.filter(kind="error"), _proposal),
    )


def _of_trust(networks: Collection[str], now: datetime) -> Iterable[Worklist]:
    found: dict[str, Callable[[str], QuerySet[Any]]] = {
        "stale": lambda kind: stale(networks, kind, now),
        "unverified": lambda kind: unverified(networks, kind),
    }
    for code, of_kind in found.items():
        for kind in GROUPS:
            yield Worklist(
                f"{code}-{kind}", _TRUST_NAMES[code, kind], _ordered(kind, of_kind(kind)), _ROW[kind]
            )


_TRUST_NAMES = {
    ("stale", "organisation"): _("Organisations whose check is late"),
    ("stale", "place"): _("Places whose check is late"),
    ("stale", "service"): _("Services whose check is late"),
    ("stale", "channel"): _("Ways to get help whose check is late"),
    ("unverified", "organisation"): _("Organisations never checked"),
    ("unverified", "place"): _("Places never checked"),
    ("unverified", "service"): _("Services never checked"),
    ("unverified", "channel"): _("Ways to get help never checked"),
}


def _of_gaps(networks: Collection[str]) -> Iterable[Worklist]:
    givers = published("organisation").filter(stewarded("organisation", networks))
    services = published("service").filter(stewarded("service", networks))
    own = Service.objects.filter(organisation=OuterRef("pk")).exclude(state="withdrawn")
    roles = OrganisationRole.objects.filter(organisation=OuterRef("pk"), network__in=networks)
    ways = Channel.objects.filter(service__organisation=OuterRef("pk"), state="published")
    plans = Planning.objects.filter(organisation=OuterRef("pk"), kind="resources")
    told = own.exclude(resources="")
    way = Channel.objects.filter(service=OuterRef("pk"), state="published")
    no_way, no_plans = givers.filter(Exists(own), ~Exists(ways)), givers.filter(~Exists(plans), ~Exists(told))
    lists = (
        ("no-role", _("Organisations without a role in the network"), "organisation", givers.filter(~Exists(roles))),
        ("no-service", _("Organisations without a service"), "organisation", givers.filter(~Exists(own))),
        ("no-form", _("Organisations whose help cannot be got"), "organisation", no_way),
        ("no-resources", _("Organisations whose resources are not known"), "organisation", no_plans),
        ("no-way", _("Services that cannot be got"), "service", services.filter(~Exists(way))),
        ("no-swedish", _("Services without a Swedish name"), "service", services.filter(name_sv="")),
        ("no-english", _("Services without an English name"), "service", services.filter(name_en="")),
    )  # fmt: skip
    for code, name, kind, rows in lists:
        yield Worklist(code, name, _ordered(kind, rows), _ROW[kind])


def _ordered(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    above = {
        "organisation": (),
        "place": ("host",),
        "service": ("organisation",),
        "channel": ("service__organisation", "place"),
    }
    name = "service__name_fi" if kind == "channel" else "name_fi"
    return (
        rows.select_related(*above[kind]).order_by(name, "pk") if above[kind] else rows.order_by(name, "pk")
    )


def _organisation(row: Any) -> Row:  # noqa: ANN401 -- a row of the list
    return Row("organisation", str(row.pk), _name(row), _name(row), on=row.changed_at.date())


def _place(row: Any) -> Row:  # noqa: ANN401 -- the same
    return Row(
        "place", str(row.pk), _name(row), _name(row.host) if row.host else "", on=row.changed_at.date()
    )


def _service(row: Any) -> Row:  # noqa: ANN401 -- the same
    return Row("service", str(row.pk), _name(row), _name(row.organisation), on=row.changed_at.date())


def _channel(row: Any) -> Row:  # noqa: ANN401 -- the same
    mode = str(label("mode", row.mode).pick(reader_language()))
    at = _name(row.place) if row.place else row.phone or row.email
    return Row(
        "channel",
        str(row.pk),
        _name(row.service),
        _name(row.service.organisation),
        f"{mode} · {at}" if at else mode,
        row.changed_at.date(),
    )


def _proposal(row: Proposal) -> Row:
    name = str(PROPOSAL_NAMES[row.kind])
    about = _name(row.organisation) if row.organisation else row.page
    # the number is what whoever told us says on the telephone
    detail = f"{row.number} · {row.note[:80] or KIND_NAMES[row.entry_kind]}"
    return Row(row.entry_kind, str(row.entry_id or ""), name, about, detail, row.made_at.date(), str(row.pk))


def _name(row: Organisation | Any) -> str:  # noqa: ANN401 -- anything with a name in three languages
    return str(row.name.pick(reader_language()))


_ROW: dict[str, Callable[[Any], Row]] = {
    "organisation": _organisation,
    "place": _place,
    "service": _service,
    "channel": _channel,
}
